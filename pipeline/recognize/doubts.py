"""Voices for names that count for less, or not at all, by what the rest of the article says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.model import Document, Span
from pipeline.recognize.ballot import Decision
from pipeline.recognize.chunks import ROMAN
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.places import Places

_SHAPES = ("per-given-name", "per-given-name-alone")
"""The rules that take a name for a person's because of how it begins."""


def without_people(evidence: Iterable[Evidence], places: Iterable[Span]) -> Iterator[Evidence]:
    """The evidence without what takes one of the places, which are written small, for a person."""
    small = {(place.start, place.end) for place in places}
    return (voice for voice in evidence if voice.type != "PER" or voice.place not in small)


def without_given_names(evidence: Sequence[Evidence], decisions: Iterable[Decision], folded: str) -> list[Evidence]:
    """The evidence, without given names that are something else's in this article: « le robot Gaspard … Gaspard marche », nor
    those that lead the name of its product: « Gaspard lance l'application Gaspard Santé ».

    Where no words around tell a person of that name, the network does not either.
    """
    things = {folded[d.start : d.end].lower() for d in decisions if d.type != "PER" and any(v.method == "rule" for v in d.voices)}
    told = {
        kind: {folded[v.start : v.end] for v in evidence if v.type == kind and v.method == "rule" and v.rule_id not in _SHAPES}
        for kind in ("PER", "PRODUCT")
    }
    shaped = {v.place: folded[v.start : v.end] for v in evidence if v.rule_id in _SHAPES}
    named = {
        place
        for place, name in shaped.items()
        if name.partition(" ")[0].lower() in things and (" " not in name or name in told["PRODUCT"] - told["PER"])
    }
    guessed = {place for place in named if shaped[place] not in told["PER"]}
    return [
        voice
        for voice in evidence
        if not (voice.rule_id in _SHAPES and voice.place in named)
        and not (voice.method == "model" and voice.type == "PER" and voice.place in guessed)
    ]


def without_guesses(evidence: Iterable[Evidence], nothing: Places, *, known: float) -> Iterator[Evidence]:
    """The evidence less what is only guessed of runs that name nothing of ours, by the model or by an ambiguous form."""
    for voice in evidence:
        guess = voice.method == "model" or (voice.method == "gazetteer" and voice.weight < known)
        if not (guess and nothing.touching(Span(voice.start, voice.end))):
            yield voice


def weaken_lone(document: Document, evidence: Iterable[Evidence], *, weight: float) -> Iterator[Evidence]:
    """The evidence, with the network's people of one word taken down by `weight` whom nobody names in full in the article.

    A person is given in full once; what has but one word is a company or a thing more often: « fabriqué par Delteil-Moreau ».
    A given name speaks for itself: « Delphine, mère de trois enfants ».
    """
    voices = list(evidence)
    backed = {voice.place for voice in voices if voice.type == "PER" and voice.method != "model"}
    full = {word for v in voices if v.type == "PER" for word in _words_of_many(document.folded[v.start : v.end])}
    for voice in voices:
        surface = document.folded[voice.start : voice.end]
        known = " " in surface or surface in full or voice.place in backed
        lone = voice.method == "model" and voice.type == "PER" and not known
        yield replace(voice, weight=voice.weight - weight) if lone else voice


def weaken_parts(
    document: Document, evidence: Iterable[Evidence], chunks: Iterable[Span], *, weight: float
) -> Iterator[Evidence]:
    """The evidence, with known names that are only part of a capitalised run taken down: « Gironde » in « Gironde Logique ».

    A run that known names fill, such as « OpenAI-Microsoft », and a headline in capitals are left alone.
    """
    voices = list(evidence)
    known = Places.of((v.start, v.end) for v in voices if v.method == "gazetteer")
    runs = [chunk for chunk in chunks if not _all_capitals(document.folded[chunk.start : chunk.end])]
    broken = Places.of((chunk.start, chunk.end) for chunk in runs if _has_unknown_rest(document.folded, chunk, known))
    for voice in voices:
        span = Span(voice.start, voice.end)
        if voice.method == "gazetteer" and any(not span.covers(Span(*run)) for run in broken.touching(span)):
            yield replace(voice, weight=weight, sure=False, whole=False)
        else:
            yield voice


def _has_unknown_rest(folded: str, chunk: Span, known: Places) -> bool:
    inside = known.touching(chunk)
    if not inside:
        return False
    numbers = [match.span() for match in ROMAN.finditer(folded, chunk.start, chunk.end)]
    covered = {offset for start, end in (*inside, *numbers) for offset in range(start, end)}
    return any(folded[offset].isalpha() and offset not in covered for offset in range(chunk.start, chunk.end))


def _words_of_many(surface: str) -> list[str]:
    words = surface.split(" ")
    return words if len(words) > 1 else []


def _all_capitals(surface: str) -> bool:
    return surface.isupper() and surface.count(" ") >= 2
