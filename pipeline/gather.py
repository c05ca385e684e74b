"""The stored rows of all articles → the tables: what only all articles together can say is joined to what each says alone.

Each table is one query, whose rows come sorted and a batch at a time; DuckDB sorts on disk what does not fit into memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import duckdb
import pyarrow as pa

from pipeline.question import Shuffle
from pipeline.retold import ENTITIES, SAID, affiliations, stories
from pipeline.tables.schemas import TABLES
from pipeline.tables.table import Table

ROWS_AT_A_TIME = 5_000
_SPOT = "article_id || ':' || {kind} || ':' || r.source_start || '-' || r.source_end"
_ENTITIES_OF = "list_transform(r.{side}, lambda name: ids[name + 1])"
_EACH_ONCE = f"list_filter({_ENTITIES_OF}, lambda id, place: list_position({_ENTITIES_OF}, id) = place)"
_FINDING = "(SELECT number, article_id, unnest({0}) AS r FROM plan JOIN findings ON findings.key = plan.finding)"
_TELLING = "(SELECT number, article_id, unnest({0}) AS r FROM plan JOIN tellings ON tellings.key = plan.telling)"
_NAMED = (
    "(SELECT article_id, ids, unnest({0}) AS r FROM plan JOIN tellings ON tellings.key = plan.telling "
    "LEFT JOIN names_of USING (number))"
)
_ENTITY_OF = "ids[r.{} + 1]"


@dataclass(frozen=True, slots=True)
class Query:
    """Where a table's rows come from (`r`, if not the columns themselves), and the columns that are not `r`'s own."""

    rows: str
    columns: Mapping[str, str]


def _quotes(table: str, kind: str) -> Query:
    return Query(
        _NAMED.format(table),
        {"quote_id": _SPOT.format(kind=f"'{kind}'"), "speaker_entity_id": _ENTITY_OF.format("speaker_entity")},
    )


def _events(table: str) -> Query:
    return Query(
        _NAMED.format(table),
        {
            "event_id": _SPOT.format(kind="r.type"),
            "agents": _EACH_ONCE.format(side="agents"),
            "targets": _EACH_ONCE.format(side="targets"),
            "amount_id": "article_id || ':' || r.amount",
            "date_id": "article_id || ':' || r.date",
        },
    )


_ARTICLE = {name: f"findings.{name}" for name in ("title", "authors", "published", "published_from", "language", "text")}
QUERIES: Mapping[str, Query] = MappingProxyType(
    {
        "articles": Query(
            "(FROM plan JOIN articles USING (key)) AS r JOIN findings ON findings.key = r.finding "
            "LEFT JOIN copies USING (article_id)"
            " WHERE findings.text IS NOT NULL",
            _ARTICLE
            | {name: f"findings.{name}" for name in ("published_start", "published_end", "n_tokens", "content_hash", "cleaning")}
            | {"article_id": "r.article_id", "duplicate_of": "copies.duplicate_of", "similarity": "copies.similarity"},
        ),
        "mentions": Query(
            _NAMED.format("mentions")
            + " LEFT JOIN agreed ON r.rule_id = agreed.rule_id AND r.text = agreed.text AND r.score = agreed.was",
            {
                "mention_id": _SPOT.format(kind="r.type"),
                "entity_id": _ENTITY_OF.format("name"),
                "score": "coalesce(agreed.score, r.score)",
            },
        ),
        "links": Query(
            _TELLING.format("mentions") + " AS told JOIN links ON links.number = told.number AND links.name = r.name",
            {
                "mention_id": _SPOT.format(kind="r.type"),
                "entity_id": "links.entity_id",
                "score": "links.score",
                "reason": "links.reason",
            },
        ),
        "amounts": Query(_FINDING.format("amounts"), {"amount_id": _SPOT.format(kind="r.kind")}),
        "dates": Query(_FINDING.format("dates"), {"date_id": _SPOT.format(kind="r.kind")}),
        "quotes": _quotes("quotes", "quote"),
        "statements": _quotes("statements", "statement"),
        "roles": Query(
            _NAMED.format("roles"),
            {
                "role_id": _SPOT.format(kind="'role'") + " || ':' || " + _ENTITY_OF.format("person_entity"),
                "person_entity_id": _ENTITY_OF.format("person_entity"),
                "org_entity_id": _ENTITY_OF.format("org_entity"),
            },
        ),
        "events": _events("events"),
        "claims": _events("claims"),
    }
)
_NAMES_OF = (
    "CREATE OR REPLACE TEMP TABLE names_of AS SELECT number, list(entity_id ORDER BY name) AS ids FROM links GROUP BY number"
)
_ISSUES = """
SELECT article_id, source, r.stage, r.code, r.detail, r.fatal
FROM (SELECT article_id, source, unnest(issues) AS r FROM plan JOIN findings ON findings.key = plan.finding)
UNION ALL SELECT article_id, source, stage, code, detail, fatal FROM other_issues ORDER BY ALL NULLS FIRST
"""
_ARTICLE_COUNTS = f"""
SELECT (SELECT count(*) FROM plan JOIN findings ON findings.key = plan.finding WHERE n_tokens IS NOT NULL) AS written,
       (SELECT count(*) FROM ({_ISSUES}) WHERE fatal) AS refused, (SELECT count(*) FROM copies) AS copies
