"""The stored rows of all articles → the tables: what only all articles together can say is joined to what each says alone.

Each table is one query, whose rows come sorted and a batch at a time; DuckDB sorts on disk what does not fit into memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import duckdb
import pyarrow as pa

from pipeline.question import Listing, Question, Shuffle, answer, in_order, make
from pipeline.recognize.corpus_vote import AGREED
from pipeline.retold import ENTITIES, SAID, affiliations, rescored, stories
from pipeline.tables.schemas import TABLES

_SPOT = "article_id || ':' || {kind} || ':' || r.source_start || '-' || r.source_end"
_ENTITIES_OF = "list_transform(r.{side}, lambda name: ids[name + 1])"
_EACH_ONCE = f"list_filter({_ENTITIES_OF}, lambda id, place: list_position({_ENTITIES_OF}, id) = place)"
_ENTITY_OF = "ids[r.{} + 1]"
_FOUND_IN = "SELECT number AS place, article_id, {0} FROM plan JOIN findings ON findings.key = plan.finding"
_TOLD_IN = "SELECT number AS place, article_id, {0} FROM plan JOIN tellings ON tellings.key = plan.telling"
_NAMED_IN = "SELECT number AS place, ids FROM names_of"
_IN_TEXT = 'place::INT, r.start, r."end"'


@dataclass(frozen=True, slots=True)
class Query:
    """Where a table's rows come from (`r`, if not the columns themselves), and the columns that are not `r`'s own.

    `stored` is what the run shows of each article, about `each` rows, by the names under which `rows` reads it. `order` is by
    numbers where it can be, as a text among them costs a third more; `n` is the place of `r` in its list. Texts are put together
    when rows are in order, as they are wider than what they are made of. Rows are sorted, not articles with their lists, which
    are too wide to be sorted in little memory where articles are many.
    """

    stored: Mapping[str, str]
    rows: str
    columns: Mapping[str, str]
    order: str
    each: int = 1


def _found(table: str, columns: Mapping[str, str]) -> Query:
    rows = f"SELECT place, article_id, {_each(table)} FROM found_in"
    return Query({"found_in": _FOUND_IN.format(table)}, rows, columns, f"{_IN_TEXT}, n")


def _named(table: str, names: Mapping[str, str], columns: Mapping[str, str], *, then: str = "n") -> Query:
    """`names` are the columns of entities, which are named once the rows are in order."""
    each = f"SELECT place, article_id, ids, {_each(table)} FROM told_in LEFT JOIN named_in USING (place)"
    rows = f"SELECT place, article_id, n, r, {', '.join(f'{ids} AS {name}' for name, ids in names.items())} FROM ({each})"
    texts = {name: f"{name}::VARCHAR" + "[]" * ids.startswith("list") for name, ids in names.items()}
    return Query({"told_in": _TOLD_IN.format(table), "named_in": _NAMED_IN}, rows, {**texts, **columns}, f"{_IN_TEXT}, {then}")


def _each(table: str) -> str:
    return f"unnest({table}) AS r, generate_subscripts({table}, 1)::INT AS n"


def _quotes(table: str, kind: str) -> Query:
    speaker = {"speaker_entity_id": _ENTITY_OF.format("speaker_entity")}
    return _named(table, speaker, {"quote_id": _SPOT.format(kind=f"'{kind}'")})


def _mentions() -> Query:
    """Those that the corpus decided come with what it agrees on in their article."""
    query = _named("mentions", {"entity_id": _ENTITY_OF.format("name")}, {"mention_id": _SPOT.format(kind="r.type")})
    decided = f"CASE WHEN r.rule_id = '{AGREED}' THEN agreed END AS agreed"
    return replace(
        query,
        stored={**query.stored, "decided_in": "SELECT number AS place, agreed FROM agreed_in"},
        rows=f"SELECT e.*, {decided} FROM ({query.rows}) AS e LEFT JOIN decided_in USING (place)",
        columns={**query.columns, "agreed": "agreed"},
    )


def _events(table: str) -> Query:
    return _named(
        table,
        {side: _EACH_ONCE.format(side=side) for side in ("agents", "targets")},
        {
            "event_id": _SPOT.format(kind="r.type"),
            "amount_id": "article_id || ':' || r.amount",
            "date_id": "article_id || ':' || r.date",
        },
        then="r.type",
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
            "FROM came_in JOIN found_in USING (place) LEFT JOIN copied_in USING (place)",
            _SHOWN,
            "place",
        ),
        "mentions": _mentions(),
        "links": Query(
            {
                "told_in": f"SELECT place, number, r.name AS name, {_SPOT.format(kind='r.type')} AS mention_id FROM ("
                "SELECT place, number, by_prefix.article_id, unnest(mentions) AS r"
                " FROM by_prefix JOIN tellings ON tellings.key = by_prefix.telling)",
                "linked_in": "SELECT place, number, name, entity_id, score, reason FROM by_prefix JOIN links USING (number)",
            },
            "FROM told_in JOIN linked_in USING (number, name)",
            {name: name for name in TABLES["links"].schema.names} | {"entity_id": "entity_id::VARCHAR"},
            "mention_id",
            each=25,
        ),
        "amounts": _found("amounts", {"amount_id": _SPOT.format(kind="r.kind")}),
        "dates": _found("dates", {"date_id": _SPOT.format(kind="r.kind")}),
        "quotes": _quotes("quotes", "quote"),
        "statements": _quotes("statements", "statement"),
        "roles": _named(
            "roles",
            {side + "_entity_id": _ENTITY_OF.format(side + "_entity") for side in ("person", "org")},
            {"role_id": _SPOT.format(kind="'role'") + " || ':' || person_entity_id"},
            then="person_entity_id",
        ),
        "events": _events("events"),
        "claims": _events("claims"),
    }
)
NAMES_OF = Question(
    stored="SELECT number, name, entity_id FROM links",
    mapped="FROM stored",
    keys=("number",),
    reduced="SELECT number, list(entity_id ORDER BY name) AS ids FROM mapped GROUP BY number",
    each=25,
)
"""The entities that an article's names mean, in their order."""
_ISSUES = Listing(
    {
        "found_in": "SELECT article_id AS place, article_id, source, issues"
        " FROM plan JOIN findings ON findings.key = plan.finding WHERE len(issues) > 0",
        "met": "SELECT coalesce(article_id, '') AS place, * FROM other_issues",
    },
    """
SELECT article_id, source, r.stage, r.code, r.detail, r.fatal FROM (SELECT article_id, source, unnest(issues) AS r FROM found_in)
UNION ALL SELECT article_id, source, stage, code, detail, fatal FROM met ORDER BY ALL NULLS FIRST
""",
)
_ARTICLE_COUNTS = f"""
SELECT (SELECT count(*) FROM plan JOIN findings ON findings.key = plan.finding WHERE n_tokens IS NOT NULL) AS written,
       (SELECT count(*) FROM ({_ISSUES.query}) WHERE fatal) AS refused, (SELECT count(*) FROM copies) AS copies
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
    """Every table by name, its rows in order and a batch at a time; `links` go as soon as the tables made of them are there.

    `base` shows `plan`, `articles`, `findings`, `tellings`, `entity`, `links`, `copies` and `other_issues`; `past` finds what
    marks a role as over (« ancien »).
    """
    answer(base, NAMES_OF, "names_of", shuffle)
    make(base, _ORIGINALS)
    base.execute(_NUMBERED if shuffle is None else _BY_PREFIX)
    count = len(base.table("plan"))
    yield "entities", _typed("entities", in_order(base, ENTITIES, shuffle))
    yield "links", _typed("links", in_order(base, listing("links", count=count), shuffle))
    base.execute("DROP TABLE links")
    for name in QUERIES:
        if name != "links":
            rows = in_order(base, listing(name, *(["agreed"] if name == "mentions" else ()), count=count), shuffle)
            yield name, _typed(name, map(rescored, rows) if name == "mentions" else rows)
    told = listing("events", *SAID, count=count, ordered=False)
    yield "stories", _typed("stories", stories(base, events=told, shuffle=shuffle))
    held = listing("roles", count=count, ordered=False)
    yield "affiliations", _typed("affiliations", affiliations(base, roles=held, past=past, shuffle=shuffle))
    yield "issues", _typed("issues", in_order(base, _ISSUES, shuffle))


def count_articles(base: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """How many articles were read, written and refused, and how many are near-copies."""
    written, refused, found = base.execute(_ARTICLE_COUNTS).fetchall()[0]
    return {"read": written + refused, "written": written, "refused": refused, "copies": found}


def listing(name: str, *more: str, count: int, ordered: bool = True) -> Listing:
    """The rows of a table, of so many articles, its columns in the order of the schema, with `more` that are stored.

    DuckDB keeps the order of rows through what looks at each alone.
    """
    query = QUERIES[name]
    columns = (
        f"{query.columns.get(c) or ('article_id' if c == 'article_id' else f'r.{_quoted(c)}')} AS {_quoted(c)}"
        for c in (*TABLES[name].schema.names, *more)
    )
    rows = f"FROM ({query.rows}) ORDER BY {query.order}" if ordered else query.rows
    return Listing(query.stored, f"SELECT {', '.join(columns)} FROM ({rows})", count, query.each)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _typed(name: str, rows: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows with the types of their table."""
    schema = TABLES[name].schema
    for some in rows:
        yield pa.table([_as(column, f.type) for column, f in zip(some.columns, schema, strict=True)], schema=schema)


def _as(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    return column.cast(kind.value_type).dictionary_encode() if pa.types.is_dictionary(kind) else column.cast(kind)
