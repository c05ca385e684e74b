"""Amounts of a French text, without the rest of the pipeline: the public door to sums, percentages and quantities."""

from __future__ import annotations

from functools import cache

from pipeline.clean.plain import cut_sentences, plain_document, uncut_document
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import Amount
from pipeline.normalize.amounts import AmountReader
from pipeline.normalize.amounts_lending import asks_for_sentence
from pipeline.normalize.rates import Rates
from pipeline.recognize.amounts import AmountRecognizer


class AmountFinder:
    """Finds and reads the amounts of texts. Build it once and use it often; `lexicon` defaults to the built-in rules."""

    def __init__(self, lexicon: Lexicon | None = None):
        rules = lexicon or load_lexicon()
        self._recognizer, self._reader, self._rates = AmountRecognizer(rules), AmountReader(rules), Rates()
        asked = any(rule.same_sentence or rule.unless.same_sentence for rule in rules.rules["amounts"].rules)
        self._cut = plain_document if asked else uncut_document

    def find(self, text: str, *, published: str | None = None) -> tuple[Amount, ...]:
        """The amounts of a text, in order, in euros too where the day `published` (EDTF) has a rate."""
        document = self._cut(text, published=published)
        mentions = self._recognizer.find(document)
        asking = (mention.start for mention in mentions if asks_for_sentence(mention))
        amounts = self._reader.read(cut_sentences(document, asking), mentions)
        return tuple(self._rates.in_euros(amount, published) for amount in amounts)


def find(text: str, *, published: str | None = None) -> tuple[Amount, ...]:
    """The amounts of a text, in order, read with the built-in rules.

    >>> [(a.mention.text, str(a.min), a.unit) for a in find("Elle a levé près de 274 millions d'euros.")]
    [("274 millions d'euros", '274000000', 'EUR')]
    """
    return _built_in().find(text, published=published)


@cache
def _built_in() -> AmountFinder:
    """The finder of the built-in rules, built at the first call: it holds no state that a call could change."""
    return AmountFinder()
