"""The corpus's gold as the tables of a run: what a pipeline without error would write, to prove queries on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.model import Amount, Mention, published_bounds
from pipeline.normalize.rates import Rates
from tests.sample_run import Row, entity, row, write_sample

RATES = Rates()


def write_gold(folder: Path, articles: list[Row]) -> Path:
    """The tables of the annotated articles in `folder`; every organisation counts as a company."""
    types = _types(articles)
    tables: dict[str, list[Row]] = {
        "articles": [_article(a) for a in articles],
        "mentions": [_mention(a, e) for a in articles for e in a["entities"]],
        "links": [],
        "issues": [],
        "amounts": [_amount(a, m) for a in articles for m in a["amounts"]],
        "dates": [_date(a, d) for a in articles for d in a["dates"]],
        "quotes": [_quote(a, q, types) for a in articles for q in a["quotes"]],
        "roles": [_role(a, r, types) for a in articles for r in a["roles"]],
        "events": [_event(a, e, types) for a in articles for e in a["events"]],
    }
    tables["entities"] = list(_entities(types, tables))
    return write_sample(folder, **tables)


def _types(articles: Iterable[Row]) -> dict[str, str]:
    """The type that each canonical name bears most often; PER for names that only speak or act."""
    votes: dict[str, Counter[str]] = {}
    for article in articles:
        for one in article["entities"]:
            votes.setdefault(one["canonical"], Counter())[one["type"]] += 1
        others = [q["speaker"] for q in article["quotes"]] + [n for r in article["roles"] for n in (r["person"], r["org"])]
        for name in [*others, *(n for e in article["events"] for n in (*e["agents"], *e["targets"]))]:
            votes.setdefault(name or "", Counter())["PER"] += 0
    return {name: counter.most_common(1)[0][0] for name, counter in votes.items() if name}


def _id(name: str | None, kind: str) -> str | None:
    return f"{kind.lower()}:{name}" if name else None


def _entities(types: dict[str, str], tables: dict[str, list[Row]]) -> Iterable[Row]:
    known = {(m["entity_id"], m["type"]) for m in tables["mentions"]} | {(_id(n, t), t) for n, t in types.items()}
    days = {a["article_id"]: a["published_start"] for a in tables["articles"]}
    for key, kind in sorted(known):
        named = [m for m in tables["mentions"] if m["entity_id"] == key]
        seen = sorted(day for day in {days[m["article_id"]] for m in named} if day)
        bounds = {"first_published": seen[0], "last_published": seen[-1]} if seen else {}
        counts = {"n_mentions": len(named), "n_articles": len({m["article_id"] for m in named})}
        yield entity(key.partition(":")[2], key, type=kind, kind="company" if kind == "ORG" else None, **counts, **bounds)


def _article(gold: Row) -> Row:
    first, last = published_bounds(gold["published"])
    name = gold["doc_id"]
    found = {"published": gold["published"], "published_start": first, "published_end": last, "text": gold["text"]}
    return row("articles", article_id=name, source=name, content_hash=name, authors=[], cleaning=[], **found)


def _place(article: Row, one: Row) -> Row:
    where = {"start": one["start"], "end": one["end"], "source_start": one["start"], "source_end": one["end"]}
    return {"article_id": article["doc_id"], "text": article["text"][one["start"] : one["end"]], "sentence": 0, **where}


def _key(article: Row, table: str, one: Row, more: str = "") -> str:
    return f"{article['doc_id']}:{table}:{one['start']}-{one['end']}{more}"


def _mention(article: Row, one: Row) -> Row:
    given = {"type": one["type"], "entity_id": _id(one["canonical"], one["type"]), "method": "rule"}
    return row("mentions", mention_id=_key(article, one["type"], one), **given, **_place(article, one))


def in_euros(low: Decimal, high: Decimal, unit: str, published: str | None) -> tuple[Decimal | None, Decimal | None]:
    """The sum in euros of the publication day, both None where the rate is not known."""
    return RATES.eur_range(Amount(Mention(0, 1, "x", "money", "gold"), "money", low, high, unit), published)


def _amount(article: Row, one: Row) -> Row:
    low, high = Decimal(one["min"]), Decimal(one["max"])
    euros = (
        dict(zip(("eur_min", "eur_max"), in_euros(low, high, one["unit"], article["published"]), strict=True))
        if one["kind"] == "money"
        else {}
    )
    given = {"kind": one["kind"], "min": low, "max": high, "unit": one["unit"], "qualifier": one["qualifier"], **euros}
    return row("amounts", amount_id=_key(article, one["kind"], one), **given, **_place(article, one))


def first_day(value: str | None) -> dt.date | None:
    """The first day of an EDTF date or interval (« 2024-03~ » → 1 March 2024); None where it has none of its own."""
    try:
        return published_bounds((value or "").partition("/")[0].strip("~?") or None)[0]
    except ValueError:
        return None


def _date(article: Row, one: Row) -> Row:
    start = first_day(one["value"]) if one["kind"] == "date" else None
    given = {"kind": one["kind"], "value": one["value"], "start_date": start, "end_date": start}
    return row("dates", date_id=_key(article, one["kind"], one), **given, **_place(article, one))


def _quote(article: Row, one: Row, types: dict[str, str]) -> Row:
    speaker = one["speaker"]
    given = {"speaker": speaker, "speaker_entity_id": _id(speaker, types.get(speaker or "", ""))}
    return row("quotes", quote_id=_key(article, "quote", one), **given, **_place(article, one))


def _role(article: Row, one: Row, types: dict[str, str]) -> Row:
    person, org = one["person"], one["org"]
    given = {"person_entity_id": _id(person, types[person]), "org_entity_id": _id(org, types.get(org or "", ""))}
    return row("roles", role_id=_key(article, "role", one, f":{person}"), role=one["role"], **given, **_place(article, one))


def _event(article: Row, one: Row, types: dict[str, str]) -> Row:
    sums = {f"{Decimal(m['max']):f} {m['unit']}": _key(article, m["kind"], m) for m in article["amounts"] if m["kind"] == "money"}
    part: dict[str, Any] = {side: [_id(name, types[name]) for name in one[side]] for side in ("agents", "targets")}
    part["amount_id"] = sums.get((one["amount"] or "").rpartition("..")[2])
    return row("events", event_id=_key(article, one["type"], one), type=one["type"], **part, **_place(article, one))
