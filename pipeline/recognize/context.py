"""What the words around and inside a capitalised run say of it: the context rules of `data/rules/names_*.yaml`.

Three shapes of rule. A pattern is the name itself (« tribunal de commerce de Nantes », or the group `name` of it). Phrases
that stand before (« start-up », « filiale de ») are looked up in a table by their last words, so that hundreds of cues cost as
much as one; articles are folded away on both sides (« filiale de la », « du », « d' » are « de »). A pattern that stands before
ends at the run, with a space or none; what stands after is an expression matched at the end of the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.lexicon import Lexicon, Rule, RuleFile
from pipeline.lexicon.conditions import Conditions, Surroundings, surroundings
from pipeline.lexicon.expressions import Expression
from pipeline.model import Document, EntityType, Mention, Span
from pipeline.recognize.chunks import Chunker
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.sieve import Sieve

NONE = "none"
THEMES = (
    "names_institutions",
    "names_laws",
    "names_organisations",
    "names_people",
    "names_places",
    "names_products",
    "names_none",
)
WINDOW = 90
"""Characters before a name in which its cue is looked for: ten words or so."""
_BEFORE = 10
"""Characters before a name in which it is told to be a complement: « société de la »."""
_REACH = 1000
"""Characters behind a name in which its cue ends: more than any rule reads."""
FAR = 5
"""Words that may stand between a cue of far reach and its name."""
MOST_APPOSED = 40
"""Characters of a name behind its first run of capitals, where commas or quotation marks enclose it (« Mot à Mot »)."""

TOGETHER = 16
"""Rules that one automaton looks for in an article: of a hundred articles seven learn a third of what one of all would."""

Cues = Mapping[tuple[str, ...], Rule]
"""Rules by the words of their phrases."""

_OPENING = (",", "–", "—")
"""What opens an apposition."""

_VERB = re.compile(" [a-zà-ÿ]")
"""What a verb begins with behind a name, where nothing parts them."""

_WORD = re.compile(r"[\w&-]+(?:\.(?=[ ,]|$))?'?|[^\w\s]")


class Findings(NamedTuple):
    """Evidence for names, and the runs of capitals that a cue bars from being one (« le prix Turing »), each with its rule."""

    evidence: list[Evidence]
    nothing: list[Span]
    barring: list[str]


class ContextRules:
    """The rules of the names themes, compiled. `find` gives what they say about one document."""

    def __init__(self, lexicon: Lexicon, chunker: Chunker) -> None:
        files = [lexicon.rules[theme] for theme in THEMES]
        words, shapes = lexicon.words["names"], lexicon.rules["names"]
        self._contractions = dict(words["contractions"])
        self._articles = frozenset(words["articles"])
        self._links = frozenset(words["links"])
        self._complement_ending: str = words["complement_ending"]
        self._prefix = re.compile("|".join(words["cue_prefixes"]))
        self._days, self._before_days = frozenset(words["days"]), frozenset(words["before_days"])
        self._adverbs = frozenset(words["cue_adverbs"])
        self._chunker = chunker
        self._adjective = re.compile(
            rf"[^\W\d_A-Z][\w-]*(?:{'|'.join(words['adjective_endings'])})|{'|'.join(words['adjectives'])}"
        )
        self._inside = tuple((rule, Expression(file.pattern(rule))) for file, rule in _rules(files, None))
        self._sieve = Sieve((pattern for _, pattern in self._inside), together=TOGETHER)
        self._conditions = {rule.id: Conditions(file, rule) for file in files for rule in file.rules}
        leads = [(file, rule) for file, rule in _rules(files, "before") if not rule.phrases]
        self._leads = tuple((rule, Expression(rf"(?:{file.pattern(rule)}) ?\Z")) for file, rule in leads)
        self._sieve_of_leads = Sieve(lead for _, lead in self._leads)
        cues = [
            (rule, tuple(self.fold_words(cue)))
            for _, rule in _rules(files, "before")
            for phrase in rule.phrases
            for cue in (phrase, phrase[0].upper() + phrase[1:])
        ]
        # Rules with a context are asked first: where it fails, the phrase is still what the others take it for.
        bound = {rule.id for _, rule in _rules(files, "before") if rule.contexts}
        self._tables = tuple({cue: rule for rule, cue in cues if (rule.id in bound) is asked} for asked in (True, False))
        self.nouns = frozenset(word for _, cue in cues for word in cue)
        kinds = sorted({cue[0] for rule, cue in cues if len(cue) == 1 and rule.assigns.get("reach") == "far"})
        self._kind = re.compile(rf"(?:{'|'.join(map(re.escape, kinds))}) (?=[A-ZÀ-ÖØ-Þ])")
        self._leading = {"LOC": re.compile(shapes.expand("{place_noun}")), "LAW": re.compile(shapes.expand("{bill}"))}
        self.offices = frozenset(p.lower() for f, r in _rules(files, "before") if r.finds == "PER" for p in r.phrases)
        self._rest_in_quotes = re.compile(shapes.expand("{name_rest} ?"))
        self._rest_in_commas = re.compile(shapes.expand("{name_rest_of_list}"))
        self._verb = re.compile(shapes.expand("{finite}"))
        self._apposition_closed = re.compile(shapes.expand("{apposition_closed}"))
        self._complement = re.compile(shapes.expand("{complement_before}$"))
        self._longest = max(len(cue) for _, cue in cues)
        self.kinds = {rule.id: rule.assigns["kind"] for file in files for rule in file.rules if "kind" in rule.assigns}
        after = sorted(_rules(files, "after"), key=lambda pair: -pair[1].weight)
        spaced = {rule.id: " ?" if rule.tokens else "" for _, rule in after}
        self._after_rules = tuple((rule, Expression(f"{spaced[rule.id]}(?:{file.pattern(rule)})")) for file, rule in after)
        self._sieve_of_after = Sieve((pattern for _, pattern in self._after_rules), at_start=True)

    def find(self, document: Document, chunks: Iterable[Span]) -> Findings:
        """What all three shapes of rule say: evidence in no promised order, and runs that name nothing of ours."""
        around = surroundings(document)
        found = Findings([], [], [])
        for rule, span in self._find_inside(document, around):
            _add(found, rule, span, whole=True)
        for chunk in chunks:
            apposed = self._apposed(document.folded, chunk)
            for rule in self._cues_before(document.folded, apposed, around):
                _add(found, rule, chunk if rule.finds == NONE else apposed, whole=apposed != chunk)
            found.evidence.extend(_evidence(chunk, rule) for rule in self._cues_after(document.folded, chunk, around))
        return found

    def after_kind(self, document: Document, mention: Mention) -> int:
        """Where the mention starts without the common noun that leads it in: « école Polymar » → « Polymar ».

        A place also without « vallée de la », a law without « projet de ».
        """
        nouns = self._leading.get(mention.type, self._kind)
        match = nouns.match(document.folded, mention.start, mention.end)
        return match.end() if match and (mention.type == "LAW" or mention.text[0].islower()) else mention.start

    def _find_inside(self, document: Document, around: Surroundings) -> Iterator[tuple[Rule, Span]]:
        for rule, pattern in map(self._inside.__getitem__, self._sieve.passing(document.folded)):
            named = "name" in pattern.compiled.groupindex
            for match in pattern.compiled.finditer(document.folded):
                span = Span(*(match.span("name") if named else match.span()))
                if self._holds(rule, document.folded, span, around):
                    yield rule, span

    def _holds(self, rule: Rule, folded: str, span: Span, around: Surroundings) -> bool:
        return self._conditions[rule.id].hold(folded, span.start, span.end, around)

    def _cues_before(self, folded: str, chunk: Span, around: Surroundings) -> Iterator[Rule]:
        """The rules whose cue stands before the run: every pattern that ends there, and the phrase that stands there."""
        first = max(0, chunk.start - WINDOW)
        for rule, lead in map(self._leads.__getitem__, self._sieve_of_leads.passing(folded[first : chunk.start])):
            if lead.compiled.search(folded, first, chunk.start) and self._holds(rule, folded, chunk, around):
                yield rule
        words, apposed = self._words_before(folded, chunk)
        for table in self._tables:
            phrase = self._cue(words, table, far_only=apposed)
            if phrase and self._holds(phrase, folded, chunk, around):
                yield phrase
                return

    def _words_before(self, folded: str, chunk: Span) -> tuple[list[str], bool]:
        """The words of the line right before the run, and whether between commas or dashes it may be an apposition to them.

        « Sa console, Grimoire, arrive » → sa console, true. The day is passed over: « lance mardi ».
        """
        line = folded.rfind("\n", 0, chunk.start) + 1
        words = self.fold_words(folded[max(line, chunk.start - WINDOW) : chunk.start])
        apposed = words[:-1] if words and words[-1] in self._articles else words
        opened = len(apposed) > 1 and apposed[-1] in _OPENING and apposed[-2].islower()
        if opened and self._apposition_closed.match(folded, chunk.end):
            return apposed[:-1], True
        return words, False

    def _cues_after(self, folded: str, chunk: Span, around: Surroundings) -> list[Rule]:
        """Of each type the strongest rule that matches behind the run: « Vorteline, l'assistant des pharmaciens, lève ».

        Of a complement a verb right behind it tells nothing: in « l'éditeur de Vorteline recrute » the subject is another.
        """
        verb = _VERB.match(folded, chunk.end)
        if verb and self._complement.search(folded, max(0, chunk.start - _BEFORE), chunk.start):
            return []
        passing = self._sieve_of_after.passing(folded[chunk.end : chunk.end + _REACH])
        possible = map(self._after_rules.__getitem__, passing)
        matching = (rule for rule, pattern in possible if pattern.compiled.match(folded, chunk.end, chunk.end + _REACH))
        strongest: dict[str, Rule] = {}
        for rule in matching:
            if rule.finds not in strongest and self._holds(rule, folded, chunk, around):
                strongest[rule.finds] = rule
        return list(strongest.values())

    def _apposed(self, folded: str, chunk: Span) -> Span:
        """The run, or all that stands between the commas or quotation marks around it: « Sa tablette, Mot à Mot, est »."""
        closing = {",": ",", "«": "»", "“": "”", '"': '"'}.get(folded[: chunk.start].rstrip()[-1:])
        end = folded.find(closing, chunk.end, chunk.end + MOST_APPOSED) if closing else -1
        rest = self._rest_in_commas if closing == "," else self._rest_in_quotes
        if end < 0 or not rest.fullmatch(folded, chunk.end, end):
            return chunk
        return Span(chunk.start, chunk.start + len(folded[chunk.start : end].rstrip()))

    def fold_words(self, text: str) -> list[str]:
        """The words of a cue or of the text before a name, without numbers, days, adverbs, articles after « de » and « à »."""
        words: list[str] = []
        for word in _WORD.findall(text):
            if word in self._days or word.isdigit():
                if words and words[-1] in self._before_days:
                    words.pop()
            elif word not in self._adverbs and not (word in self._articles and words and words[-1] in self._links):
                words.append(self._contractions.get(word, word))
        return words

    def _cue(self, words: list[str], table: Cues, *, far_only: bool) -> Rule | None:
        """The rule of the nearest cue; a cue that is a complement (« éditeur de logiciels X ») gives way to one before it."""
        complement = None
        for skipped in range(min(FAR, len(words) - 1) + 1):
            cut = len(words) - skipped
            rule = self._lookup(words[:cut], table)
            if not rule or not self._reaches(rule, words[cut:], far_only):
                continue
            if not self._is_complement(words[:cut], apposed=far_only):
                return rule
            complement = complement or rule
        return complement

    def _is_complement(self, words: list[str], *, apposed: bool) -> bool:
        """True for « éditeur de logiciels », « constructeur de petits satellites »: what several of are made.

        Apposed, a name is what the first noun tells: « Le produit phare du groupe, Grimoire, ».
        """
        if len(words) < 2 or not (apposed or words[-1].endswith(self._complement_ending)):
            return False
        adjective = len(words) > 2 and self._adjective.fullmatch(words[-2].removesuffix(self._complement_ending)) is not None
        return words[-2] in self._links or (adjective and words[-3] in self._links)

    def _reaches(self, rule: Rule, between: list[str], far_only: bool) -> bool:
        far = rule.assigns.get("reach") == "far"
        return (far or not (between or far_only)) and (not between or self._fills(between, rule.finds == "PER"))

    def _lookup(self, words: list[str], table: Cues) -> Rule | None:
        for length in range(min(self._longest, len(words)), 0, -1):
            if rule := table.get(tuple(words[-length:])):
                return rule
        return table.get((self._prefix.sub("", words[-1], count=1),)) if words else None

    def _fills(self, words: list[str], office: bool) -> bool:
        """True for « grenobloise », « de petits drones », « de câbles sous-marins »: adjectives and complements.

        The complement of an office may have a capital: « ministre de l'Économie ».
        """
        if words[-1] in self._links:
            return False
        linked = complement = False
        for word in words:
            letters = all(map(str.isalpha, word.split("-"))) and not self._verb.fullmatch(word)
            letters = letters and word not in self._chunker.not_names
            plain = letters and (word.islower() or (office and linked))
            linking = word in self._links or word in self._chunker.complements
            adjective = self._adjective.fullmatch(word.removesuffix("s") if complement else word) is not None
            if not linking and not (plain and (linked or adjective)):
                return False
            linked = word in self._links or (linked and self._adjective.fullmatch(word.removesuffix("s")) is not None)
            complement = complement or linked
        return True


def _rules(files: list[RuleFile], stands: str | None) -> list[tuple[RuleFile, Rule]]:
    return [(file, rule) for file in files for rule in file.rules if rule.stands == stands]


def _add(found: Findings, rule: Rule, span: Span, *, whole: bool) -> None:
    if rule.finds == NONE:
        found.nothing.append(span)
        found.barring.append(rule.id)
    else:
        found.evidence.append(_evidence(span, rule, whole=whole))


def _evidence(span: Span, rule: Rule, *, whole: bool = False) -> Evidence:
    entity_type: EntityType = rule.finds  # type: ignore[assignment]
    return Evidence(span.start, span.end, entity_type, "rule", rule.id, rule.weight, whole=whole)
