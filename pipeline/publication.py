"""Publication dates as inputs write them, read as EDTF; knows no clock and no topic.

An input may give a day, a month or a year; what it leaves open stays open (« mars 2024 » is `2024-03`, not its first day).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

from babel.dates import get_month_names

from pipeline.text import fold_accents

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

EARLIEST_YEAR = 1980
"""Nothing older was published on the web; a smaller year is a mistaken field (an epoch, a template's default)."""

_ISO = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?!\d)")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(r"(?:(?P<day>\d{1,2})(?:er)?[\s-]+)?(?P<name>[^\W\d_]{3,9})\.?[\s-]+(?P<year>\d{4})(?!\d)")
_LONGEST = 60
"""Characters of a date in words; longer values hold something else."""
_WEEKDAY = re.compile(r"^[^\W\d_]{3,9}\.?,?\s+(?=\d)")


def read_published(value: str) -> str | None:
    """The EDTF day, month or year that `value` begins with; None where it is none (« 12/03/2024 à 09h15 » → 2024-03-12)."""
    text = " ".join(value.split())
    for candidate in (text, _WEEKDAY.sub("", text)):
        for form in (_COMPACT, _ISO, _NUMERIC, _WORDS):
            if match := form.match(candidate):
                return _as_edtf(**match.groupdict())
    return _in_other_words(text)


def implausible(published: str, *, today: dt.date | None) -> str | None:
    """Why nobody can have published an article then: before 1980 or after `today`; None where somebody can."""
    if int(published[:4]) < EARLIEST_YEAR:
        return f"{published} is before {EARLIEST_YEAR}"
    if today is not None and published > today.isoformat()[: len(published)]:
        return f"{published} is after today ({today.isoformat()})"
    return None


def _as_edtf(*, year: str, month: str | None = None, day: str | None = None, name: str | None = None) -> str | None:
    if name is not None:
        if name.casefold() not in (months := _months()):
            return None
        month = str(months[name.casefold()])
    numbers = [int(year) + (2000 if len(year) == 2 else 0), *(int(part) for part in (month, day) if part is not None)]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return None
    if len(numbers) > 2 and not 1 <= numbers[2] <= calendar.monthrange(numbers[0], numbers[1])[1]:
        return None
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])


def _in_other_words(text: str) -> str | None:
    """A date written in another way (« March 5, 2024 10:30 AM »), by dateparser: it resolves whole absolute dates, finds none."""
    if len(text) > _LONGEST or not any(c.isdigit() for c in text):
        return None
    found = _parser().get_date_data(text)
    if found.date_obj is None:
        return None
    return str(found.date_obj.strftime("%Y-%m" if found.period == "month" else "%Y-%m-%d"))


@cache
def _parser() -> DateDataParser:
    from dateparser.date import DateDataParser

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["month", "year"], "DATE_ORDER": "DMY"}
    return DateDataParser(languages=["fr", "en"], settings=settings)


@cache
def _months() -> dict[str, int]:
    """Month names of French and English (feeds are dated in English) from Unicode CLDR, and the first three or four letters
    of each where they tell it from all others (« sept », « fév », not « jui »)."""
    names: dict[str, int] = {}
    for locale in ("en", "fr"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                names[name.rstrip(".").casefold()] = number
                names[fold_accents(name.rstrip(".")).casefold()] = number
    starts = {name[:length] for name in names for length in (3, 4)}
    meant = {start: {number for name, number in names.items() if name.startswith(start)} for start in sorted(starts)}
    return {start: min(numbers) for start, numbers in meant.items() if len(numbers) == 1} | names
