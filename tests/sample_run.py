"""A small run written without reading anything: two articles, a near-copy of one, a hostile one, and one that was refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.tables.schemas import TABLES
from pipeline.tables.write import replace_tables, to_arrow

RUN = {
    "version": "1.0",
    "rules": "abc",
    "model": "def",
    "licence": "LGPL-LR",
    "articles": {"read": 5, "written": 4, "refused": 1, "copies": 1},
}
LUMIO = "Lumio lève 15 millions d'euros, a annoncé lundi sa directrice générale Anne Kerval : « Nous doublons nos équipes »."
FINE = "La Cnil a infligé 2 millions de dollars d'amende à Lumio le 3 avril 2024."
HOSTILE = (
    "<script>document.title='taken'</script> \"><img src=x onerror=\"document.title='taken'\"> \u202etxet desrever\u202c "
    "javascript:document.title='taken' & l'entité <b>=Pirate</b> parle."
)
PIRATE = '<b>=Pirate</b>"><img src=x onerror=alert(1)>'
Row = dict[str, Any]


def row(table: str, **values: Any) -> Row:
    """A row of the table, null but for the values."""
    return {**dict.fromkeys(TABLES[table].schema.names), **values}


def place(article: str, text: str, words: str) -> Row:
    """The columns that say where the words stand."""
    start = text.index(words)
    end = start + len(words)
    return {
        "article_id": article,
        "text": words,
        "start": start,
        "end": end,
        "source_start": start,
        "source_end": end,
        "sentence": 0,
    }


def article(name: str, text: str, day: dt.date, **more: Any) -> Row:
    """An article of one day."""
    given = {"title": name, "authors": [], "cleaning": [], "n_tokens": len(text.split()), "outlet": "Le Courrier"} | more
    days = {"published": day.isoformat(), "published_start": day, "published_end": day, "published_from": "header"}
    return row("articles", article_id=name, source=f"{name}.txt", text=text, language="fr", content_hash=name, **days, **given)


def mention(name: str, text: str, words: str, entity: str) -> Row:
    """A name in an article."""
    kind = entity.split(":")[0].upper()
    where = place(name, text, words)
    return row(
        "mentions",
        mention_id=f"{name}:{kind}:{where['start']}",
        type=kind,
        entity_id=entity,
        method="rule",
        rule_id="r1",
        **where,
    )


def entity(name: str, entity_id: str, **more: Any) -> Row:
    """An entity named once."""
    given = {"aliases": [], "former_ids": [], "n_mentions": 1, "n_articles": 1} | more
    return row("entities", entity_id=entity_id, name=name, **{"type": entity_id.split(":")[0].upper(), **given})


def amount(name: str, text: str, words: str, number: int, unit: str, euros: str | None) -> Row:
    """A sum of money."""
    value, euro = Decimal(number), None if euros is None else Decimal(euros)
    given = {"min": value, "max": value, "value": float(value), "unit": unit, "eur_min": euro, "eur_max": euro}
    return row("amounts", amount_id=f"{name}:money", kind="money", rule_id="money", **place(name, text, words), **given)


def lumio(name: str) -> dict[str, list[Row]]:
    """What an article with the text about Lumio's raise yields."""
    monday = dt.date(2024, 3, 4)
    when = {"kind": "date", "value": "2024-03-04", "start_date": monday, "end_date": monday, "rule_id": "weekday"}
    said = {"speaker": "Anne Kerval", "speaker_entity_id": "per:anne-kerval", "cue": "a annoncé", "rule_id": "q1"}
    office = {
        "person_entity_id": "per:anne-kerval",
        "role": "directrice générale",
        "org_entity_id": "org:lumio",
        "rule_id": "role",
    }
    raised = {"type": "funding", "agents": [], "targets": ["org:lumio"], "rule_id": "funding"}
    ids = {"amount_id": f"{name}:money", "date_id": f"{name}:date"}
    return {
        "mentions": [mention(name, LUMIO, "Lumio", "org:lumio"), mention(name, LUMIO, "Anne Kerval", "per:anne-kerval")],
        "amounts": [amount(name, LUMIO, "15 millions d'euros", 15_000_000, "EUR", "15000000")],
        "dates": [row("dates", date_id=ids["date_id"], **when, **place(name, LUMIO, "lundi"))],
        "quotes": [row("quotes", quote_id=f"{name}:quote", **said, **place(name, LUMIO, "Nous doublons nos équipes"))],
        "roles": [row("roles", role_id=f"{name}:role", **office, **place(name, LUMIO, "directrice générale"))],
        "events": [row("events", event_id=f"{name}:funding", **raised, **ids, **place(name, LUMIO, "lève"))],
    }


