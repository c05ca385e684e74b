"""What Python holds of the tellings that are compared together."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from decimal import Decimal

import pyarrow as pa

from pipeline.retold import LINKS

COUNT = 4000
BYTES = 1200
"""For each telling, with the two thousand of rows that are in Python at a time."""


def test_what_is_said_again_and_again_is_held_once() -> None:
    days = pa.array([dt.date(2000, 1, 1) + dt.timedelta(place // 8) for place in range(COUNT)], pa.date32())
    sums = pa.array([Decimal("12.000000")] * COUNT, pa.decimal128(38, 6))
    tellings = pa.table(
        {
            "participant": ["org:cnil"] * COUNT,
            "place": range(COUNT),
            "type": ["fine"] * COUNT,
            "events": [[""]] * COUNT,
            "articles": [[""]] * COUNT,
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
    tracemalloc.start()
    links = LINKS.reduced(tellings)  # type: ignore[operator]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(links), peak < BYTES * COUNT) == (0, True)
