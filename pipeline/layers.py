"""What is compared with gold, layer by layer, and when a row of a table is right.

`corpus/README.md` describes the gold and says the same in full: names by type and exact offsets, amounts and dates by overlapping
span and equal value, quotations by four fifths of their span, roles by span and person, events by type, nearness and half of
their participants. Offsets are those of the source text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from pipeline.model import AMOUNT_KINDS, DATE_KINDS, ENTITY_TYPES
from pipeline.text import fold_name

Item = Mapping[str, Any]
_EVENT_REACH = 200
"""Code points between a trigger that the gold marks and one of a row, at most."""
_QUOTE_SHARE = Decimal("0.8")
_TOLERANCE = Decimal("0.001")
"""Of a bound: a sum rounded in another place is the same."""


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """One article: every name of each found entity, and every form that the gold gives a canonical name."""

    names: Mapping[str, frozenset[str]]
    forms: Mapping[str, frozenset[str]]

    def is_same(self, canonical: str | None, entity_id: str | None, said: str | None = None) -> bool:
        """Whether the entity bears a name of the canonical one's; without an entity what was `said` has to be one."""
        found = self.names.get(entity_id or "", frozenset({fold_name(said)} if said else ()))
        if canonical is None:
            return not found
        return bool((self.forms.get(canonical, frozenset()) | {fold_name(canonical)}) & found)


@dataclass(frozen=True, slots=True)
class Layer:
    """What is compared: the gold's list and its kind, the table's, and when two items are the same."""

    name: str
    gold: str
    table: str
    column: str | None
    kind: str | None
    same: Callable[[ArticleNames, Item, Item], bool]

    def wanted(self, gold: Item) -> list[Item]:
        """The items of an article of gold that belong to the layer."""
        return [item for item in gold[self.gold] if self.column is None or item[self.column] == self.kind]

    def found(self, rows: Sequence[Item]) -> list[Item]:
        """The rows of its table that do."""
        return [row for row in rows if self.column is None or row[self.column] == self.kind]


def shared(gold: Item, row: Item) -> int:
    """Code points that both spans cover; none or fewer where they do not meet."""
    return int(min(gold["end"], row["source_end"]) - max(gold["start"], row["source_start"]))


def _same_place(_: ArticleNames, gold: Item, row: Item) -> bool:
    return bool((gold["start"], gold["end"]) == (row["source_start"], row["source_end"]))


def _overlapping(_: ArticleNames, gold: Item, row: Item) -> bool:
    return shared(gold, row) > 0


def _same_amount(_: ArticleNames, gold: Item, row: Item) -> bool:
    wanted = {bound: Decimal(gold[bound]) for bound in ("min", "max") if gold[bound] is not None}
    close = all(abs(value - row[bound]) <= abs(value) * _TOLERANCE for bound, value in wanted.items())
    return shared(gold, row) > 0 and close and (gold["kind"] == "quantity" or gold["unit"] == row["unit"])


def _same_date(_: ArticleNames, gold: Item, row: Item) -> bool:
    return shared(gold, row) > 0 and bool(gold["value"] == row["value"])


def _same_quote(article: ArticleNames, gold: Item, row: Item, *, speaker: bool) -> bool:
    union = max(gold["end"], row["source_end"]) - min(gold["start"], row["source_start"])
    near = shared(gold, row) >= _QUOTE_SHARE * union
    return near and (not speaker or article.is_same(gold["speaker"], row["speaker_entity_id"], row["speaker"]))


def _same_role(article: ArticleNames, gold: Item, row: Item, *, org: bool) -> bool:
    holds = shared(gold, row) > 0 and article.is_same(gold["person"], row["person_entity_id"])
    return holds and (not org or article.is_same(gold["org"], row["org_entity_id"]))


def _same_event(article: ArticleNames, gold: Item, row: Item) -> bool:
    wanted = [*gold["agents"], *gold["targets"]]
    found = [*(row["agents"] or ()), *(row["targets"] or ())]
    met = sum(any(article.is_same(name, entity) for entity in found) for name in wanted)
    return gold["type"] == row["type"] and shared(gold, row) >= -_EVENT_REACH and 2 * met >= len(wanted)


LAYERS: tuple[Layer, ...] = (
    *(Layer(kind, "entities", "mentions", "type", kind, _same_place) for kind in ENTITY_TYPES),
    *(Layer(kind, "amounts", "amounts", "kind", kind, _same_amount) for kind in AMOUNT_KINDS),
    *(Layer(f"{kind}_span", "amounts", "amounts", "kind", kind, _overlapping) for kind in AMOUNT_KINDS),
    *(Layer(kind, "dates", "dates", "kind", kind, _same_date) for kind in DATE_KINDS),
    *(Layer(f"{kind}_span", "dates", "dates", "kind", kind, _overlapping) for kind in DATE_KINDS),
    Layer("quote", "quotes", "quotes", None, None, partial(_same_quote, speaker=False)),
    Layer("quote_speaker", "quotes", "quotes", None, None, partial(_same_quote, speaker=True)),
    Layer("role", "roles", "roles", None, None, partial(_same_role, org=False)),
    Layer("role_org", "roles", "roles", None, None, partial(_same_role, org=True)),
    Layer("event", "events", "events", None, None, _same_event),
)
