"""What all articles together tell → tables: entities with their counts, stories, affiliations.

Python holds one type's events at a time, as no story has events of two; DuckDB keeps the rows until all are there, and sorts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.deduplicate.affiliations import Affiliation, RoleTelling, find_affiliations
from pipeline.deduplicate.ids import slug
from pipeline.deduplicate.stories import EventTelling, Story, find_stories
from pipeline.model import Entity
from pipeline.tables.rows import Row
from pipeline.tables.table import Table

ROWS_AT_A_TIME = 5_000
_ENTITY = ("entity_id", "type", "name", "aliases", "wikidata", "country", "kind", "former_ids")
ENTITIES = """
SELECT entity_id, type, name, aliases, wikidata, country, kind, coalesce(n_mentions, 0) AS n_mentions,
  coalesce(n_articles, 0) AS n_articles, first_published, last_published, former_ids
FROM entity LEFT JOIN (
  SELECT entity_id, sum(count)::INT AS n_mentions, count(DISTINCT number)::INT AS n_articles,
    min(published_start) AS first_published, max(published_end) AS last_published
  FROM links JOIN originals USING (number) GROUP BY entity_id) AS counted USING (entity_id)
ORDER BY entity_id
"""
"""Counts and days are of the articles that are no near-copies."""
_TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
SELECT event_id, e.article_id, e.type, agents, targets, o.published_start AS published,
  a.min, a.max, a.unit, start_date, end_date, CASE WHEN len(agents) + len(targets) = 0
    OR (published IS NULL AND (start_date IS NULL OR end_date IS NULL)) THEN event_id END AS alone
FROM ({events}) AS e JOIN originals AS o ON o.article_id = e.article_id
LEFT JOIN ({amounts}) AS a ON a.amount_id = e.amount_id LEFT JOIN ({dates}) AS d ON d.date_id = e.date_id
"""
_TELLINGS = """
SELECT list(event_id ORDER BY article_id, event_id), list(article_id ORDER BY article_id, event_id),
  type, agents, targets, published, min, max, unit, start_date, end_date
FROM told WHERE type = ? GROUP BY type, agents, targets, published, min, max, unit, start_date, end_date, alone
"""
"""Events of one day's articles that say the same are one telling, but for those that tell too little to be the same (`alone`)."""
_ROLES = """
SELECT person_entity_id, role, org_entity_id, list(DISTINCT e.article_id), count(*), min(published_start), max(published_start)
FROM ({roles}) AS e JOIN originals AS o ON o.article_id = e.article_id GROUP BY person_entity_id, role, org_entity_id
"""


def show_entities(base: duckdb.DuckDBPyConnection, entities: Sequence[Entity], table: Table) -> None:
    """Have queries see the entities as `entity`."""
    columns = {name: [getattr(entity, name) for entity in entities] for name in _ENTITY}
    base.register("entity", pa.table({name: pa.array(some, _plain(table, name)) for name, some in columns.items()}))


def story_rows(base: duckdb.DuckDBPyConnection, *, events: str, amounts: str, dates: str) -> Iterator[Row]:
    """The rows of `stories`, from the queries that give the tables of that name."""
    base.execute(_TOLD.format(events=events, amounts=amounts, dates=dates))
    for (kind,) in base.execute("SELECT DISTINCT type FROM told ORDER BY type").fetchall():
        tellings = map(_event_telling, each(base.execute(_TELLINGS, [kind])))
        yield from map(_story_row, find_stories(tellings))
    base.execute("DROP TABLE told")


def affiliation_rows(base: duckdb.DuckDBPyConnection, *, roles: str, past: re.Pattern[str]) -> Iterator[Row]:
    """The rows of `affiliations`; `past` finds what marks a role as over (« ancien »)."""
    tellings = (RoleTelling(*row) for row in each(base.execute(_ROLES.format(roles=roles))))
    yield from map(_affiliation_row, find_affiliations(tellings, past=past))


def kept(base: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[Row]) -> str:
    """The query that gives the rows in the order of the table's key; those of one key as they came."""
    schema = table.schema.append(pa.field("place", pa.int64()))
    base.register("more", schema.empty_table())
    base.execute("CREATE OR REPLACE TEMP TABLE kept AS FROM more")
    waiting, place = iter(rows), 0
    while some := list(islice(waiting, ROWS_AT_A_TIME)):
        places = pa.array(range(place, place + len(some)), pa.int64())
        base.register("more", pa.Table.from_pylist(some, schema=table.schema).append_column(schema.field("place"), places))
        base.execute("INSERT INTO kept FROM more")
        place += len(some)
    base.unregister("more")
    return f"SELECT * EXCLUDE (place) FROM kept ORDER BY {', '.join(table.key)}, place"


def each(rows: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a result, of which few are held at a time."""
    while some := rows.fetchmany(2048):
        yield from some


def _plain(table: Table, name: str) -> pa.DataType:
    kind = table.schema.field(name).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _event_telling(row: tuple[Any, ...]) -> EventTelling:
    (event, *events), (article, *articles), kind, agents, targets, published, low, high, unit, first, last = row
    amount = None if low is None else (low, high, unit)
    days = (first, last) if first and last else None
    others = tuple(zip(articles, events, strict=True))
    return EventTelling(event, article, kind, tuple(agents), tuple(targets), published, amount, days, others)


def _story_row(story: Story) -> Row:
    low, high, unit = story.amount or (None, None, None)
    first, last = story.days or (None, None)
    return {
        "story_id": story.story_id,
        "type": story.type,
        "agents": list(story.agents),
        "targets": list(story.targets),
        "min": low,
        "max": high,
        "unit": unit,
        "start_date": first,
        "end_date": last,
        "first_published": story.first_published,
        "articles": list(story.articles),
        "events": list(story.events),
        "contradictions": [
            {"column": c.column, "event_id": c.event_id, "other_event_id": c.other_event_id} for c in story.contradictions
        ],
    }


def _affiliation_row(affiliation: Affiliation) -> Row:
    return {
        "affiliation_id": f"{affiliation.person}/{slug(affiliation.role)}/{affiliation.org or ''}",
        "person_entity_id": affiliation.person,
        "role": affiliation.role,
        "org_entity_id": affiliation.org,
        "first_seen": affiliation.first_seen,
        "last_seen": affiliation.last_seen,
        "over_by": affiliation.over_by,
        "articles": list(affiliation.articles),
    }
