"""What temporal expressions mean: the parts that a rule captured, the publication date, the tense, the date before → EDTF."""

from pipeline.normalize.dates.reader import DateReader

__all__ = ["DateReader"]
