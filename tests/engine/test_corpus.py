"""What a corpus agrees on gives the names that it decided their scores."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline.engine.corpus import rescored

SETTLED = {"Lumio": ("ORG", 0.75), "L'Atelier": ("ORG", 0.9)}
MENTIONS = [
    ("Lumio", "agreed-by-corpus", 1.0),
    ("Lumio", "company", 0.8),
    ("L’Atelier", "agreed-by-corpus", 0.5),
    ("Nantes", "place", None),
]


def scores(*mentions: tuple[str, str, float | None]) -> list[float | None]:
    texts, rules, found = zip(*mentions, strict=True) if mentions else ((), (), ())
    columns = {"text": pa.array(texts, pa.string()), "rule_id": pa.array(rules, pa.string())}
    rows = pa.table({**columns, "score": pa.array(found, pa.float64())})
    again = rescored(rows, SETTLED)
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
