"""The French cases of Recognizers-Text (folder `Specs/*/French` of that project, MIT), as a measure that is not ours.

A case is right when the tool finds as many amounts as it lists, each overlapping its place with its value. Currencies are not
compared (the cases name units in words), and a sum in cents may be given in cents or in the unit they are part of.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from benchmarks.amounts.marks import Found

LEFT_OUT = {
    "CurrencyModel.json": "a currency's name without number (« multimilliard - accord de dollar »)",
    "PercentModel.json": "powers (« 1,1^23 pourcent ») and arithmetic in words (« soustraire cinq pour-cent » as -5 %)",
    "NumberModel.json": "the whole file: a number that counts and measures nothing is no amount for us (« 4,8 », « le 17/05 »)",
}
"""What veille leaves out on purpose, by file; such cases count as wrong all the same."""

_KINDS = {"CurrencyModel.json": "money", "PercentModel.json": "percent"}
_CENTS = ("Cent", "Pence", "Penny")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and the amounts it should yield: (start, end, value, whether it is in cents)."""

    text: str
    kind: str
    expected: tuple[tuple[int, int, Decimal | None, bool], ...]


def load_cases(folder: Path) -> dict[str, list[Case]]:
    """The cases of the currency and percent models, by file; {} where the folder holds none."""
    files = {name: folder / name for name in _KINDS if (folder / name).is_file()}
    return {name: [_case(item, _KINDS[name]) for item in _items(path)] for name, path in files.items()}


def is_right(case: Case, found: list[Found]) -> bool:
    """True where the findings of the case's kind are those it expects."""
    got = sorted((f for f in found if f.kind == case.kind), key=lambda f: f.start)
    return len(got) == len(case.expected) and all(_same(e, f) for e, f in zip(case.expected, got, strict=True))


def _items(path: Path) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8-sig"))
    return items


def _case(item: dict[str, object], kind: str) -> Case:
    text = str(item["Input"])
    results = [r for r in item.get("Results", []) if r]  # type: ignore[attr-defined]
    return Case(text, kind, tuple(_expected(text, result) for result in results))


def _expected(text: str, result: dict[str, object]) -> tuple[int, int, Decimal | None, bool]:
    surface, resolution = str(result["Text"]), result.get("Resolution") or {}
    start = max(text.lower().find(surface.lower()), 0)
    value = str(resolution.get("value")).replace("%", "").replace(",", ".")  # type: ignore[attr-defined]
    try:
        number: Decimal | None = Decimal(value)
    except InvalidOperation:
        number = None
    return start, start + len(surface), number, resolution.get("unit") in _CENTS  # type: ignore[attr-defined]


def _same(expected: tuple[int, int, Decimal | None, bool], found: Found) -> bool:
    start, end, value, in_cents = expected
    if value is None or not (found.start < end and start < found.end):
        return False
    close = abs(found.min - value) <= abs(value) / 1000
    return close or (in_cents and abs(found.min * 100 - value) <= abs(value) / 1000)
