"""Amounts of a French text, without the rest of the pipeline: the public door to sums, percentages and quantities."""

from __future__ import annotations

from functools import cache

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Amount
from pipeline.normalize.amounts import AmountReader
from pipeline.recognize.amounts import AmountRecognizer


def find(text: str, *, published: str | None = None) -> tuple[Amount, ...]:
    """The amounts of `text` by place, offsets into `text` as given.

    >>> [(a.mention.text, str(a.min), a.unit) for a in find("Elle a levé près de 385 millions d'euros.")]
    [("385 millions d'euros", '385000000', 'EUR')]
    """
    recognizer, reader = _built()
    document = plain_document(text, published=published)
    return reader.read(document, recognizer.find(document))


@cache
def _built() -> tuple[AmountRecognizer, AmountReader]:
    """Recognizer and reader of the built-in data, built at the first call: they hold no state that a call could change."""
    lexicon = load_lexicon()
    return AmountRecognizer(lexicon), AmountReader(lexicon)
