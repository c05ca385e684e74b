"""Lengths of time and recurrences as ISO 8601."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.normalize.dates import durations
from pipeline.normalize.dates.facts import Facts, Unit
from pipeline.normalize.dates.frame import Value
from pipeline.normalize.dates.interpreters import READERS
from pipeline.normalize.dates.relative import VAGUE
from tests.normalize.dates.frames import against

ONE, TWO, THIRTY = Decimal(1), Decimal(2), Decimal(30)
SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = (Unit(letter, ONE) for letter in ("TS", "TM", "TH", "D", "W", "M", "Y"))
QUARTER, DECADE = Unit("M", Decimal(3)), Unit("Y", Decimal(10))


@pytest.mark.parametrize(
    ("reads", "facts", "expected"),
    [
        ("duration", Facts(unit=HOUR, number=Decimal(36)), Value("PT36H")),
        ("duration", Facts(unit=QUARTER, number=TWO), Value("P6M")),
        ("duration", Facts(unit=YEAR, number=Decimal("1.5")), Value("P1.5Y")),
        ("duration", Facts(unit=DAY, number=Decimal(100)), Value("P100D")),
        ("duration", Facts(unit=YEAR, number=TWO, half=True), Value("P2Y6M")),
        ("duration", Facts(unit=DAY, number=TWO, half=True), Value("P2DT12H")),
        ("duration", Facts(unit=HOUR, number=TWO, half=True), Value("PT2H30M")),
        ("duration", Facts(unit=MINUTE, number=TWO, half=True), Value("PT2M30S")),
        ("duration", Facts(unit=MONTH, number=TWO, half=True), Value("P2.5M")),
        ("duration", Facts(unit=DECADE, number=TWO, half=True), Value("P25Y")),
        ("duration", Facts(unit=YEAR, number=ONE, unit2=MONTH, number2=TWO, unit3=DAY, number3=THIRTY), Value("P1Y2M30D")),
        ("duration", Facts(unit=YEAR, number=ONE, unit2=MONTH), Value("P1Y")),
        ("duration", Facts(unit=MONTH, number=ONE, unit2=QUARTER, number2=TWO), Value("P7M")),
        ("duration", Facts(unit=WEEK, number=ONE, unit2=MINUTE, number2=TWO, unit3=SECOND, number3=ONE), Value("P1WT2M1S")),
        ("duration", Facts(unit=MONTH), Value(None, VAGUE)),
        ("duration", Facts(number=ONE), Value(None, "no unit")),
        ("duration-range", Facts(unit=YEAR, number=TWO, number2=Decimal(5)), Value("P2Y/P5Y")),
        ("duration-range", Facts(unit=QUARTER, number=ONE, number2=TWO), Value("P3M/P6M")),
        ("duration-range", Facts(unit=YEAR, number=TWO), Value(None, VAGUE)),
        ("duration-range", Facts(unit=YEAR, number2=TWO), Value(None, VAGUE)),
        ("duration-range", Facts(number=ONE, number2=TWO), Value(None, VAGUE)),
        ("duration-hours", Facts(number=ONE, number2=THIRTY), Value("PT1H30M")),
        ("duration-hours", Facts(number=TWO), Value("PT2H")),
        ("duration-hours", Facts(number2=THIRTY), Value(None, VAGUE)),
        ("duration-half", Facts(unit=HOUR), Value("PT30M")),
        ("duration-half", Facts(unit=DAY), Value("PT12H")),
        ("duration-half", Facts(unit=YEAR), Value("P6M")),
        ("duration-half", Facts(unit=DECADE), Value("P5Y")),
        ("duration-half", Facts(unit=SECOND), Value("PT0.5S")),
        ("duration-half", Facts(), Value(None, "no unit")),
        ("duration-quarters", Facts(), Value("PT15M")),
        ("duration-quarters", Facts(number=Decimal(3)), Value("PT45M")),
        ("duration-whole", Facts(unit=DAY), Value("P1D")),
        ("duration-whole", Facts(unit=QUARTER, unit2=YEAR), Value("P3M")),
        ("duration-whole", Facts(unit2=WEEK), Value("P1W")),
        ("duration-whole", Facts(), Value(None, "no unit")),
        ("set", Facts(period="P3M", unit=YEAR), Value("P3M")),
        ("set", Facts(unit=MONTH), Value("P1M")),
        ("set", Facts(unit2=QUARTER, number=TWO), Value("P6M")),
        ("set", Facts(number=TWO), Value(None, "no unit")),
    ],
)
def test_what_each_interpreter_of_durations_reads(reads: str, facts: Facts, expected: Value) -> None:
    assert READERS[reads](facts, against()) == expected


def test_units_are_written_from_the_longest_to_the_shortest() -> None:
    sizes = {"TS": ONE, "TM": TWO, "TH": ONE, "D": TWO, "W": ONE, "M": TWO, "Y": ONE}

    assert durations.write_duration(sizes) == "P1Y2M1W2DT1H2M1S"
