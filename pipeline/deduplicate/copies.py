"""Articles that tell what an earlier one tells, in nearly the same words, or that quote it whole.

Candidates come from two kinds of marks, so that no two articles are compared for nothing: bands of a MinHash over runs of five
words find texts that are alike from end to end (Broder 1997), a sample of the runs finds a text inside a longer one.
What is found is then measured on all runs, not estimated.

An article's `Fingerprint` is less than a kilobyte and depends on its text alone: it can be stored, and compared again with the
articles to come. The texts themselves are asked for only where two articles meet.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from pipeline.model import Copy
from pipeline.text import fold_accents

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_BANDS, _ROWS = 25, 5
"""Of two texts with Jaccard similarity 0.7, 99 in 100 share a band; with 0.3, 6 in 100 do, and are then measured for nothing."""
SAMPLE = _BANDS
"""The kind of the marks that are no band."""
_ALIKE = 0.7
"""Jaccard similarity of two articles that are one. A text cut by a tenth keeps 0.9 of it; two articles that share their first
two fifths, and then go their ways, have 0.24."""
_CONTAINED = 0.8
_LEAST_RUNS, _LEAST_PART = 50, 0.3
"""An article quoted whole: four fifths of its runs stand in the longer one, of which it makes three tenths at least. A passing
quotation, or a digest of ten articles, is no copy."""
_SAMPLE = 8
_COMMON = 50
"""One run in eight is looked up; a run of more than fifty articles (a house's closing line) tells nothing."""
_DOUBT = 6
"""Standard deviations by which a sample may tell less than is shared: with four fifths it tells less once in a million times."""
_FIRST = 20
"""Where many articles share a mark, each is compared with the first so many of them."""

Runs = Any
"""The runs of a text's words: distinct 64-bit numbers, sorted, in a numpy array."""
Near = Mapping[int, Sequence[int]]
"""For articles, by place among all, the earlier ones that each may be one with."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The marks of an article's text, four bytes each: `bands` are the bands of its MinHash, `sample` an eighth of its runs."""

    bands: bytes
    sample: bytes


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of one article's cleaned text."""
    runs = word_runs(text)
    short = (runs >> np.uint64(32)).astype(np.uint32)
    bands = b"".join(_band(number, short) for number in range(_BANDS))
    sample = short[runs % np.uint64(_SAMPLE) == 0]
    return Fingerprint(bands, sample.astype("<u4").tobytes())


def _band(number: int, runs: Any) -> bytes:
    """Four bytes that two texts share where in each row of the band the same run comes out as the least, shuffled."""
    factors, terms = _SHUFFLES
    least = (factors[number] * runs + terms[number]).min(axis=1)
    return hashlib.blake2b(bytes([number]) + least.astype("<u4").tobytes(), digest_size=4).digest()


def word_runs(text: str) -> Runs:
    """The runs of five words of a text, accents and case folded; a shorter text is one run."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    row = np.array([_number(word) for word in words] or [0], dtype=np.uint64)
    count = max(1, len(row) - _SHINGLE + 1)
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(min(_SHINGLE, len(row))):
        runs = _mixed(runs + row[place : place + count])
    return np.unique(runs)


@lru_cache(maxsize=16384)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(fold_accents(word).encode(), digest_size=8).digest())


def _mixed(numbers: Any) -> Any:
    """The numbers with their bits spread, as splitmix64 does it (Steele, Lea and Flood 2014)."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))


_SHUFFLES = _mixed(np.arange(2 * _BANDS * _ROWS, dtype=np.uint64)).astype(np.uint32).reshape(2, _BANDS, _ROWS, 1)
_SHUFFLES[0] |= 1
"""For each row of each band a factor (odd, so that no two runs come out alike) and a term, modulo 2 to the 32."""


def similarity(left: Runs, right: Runs) -> float:
    """How much of the two texts is one, 0..1; 0 where they are two articles."""
    shared = len(np.intersect1d(left, right, assume_unique=True))
    shorter, longer = sorted((len(left), len(right)))
    alike = shared / (shorter + longer - shared)
    if alike >= _ALIKE:
        return float(alike)
    quoted = shorter >= _LEAST_RUNS and shorter >= _LEAST_PART * longer and shared >= _CONTAINED * shorter
    return float(shared / shorter) if quoted else 0.0


def spread(bands: bytes, samples: bytes, sizes: Any) -> tuple[Any, Any, Any]:
    """The marks of articles: of each its kind (the number of a band, or `SAMPLE`), its code, and which article has it.

    `bands` and `samples` are those of the articles one after another; a sample is of so many marks as `sizes` says.
    """
    count = len(sizes)
    kinds = np.concatenate([np.tile(np.arange(_BANDS, dtype=np.uint8), count), np.full(sizes.sum(), SAMPLE, dtype=np.uint8)])
    articles = np.arange(count, dtype=np.uint32)
    return kinds, np.frombuffer(bands + samples, dtype="<u4"), np.concatenate([articles.repeat(_BANDS), articles.repeat(sizes)])


def meet(kinds: Any, codes: Any, places: Any) -> tuple[Any, Any, Any]:
    """The pairs of articles that share marks (the earlier place in the high half), of which kind, and how many.

    All that have a mark must be there. Of a mark in a sample that more than fifty articles have, nothing comes.
    """
    found = []
    for kind in range(_BANDS + 1):
        own = kinds == kind
        pairs, counts = _meetings(codes[own], places[own], most=_COMMON if kind == SAMPLE else None)
        found.append((pairs, np.full(len(pairs), kind, dtype=np.uint8), counts))
    return tuple(map(np.concatenate, zip(*found, strict=True)))  # type: ignore[return-value]


def likely(near: Near, samples: Mapping[int, bytes]) -> Near:
    """Those of the candidates that are worth being measured, as their samples do not rule out that they are one.

    `samples` are those of all articles that `near` names, by place. Most pairs that share a band by chance go here, unread.
    """
    marks = {place: np.frombuffer(sample, dtype="<u4") for place, sample in samples.items()}
    found = {place: [other for other in others if _may_be_one(marks[place], marks[other])] for place, others in near.items()}
    return {place: others for place, others in found.items() if others}


def measured(near: Near, texts: Mapping[int, str]) -> Iterator[tuple[int, int, float]]:
    """The pairs of `near` that are one, the earlier second, each with its similarity."""
    runs = {place: word_runs(text) for place, text in texts.items()}
    for place, others in near.items():
        for other in others:
            if score := similarity(runs[place], runs[other]):
                yield place, other, score


def find_copies(alike: Iterable[tuple[str, str, float]]) -> tuple[Copy, ...]:
    """One `Copy` for each article whose words an earlier one has; the earliest (then smallest id) is the original.

    `alike` are the pairs that are one, by id, with their similarity, in the order in which the first of each came out; the second
    came out before. An article is a copy of the one most like it, to which its `similarity` is, and a copy of a copy one of the
    first.
    """
    nearest: dict[str, tuple[float, str]] = {}
    for article, earlier, score in alike:
        nearest[article] = max(nearest.get(article, (0.0, "")), (score, earlier))
    copies: dict[str, Copy] = {}
    for article, (score, earlier) in nearest.items():
        original = copies[earlier].duplicate_of if earlier in copies else earlier
        copies[article] = Copy(article, duplicate_of=original, similarity=score)
    return tuple(copies[article] for article in sorted(copies))


def _may_be_one(one: Any, other: Any) -> bool:
    """Whether four fifths of the shorter text's runs, which two alike share too, may be in both, as far as a sample can tell."""
    marks = min(len(one), len(other))
    least = _CONTAINED * marks - _DOUBT * math.sqrt(marks * _CONTAINED * (1 - _CONTAINED))
    return len(np.intersect1d(one, other)) >= least


def _meetings(codes: Any, places: Any, *, most: int | None) -> tuple[Any, Any]:
    """The pairs of articles that share a code, and how many they share; codes of more than `most` articles do not count."""
    codes = codes.astype(np.uint64) << np.uint64(32) | places
    codes.sort()
    starts = np.flatnonzero(np.diff(codes >> np.uint64(32), prepend=np.uint64(1 << 40)))
    sizes = np.diff(starts, append=len(codes))
    kept = (sizes > 1) & (sizes <= (most or len(codes)))
    shared = np.flatnonzero(np.repeat(kept, sizes))
    first, articles = np.repeat(starts, sizes)[shared], codes & np.uint64(0xFFFFFFFF)
    found = [np.empty(0, dtype=np.uint64)]
    for step in range(most or _FIRST):
        later = shared[first + step < shared]
        earlier = (first + step)[first + step < shared]
        found.append(articles[earlier] << np.uint64(32) | articles[later])
    pairs = np.concatenate(found)
    return np.unique(pairs[pairs >> np.uint64(32) != pairs & np.uint64(0xFFFFFFFF)], return_counts=True)
