"""What each page of the report shows, as values for its template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.report.addresses import article_page, entity_page
from pipeline.report.facts import Facts, Row, by_day
from pipeline.report.marks import anchor, around, cut, find_marks
from pipeline.report.shapes import timeline

MOST = 150
"""Rows of one kind on an entity's page; pages stay small, and say where the others are."""
PART = 800
"""Rows of one list page that shows passages: about half a megabyte. Lists without passages hold twice as many."""
TOP = 12
BESIDE = 5
"""Articles listed under an entity that is named beside another."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to write: its path in the report's folder, its template, what the template is given."""

    path: str
    template: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """A row with the words around it and the link to its place in the article."""

    row: Row
    article: Row
    before: str
    words: str
    after: str
    link: str
    amount: Row | None = None


def passage(facts: Facts, table: str, row: Row) -> Passage:
    """The row where it stands."""
    article = facts.articles[row["article_id"]]
    amount = facts.amounts.get(row.get("amount_id") or "")
    return Passage(row, article, *around(article["text"], row["start"], row["end"]), place(table, row), amount)


def place(table: str, row: Row) -> str:
    """The link to the words of a row, in the text of its article."""
    return f"{article_page(row['article_id'])}#{anchor(table, row)}"


def all_pages(facts: Facts) -> Iterator[Page]:
    """Every page, one after the other."""
    yield overview(facts)
    yield from lists(facts)
    for name in facts.articles:
        yield article_view(facts, name)
    for name in facts.entities:
        yield entity_view(facts, name)


def overview(facts: Facts) -> Page:
    """Counts, timeline, who is named most, who speaks most, the largest sums."""
    originals = [row for row in facts.articles.values() if row["duplicate_of"] is None]
    named = sorted(facts.entities.values(), key=lambda e: (-e["n_articles"], -e["n_mentions"], e["entity_id"]))
    speakers = sorted(facts.quotes, key=lambda e: (-len(facts.quotes[e]), e))
    values = {
        "counts": [
            ("articles", len(originals), "articles.html"),
            ("entities", len(facts.entities), "entities.html"),
            ("stories", len(facts.stories), "events.html"),
            ("quotes", sum(1 for _ in facts.originals("quotes")), "quotes.html"),
            ("sums of money", sum(r["kind"] == "money" for r in facts.originals("amounts")), "money.html"),
            ("refused", sum(row["fatal"] for row in facts.issues), "issues.html"),
        ],
        "timeline": timeline(row["published_start"] for row in originals),
        "top": [(kind, [e for e in named if e["type"] == kind][:TOP]) for kind in ("ORG", "PER", "LAW", "PRODUCT", "LOC")],
        "speakers": [(facts.entities[e], len(facts.quotes[e])) for e in speakers[:TOP]],
        "types": sorted(Counter(s["type"] for s in facts.stories).items(), key=lambda item: (-item[1], item[0])),
        "money": _largest(facts),
    }
    return Page("index.html", "overview.html", values)


def _largest(facts: Facts) -> list[tuple[Row, Passage]]:
    """The stories with the largest sums in euros, with the passage that gives the sum."""
    found = []
    events = {row["event_id"]: row for row in facts.originals("events")}
    for story in facts.stories:
        tellings = (passage(facts, "events", events[event]) for event in story["events"])
        if told := next((p for p in tellings if p.amount and p.amount["kind"] == "money" and p.amount["eur_max"]), None):
            found.append((story, told))
    return sorted(found, key=lambda pair: (-pair[1].amount["eur_max"], pair[0]["story_id"]))[:TOP]  # type: ignore[index]


