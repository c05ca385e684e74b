"""Articles that tell what an earlier one tells, in nearly the same words (MinHash over word shingles)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from datasketch import MinHash, MinHashLSH

from pipeline.model import Copy
from pipeline.text import fold_accents

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_PERMUTATIONS = 128
_SIMILAR = 0.7


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What comparing needs to know of an article: its day (None: unknown) and the shingles of its text, hashed."""

    article_id: str
    published: dt.date | None
    hashes: MinHash


def fingerprint(article_id: str, published: dt.date | None, text: str) -> Fingerprint:
    """The fingerprint of one article's cleaned text."""
    words = _WORD.findall(fold_accents(text).casefold())
    hashes = MinHash(num_perm=_PERMUTATIONS, seed=1)
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
    hashes.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return Fingerprint(article_id, published, hashes)


def find_copies(fingerprints: Sequence[Fingerprint]) -> tuple[Copy, ...]:
    """One `Copy` for each article whose words an earlier one has; the earliest (then smallest id) is the original."""
    ordered = sorted(fingerprints, key=lambda f: (f.published or dt.date.max, f.article_id))
    index = MinHashLSH(threshold=_SIMILAR, num_perm=_PERMUTATIONS)
    originals: dict[str, Fingerprint] = {}
    copies = []
    for article in ordered:
        near = [(originals[key].hashes.jaccard(article.hashes), key) for key in index.query(article.hashes)]
        best = max(((similarity, key) for similarity, key in near if similarity >= _SIMILAR), default=None)
        if best:
            copies.append(Copy(article.article_id, duplicate_of=best[1], similarity=round(float(best[0]), 4)))
        else:
            index.insert(article.article_id, article.hashes)
            originals[article.article_id] = article
    return tuple(sorted(copies, key=lambda copy: copy.article_id))
