"""What Python holds of the tellings that are compared together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pytest

from pipeline import retold
from pipeline.deduplicate.stories import EventTelling
from pipeline.retold import LINKS

COUNT = 40


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
