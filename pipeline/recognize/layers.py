"""The layers of the network in numpy, with the weights of spaCy's: the same but for the last bits, in a third of the time.

spaCy multiplies with BLIS, which takes three times as long as numpy's OpenBLAS, and its state machine walks word by word, where
all words outside names are decided at once here. A text is computed by itself, so that what comes out depends on no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.recognize.words import Floats

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from thinc.api import Model

Flags = NDArray[np.bool_]


class Named(NamedTuple):
    """A name from its first to its last word, with its type and the network's certainty (not calibrated)."""

    first: int
    last: int
    label: str
    certainty: float


class Encoder:
    """What each word is in its context: from the embeddings of a text's words to the vectors that names are decided on.

    Four times, the vectors of a word and its two neighbours give the next vector: a maxout layer, normalized, added to the last.
    A text stands between four empty words on either side, as spaCy pads it.
    """

    def __init__(self, encode: Model[Any, Any], last: Model[Any, Any]):
        layers = [residual.layers[0].layers[1] for residual in encode.layers[0].layers]
        self._layers = [_Layer(*(node for node in layer.walk() if node.name in ("maxout", "layernorm"))) for layer in layers]
        self._padding: int = encode.attrs["pad"]
        self._weights, self._bias = _weights(last, "W"), _weights(last, "b")[:, None]

    def __call__(self, vectors: Floats) -> Floats:
        """A row for each row of `vectors`."""
        length, width = vectors.shape
        inside = slice(self._padding, self._padding + length)
        passed = np.zeros((width, length + 2 * self._padding), dtype=np.float32)
        passed[:, inside] = vectors.T
        window = np.zeros((3 * width, passed.shape[1]), dtype=np.float32)
        for layer in self._layers:
            window[:width, 1:] = passed[:, :-1]
            window[width : 2 * width] = passed
            window[2 * width :, :-1] = passed[:, 1:]
            passed += layer(window)
        seen: Floats = (self._weights @ passed[:, inside] + self._bias).T
        return seen


class _Layer:
    """A maxout layer, normalized. A column is a word, so that each step is one long loop."""

    def __init__(self, maxout: Model[Any, Any], normal: Model[Any, Any]):
        self._weights = [np.ascontiguousarray(piece) for piece in _weights(maxout, "W").transpose(1, 0, 2)]
        self._bias = [piece[:, None] for piece in _weights(maxout, "b").T]
        self._gain, self._shift = _weights(normal, "G")[:, None], _weights(normal, "b")[:, None]

    def __call__(self, window: Floats) -> Floats:
        best: Floats = self._weights[0] @ window + self._bias[0]
        for weights, bias in zip(self._weights[1:], self._bias[1:], strict=True):
            np.maximum(best, weights @ window + bias, out=best)
        best -= best.mean(axis=0)
        best *= 1.0 / np.sqrt((best * best).mean(axis=0) + np.float32(1e-8))
        best *= self._gain
        best += self._shift
        return best


class Decider:
    """Names, word by word: outside, one that stands alone, or the first, a middle or the last word of one.

    What a word becomes depends on three vectors: its own, and within a name that of the name's first word and of the word before.
    """

    def __init__(self, network: EntityRecognizer):
        _, lower, upper = network.model.layers
        features = _weights(lower, "W").transpose(0, 2, 1, 3)
        self._features = np.ascontiguousarray(features.reshape(-1, features.shape[-1]).T)
        bias, padding = _weights(lower, "b").T.ravel(), _weights(lower, "pad")[0].transpose(0, 2, 1)
        self._inside, self._outside = bias, bias + padding[1].ravel() + padding[2].ravel()
        self._weights, self._bias = np.ascontiguousarray(_weights(upper, "W").T), _weights(upper, "b")
        self._names = [network.moves.get_class_name(number) for number in range(network.moves.n_moves)]
        self._actions = {name: number for number, name in enumerate(self._names)}
        kinds = np.array([name[0] for name in self._names])
        self._opens, self._begins, self._outs = np.isin(kinds, ["B", "U", "O"]), kinds == "B", kinds == "O"
        self._units = (kinds == "U") & (np.array(self._names) != "U-")

    def find(self, vectors: Floats, *, blank: Flags, closing: Flags) -> list[Named]:
        """The names; none begins with a `blank` word, none goes on after a word that is `closing`."""
        features = (vectors @ self._features).reshape(len(vectors), 3, -1)
        scores = self._scores(features[:, 0] + self._outside)
        actions = np.where(self._possible(blank, closing), scores, -np.inf).argmax(axis=1)
        paths, spans, reached = [], [], 0
        for first in np.flatnonzero(actions != self._actions["O"]).tolist():
            if first >= reached:
                action = int(actions[first])
                path = [(scores[first], action), *self._follow(features, first, action, closing)]
                reached = first + len(path)
                paths.append(path)
                spans.append((first, reached - 1, self._names[action][2:]))
        return [Named(*span, certainty) for span, certainty in zip(spans, self._certainties(paths), strict=True)]

    def _possible(self, blank: Flags, closing: Flags) -> Flags:
        """For each word which actions it may take outside names."""
        may: Flags = self._outs | (self._units & ~blank[:, None]) | (self._begins & ~(blank | closing)[:, None])
        return may

    def _follow(self, features: Floats, first: int, action: int, closing: Flags) -> Iterator[tuple[Floats, int]]:
        """The scores and actions of the words behind a name's first word, up to its last."""
        if self._units[action]:
            return
        label, word = self._names[action][1:], first
        inside, last = self._actions["I" + label], self._actions["L" + label]
        while action != last:
            word += 1
            scores = self._scores(features[word, 0] + features[first, 1] + features[word - 1, 2] + self._inside)
            action = last if closing[word] or scores[last] > scores[inside] else inside
            yield scores, action

    def _scores(self, hidden: Floats) -> Floats:
        half = hidden.shape[-1] // 2
        scores: Floats = np.maximum(hidden[..., :half], hidden[..., half:]) @ self._weights + self._bias
        return scores

    def _certainties(self, paths: list[list[tuple[Floats, int]]]) -> list[float]:
        """For each name the product, over its words, of the probability of what was done, among all that could be."""
        if not paths:
            return []
        scores = np.array([scores for path in paths for scores, _ in path])
        done = np.array([action for path in paths for _, action in path])
        starts = np.cumsum([0, *map(len, paths)])[:-1]
        rivals = np.broadcast_to(~self._opens, scores.shape).copy()
        rivals[starts] = self._opens
        chances = 1.0 / np.where(rivals, np.exp(scores - scores[np.arange(len(done)), done][:, None]), 0.0).sum(axis=1)
        return [round(float(chance), 4) for chance in np.multiply.reduceat(chances, starts)]


def _weights(layer: Model[Any, Any], name: str) -> Floats:
    return np.asarray(layer.get_param(name), dtype=np.float32)
