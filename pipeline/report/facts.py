"""The tables of a run as pages ask for them: rows by article and by entity, near-copies told apart."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.tables.read import read_arrow, read_summary
from pipeline.tables.schemas import TABLES

Row = dict[str, Any]
Index = Mapping[str, list[Row]]


@dataclass(frozen=True)
class Facts:
    """What the report is made of.

    `placed[table][article_id]` holds all rows of an article; `mentions`, `quotes`, `roles`, `events`, `offices` hold those of an
    entity in original articles, as summaries leave near-copies out. `amounts`, `dates`, `links` are by the id of their row.
    """

    run: Mapping[str, Any]
    articles: Mapping[str, Row]
    entities: Mapping[str, Row]
    stories: list[Row]
    issues: list[Row]
    placed: Mapping[str, Index]
    mentions: Index
    quotes: Index
    roles: Index
    events: Index
    offices: Index
    amounts: Mapping[str, Row]
    dates: Mapping[str, Row]
    links: Mapping[str, Row]

    def originals(self, table: str) -> Iterator[Row]:
        """The rows of a table that stand in articles which copy no other, in the order of publication."""
        for article in sorted(self.articles.values(), key=by_day):
            if article["duplicate_of"] is None:
                yield from self.placed[table].get(article["article_id"], ())

    @property
    def copies(self) -> list[Row]:
        """The articles that copy another."""
        return [row for row in self.articles.values() if row["duplicate_of"] is not None]

    def day_of(self, event: Row) -> dt.date | None:
        """The day that an event names, else the day its article came out."""
        date = self.dates.get(event["date_id"] or "")
        day: dt.date | None = (date or {}).get("start_date") or self.articles[event["article_id"]]["published_start"]
        return day

    def shown_day(self, event: Row) -> str:
        """The day, month or year that an event names (« 2018 »), else the day its article came out, else « unknown »."""
        date = self.dates.get(event["date_id"] or "")
        stated = date["value"] if date and date["start_date"] else None
        return stated or self.articles[event["article_id"]]["published"] or "unknown"

    def beside(self, entity_id: str, most: int) -> list[tuple[Row, list[Row]]]:
        """The entities that share most articles with this one, and where each of these articles first names them."""
        shared: dict[str, dict[str, Row]] = defaultdict(dict)
        here = {row["article_id"] for row in self.mentions.get(entity_id, ())}
        for article in sorted(here, key=lambda name: by_day(self.articles[name])):
            for row in self.placed["mentions"][article]:
                if row["entity_id"] != entity_id:
                    shared[row["entity_id"]].setdefault(article, row)
        ordered = sorted(shared.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(self.entities[other], list(rows.values())) for other, rows in ordered[:most]]


def by_day(article: Row) -> tuple[dt.date, str]:
    """The key that sorts articles by day, those without one last."""
    return article["published_start"] or dt.date.max, article["article_id"]


def load_facts(folder: Path) -> Facts:
    """The facts of the run in `folder`. Raises UsageError where it holds no tables."""
    tables = {name: read_arrow(folder, name).to_pylist() for name in TABLES}
    articles = {row["article_id"]: row for row in tables["articles"]}
    copies = {name for name, row in articles.items() if row["duplicate_of"] is not None}
    kept = {n: [r for r in tables[n] if r["article_id"] not in copies] for n in ("mentions", "quotes", "roles", "events")}
    return Facts(
        run=read_summary(folder),
        articles=articles,
        entities={row["entity_id"]: row for row in tables["entities"]},
        stories=tables["stories"],
        issues=tables["issues"],
        placed={name: _group(rows, ("article_id",)) for name, rows in tables.items() if "start" in TABLES[name].schema.names},
        mentions=_group(kept["mentions"], ("entity_id",)),
        quotes=_group(kept["quotes"], ("speaker_entity_id",)),
        roles=_group(kept["roles"], ("person_entity_id", "org_entity_id")),
        events=_group(kept["events"], ("agents", "targets")),
        offices=_group(tables["affiliations"], ("person_entity_id", "org_entity_id")),
        amounts={row["amount_id"]: row for row in tables["amounts"]},
        dates={row["date_id"]: row for row in tables["dates"]},
        links={row["mention_id"]: row for row in tables["links"]},
    )


def _group(rows: Iterable[Row], columns: tuple[str, ...]) -> dict[str, list[Row]]:
    """The rows by the values of the columns, each row once under a value."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        values = (value for column in columns for value in (row[column] if isinstance(row[column], list) else [row[column]]))
        for value in dict.fromkeys(v for v in values if v is not None):
            groups[value].append(row)
    return dict(groups)
