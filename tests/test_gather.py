"""Rows come in the order of their articles and of the text, also where DuckDB has not the memory to hold them."""

from __future__ import annotations

import random
from typing import Any

import pyarrow as pa
import pytest

from pipeline import question
from pipeline.engine.corpus import connected, show
from pipeline.gather import listing
from pipeline.question import in_order
from pipeline.store.findings import TELLINGS

COUNT = 3000
PLACES = [(9, 12, 0), (4, 7, 2), (4, 7, 1), (4, 9, 0), (10, 12, 1)]
"""Where an article's roles stand, and whose they are: two have one place."""
IN_TEXT = [(4, 7, 1), (4, 7, 2), (4, 9, 0), (9, 12, 0), (10, 12, 1)]
"""In the order of the text; roles of one place in that of the persons' ids."""


def telling(key: str, draw: random.Random) -> dict[str, Any]:
    """One whose roles are in any order."""
    roles = [
        {"start": start, "end": end, "source_start": start, "source_end": end, "person_entity": person, "evidence": key * 20}
        for start, end, person in draw.sample(PLACES, len(PLACES))
    ]
    return {"key": key, "roles": roles}


def test_rows_are_in_order_in_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "MEMORY", 8)
    draw = random.Random(7)
    keys = [f"{draw.getrandbits(64):016x}" for _ in range(COUNT)]
    ids = [f"a{number:04}" for number in range(COUNT)]
    with connected() as base:
        show(base, "tellings", pa.Table.from_pylist([telling(key, draw) for key in sorted(keys)], schema=TELLINGS))
        show(base, "plan", pa.table({"number": range(COUNT), "article_id": ids, "telling": keys}))
        show(base, "names_of", pa.table({"number": range(COUNT), "ids": [["per:c", "per:a", "per:b"]] * COUNT}))
        rows = pa.concat_tables(in_order(base, listing("roles", count=COUNT)))
    told = zip(*(rows[name].to_pylist() for name in ("article_id", "start", "end", "person_entity_id")), strict=True)
    assert list(told) == [
        (article, start, end, ("per:c", "per:a", "per:b")[person]) for article in ids for start, end, person in IN_TEXT
    ]
