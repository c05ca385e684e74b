"""What the words around and inside a capitalised run say of it: the context rules of `data/rules/names_*.yaml`.

Three shapes of rule. A pattern is the name itself (« tribunal de commerce de Nantes », or the group `name` of it). What stands
before is a phrase (`cues`), or a pattern that ends at the run, with a space or none; what stands after is an expression matched
at the end of the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from pipeline.lexicon import Lexicon, Rule, RuleFile
from pipeline.lexicon.conditions import Conditions, Surroundings, surroundings
from pipeline.lexicon.expressions import Expression
from pipeline.model import Document, EntityType, Mention, Span
from pipeline.recognize.chunks import Chunker
from pipeline.recognize.cues import WINDOW, Cues
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
_BEFORE = 10
"""Characters before a name in which it is told to be a complement: « société de la »."""
_REACH = 1000
"""Characters behind a name in which its cue ends: more than any rule reads."""
MOST_APPOSED = 40
"""Characters of a name behind its first run of capitals, where commas or quotation marks enclose it (« Mot à Mot »)."""
_VERB = re.compile(" [a-zà-ÿ]")
"""What a verb begins with behind a name, where nothing parts them."""


class Findings(NamedTuple):
    """Evidence for names, and the runs of capitals that a cue bars from being one (« le prix Turing »), each with its rule."""

    evidence: list[Evidence]
    nothing: list[Span]
    barring: list[str]


class ContextRules:
    """The rules of the names themes, compiled. `find` gives what they say about one document.

    `offices` are the functions that lead people in, in lower case; `kinds` gives the kind of entity by the rule that tells it.
    """

    def __init__(self, lexicon: Lexicon, chunker: Chunker) -> None:
        files = [lexicon.rules[theme] for theme in THEMES]
        words, shapes = lexicon.words["names"], lexicon.rules["names"]
        self._inside = tuple((rule, Expression(file.pattern(rule))) for file, rule in _rules(files, None))
        self._sieve = Sieve((pattern for _, pattern in self._inside))
        self._conditions = {rule.id: Conditions(file, rule) for file in files for rule in file.rules}
        leads = [(file, rule) for file, rule in _rules(files, "before") if not rule.phrases]
        self._leads = tuple((rule, Expression(rf"(?:{file.pattern(rule)}) ?\Z")) for file, rule in leads)
        self._sieve_of_leads = Sieve(lead for _, lead in self._leads)
        self.cues = Cues((rule for _, rule in _rules(files, "before")), shapes, words, chunker)
        self._kind = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(self.cues.far_nouns)))}) (?=[A-ZÀ-ÖØ-Þ])")
        self._leading = {"LOC": re.compile(shapes.expand("{place_noun}")), "LAW": re.compile(shapes.expand("{bill}"))}
        self.offices = frozenset(p.lower() for f, r in _rules(files, "before") if r.finds == "PER" for p in r.phrases)
        self._rest_in_quotes = re.compile(shapes.expand("{name_rest} ?"))
        self._rest_in_commas = re.compile(shapes.expand("{name_rest_of_list}"))
        self._complement = re.compile(shapes.expand("{complement_before}$"))
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
        phrases = self.cues.before(folded, chunk)
        yield from islice((rule for rule in phrases if self._holds(rule, folded, chunk, around)), 1)

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
