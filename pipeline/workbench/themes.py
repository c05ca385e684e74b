"""Who proves what: for every theme of rules the reader that stands up for it. None needs the network, events its word vectors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pipeline.amounts import AmountFinder
from pipeline.clean.plain import plain_document
from pipeline.dates import DateFinder
from pipeline.lexicon import Lexicon
from pipeline.model import Amount, Document, Span
from pipeline.recognize.chunks import Chunker
from pipeline.recognize.context import THEMES as NAMES
from pipeline.recognize.context import ContextRules
from pipeline.recognize.events import EventRecognizer
from pipeline.recognize.quotes import QuoteRecognizer
from pipeline.recognize.quotes_indirect import IndirectQuoteRecognizer
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.roles import RoleRecognizer
from pipeline.workbench.cast import Cast
from pipeline.workbench.furniture import FurnitureProof
from pipeline.workbench.proof import Find, Found, Proof, prove_alone, prove_among

FURNITURE = ("publication", "boilerplate")
ALONE = ("amounts", "dates", "events", "quotes", "roles")
THEMES = (*ALONE, *NAMES, *FURNITURE)
"""The themes that something reads: the stems of rule files."""


class Readers:
    """Whatever reads the themes of one lexicon, each built when it is first asked for: most take a while."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def proof_of(self, theme: str) -> Proof:
        """What proves the rules of a theme."""
        if theme in FURNITURE:
            return self._furniture
        return prove_among(self._names) if theme in NAMES else prove_alone(self.find(theme))

    def find(self, theme: str) -> Find:
        """What finds the final spans of a theme that stands alone (`ALONE`)."""
        match theme:
            case "amounts":
                return find_amounts(self._amount_finder)
            case "dates":
                return find_dates(self._date_finder)
            case "events":
                return self._events
            case "quotes":
                return self._quotes
            case _:
                return self._roles

    @cached_property
    def _amount_finder(self) -> AmountFinder:
        return AmountFinder(self._lexicon)

    @cached_property
    def _date_finder(self) -> DateFinder:
        return DateFinder(self._lexicon)

    @cached_property
    def _events(self) -> Find:
        return find_events(EventRecognizer(self._lexicon), self._cast, self._amount_finder, self._date_finder)

    @cached_property
    def _cast(self) -> Cast:
        return Cast(self._lexicon)

    @cached_property
    def _names(self) -> Find:
        return find_names(self._lexicon)

    @cached_property
    def _roles(self) -> Find:
        return find_roles(self._lexicon, self._cast)

    @cached_property
    def _quotes(self) -> Find:
        return find_quotes(self._lexicon, self._cast)

    @cached_property
    def _furniture(self) -> FurnitureProof:
        return FurnitureProof(self._lexicon)


def find_dates(finder: DateFinder) -> Find:
    """Dates, durations and recurrences: « lundi » → 2024-02-26, by date-weekday."""

    def find(text: str, published: str | None) -> Sequence[Found]:
        found = finder.find(text, published=published)
        return [Found(d.mention.start, d.mention.end, d.value or "null", d.mention.rule_id) for d in found]

    return find


def find_amounts(finder: AmountFinder) -> Find:
    """Sums, shares and counts in the notation of the rule files: « près de 15 M€ » → about 15000000 EUR."""

    def find(text: str, published: str | None) -> Sequence[Found]:
        found = finder.find(text, published=published)
        return [Found(a.mention.start, a.mention.end, written(a), a.mention.rule_id) for a in found]

    return find


def written(amount: Amount) -> str:
    """The amount in the notation of the rule files: `about 10000000..15000000 EUR`, `?` for an unknown currency."""
    bounds = f"{amount.min:f}" if amount.min == amount.max else f"{amount.min:f}..{amount.max:f}"
    return " ".join(part for part in (amount.qualifier, bounds, amount.unit or "?") if part)


def find_names(lexicon: Lexicon) -> Find:
    """What each context rule says of a run of capitals, and the kind that it gives: « start-up Lumio » → Lumio."""
    chunker = make_chunker(lexicon)
    context = ContextRules(lexicon, chunker)

    def find(text: str, published: str | None) -> Sequence[Found]:
        document = plain_document(text, published=published)
        findings = context.find(document, list(chunker.find(document)))
        voices = [Found(e.start, e.end, context.kinds.get(e.rule_id), e.rule_id) for e in findings.evidence]
        barred = zip(findings.nothing, findings.barring, strict=True)
        nothing = [Found(span.start, span.end, None, rule_id) for span, rule_id in barred]
        return sorted([*voices, *nothing], key=lambda found: (found.start, found.end, found.rule_id))

    return find


def find_chunks(lexicon: Lexicon, document: Document) -> tuple[Span, ...]:
    """The runs of capitals of a document, which the cues of context rules stand beside."""
    return tuple(make_chunker(lexicon).find(document))


def make_chunker(lexicon: Lexicon) -> Chunker:
    """What finds the runs of capitals."""
    given = lexicon.words["names_given"]
    names = frozenset((*given["female"], *given["male"], *given["either"]))
    return Chunker(lexicon.rules["names"], lexicon.words["names"], names)


def find_roles(lexicon: Lexicon, cast: Cast) -> Find:
    """Functions with person and organisation: « Nora Belkacem, PDG de Lumio » → Nora Belkacem; Lumio."""
    recognizer = RoleRecognizer(lexicon)

    def find(text: str, published: str | None) -> Sequence[Found]:
        roles = recognizer.find(plain_document(text, published=published), cast.mentions(text))
        return [Found(r.start, r.end, "; ".join(str(m.canonical) for m in (r.person, r.org) if m), r.rule_id) for r in roles]

    return find


def find_quotes(lexicon: Lexicon, cast: Cast) -> Find:
    """Quotations, direct and indirect, with their speaker; `null` for nobody that can be told."""
    direct, indirect = QuoteRecognizer(lexicon), IndirectQuoteRecognizer(lexicon)

    def find(text: str, published: str | None) -> Sequence[Found]:
        document, names = plain_document(text, published=published), cast.mentions(text)
        quotes = sorted((*direct.find(document, names), *indirect.find(document, names)), key=lambda q: q.start)
        return [Found(q.start, q.end, q.speaker or "null", q.rule_id) for q in quotes]

    return find


def find_events(recognizer: EventRecognizer, cast: Cast, amounts: AmountFinder, dates: DateFinder) -> Find:
    """Triggers of stated facts with their participants, agents before targets: « lève » → Brise Capital; Lumio."""

    def find(text: str, published: str | None) -> Sequence[Found]:
        day = published or "2024-05-15"
        found = recognizer.find(
            plain_document(text, published=day), cast.mentions(text), amounts.find(text), dates.find(text, published=day)
        )
        return [
            Found(e.start, e.end, "; ".join(map(name_of, (*e.agents, *e.targets))), e.rule_id)
            for e in found
            if e.modality == "asserted"
        ]

    return find
