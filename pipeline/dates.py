"""The dates of a French text, for people who want nothing else.

>>> from pipeline import dates
>>> dates.find("La réunion a eu lieu lundi dernier.", published="2024-03-01")
"""

from __future__ import annotations

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
    """The dates, durations and recurrences of a text, in order; for many texts build a `DateFinder` once."""
    return DateFinder().find(text, published=published)
