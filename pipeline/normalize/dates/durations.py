"""Durations and recurrences as ISO 8601: « deux ans et demi » → P2Y6M, « tous les six mois » → P6M. Pure functions."""

from __future__ import annotations

from decimal import Decimal

from pipeline.normalize.dates.facts import Facts, Unit
from pipeline.normalize.dates.frame import Frame, Value
from pipeline.normalize.dates.relative import VAGUE

_HALVES = {"Y": ("M", Decimal(6)), "D": ("TH", Decimal(12)), "TH": ("TM", Decimal(30)), "TM": ("TS", Decimal(30))}
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")


def read_duration(facts: Facts, _frame: Frame) -> Value:
    """A length of time (« trente-six heures » → PT36H); without a number, None (« pendant des mois »)."""
    if facts.unit is None:
        return Value(None, "no unit")
    if facts.number is None:
        return Value(None, VAGUE)
    sizes = {facts.unit.letter: facts.number * facts.unit.count}
    if facts.half:
        letter, count = _half_of(facts.unit)
        sizes[letter] = sizes.get(letter, Decimal(0)) + count
    for unit, number in ((facts.unit2, facts.number2), (facts.unit3, facts.number3)):
        if unit is not None and number is not None:
            sizes[unit.letter] = sizes.get(unit.letter, Decimal(0)) + number * unit.count
    return Value(write_duration(sizes))


def read_duration_range(facts: Facts, _frame: Frame) -> Value:
    """Two lengths of time (« trois à cinq ans » → P3Y/P5Y)."""
    if facts.unit is None or facts.number is None or facts.number2 is None:
        return Value(None, VAGUE)
    letter, count = facts.unit.letter, facts.unit.count
    return Value("/".join(write_duration({letter: number * count}) for number in (facts.number, facts.number2)))


def read_hours(facts: Facts, _frame: Frame) -> Value:
    """Hours and minutes (« 1 h 30 » → PT1H30M)."""
    if facts.number is None:
        return Value(None, VAGUE)
    sizes = {"TH": facts.number} | ({"TM": facts.number2} if facts.number2 is not None else {})
    return Value(write_duration(sizes))


def read_half(facts: Facts, _frame: Frame) -> Value:
    """Half of a unit (« une demi-heure » → PT30M)."""
    if facts.unit is None:
        return Value(None, "no unit")
    letter, count = _half_of(facts.unit)
    return Value(write_duration({letter: count}))


def read_quarters(facts: Facts, _frame: Frame) -> Value:
    """A quarter or three quarters of an hour (« un quart d'heure » → PT15M)."""
    return Value(write_duration({"TM": 15 * (facts.number or Decimal(1))}))


def read_whole(facts: Facts, _frame: Frame) -> Value:
    """A whole unit (« toute la journée » → P1D)."""
    unit = facts.unit or facts.unit2
    return Value(write_duration({unit.letter: unit.count})) if unit else Value(None, "no unit")


def read_set(facts: Facts, _frame: Frame) -> Value:
    """A recurrence by its period (« par mois » → P1M, « trimestriel » → P3M)."""
    if facts.period is not None:
        return Value(facts.period)
    unit = facts.unit or facts.unit2
    if unit is None:
        return Value(None, "no unit")
    return Value(write_duration({unit.letter: (facts.number or Decimal(1)) * unit.count}))


def write_duration(sizes: dict[str, Decimal]) -> str:
    """ISO 8601 of so many of each unit (`{"Y": 2, "M": 6}` → P2Y6M)."""
    days = "".join(f"{_plain(sizes[key])}{key}" for key in _ORDER[:4] if key in sizes)
    clock = "".join(f"{_plain(sizes[key])}{key[1]}" for key in _ORDER[4:] if key in sizes)
    return f"P{days}" + (f"T{clock}" if clock else "")


def _half_of(unit: Unit) -> tuple[str, Decimal]:
    if unit.count == 1 and unit.letter in _HALVES:
        return _HALVES[unit.letter]
    return unit.letter, unit.count / 2


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
