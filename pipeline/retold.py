"""What all articles together tell → tables: entities with their counts, stories, affiliations, scores of names agreed on.

Python holds the tellings of a bucket at a time; DuckDB keeps the rows until all are there, and sorts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipeline.columns import rows_of
from pipeline.deduplicate.affiliations import Affiliation, RoleTelling, find_affiliations
from pipeline.deduplicate.ids import slug
from pipeline.deduplicate.stories import EventTelling, Story, find_firsts, tell_story
from pipeline.linked import show_firsts
from pipeline.question import Listing, Question, Shuffle, answer, in_order, make
from pipeline.recognize.corpus_vote import AGREED, agreed_score
from pipeline.tables.rows import OF_AMOUNT, OF_DATE, Row
from pipeline.tables.schemas import TABLES
from pipeline.tables.table import Table
from pipeline.text import fold_typography

ENTITIES = Listing(
    {
        "entity_in": "SELECT entity_id AS place, * FROM entity",
        "named_in": "SELECT entity_id AS place, number, count, published_start, published_end"
        " FROM links JOIN originals USING (number)",
    },
    """
SELECT entity_id, type, name, aliases, wikidata, country, kind, coalesce(n_mentions, 0) AS n_mentions,
  coalesce(n_articles, 0) AS n_articles, first_published, last_published, former_ids
FROM entity_in LEFT JOIN (
  SELECT place, sum(count)::INT AS n_mentions, count(DISTINCT number)::INT AS n_articles,
    min(published_start) AS first_published, max(published_end) AS last_published
  FROM named_in GROUP BY place) USING (place)
ORDER BY place
""",
    each=25,
)
"""The entities, with how often each is named, in how many articles, and when. Near-copies do not count."""
_ORIGINALS_IN = {"original_in": "SELECT number AS place, article_id, published_start FROM originals"}
_TOLD = """
SELECT event_id, article_id, start, type, agents, targets, published_start AS published, min, max, unit, start_date, end_date,
  CASE WHEN len(agents) + len(targets) = 0
    OR (published IS NULL AND (start_date IS NULL OR end_date IS NULL)) THEN event_id END AS alone
FROM ({events}) JOIN original_in USING (article_id)
"""
SAID = (*OF_AMOUNT, *OF_DATE)
"""What an event says beside the columns of its table: its sum and its days."""
_CONTENT = ", ".join(("type", "agents", "targets", "published", *SAID))
TELLINGS = Question(
    stored="FROM told",
    mapped="FROM stored",
    keys=("type", "published", "start_date"),
    reduced=f"""
SELECT list(event_id ORDER BY article_id, start, event_id) AS events,
  list(article_id ORDER BY article_id, start, event_id) AS articles, min_by(start, (article_id, start)) AS start, {_CONTENT}
FROM mapped GROUP BY {_CONTENT}, alone
""",
    each=3,
)
"""Events of one day's articles that say the same are one telling, but for those that tell too little to be the same (`alone`)."""
_ORDERED = """
CREATE OR REPLACE TEMP TABLE ordered AS
SELECT row_number() OVER (ORDER BY published NULLS LAST, articles[1], start, events[1]) - 1 AS place, * EXCLUDE (start)
FROM telling;
DROP TABLE told;
DROP TABLE telling;
"""
_FEW = 2048
"""Tellings that are in Python at a time, where they need not stand together."""
_TELLING = ("events", "articles", *_CONTENT.split(", "))
_ROLES = """
SELECT e.article_id, person_entity_id, role, org_entity_id, published_start
FROM ({roles}) AS e JOIN original_in AS o ON o.article_id = e.article_id
"""
_ROLE_TELLINGS = """
SELECT person_entity_id, role, org_entity_id, list(DISTINCT article_id), count(*), min(published_start), max(published_start)
FROM stored GROUP BY person_entity_id, role, org_entity_id
"""
_IN_ORDER = "SELECT * EXCLUDE (place, n) FROM retold ORDER BY place, n"


def stories(base: duckdb.DuckDBPyConnection, *, events: Listing, shuffle: Shuffle | None = None) -> Iterator[pa.Table]:
    """The rows of `stories` in order, from what gives the table `events` with what they say (`SAID`)."""
    answer(base, _of_originals(events, _TOLD.format(events=events.rows)), "told", shuffle)
    answer(base, TELLINGS, "telling", shuffle)
    make(base, _ORDERED)
    answer(base, LINKS, "link", shuffle)
    show_firsts(base, "first_told", pairs="FROM link", shuffle=shuffle)
    yield from in_order(base, Listing({"retold": STORIES}, _IN_ORDER), shuffle)
    base.execute("DROP TABLE ordered; DROP TABLE link; DROP TABLE first_told")


def affiliations(
    base: duckdb.DuckDBPyConnection, *, roles: Listing, past: re.Pattern[str], shuffle: Shuffle | None = None
) -> Iterator[pa.Table]:
    """The rows of `affiliations` in order; `past` finds what marks a role as over (« ancien »)."""
    answer(base, _of_originals(roles, _ROLES.format(roles=roles.rows)), "role_told", shuffle)
    reduced = partial(_affiliations, past=past)
    question = Question("FROM role_told", _ROLE_TELLINGS, keys=("person_entity_id",), reduced=reduced, each=3)
    yield from in_order(base, Listing({"retold": question}, _IN_ORDER), shuffle)


