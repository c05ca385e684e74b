"""The French cases of Recognizers-Text (folder `Specs/*/French` of that project, MIT), as a measure that is not ours.

A case of the currency or percent model is right when the tool finds as many amounts as it lists, each overlapping its place with
its value. Currencies are not compared (the cases name units in words), and a sum in cents may be given in cents or in the unit
they are part of.

The number model lists bare numbers, which are no amounts for a reader of amounts. Each number is therefore asked for with
something to measure: « trois cent six » as « trois cent six euros », « trois cinquièmes » as « trois cinquièmes des voix ». A
tool is right where all that it finds on the number has its value, whatever the kind; one with a number reader may use it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from benchmarks.amounts.marks import Found

LEFT_OUT = {
    "CurrencyModel.json": "a currency's name without number (« multimilliard - accord de dollar »)",
    "PercentModel.json": "powers (« 1,1^23 pourcent ») and arithmetic in words (« soustraire cinq pour-cent » as -5 %)",
    "NumberModel.json": "powers and exponents (« 12,32e+14 »), mixed fractions (« - 1 4/5 », « trois et un cinquième »), "
    "« négatif cinq », Indian scales, « 3 cents », parts of a date, and answers that contradict their words; not counted",
}
"""What veille leaves out on purpose, by file. Of the currency and percent models such cases count as wrong all the same."""

_NOT_ASKED = re.compile(
    r"\^|\de\+?\d|\d *\d/\d|n[eé]gati[fv]|crore|lakh|billioni[eè]me|cent cinqui[eè]me|mille cinqui[eè]mes|vingt cinqui[eè]me"
    r"|\bet (?:un|trois|trente et deux|deux) (?:cinqui[eè]mes?|quarts?(?: millions)?|tiers|demi)"
    r"|^3 cents et 21$|^0000$|demi million$"
    r"|^(?:5|17|2018|43894\.0|\d+ cents?|4 mille 3 cents|- 10 k)$",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\bsur\b")
_SHARE = re.compile(r"(?:i[eè]mes?|quarts?|tiers|moiti[eé])$", re.IGNORECASE)

_NOUN = re.compile(r"(?:illions?|douzaines?)$")
"""Numbers that are nouns: « deux millions d’euros »."""

_KINDS = {"CurrencyModel.json": "money", "PercentModel.json": "percent", "NumberModel.json": "number"}
_ROUNDED = Decimal("0.00005")
"""A share in percent is rounded to the hundredth (« deux tiers » → 66.67)."""
_CENTS = ("Cent", "Pence", "Penny")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and the amounts it should yield: (start, end, value, whether it is in cents)."""

    text: str
    kind: str
    expected: tuple[tuple[int, int, Decimal | None, bool], ...]


def load_cases(folder: Path) -> dict[str, list[Case]]:
    """The cases of the three models, by file; {} where the folder holds none."""
    files = {name: folder / name for name in _KINDS if (folder / name).is_file()}
    return {name: [case for item in _items(path) for case in _cases(item, _KINDS[name])] for name, path in files.items()}


def is_right(case: Case, found: list[Found]) -> bool:
    """True where the findings of the case's kind are those it expects."""
    if case.kind == "number":
        return _is_number(case, found)
    got = sorted((f for f in found if f.kind == case.kind), key=lambda f: f.start)
    return len(got) == len(case.expected) and all(_same(e, f) for e, f in zip(case.expected, got, strict=True))


def _is_number(case: Case, found: list[Found]) -> bool:
    start, end, value, _ = case.expected[0]
    hits = [f.min / 100 if f.kind == "percent" else f.min for f in found if f.start < end and start < f.end]
    return value is not None and bool(hits) and all(abs(hit - value) <= max(abs(value) / 1000, _ROUNDED) for hit in hits)


def _items(path: Path) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8-sig"))
    return items


def _cases(item: dict[str, object], kind: str) -> Iterator[Case]:
    results = [r for r in item.get("Results", []) if r]  # type: ignore[attr-defined]
    if kind == "number":
        yield from (_measured(result) for result in results if not _NOT_ASKED.search(" ".join(str(result["Text"]).split())))
    else:
        text = str(item["Input"])
        yield Case(text, kind, tuple(_expected(text, result) for result in results))


def _measured(result: dict[str, object]) -> Case:
    """The number with something to measure."""
    words = " ".join(str(result["Text"]).split()).strip(",")
    if _RATIO.search(words):
        text = f"Parmi les élus, {words} a voté."
    elif _SHARE.search(words):
        text = f"Il a réuni {words} des voix."
    else:
        text = f"Il a payé {words} {'d’' if _NOUN.search(words) else ''}euros."
    return Case(text, "number", (_expected(text, {**result, "Text": words}),))


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
