"""What the rest says: a name settled in one place speaks for the same letters elsewhere in the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.lexicon import RuleFile
from pipeline.model import Document, EntityType, Method
from pipeline.recognize.acronyms import Acronyms
from pipeline.recognize.ballot import Decision
from pipeline.recognize.evidence import MAKER_AND_PRODUCT, Evidence
from pipeline.recognize.occurrences import goes_on, occurrences, writings
from pipeline.recognize.short_forms import ShortForms
from pipeline.recognize.weights import Weights

FEWEST_LETTERS = 4
SAME_NAME = "same-name-in-article"
_VERSION = re.compile(r"(?<=\w)[ -]v?\d[\w.]*\Z")


@dataclass(slots=True)
class Poll:
    """The voices heard for one form in an article. Voices of the model repeat each other and count once, rules add up."""

    voices: dict[tuple[EntityType, Method], list[float]] = field(default_factory=dict)
    places: set[tuple[int, int]] = field(default_factory=set)

    def add(self, decision: Decision) -> None:
        """Hear the voices for one decision."""
        self.places.add((decision.start, decision.end))
        for voice in decision.voices:
            if voice.method != "consistency":
                self.voices.setdefault((decision.type, voice.method), []).append(voice.weight)

    def results(self, weights: Weights) -> tuple[tuple[EntityType, float], ...]:
        """The type with most to say for it, and how strongly it speaks for another occurrence.

        Where rules tell of a firm here and of its product of the same name there, both speak, half as loud; but what the article
        says outright that it is (« Nimbo, un assistant ») outweighs what firms are wont to do (« Nimbo héberge »), and speaks
        louder than what a name looks like.
        """
        sums: Counter[EntityType] = Counter()
        for (entity_type, method), voices in self.voices.items():
            again = weights.again[method] * (sum(voices) - max(voices))
            sums[entity_type] += max(voices) + min(weights.again_most, again)  # type: ignore[assignment]
        heard = {kind: min(weights.echo_most, weights.echo_share * sums[kind] + weights.echo) for kind in sums}
        told = {kind: max(self.voices[kind, "rule"]) for kind in MAKER_AND_PRODUCT if (kind, "rule") in self.voices}
        sure = [kind for kind, weight in told.items() if weight >= weights.speaks_up]
        if len(told) > 1 and len(sure) != 1:
            return tuple((kind, heard[kind] / 2) for kind in MAKER_AND_PRODUCT)
        best = sure[0] if len(told) > 1 else min(sums, key=lambda t: (-sums[t], t))
        return ((best, heard[best] + (weights.outright if best in sure else 0.0)),)


class ArticleVote:
    """Carries the names settled in an article to their other occurrences and short forms."""

    def __init__(self, shapes: RuleFile, words: Mapping[str, Any], given: Mapping[str, Any], weights: Weights) -> None:
        self._acronyms = Acronyms(shapes, words)
        self._short_forms = ShortForms(shapes, words, given, weights)
        self._weights = weights

    def echo(self, document: Document, decisions: tuple[Decision, ...]) -> Iterator[Evidence]:
        """Evidence for every further occurrence of the names decided: whole, surname, head of a body, acronym."""
        polls: dict[str, Poll] = {}
        full: dict[str, str] = {}
        for decision in decisions:
            surface = document.folded[decision.start : decision.end]
            polls.setdefault(surface, Poll()).add(decision)
            if line := line_of(surface, decision.type):
                voice = Evidence(*decision.place, "PRODUCT", "rule", "line-of-product", self._weights.line)
                polls.setdefault(line, Poll()).add(replace(decision, voices=(voice,)))
            if decision.canonical:
                full.setdefault(surface, decision.canonical)
            if place := self._acronyms.after(document, decision.start, decision.end):
                name = document.folded[place.start : place.end]
                full.setdefault(name, decision.canonical or surface)
                voice = Evidence(
                    place.start, place.end, decision.type, "rule", "acronym-in-brackets", self._weights.acronym, full[name]
                )
                polls.setdefault(name, Poll()).add(Decision(place.start, place.end, decision.type, (voice,), voice.weight))
                yield voice
        for form, poll in polls.items():
            results = poll.results(self._weights)
            for writing in writings(form):
                for start, end in occurrences(document.folded, writing):
                    if poll.places != {(start, end)} and not goes_on(document.folded, end):
                        for kind, strength in results:
                            yield Evidence(start, end, kind, "consistency", SAME_NAME, strength, full.get(form))
        yield from self._short_forms.find(document, decisions, full)


def find_hinted(
    folded: str, evidence: Iterable[Evidence], decisions: Iterable[Decision], weights: Weights, *, several_words: re.Pattern[str]
) -> Iterator[Evidence]:
    """Evidence for names that the network alone sees, too unsure each time to be believed, but of one type in several places
    or of several words with a capital each, which owe it to no sentence.

    What is decided somewhere in the article, or something else speaks of, is left to those voices; people are not so rare in
    the network's schooling that it would doubt one twice.
    """
    decided = {folded[decision.start : decision.end] for decision in decisions}
    hints: dict[str, list[Evidence]] = {}
    for voice in evidence:
        hints.setdefault(folded[voice.start : voice.end], []).append(voice)
    for name, voices in hints.items():
        seen = [voice for voice in voices if voice.method == "model" and voice.type != "PER"]
        if not seen or name in decided or len({voice.type for voice in seen}) > 1:
            continue
        if 1 < len(seen) == len(voices):
            for voice in seen:
                yield Evidence(*voice.place, voice.type, "consistency", "hinted-again", weights.hinted)
        elif len(seen) == 1 and several_words.fullmatch(name) and _unopposed(voices, weights):
            yield Evidence(*seen[0].place, seen[0].type, "consistency", "hinted-by-capitals", weights.several_words)


def _unopposed(voices: Iterable[Evidence], weights: Weights) -> bool:
    """True where the network could be believed for a firm or thing, had it that little more, and other voices are too low."""
    needed = -weights.bias - weights.several_words
    return all(
        voice.weight > needed and voice.type in MAKER_AND_PRODUCT if voice.method == "model" else voice.weight < -weights.bias
        for voice in voices
    )


def line_of(surface: str, entity_type: EntityType) -> str | None:
    """What the versions of a product are called together: « Varlet » of « Varlet 4 » and « Varlet-7B »; None for other names."""
    version = _VERSION.search(surface) if entity_type == "PRODUCT" else None
    return surface[: version.start()] if version and version.start() >= FEWEST_LETTERS else None


def yielding(evidence: Iterable[Evidence], echoes: Iterable[Evidence], weights: Weights) -> Iterator[Evidence]:
    """The echoes, quieter where the words around a place say another type (« à Orange » is a town, « Orange lève » is not),
    and for names known for things of several types (TikTok the network and the company). Where those words say the same, the
    echo is no louder than they are.
    """
    local: dict[tuple[int, int], set[str]] = {}
    known: dict[tuple[int, int], set[str]] = {}
    for voice in evidence:
        if voice.method == "rule" and voice.weight >= weights.speaks_up:
            local.setdefault(voice.place, set()).add(voice.type)
        elif voice.method == "gazetteer":
            known.setdefault(voice.place, set()).add(voice.type)
    for echo in echoes:
        contradicted = echo.place in local and echo.type not in local[echo.place]
        quiet = contradicted or len(known.get(echo.place, ())) > 1
        repeats = echo.rule_id == SAME_NAME and echo.type in local.get(echo.place, ())
        most = weights.echo_most if repeats else echo.weight
        yield replace(echo, weight=min(most, echo.weight) * (weights.quiet if quiet else 1.0))