def rescored(mentions: pa.Table) -> pa.Table:
    """Rows of `mentions` without what articles agree on (`agreed`); those that this decided have a score that follows from how
    many articles do so by now."""
    decided = pc.equal(mentions["rule_id"], AGREED).combine_chunks()
    rows = rows_of(mentions.filter(decided).select(["text", "score", "agreed"]))
    by_now = [agreed_score(score, _share(text, forms)) for text, score, forms in rows]
    place = mentions.schema.get_field_index("score")
    column = pc.replace_with_mask(mentions["score"].combine_chunks(), decided, pa.array(by_now, pa.float64()))
    return mentions.set_column(place, mentions.schema.field(place), column).drop_columns("agreed")


def _of_originals(told: Listing, rows: str) -> Listing:
    """Of what is told the rows that articles tell which are no near-copies."""
    return replace(told, stored={**told.stored, **_ORIGINALS_IN}, rows=rows)


def _links(tellings: pa.Table) -> pa.Table:
    """The pairs of tellings, by place, that are one story, each with the first of its own that is here.

    Rows hold a telling once for each participant.
    """
    found = list[tuple[int, int]]()
    said = dict[Any, Any]()
    once = np.unique(tellings["place"].to_numpy(), return_index=True)[1]
    for _, rows in groupby(_in_order(tellings, "type", "place", among=once), key=itemgetter(0)):
        told = {place: _event_telling(telling, said) for _, place, *telling in rows}
        places, firsts = list(told), find_firsts(list(told.values()))
        found += ((places[first], place) for first, place in zip(firsts, places, strict=True) if places[first] != place)
    one, other = zip(*found, strict=True) if found else ((), ())
    return pa.table({"one": pa.array(one, pa.int64()), "other": pa.array(other, pa.int64())})


def _stories(tellings: pa.Table) -> pa.Table:
    """The story of each group of tellings."""
    groups = groupby(_in_order(tellings, "story", "place"), key=itemgetter(0))
    said = dict[Any, Any]()
    told = ([_event_telling(row, said) for _, _, *row in rows] for _, rows in groups)
    return _answers("stories", map(_story_row, map(tell_story, told)))


def _affiliations(roles: pa.Table, past: re.Pattern[str]) -> pa.Table:
    """The affiliations of the persons that have these roles."""
    tellings = (RoleTelling(*row) for row in rows_of(roles))
    return _answers("affiliations", map(_affiliation_row, find_affiliations(tellings, past=past)))


LINKS = Question(
    stored="SELECT * REPLACE ([''] AS events, [''] AS articles) FROM ordered",
    mapped="SELECT unnest(list_distinct(list_concat(agents, targets))) AS participant, * FROM stored",
    keys=("type", "participant"),
    reduced=_links,
)
"""Which tellings are one story: pairs that join each. Where they stand says nothing of that, and is half of a row."""
STORIES = Question(
    "SELECT coalesce(first, place) AS story, ordered.* FROM ordered LEFT JOIN first_told ON node = place",
    "FROM stored",
    keys=("story",),
    reduced=_stories,
)
"""What the tellings of each story say together."""


def _in_order(tellings: pa.Table, *by: str, among: NDArray[np.int64] | None = None) -> Iterator[tuple[Any, ...]]:
    """What the rows (`among` all, those) are sorted by, and the fields of the telling; few rows are taken at a time, as all of
    them in order would be a copy of all."""
    rows = pa.array(np.arange(len(tellings)) if among is None else among)
    order = rows.take(pc.sort_indices(tellings.select(by).take(rows), sort_keys=[(name, "ascending") for name in by]))
    tellings = tellings.select([*by, *_TELLING])
    for start in range(0, len(order), _FEW):
        yield from rows_of(tellings.take(order.slice(start, _FEW)))


def _share(text: str, forms: Sequence[Mapping[str, Any]]) -> float:
    shares: dict[str, float] = {form["form"]: form["share"] for form in forms}
    return shares[fold_typography(text)]


def _answers(name: str, rows: Iterable[Row]) -> pa.Table:
    """The rows of a table; its key says where each stands, and among those of one key its number."""
    table = TABLES[name]
    schema = pa.schema(
        [*(field.with_type(_plain(table, field.name)) for field in table.schema), ("place", pa.string()), ("n", pa.int64())]
    )
    (key,) = table.key
    return pa.Table.from_pylist([row | {"place": row[key], "n": n} for n, row in enumerate(rows)], schema=schema)


def _plain(table: Table, name: str) -> pa.DataType:
    kind = table.schema.field(name).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _event_telling(row: Sequence[Any], said: dict[Any, Any]) -> EventTelling:
    """The telling of a row; a sum or day that was `said` before is held once, as few are told of again and again."""
    (event, *events), (article, *articles), kind, agents, targets, published, low, high, unit, first, last = row
    amount = None if low is None else (low, high, unit)
    days = (first, last) if first and last else None
    others = tuple(zip(articles, events, strict=True))
    by, to = tuple(map(intern, agents)), tuple(map(intern, targets))
    published, amount, days = (said.setdefault(one, one) for one in (published, amount, days))
    return EventTelling(event, article, intern(kind), by, to, published, amount, days, others)


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
