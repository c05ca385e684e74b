"""Training what tells words that tell of an event: softmax regression over the features of `recognize.triggers`.

The names, sums and days around a word are those that are marked, so that the weights hang on the marked articles alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.plain import plain_document
from pipeline.model import EVENT_TYPES
from pipeline.recognize.relations.masking import Masking, Sign
from pipeline.recognize.triggers import FEATURES, FILE, STEP, Words, features, load_vectors, read_words
from pipeline.recognize.vectors import WordVectors

Article = Mapping[str, Any]
Labels = NDArray[np.int64]
Whole = NDArray[np.int16]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TriggerFit:
    """How weights are fitted: steps of Adam over all words at once, their size, and what keeps weights small; how much more a
    word that is held to what it tells counts after each step at which it does not, or not by that `margin` of log odds; and how
    many log odds are taken from telling of nothing, so that a word tells of an event where it is a little likelier not to."""

    steps: int = 200
    rate: float = 0.02
    shrink: float = 0.001
    insist: float = 1.05
    margin: float = 0.2
    ease: float = 0.4


def train_triggers(
    articles: Iterable[Article], *, silent: Iterable[Article], kept: Iterable[Article], out: Path, fit: TriggerFit | None = None
) -> int:
    """Fit the weights that tell the triggers of the marked articles' events from their other words, and write them to `out`; how
    many triggers there are. All words of `kept` are held to what they tell, of `silent` those that tell nothing.

    The same articles and versions of numpy give the same weights.
    """
    vectors = load_vectors()
    parts = [_examples_of(some, vectors) for some in (articles, silent, kept)]
    rows, labels = (np.concatenate(of_all) for of_all in zip(*parts, strict=True))
    free, refused, proof = (known for _, known in parts)
    held = np.concatenate([np.zeros_like(free, dtype=bool), refused == 0, np.ones_like(proof, dtype=bool)])
    weights = fit_weights(rows, labels, held, fit=fit or TriggerFit())
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / FILE, weights)
    return int(np.count_nonzero(labels))


def fit_weights(rows: Floats, labels: Labels, held: NDArray[np.bool_], *, fit: TriggerFit) -> Whole:
    """The weights of a softmax regression, in steps of `STEP`; `held` says which rows are held to their labels.

    Features are brought to one scale while it is fitted, the last of them is 1. What holds a row is a multiplier that grows as
    long as the row breaks its bound, as in the method of multipliers.
    """
    scale = np.maximum(rows.std(axis=0), np.float32(1e-3))
    scale[-1] = 1
    scaled, wanted = rows / scale, np.eye(1 + len(EVENT_TYPES), dtype=np.float32)[labels]
    counts, own = np.ones((len(rows), 1), dtype=np.float32), (np.arange(len(rows)), labels)
    weights, slope, square = (np.zeros((rows.shape[1], wanted.shape[1]), dtype=np.float32) for _ in range(3))
    ease = np.eye(1, wanted.shape[1], dtype=np.float32) * fit.ease
    for step in range(1, fit.steps + 1):
        logits = scaled @ weights
        eased = logits - ease
        lead = eased[own] - np.where(wanted == 1, -np.inf, eased).max(axis=1)
        counts[held & (lead < fit.margin)] *= np.float32(fit.insist)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = (powers / powers.sum(axis=1, keepdims=True) - wanted) * counts
        gradient = scaled.T @ error / np.float32(len(rows)) + 2 * fit.shrink * weights
        slope = 0.9 * slope + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= fit.rate * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    weights[-1:] -= ease
    limits = np.iinfo(np.int16)
    whole: Whole = np.clip(np.rint(weights / scale[:, None] / STEP), limits.min, limits.max).astype(np.int16)
    return whole


def _examples_of(articles: Iterable[Article], vectors: WordVectors) -> tuple[Floats, Labels]:
    """The features of the words of all articles, of `FEATURES` numbers each, and what each word tells."""
    nothing = np.zeros((0, FEATURES), dtype=np.float32), np.zeros(0, dtype=np.int64)
    rows, labels = zip(nothing, *(_examples(article, vectors) for article in articles), strict=True)
    return np.concatenate(rows), np.concatenate(labels)


def _examples(article: Article, vectors: WordVectors) -> tuple[Floats, Labels]:
    """The features of the article's words, and what each tells: 0, or the place of its type among all and 1."""
    document = plain_document(article["text"])
    masking = Masking(document.folded, _signs(article))
    masks = [masking.mask(sentence) for sentence in document.sentences]
    words = read_words([masked.text for masked in masks])
    origins = [masks[sentence].origin(start) for sentence, start in zip(words.sentences, words.starts, strict=True)]
    return features(words, vectors).astype(np.float32), _labels(words, origins, article["events"])


def _signs(article: Article) -> Iterator[Sign]:
    for entity in article["entities"]:
        yield Sign(entity["start"], entity["end"], entity["type"])
    for found in (*article["amounts"], *article["dates"]):
        yield Sign(found["start"], found["end"], found["kind"])


def _labels(words: Words, origins: Sequence[int], events: Iterable[Mapping[str, Any]]) -> Labels:
    """What each candidate tells: of a phrase (« met la main sur ») its longest word does."""
    told = {}
    for event in events:
        inside = [n for n in words.candidates if event["start"] <= origins[n] < event["end"]]
        if inside:
            told[max(inside, key=lambda n: len(words.texts[n]))] = 1 + EVENT_TYPES.index(event["type"])
    return np.array([told.get(n, 0) for n in words.candidates], dtype=np.int64)
