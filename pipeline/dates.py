"""Dates of a French text, without the rest of the pipeline: the public door to dates, durations and recurrences."""

from __future__ import annotations

from functools import cache

from pipeline.clean.plain import plain_document
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import DateReading
from pipeline.normalize.dates import DateReader
from pipeline.recognize.dates import DateRecognizer


class DateFinder:
    """Finds and reads the dates of texts. Build it once and use it often; `lexicon` defaults to the built-in rules."""

    def __init__(self, lexicon: Lexicon | None = None):
        rules = lexicon or load_lexicon()
        self._recognizer, self._reader = DateRecognizer(rules), DateReader(rules)

    def find(self, text: str, *, published: str | None = None) -> tuple[DateReading, ...]:
        """The dates, durations and recurrences of a text, in order; `published` is EDTF (day, month or year) or None."""
        document = plain_document(text, published=published)
        return self._reader.read(document, self._recognizer.find(document))


def find(text: str, *, published: str | None = None) -> tuple[DateReading, ...]:
    """The dates, durations and recurrences of a text, in order, read with the built-in rules.

    >>> [reading.value for reading in find("La réunion a eu lieu lundi dernier.", published="2024-03-01")]
    ['2024-02-26']
    """
    return _built_in().find(text, published=published)


@cache
def _built_in() -> DateFinder:
    """The finder of the built-in rules, built at the first call: it holds no state that a call could change."""
    return DateFinder()