def lists(facts: Facts) -> Iterator[Page]:
    """The list pages: articles, entities, stories, quotes, money, issues; each in parts of 800 rows."""
    events = {row["event_id"]: row for row in facts.originals("events")}
    told = [
        (story, [passage(facts, "events", events[e]) for e in story["events"]], facts.day_of(events[story["story_id"]]))
        for story in facts.stories
    ]
    entities = sorted(facts.entities.values(), key=lambda e: (-e["n_articles"], -e["n_mentions"], e["entity_id"]))
    money = [row for row in facts.originals("amounts") if row["kind"] == "money"]
    yield from _parts("articles", sorted(facts.articles.values(), key=by_day), 2 * PART)
    yield from _parts("entities", entities, 2 * PART)
    yield from _parts("events", sorted(told, key=lambda one: (str(one[2] or "9"), one[0]["story_id"])))
    yield from _parts("quotes", [passage(facts, "quotes", row) for row in facts.originals("quotes")])
    yield from _parts("money", [passage(facts, "amounts", row) for row in sorted(money, key=lambda r: -(r["eur_max"] or 0))])
    yield from _parts("issues", facts.issues)


def _parts(name: str, rows: list[Any], size: int = PART) -> Iterator[Page]:
    parts = [rows[start : start + size] for start in range(0, len(rows), size)] or [[]]
    paths = [f"{name}.html", *(f"{name}-{n}.html" for n in range(2, len(parts) + 1))]
    for number, (path, part) in enumerate(zip(paths, parts, strict=True)):
        values = {"rows": part, "total": len(rows), "first": number * size + 1, "paths": paths, "path": path}
        yield Page(path, f"{name}.html", values)


def article_view(facts: Facts, article_id: str) -> Page:
    """An article: its text with marks and what was removed, and under it the rows read from it."""
    article = facts.articles[article_id]
    marks = find_marks(facts, article_id)
    here = {
        t: [passage(facts, t, row) for row in facts.placed[t].get(article_id, ())]
        for t in ("events", "claims", "quotes", "roles", "amounts")
    }
    values = {
        "article": article,
        "pieces": list(cut(article["text"], marks, article["cleaning"] or ())),
        "kinds": sorted({mark.kind for mark in marks}),
        "here": here,
        "copies": [row for row in facts.copies if row["duplicate_of"] == article_id],
    }
    return Page(article_page(article_id), "article.html", values)


def entity_view(facts: Facts, entity_id: str) -> Page:
    """An entity: its names and why they are one, when it is spoken of, and all that is said of it."""
    mentions = facts.mentions.get(entity_id, [])
    articles = list(dict.fromkeys(row["article_id"] for row in mentions))
    why = Counter((row["text"], facts.links.get(row["mention_id"], {}).get("reason")) for row in mentions)
    first = {(row["text"], facts.links.get(row["mention_id"], {}).get("reason")): row for row in reversed(mentions)}
    events = sorted(facts.events.get(entity_id, []), key=lambda row: (str(facts.day_of(row) or "9"), row["event_id"]))
    values = {
        "entity": facts.entities[entity_id],
        "timeline": timeline(facts.articles[name]["published_start"] for name in articles),
        "why": [(*key, count, passage(facts, "mentions", first[key])) for key, count in why.most_common(MOST)],
        "events": [passage(facts, "events", row) for row in events[:MOST]],
        "quotes": [passage(facts, "quotes", row) for row in facts.quotes.get(entity_id, [])[:MOST]],
        "roles": [passage(facts, "roles", row) for row in facts.roles.get(entity_id, [])[:MOST]],
        "offices": facts.offices.get(entity_id, [])[:MOST],
        "beside": [
            (other, len(rows), [(facts.articles[row["article_id"]], place("mentions", row)) for row in rows[:BESIDE]])
            for other, rows in facts.beside(entity_id, 2 * TOP)
        ],
        "mentions": [passage(facts, "mentions", row) for row in mentions[:MOST]],
        "most": MOST,
        "total": {
            "events": len(events),
            "quotes": len(facts.quotes.get(entity_id, [])),
            "roles": len(facts.roles.get(entity_id, [])),
            "mentions": len(mentions),
        },
    }
    return Page(entity_page(entity_id), "entity.html", values)