"""
_ORIGINALS = """
CREATE OR REPLACE TEMP TABLE originals AS
SELECT number, article_id, published_start, published_end
FROM plan JOIN findings ON findings.key = plan.finding ANTI JOIN copies USING (article_id) WHERE n_tokens IS NOT NULL
"""


def gather(
    base: duckdb.DuckDBPyConnection, *, past: re.Pattern[str], shuffle: Shuffle | None = None
) -> Iterator[tuple[str, Iterator[pa.Table]]]:
    """Every table by name, its rows in order and a batch at a time; `past` finds what marks a role as over (« ancien »).

    `base` shows `plan`, `articles`, `findings`, `tellings`, `entity`, `links`, `copies`, `agreed` and `other_issues`.
    """
    base.execute(_NAMES_OF)
    base.execute(_ORIGINALS)
    made: Mapping[str, Callable[[], str]] = {
        "entities": lambda: ENTITIES,
        "stories": lambda: stories(base, events=select("events", *SAID), shuffle=shuffle),
        "affiliations": lambda: affiliations(base, roles=select("roles"), past=past, shuffle=shuffle),
        "issues": lambda: _ISSUES,
    }
    for name, table in TABLES.items():
        yield name, _batches(base, table, made[name]() if name in made else select(name, ordered=True))


def count_articles(base: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """How many articles were read, written and refused, and how many are near-copies."""
    written, refused, found = base.execute(_ARTICLE_COUNTS).fetchall()[0]
    return {"read": written + refused, "written": written, "refused": refused, "copies": found}


def select(name: str, *more: str, ordered: bool = False) -> str:
    """The query of a table, its columns in the order of the schema, with `more` that are stored."""
    table, query = TABLES[name], QUERIES[name]
    columns = (
        f"{query.columns.get(c) or ('article_id' if c == 'article_id' else f'r.{c}')} AS {_quoted(c)}"
        for c in (*table.schema.names, *more)
    )
    order = ("article_id", "start", "end") if "start" in table.schema.names else ()
    keys = ", ".join(f"{_quoted(column)} NULLS FIRST" for column in (*order, *table.key))
    return f"SELECT {', '.join(columns)} FROM {query.rows}" + (f" ORDER BY {keys}" if ordered else "")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _batches(base: duckdb.DuckDBPyConnection, table: Table, query: str) -> Iterator[pa.Table]:
    for batch in base.sql(query).to_arrow_reader(ROWS_AT_A_TIME):
        rows = pa.Table.from_batches([batch])
        yield pa.table([_as(column, f.type) for column, f in zip(rows.columns, table.schema, strict=True)], schema=table.schema)


def _as(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    return column.cast(kind.value_type).dictionary_encode() if pa.types.is_dictionary(kind) else column.cast(kind)