def fine() -> dict[str, list[Row]]:
    """What the article about a fine yields."""
    told = {"type": "fine", "agents": ["org:cnil"], "targets": ["org:lumio"], "amount_id": "amende:money", "rule_id": "fine"}
    return {
        "mentions": [mention("amende", FINE, "Cnil", "org:cnil"), mention("amende", FINE, "Lumio", "org:lumio")],
        "amounts": [amount("amende", FINE, "2 millions de dollars", 2_000_000, "USD", "1842468.908337")],
        "events": [row("events", event_id="amende:fine", **told, **place("amende", FINE, "infligé"))],
    }


def hostile() -> dict[str, list[Row]]:
    """What the hostile article yields."""
    told = {"type": "launch", "modality": "denied", "agents": ["org:pirate"], "targets": [], "rule_id": "launch"}
    return {
        "mentions": [mention("hostile", HOSTILE, "<b>=Pirate</b>", "org:pirate")],
        "claims": [row("claims", event_id="hostile:launch", **told, **place("hostile", HOSTILE, "parle"))],
    }


def articles() -> list[Row]:
    """The four articles."""
    removed = {"rule": "byline", "source_start": 0, "source_end": 16, "start": 0, "text": "Par Guy Lehéric\n"}
    copy = {"duplicate_of": "levee", "similarity": 0.98}
    return [
        article("levee", LUMIO, dt.date(2024, 3, 5), title="Lumio double ses équipes", cleaning=[removed]),
        article("reprise", LUMIO, dt.date(2024, 3, 6), title="Lumio, la reprise", **copy),
        article("amende", FINE, dt.date(2024, 4, 4), title="Une amende pour Lumio", outlet="Le Fanal"),
        article("hostile", HOSTILE, dt.date(2024, 4, 9), title=HOSTILE[:40], url="javascript:document.title='taken'"),
    ]


def entities() -> list[Row]:
    """Whom the articles name."""
    days = {"first_published": dt.date(2024, 3, 5), "last_published": dt.date(2024, 4, 4)}
    return [
        entity("Lumio", "org:lumio", aliases=["Lumio SAS"], n_mentions=2, n_articles=2, kind="company", **days),
        entity("Commission nationale de l'informatique et des libertés", "org:cnil", aliases=["Cnil"], kind="authority"),
        entity("Anne Kerval", "per:anne-kerval"),
        entity(PIRATE, "org:pirate"),
    ]


def affiliation() -> Row:
    """Anne Kerval's office."""
    return row(
        "affiliations",
        affiliation_id="per:anne-kerval:directrice generale:org:lumio",
        person_entity_id="per:anne-kerval",
        role="directrice générale",
        org_entity_id="org:lumio",
        first_seen=dt.date(2024, 3, 5),
        last_seen=dt.date(2024, 3, 5),
        articles=["levee"],
    )


def story(events: list[Row], amounts: list[Row]) -> Row:
    """The story that events tell, the first of which says all there is to say."""
    first = events[0]
    told = {name: first[name] for name in ("type", "agents", "targets")}
    sums = next(one for one in amounts if one["amount_id"] == first["amount_id"])
    told |= {name: sums[name] for name in ("min", "max", "unit")}
    day = next(one["published_start"] for one in articles() if one["article_id"] == first["article_id"])
    listed = {"articles": sorted({e["article_id"] for e in events}), "events": [e["event_id"] for e in events]}
    return row("stories", story_id=first["event_id"], first_published=day, contradictions=[], **told, **listed)


def link(named: Row) -> Row:
    """Why a mention names its entity."""
    which = {name: named[name] for name in ("mention_id", "entity_id")}
    return row("links", score=0.9, reason=f"named {named['text']}", **which)


def rows() -> dict[str, list[Row]]:
    """The rows of every table."""
    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    for yielded in (lumio("levee"), lumio("reprise"), fine(), hostile()):
        for table, some in yielded.items():
            found[table] += some
    refused = {"stage": "read", "code": "empty", "detail": "the file is empty", "fatal": True}
    return found | {
        "articles": articles(),
        "entities": entities(),
        "affiliations": [affiliation()],
        "stories": [story([event], found["amounts"]) for event in found["events"] if event["article_id"] != "reprise"],
        "links": [link(named) for named in found["mentions"]],
        "issues": [row("issues", source="vide.txt", **refused)],
    }


def write_sample(folder: Path, **instead: list[Row]) -> Path:
    """The sample run in `folder`; `instead` replaces the rows of tables."""
    tables = {name: to_arrow(TABLES[name], some) for name, some in {**rows(), **instead}.items()}
    replace_tables(tables, folder, run=RUN)
    return folder
