"""Stories of a run: in which order they are told, what Python holds of those compared together; scores of names agreed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline import retold
from pipeline.deduplicate.stories import EventTelling
from pipeline.job import run
from pipeline.retold import LINKS, rescored

COUNT = 40
FINED = "La Cnil inflige une amende de 50 millions d'euros à Lumio.\n\n{}La Cnil a infligé lundi 50 millions d'euros à Lumio."
"""What stands between the two tellings moves the second from the second to the third digit of its place."""


@pytest.mark.parametrize("between", ["", "Le Sénat a voté. " * 4], ids=["two digits", "three digits"])
def test_what_stands_first_in_its_article_is_told_first(tmp_path: Path, between: str) -> None:
    (tmp_path / "2024-03-05-lumio.txt").write_text(FINED.format(between), encoding="utf-8")
    tables = run([tmp_path / "2024-03-05-lumio.txt"], tmp_path / "out")
    events = sorted((row["start"], row["event_id"]) for row in tables["events"].to_pylist() if row["type"] == "fine")
    [story] = (row for row in tables["stories"].to_pylist() if row["type"] == "fine")
    assert (len(events), story["story_id"], story["events"]) == (2, events[0][1], [event for _, event in events])


def test_what_is_said_again_and_again_is_held_once(monkeypatch: pytest.MonkeyPatch) -> None:
    days = pa.array([dt.date(2024, 3, 1 + place % 2) for place in range(COUNT)], pa.date32())
    sums = pa.array([Decimal("12.000000")] * COUNT, pa.decimal128(38, 6))
    tellings = pa.table(
        {
            "participant": ["org:cnil"] * COUNT,
            "place": range(COUNT),
            "events": [[""]] * COUNT,
            "articles": [[""]] * COUNT,
            "type": ["fine"] * COUNT,
            "agents": [["org:cnil"]] * COUNT,
            "targets": [[f"org:{place}"] for place in range(COUNT)],
            "published": days,
            "start_date": days,
            "end_date": days,
            "min": sums,
            "max": sums,
            "unit": ["EUR"] * COUNT,
        }
    )
    compared = list[EventTelling]()

    def find_firsts(told: Sequence[EventTelling]) -> list[int]:
        compared.extend(told)
        return list(range(len(told)))

    monkeypatch.setattr(retold, "find_firsts", find_firsts)
    LINKS.reduced(tellings)  # type: ignore[operator]
    held = [len({id(getattr(telling, name)) for telling in compared}) for name in ("published", "days", "amount")]
    assert (len(compared), held) == (COUNT, [2, 2, 1])


AGREED = [{"form": "Lumio", "share": 0.75}, {"form": "L'Atelier", "share": 0.9}]
FORMS = pa.list_(pa.struct([("form", pa.string()), ("share", pa.float64())]))
MENTIONS = [
    ("Lumio", "agreed-by-corpus", 1.0),
    ("Lumio", "company", 0.8),
    ("L’Atelier", "agreed-by-corpus", 0.5),
    ("Nantes", "place", None),
]


def scores(*mentions: tuple[str, str, float | None]) -> list[float | None]:
    texts, rules, found = zip(*mentions, strict=True) if mentions else ((), (), ())
    columns = {"text": pa.array(texts, pa.string()), "rule_id": pa.array(rules, pa.string())}
    by = pa.array([AGREED if rule == "agreed-by-corpus" else None for rule in rules], FORMS)
    rows = pa.table({**columns, "score": pa.array(found, pa.float64())})
    again = rescored(rows.append_column("agreed", by))
    assert again.drop_columns("score") == rows.drop_columns("score")
    return again["score"].to_pylist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [(MENTIONS, [0.75, 0.8, 0.45, None]), (MENTIONS[1::2], [0.8, None]), ([], [])],
    ids=["some decided", "none decided", "no names"],
)
def test_who_was_decided_by_the_corpus_has_the_score_of_its_share(
    mentions: list[tuple[str, str, float | None]], expected: list[float | None]
) -> None:
    assert scores(*mentions) == expected
