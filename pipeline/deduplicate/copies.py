"""Articles that tell what an earlier one tells, in nearly the same words, or that quote it whole.

Candidates come from two indexes, so that no two articles are compared for nothing: MinHash over runs of five words finds texts
that are alike from end to end (datasketch; Broder 1997), a sample of the runs finds a text inside a longer one. What is found
is then measured on all runs, not estimated.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH

from pipeline.model import Copy
from pipeline.text import fold_accents

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_PERMUTATIONS = 128
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


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What comparing needs to know of an article: its day (None: unknown) and the runs of its words, hashed and sorted."""

    article_id: str
    published: dt.date | None
    hashes: MinHash
    runs: Any


def fingerprint(article_id: str, published: dt.date | None, text: str) -> Fingerprint:
    """The fingerprint of one article's cleaned text."""
    words = _WORD.findall(fold_accents(text).casefold())
    runs = {" ".join(words[i : i + _SHINGLE]).encode() for i in range(max(1, len(words) - _SHINGLE + 1))}
    hashes = MinHash(num_perm=_PERMUTATIONS, seed=1)
    hashes.update_batch(sorted(runs))
    numbers = np.array(sorted(int.from_bytes(hashlib.blake2b(run, digest_size=8).digest()) for run in runs), dtype=np.uint64)
    return Fingerprint(article_id, published, hashes, numbers)


def find_copies(fingerprints: Sequence[Fingerprint]) -> tuple[Copy, ...]:
    """One `Copy` for each article whose words an earlier one has; the earliest (then smallest id) is the original.

    A copy of a copy is a copy of the first. `similarity` is the share of runs that the two have in common, or for an article
    quoted whole the share of its runs that the longer one has.
    """
    index = _Index()
    originals: dict[str, Fingerprint] = {}
    copies = []
    for article in sorted(fingerprints, key=lambda f: (f.published or dt.date.max, f.article_id)):
        near = [(similarity(article, other), other.article_id) for other in index.near(article)]
        found = max(((score, key) for score, key in near if score), default=None)
        original = originals[found[1]] if found else article
        originals[article.article_id] = original
        index.add(article)
        if found:
            score = similarity(article, original) or found[0]
            copies.append(Copy(article.article_id, duplicate_of=original.article_id, similarity=round(score, 4)))
    return tuple(sorted(copies, key=lambda copy: copy.article_id))


def similarity(left: Fingerprint, right: Fingerprint) -> float:
    """How much of the two texts is one, 0..1; 0 where they are two articles."""
    shared = len(np.intersect1d(left.runs, right.runs, assume_unique=True))
    shorter, longer = sorted((len(left.runs), len(right.runs)))
    alike = shared / (shorter + longer - shared)
    if alike >= _ALIKE:
        return float(alike)
    quoted = shorter >= _LEAST_RUNS and shorter >= _LEAST_PART * longer and shared >= _CONTAINED * shorter
    return float(shared / shorter) if quoted else 0.0


@dataclass(slots=True)
class _Index:
    """The articles seen so far, by MinHash and by a sample of their runs."""

    articles: dict[str, Fingerprint] = field(default_factory=dict)
    alike: MinHashLSH = field(default_factory=lambda: MinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS))
    having: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, article: Fingerprint) -> None:
        self.articles[article.article_id] = article
        self.alike.insert(article.article_id, article.hashes)
        for run in _sampled(article):
            self.having[run].append(article.article_id)

    def near(self, article: Fingerprint) -> Iterator[Fingerprint]:
        """The articles that may be one with this one, by id."""
        sample = _sampled(article)
        shared = Counter(key for run in sample if len(self.having.get(run, ())) <= _COMMON for key in self.having.get(run, ()))
        quoted = {key for key, count in shared.items() if 2 * count >= min(len(sample), len(_sampled(self.articles[key])))}
        for key in sorted(quoted.union(self.alike.query(article.hashes))):
            yield self.articles[key]


def _sampled(article: Fingerprint) -> list[int]:
    return [int(run) for run in article.runs[article.runs % np.uint64(_SAMPLE) == 0]]
