"""The stored rows of all articles → the tables: what only all articles together can say is joined to what each says alone.

Each table is one query, whose rows come sorted and a batch at a time; DuckDB sorts on disk what does not fit into memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import duckdb
import pyarrow as pa

from pipeline.question import Listing, Question, Shuffle, answer, in_order, read
from pipeline.retold import SAID, affiliations, entities, stories
from pipeline.tables.schemas import TABLES
from pipeline.tables.table import Table

_SPOT = "article_id || ':' || {kind} || ':' || r.source_start || '-' || r.source_end"
_ENTITIES_OF = "list_transform(r.{side}, lambda name: ids[name + 1])"
_EACH_ONCE = f"list_filter({_ENTITIES_OF}, lambda id, place: list_position({_ENTITIES_OF}, id) = place)::VARCHAR[]"
_ENTITY_OF = "ids[r.{} + 1]::VARCHAR"
_FOUND_IN = "SELECT number AS place, article_id, {0} FROM plan JOIN findings ON findings.key = plan.finding"
_TOLD_IN = "SELECT number AS place, article_id, {0} FROM plan JOIN tellings ON tellings.key = plan.telling"
_NAMED_IN = "SELECT number AS place, ids FROM names_of"


@dataclass(frozen=True, slots=True)
class Query:
    """Where a table's rows come from (`r`, if not the columns themselves), and the columns that are not `r`'s own.

    `stored` is what the run shows of each article, about `each` rows, by the names under which `rows` reads it, and `beside` what
    it shows of all.
    """

    stored: Mapping[str, str]
    rows: str
    columns: Mapping[str, str]
    beside: tuple[str, ...] = ()
    each: int = 1


def _found(table: str, columns: Mapping[str, str]) -> Query:
    return Query({"found_in": _FOUND_IN.format(table)}, f"(SELECT article_id, unnest({table}) AS r FROM found_in)", columns)


def _named(table: str, columns: Mapping[str, str], *, joined: str = "", beside: tuple[str, ...] = ()) -> Query:
    rows = f"(SELECT article_id, ids, unnest({table}) AS r FROM told_in LEFT JOIN named_in USING (place))"
    return Query({"told_in": _TOLD_IN.format(table), "named_in": _NAMED_IN}, rows + joined, columns, beside)


def _quotes(table: str, kind: str) -> Query:
    return _named(table, {"quote_id": _SPOT.format(kind=f"'{kind}'"), "speaker_entity_id": _ENTITY_OF.format("speaker_entity")})


def _events(table: str) -> Query:
    return _named(
        table,
        {
            "event_id": _SPOT.format(kind="r.type"),
            "agents": _EACH_ONCE.format(side="agents"),
            "targets": _EACH_ONCE.format(side="targets"),
            "amount_id": "article_id || ':' || r.amount",
            "date_id": "article_id || ':' || r.date",
        },
    )


_OF_DOCUMENT = "title authors published published_start published_end published_from language text n_tokens content_hash cleaning"
_ARTICLE = ", ".join(f"findings.{name}" for name in _OF_DOCUMENT.split())
_SHOWN = {name: name for name in (*_OF_DOCUMENT.split(), "source", "url", "outlet", "duplicate_of", "similarity")}
QUERIES: Mapping[str, Query] = MappingProxyType(
    {
        "articles": Query(
            {
                "came_in": "SELECT number AS place, plan.article_id, source, url, outlet FROM plan JOIN articles USING (key)",
                "found_in": f"SELECT number AS place, {_ARTICLE} FROM plan JOIN findings ON findings.key = plan.finding"
                " WHERE findings.text IS NOT NULL",
                "copied_in": "SELECT number AS place, duplicate_of, similarity FROM plan JOIN copies USING (article_id)",
            },
            "came_in JOIN found_in USING (place) LEFT JOIN copied_in USING (place)",
            _SHOWN,
        ),
        "mentions": _named(
            "mentions",
            {
                "mention_id": _SPOT.format(kind="r.type"),
                "entity_id": _ENTITY_OF.format("name"),
                "score": "coalesce(agreed.score, r.score)",
            },
            joined=" LEFT JOIN agreed ON r.rule_id = agreed.rule_id AND r.text = agreed.text AND r.score = agreed.was",
            beside=("agreed",),
        ),
        "links": Query(
            {
                "told_in": f"SELECT place, number, r.name AS name, {_SPOT.format(kind='r.type')} AS mention_id FROM ("
                "SELECT place, number, by_prefix.article_id, unnest(mentions) AS r"
                " FROM by_prefix JOIN tellings ON tellings.key = by_prefix.telling)",
                "linked_in": "SELECT place, number, name, entity_id, score, reason FROM by_prefix JOIN links USING (number)",
            },
            "told_in JOIN linked_in USING (number, name)",
            {name: name for name in TABLES["links"].schema.names},
            each=25,
        ),
        "amounts": _found("amounts", {"amount_id": _SPOT.format(kind="r.kind")}),
        "dates": _found("dates", {"date_id": _SPOT.format(kind="r.kind")}),
        "quotes": _quotes("quotes", "quote"),
        "statements": _quotes("statements", "statement"),
        "roles": _named(
            "roles",
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
_IDS = "CREATE OR REPLACE TYPE id AS ENUM (SELECT entity_id FROM entity ORDER BY entity_id)"
_IDS_TO_SEND = "CREATE OR REPLACE TYPE id AS VARCHAR"
"""The ids of entities as numbers into one list of all, where they stay here: each table would copy the ids of all names else."""
NAMES_OF = Question(
    stored="SELECT number, name, entity_id::id AS entity_id FROM links",
    mapped="FROM stored",
    keys=("number",),
    reduced="SELECT number, list(entity_id ORDER BY name) AS ids FROM mapped GROUP BY number",
    each=25,
)
"""The entities that an article's names mean, in their order."""
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


