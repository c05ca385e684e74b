"""What pairs of numbers link, against what each pair says one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa
import pytest

from pipeline.engine.corpus import connected
from pipeline.linked import show_firsts
from pipeline.question import Shuffle

Pairs = Sequence[tuple[int, int]]


@pytest.fixture
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    with connected() as connection:
        yield connection


def firsts(base: duckdb.DuckDBPyConnection, pairs: Pairs, shuffle: Shuffle | None = None) -> dict[int, int]:
    """The first of each number that some pair links to another."""
    one, other = (pa.array([pair[side] for pair in pairs], pa.uint64()) for side in (0, 1))
    base.register("pairs", pa.table({"one": one, "other": other}))
    show_firsts(base, "found", pairs="FROM pairs", shuffle=shuffle)
    return dict(base.execute("FROM found").fetchall())


def told_one_by_one(pairs: Pairs) -> dict[int, int]:
    groups = {number: {number} for pair in pairs for number in pair}
    for one, other in pairs:
        together = groups[one] | groups[other]
        groups |= dict.fromkeys(together, together)
    return {number: min(group) for number, group in groups.items() if len(group) > 1}


def shuffled(count: int, seed: int) -> list[int]:
    """So many numbers in any order, the largest beyond what 63 bits hold."""
    numbers = [2**64 - 1, *range(1, count)]
    random.Random(seed).shuffle(numbers)
    return numbers


def at_random(count: int, seed: int) -> Pairs:
    chance, numbers = random.Random(seed), shuffled(200, seed)
    return [(chance.choice(numbers), chance.choice(numbers)) for _ in range(count)]


GRAPHS: dict[str, Pairs] = {
    "nothing": [],
    "one pair twice, and one of a thing with itself": [(3, 1), (1, 3), (2, 2)],
    "two that meet at their last": [(1, 5), (2, 5), (0, 4), (3, 4)],
    "a ring": [(n, (n + 1) % 50) for n in range(50)],
    "a chain in order": [(n, n + 1) for n in range(300)],
    "a chain": list(zip(shuffled(300, 1), shuffled(300, 1)[1:], strict=False)),
    "a star": [(250, n) for n in shuffled(300, 2) if n != 250],
    "stars whose rays meet": [(n % 7 + 400, n % 11 + 300) for n in range(20)] + [(n, n % 7 + 400) for n in range(100)],
    **{f"{count} pairs at random": at_random(count, count) for count in (20, 60, 90, 120, 150, 300)},
}


@pytest.mark.parametrize("pairs", GRAPHS.values(), ids=GRAPHS)
def test_each_goes_by_the_smallest_that_links_lead_to(pairs: Pairs, base: duckdb.DuckDBPyConnection) -> None:
    assert firsts(base, pairs) == told_one_by_one(pairs)
