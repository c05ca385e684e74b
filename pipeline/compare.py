"""Two runs compared: which entities merged, split or were renamed and why, and which rows came, went and changed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.tables.read import read_arrow, read_summary
from pipeline.tables.schemas import TABLES

_STAMPS = ("version", "rules", "model", "settings")
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Merged:
    """Earlier entities that are one now: `entity_id` stays, `former_ids` are the others."""

    entity_id: str
    name: str
    former_ids: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Split:
    """An earlier entity whose mentions now name several, or another one: its heirs, by how many mentions each has of it."""

    entity_id: str
    name: str
    heirs: tuple[tuple[str, int], ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """An entity that goes by another name under the same id."""

    entity_id: str
    before: str
    name: str
    cause: str


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of a table came, went and changed, and how often each column did."""

    added: int
    lost: int
    changed: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What tells two runs apart. `since` names what else changed between them: version, rules, model, settings."""

    merged: tuple[Merged, ...]
    split: tuple[Split, ...]
    renamed: tuple[Renamed, ...]
    tables: Mapping[str, Rows]
    since: tuple[str, ...]

    def as_json(self) -> str:
        """The comparison as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def compare_runs(old: Path, new: Path) -> Comparison:
    """What changed from the run in `old` to the run in `new`. Raises UsageError for a folder that holds no run."""
    before, after = _Entities.of(old), _Entities.of(new)
    moves = _moves(before, after)
    since = _changed_stamps(old, new)
    return Comparison(
        merged=tuple(_merged(before, after, moves)),
        split=tuple(_split(before, after, moves)),
        renamed=tuple(_renamed(before, after, since)),
        tables={name: _rows(old, new, name) for name in TABLES},
        since=since,
    )


@dataclass(frozen=True)
class _Entities:
    """The entities of a run: names and former ids by id; each mention's entity and why."""

    names: Mapping[str, str]
    former: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, folder: Path) -> _Entities:
        rows = read_arrow(folder, "entities").select(["entity_id", "name", "former_ids"]).to_pylist()
        links = {row["mention_id"]: (row["entity_id"], row["reason"]) for row in _iterate(folder, "links")}
        names = {row["entity_id"]: row["name"] for row in rows}
        return cls(names, {row["entity_id"]: tuple(row["former_ids"]) for row in rows}, links)


Moves = Mapping[tuple[str, str], Counter[str]]


def _moves(before: _Entities, after: _Entities) -> Moves:
    """For each (old id, new id) why the mentions of the one are mentions of the other now: reasons, by count."""
    moves: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for mention, (old, _) in before.links.items():
        if mention in after.links:
            now, reason = after.links[mention]
            moves[old, now][reason] += 1
    return moves


def _merged(before: _Entities, after: _Entities, moves: Moves) -> Iterator[Merged]:
    for entity_id, former in sorted(after.former.items()):
        known = set(before.former.get(entity_id, ()))
        if fresh := tuple(old for old in former if old not in known and old in before.names):
            yield Merged(
                entity_id, after.names[entity_id], fresh, _cause([moves.get((old, entity_id), Counter()) for old in fresh])
            )


def _split(before: _Entities, after: _Entities, moves: Moves) -> Iterator[Split]:
    heirs: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for (old, now), reasons in moves.items():
        heirs[old][now] = reasons
    for old, parts in sorted(heirs.items()):
        left = {heir: reasons for heir, reasons in parts.items() if heir != old and old not in after.former.get(heir, ())}
        if left:
            counts = tuple(sorted(((heir, reasons.total()) for heir, reasons in parts.items()), key=lambda c: (-c[1], c[0])))
            yield Split(old, before.names[old], counts, _cause(list(left.values())))


def _cause(reasons: Sequence[Counter[str]]) -> str:
    """The reason that most of the mentions give, one of a decision or of more than the mere name first."""
    told = sum(reasons, Counter())

    def rank(reason: str) -> tuple[bool, bool, int, str]:
        return "decided" not in reason, reason.startswith("named "), -told[reason], reason

    return min(told, key=rank, default="no mention of both runs tells")


def _renamed(before: _Entities, after: _Entities, since: Sequence[str]) -> Iterator[Renamed]:
    decided = {entity: reason for entity, reason in after.links.values() if "named so, decided" in reason}
    for entity_id, name in sorted(after.names.items()):
        if (old := before.names.get(entity_id, name)) != name:
            merged = sorted(set(after.former[entity_id]) - set(before.former[entity_id]))
            other = f"merged with {', '.join(merged)}" if merged else f"the articles name {name} more often"
            changed = f" (changed: {', '.join(since)})" if since and not merged else ""
            yield Renamed(entity_id, old, name, decided.get(entity_id, other + changed))


def _rows(old: Path, new: Path, table: str) -> Rows:
    before, columns = dict(_fingerprints(old, table)), Counter[str]()
    added = changed = kept = 0
    names = TABLES[table].schema.names
    for key, values in _fingerprints(new, table):
        theirs = before.get(key)
        if theirs is None:
            added += 1
            continue
        kept += 1
        if theirs != values:
            changed += 1
            columns.update(name for name, a, b in zip(names, theirs, values, strict=True) if a != b)
    return Rows(added, len(before) - kept, changed, dict(sorted(columns.items())))


def _fingerprints(folder: Path, table: str) -> Iterator[tuple[tuple[Any, ...], tuple[int, ...]]]:
    """Each row's key, numbered where it repeats, and a hash of each cell."""
    seen: Counter[tuple[Any, ...]] = Counter()
    described = TABLES[table]
    for row in _iterate(folder, table):
        key = tuple(row[name] for name in described.key)
        seen[key] += 1
        yield (*key, seen[key]), tuple(hash(repr(row.get(name))) for name in described.schema.names)


def _iterate(folder: Path, table: str) -> Iterator[Mapping[str, Any]]:
    for batch in read_arrow(folder, table).to_batches(max_chunksize=_BATCH):
        yield from batch.to_pylist()


def _changed_stamps(old: Path, new: Path) -> tuple[str, ...]:
    ours, theirs = read_summary(old), read_summary(new)
    return tuple(name for name in _STAMPS if ours.get(name) != theirs.get(name))


def describe(comparison: Comparison) -> Iterator[str]:
    """The comparison in lines for a person."""
    if comparison.since:
        yield f"changed between the runs: {', '.join(comparison.since)}"
    for merged in comparison.merged:
        yield f"merged   {merged.entity_id} ({merged.name}) is now also {', '.join(merged.former_ids)}: {merged.cause}"
    for split in comparison.split:
        heirs = ", ".join(f"{heir} ({count} mentions)" for heir, count in split.heirs)
        yield f"split    {split.entity_id} ({split.name}) into {heirs}: {split.cause}"
    for renamed in comparison.renamed:
        yield f"renamed  {renamed.entity_id} from {renamed.before} to {renamed.name}: {renamed.cause}"
    width = max(map(len, comparison.tables), default=0)
    for name, rows in comparison.tables.items():
        columns = ", ".join(f"{column} {count}" for column, count in rows.columns.items())
        told = f" ({columns})" if columns else ""
        yield f"{name:<{width}} {rows.added} rows added, {rows.lost} lost, {rows.changed} changed{told}"