_NUMBERED = "CREATE OR REPLACE TEMP VIEW by_prefix AS SELECT *, number AS place FROM plan"
_BY_PREFIX = """
CREATE OR REPLACE TEMP TABLE by_prefix AS
WITH ordered AS (SELECT *, row_number() OVER (ORDER BY article_id || ':') - 1 AS own FROM plan),
  split AS (SELECT number, string_split(article_id, ':') AS words FROM plan WHERE contains(article_id, ':')),
  start AS (
    SELECT number, unnest(list_transform(range(1, len(words)), lambda n: array_to_string(words[:n], ':'))) AS article_id
    FROM split),
  first AS (SELECT start.number, min(own) AS first FROM start JOIN ordered USING (article_id) GROUP BY start.number)
SELECT ordered.* EXCLUDE (own), least(own, first) AS place FROM ordered LEFT JOIN first USING (number)
"""
"""Links are in the order of their mentions' ids, which is that of `article_id || ':'` but for articles whose id begins with
another's and a colon (« une » and « une:suite »): these have the place of the first, and so go to the same range."""


def gather(
    base: duckdb.DuckDBPyConnection, *, past: re.Pattern[str], shuffle: Shuffle | None = None
) -> Iterator[tuple[str, Iterator[pa.Table]]]:
    """Every table by name, its rows in order and a batch at a time; `past` finds what marks a role as over (« ancien »).

    `base` shows `plan`, `articles`, `findings`, `tellings`, `entity`, `links`, `copies`, `agreed` and `other_issues`.
    """
    base.execute(_IDS if shuffle is None else _IDS_TO_SEND)
    answer(base, NAMES_OF, "names_of", shuffle)
    base.execute(_ORIGINALS)
    base.execute(_NUMBERED if shuffle is None else _BY_PREFIX)
    count = len(base.table("plan"))
    made: Mapping[str, Callable[[], str]] = {
        "entities": lambda: entities(base, shuffle),
        "stories": lambda: stories(base, events=listing("events", *SAID, count=count), shuffle=shuffle),
        "affiliations": lambda: affiliations(base, roles=listing("roles", count=count), past=past, shuffle=shuffle),
        "issues": lambda: _ISSUES,
    }
    for name, table in TABLES.items():
        rows = read(base, made[name]()) if name in made else in_order(base, _ordered(name, count), shuffle)
        yield name, (_typed(some, table) for some in rows)


def count_articles(base: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """How many articles were read, written and refused, and how many are near-copies."""
    written, refused, found = base.execute(_ARTICLE_COUNTS).fetchall()[0]
    return {"read": written + refused, "written": written, "refused": refused, "copies": found}


def listing(name: str, *more: str, count: int) -> Listing:
    """The rows of a table, of so many articles, its columns in the order of the schema, with `more` that are stored."""
    table, query = TABLES[name], QUERIES[name]
    columns = (
        f"{query.columns.get(c) or ('article_id' if c == 'article_id' else f'r.{c}')} AS {_quoted(c)}"
        for c in (*table.schema.names, *more)
    )
    return Listing(query.stored, f"SELECT {', '.join(columns)} FROM {query.rows}", count, query.beside, query.each)


def _ordered(name: str, count: int) -> Listing:
    """The rows of a table in their order: by article and place, or by key."""
    table, some = TABLES[name], listing(name, count=count)
    order = ("article_id", "start", "end") if "start" in table.schema.names else ()
    keys = ", ".join(f"{_quoted(column)} NULLS FIRST" for column in (*order, *table.key))
    return replace(some, rows=f"{some.rows} ORDER BY {keys}")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _typed(rows: pa.Table, table: Table) -> pa.Table:
    return pa.table([_as(column, f.type) for column, f in zip(rows.columns, table.schema, strict=True)], schema=table.schema)


def _as(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    return column.cast(kind.value_type).dictionary_encode() if pa.types.is_dictionary(kind) else column.cast(kind)
