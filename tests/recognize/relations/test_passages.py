"""Speakers, organisations of roles and events on passages of the press in many manners, invented names: F1 holds its floor."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Amount, DateReading, Document, Mention
from pipeline.recognize.events import EventRecognizer
from pipeline.recognize.quotes import QuoteRecognizer
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.roles import RoleRecognizer

DATA = Path(__file__).parents[2] / "data"
LEXICON = load_lexicon()
QUOTES, ROLES, EVENTS = QuoteRecognizer(LEXICON), RoleRecognizer(LEXICON), EventRecognizer(LEXICON)
Gold = dict[str, Any]
Fact = tuple[int, frozenset[str]]
"""Where something is said, and the names that make it right: of a speaker, a person and organisation, the participants."""


def mentions(rows: Iterable[Gold], kind: str | None = None) -> tuple[Mention, ...]:
    return tuple(Mention(r["start"], r["end"], r["text"], kind or r["type"], "gold", canonical=r.get("canonical")) for r in rows)


def read(passage: Gold) -> tuple[Document, tuple[Mention, ...], tuple[Amount, ...], tuple[DateReading, ...]]:
    amounts = tuple(
        Amount(*mentions([a], a["kind"]), a["kind"], Decimal(a["min"]), Decimal(a["max"]), a["unit"], a["qualifier"])
        for a in passage["amounts"]
    )
    dates = tuple(DateReading(*mentions([d], d["kind"]), d["kind"], d["value"], reason="gold") for d in passage["dates"])
    document = plain_document(passage["text"], published=passage["published"])
    return document, mentions(passage["entities"]), amounts, dates


def named(*found: Mention | None) -> frozenset[str]:
    return frozenset(name_of(m) for m in found if m)


def quotes(passage: Gold) -> tuple[list[Fact], list[Fact]]:
    document, names, _, _ = read(passage)
    wanted = [(q["start"], frozenset(filter(None, [q["speaker"]]))) for q in passage["quotes"]]
    return wanted, [(q.start, named(q.speaker_mention)) for q in QUOTES.find(document, names)]


def roles(passage: Gold) -> tuple[list[Fact], list[Fact]]:
    document, names, _, _ = read(passage)
    wanted = [(r["start"], frozenset(filter(None, [r["person"], r["org"]]))) for r in passage["roles"]]
    return wanted, [(r.start, named(r.person, r.org)) for r in ROLES.find(document, names)]


def events(passage: Gold) -> tuple[list[Fact], list[Fact]]:
    document, names, amounts, dates = read(passage)
    told = [e for e in EVENTS.find(document, names, amounts, dates) if e.modality == "asserted"]
    wanted = [(e["start"], frozenset([e["type"], *e["agents"], *e["targets"]])) for e in passage["events"]]
    return wanted, [(e.start, named(*e.agents, *e.targets) | {e.type}) for e in told]


def passages(name: str) -> Iterator[Gold]:
    yield from map(json.loads, (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("name", "layer", "floor"),
    [("relations", quotes, 0.95), ("relations", roles, 0.88), ("relations", events, 0.56), ("functions", roles, 0.95)],
)
def test_passages_hold_the_floor(name: str, layer: Callable[[Gold], tuple[list[Fact], list[Fact]]], floor: float) -> None:
    """F1 with every name right and the place within twelve characters; the events' passages tell of them in rare words.

    `functions` holds passages of appointments, lists and successions, marked with names and functions.
    """
    right = wanted_in_all = found_in_all = 0
    for passage in passages(name):
        wanted, found = layer(passage)
        wanted_in_all, found_in_all = wanted_in_all + len(wanted), found_in_all + len(found)
        for start, names in wanted:
            hit = next((f for f in found if abs(f[0] - start) <= 12 and f[1] == names), None)
            if hit is not None:
                found.remove(hit)
                right += 1
    assert 2 * right / (wanted_in_all + found_in_all) >= floor
