"""Sums in euros at the reference rate of the publication day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model import Amount, Mention
from pipeline.normalize.rates import Rates

eur_range = Rates().eur_range


def amount(unit: str | None, low: str = "100", high: str | None = None, kind: str = "money") -> Amount:
    mention = Mention(0, 3, "100", kind, "money")
    return Amount(mention, kind, Decimal(low), Decimal(high or low), unit)  # type: ignore[arg-type]


def test_a_range_in_dollars_on_a_working_day() -> None:
    # 1 EUR = 1.0813 USD on 1 March 2024 (ECB)
    assert eur_range(amount("USD", "10", "15"), "2024-03-01") == (Decimal("9.248127"), Decimal("13.872191"))


def test_a_weekend_takes_the_friday_before() -> None:
    assert eur_range(amount("USD"), "2024-03-03") == eur_range(amount("USD"), "2024-03-01")


def test_euros_need_no_rate_and_no_day() -> None:
    assert eur_range(amount("EUR", "27.6"), None) == (Decimal("27.6"), Decimal("27.6"))


@pytest.mark.parametrize(
    ("unit", "published"),
    [
        ("USD", None),
        ("USD", "2024-03"),
        ("USD", "2024-13-45"),
        ("USD", "1998-12-31"),
        ("USD", "2099-01-04"),
        ("CNY", "2001-06-01"),
        ("BTC", "2024-03-01"),
        (None, "2024-03-01"),
    ],
    ids=["no day", "month", "no date", "before the table", "beyond the table", "before its first rate", "not quoted", "no unit"],
)
def test_what_cannot_be_known_is_none(unit: str | None, published: str | None) -> None:
    assert eur_range(amount(unit), published) == (None, None)


def test_a_currency_has_no_rate_while_it_is_not_quoted() -> None:
    """The Icelandic crown was not, from 2008 to 2018."""
    assert [eur_range(amount("ISK"), day)[0] is None for day in ("2008-01-07", "2012-06-01", "2019-01-07")] == [
        False,
        True,
        False,
    ]


def test_only_money_has_a_value_in_euros() -> None:
    assert eur_range(amount("PCT", kind="percent"), "2024-03-01") == (None, None)
