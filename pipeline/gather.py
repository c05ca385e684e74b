"""What the corpus yields, as tables: the rows of each article, and what only all articles together can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.deduplicate.affiliations import Affiliation, RoleTelling, find_affiliations
from pipeline.deduplicate.entities import Resolution
from pipeline.deduplicate.ids import slug
from pipeline.deduplicate.stories import EventTelling, Story, find_stories
from pipeline.model import Copy, Document, Extraction, Issue, Mention
from pipeline.tables.rows import EntityIds, Row, article_row, entity_rows, extraction_rows, issue_row, link_row
from pipeline.tables.schemas import TABLES
from pipeline.tables.write import to_arrow

Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that was found: the articles, which of them are copies, who is who, what went wrong."""

    found: Sequence[Extraction]
    copies: Sequence[Copy]
    resolution: Resolution
    issues: Sequence[Issue]


def gather(corpus: Corpus, *, past: re.Pattern[str]) -> dict[str, pa.Table]:
    """Every table, by name; `past` finds what marks a role as over (« ancien »)."""
    rows: Rows = {name: [] for name in TABLES}
    documents = _add_articles(rows, corpus)
    rows["links"] += (link_row(documents[link.article_id], link) for link in corpus.resolution.links)
    rows["issues"] += (issue_row(issue) for issue in corpus.issues)
    rows["entities"] += entity_rows(corpus.resolution.entities, rows["mentions"], rows["articles"])
    originals = {row["article_id"]: row for row in rows["articles"] if row["duplicate_of"] is None}
    rows["stories"] += (story_row(story) for story in find_stories(_tellings(rows, originals)))
    rows["affiliations"] += (affiliation_row(a) for a in find_affiliations(_role_tellings(rows, originals), past=past))
    return {name: to_arrow(TABLES[name], rows[name]) for name in TABLES}


def _add_articles(rows: Rows, corpus: Corpus) -> Mapping[str, Document]:
    copy_of = {copy.article_id: copy for copy in corpus.copies}
    ids: dict[str, dict[Mention, str]] = {one.document.article_id: {} for one in corpus.found}
    for link in corpus.resolution.links:
        ids[link.article_id][link.mention] = link.entity_id
    for one in corpus.found:
        key = one.document.article_id
        rows["articles"].append(article_row(one.document, copy_of.get(key)))
        for name, more in extraction_rows(one, EntityIds(ids[key])).items():
            rows[name] += more
    return {one.document.article_id: one.document for one in corpus.found}


def _tellings(rows: Rows, originals: Mapping[str, Row]) -> list[EventTelling]:
    sums = {row["amount_id"]: (row["min"], row["max"], row["unit"]) for row in rows["amounts"]}
    days = {
        row["date_id"]: (row["start_date"], row["end_date"]) for row in rows["dates"] if row["start_date"] and row["end_date"]
    }
    return [
        EventTelling(
            row["event_id"],
            row["article_id"],
            row["type"],
            tuple(row["agents"]),
            tuple(row["targets"]),
            originals[row["article_id"]]["published_start"],
            sums.get(row["amount_id"]),
            days.get(row["date_id"]),
        )
        for row in rows["events"]
        if row["article_id"] in originals
    ]


def _role_tellings(rows: Rows, originals: Mapping[str, Row]) -> Iterable[RoleTelling]:
    for row in rows["roles"]:
        if article := originals.get(row["article_id"]):
            person, org = row["person_entity_id"], row["org_entity_id"]
            yield RoleTelling(row["article_id"], article["published_start"], person, row["role"], org)


def story_row(story: Story) -> Row:
    """The row of `stories`."""
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


def affiliation_row(affiliation: Affiliation) -> Row:
    """The row of `affiliations`."""
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
