"""A cluster that tests share, and what is stored of sixty articles to ask it about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest

from pipeline import question as asked
from pipeline.engine.corpus import connected, show
from pipeline.store.articles import LINES
from pipeline.store.findings import FINDINGS
from tests.engine.nodes import Nodes, nodes
from tests.engine.shuffles import COUNT

SPELLED = pa.schema(
    [
        *((name, pa.string()) for name in ("type", "text", "full", "before", "article", "kind")),
        ("carries", pa.bool_()),
        ("count", pa.int32()),
    ]
)
TELLING = pa.schema(
    [
        ("place", pa.int64()),
        *((name, pa.string()) for name in ("type", "unit")),
        *((name, pa.list_(pa.string())) for name in ("events", "articles", "agents", "targets")),
        *((name, pa.date32()) for name in ("published", "start_date", "end_date")),
        *((name, pa.decimal128(38, 6)) for name in ("min", "max")),
    ]
)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Two workers whom no test kills."""
    with nodes(tmp_path_factory.mktemp("nodes")) as started:
        yield started


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven articles a part: nine parts, and as many buckets."""
    monkeypatch.setattr(asked, "PART", 7)


@pytest.fixture
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    """What is stored of sixty articles of five outlets and of none: lines that some share, forms of which some
    are sure and others not."""
    keys = [f"k{n:02}" for n in range(COUNT)]
    articles = [
        {
            "key": key,
            "publisher": f"outlet {n % 6}" if n % 6 else None,
            "longest": n // 2,
            "lines": sorted({n, n % 7, 2**63 + n % 4}),
        }
        for n, key in enumerate(keys)
    ]
    findings = [
        {
            "key": key,
            "votes": [{"form": f"Form {n % (step + 2)}", "type": "ORG" if n % 5 else "PER"} for step in range(n % 4)],
            "bands": b"".join(bytes([0, 0, number, n % (number + 4)]) for number in range(25)),
            "sample": b"".join(bytes([1, 0, number, n % (number + 9)]) for number in range(n % 30)),
            "openings": [f"Form {n % 7}", "Le"],
            "hesitant": [{"form": f"Form {n % 4}", "type": "PER" if n % 2 else "ORG"}],
            "text": " ".join(f"mot{n % 9}{word}" for word in range(20)),
        }
        for n, key in enumerate(keys)
    ]
    names = [
        {
            "type": "ORG" if n % 3 else "PER",
            "text": f"Nom {n % 11}",
            "full": f"Nom {n % 22}",
            "carries": n % 2 == 0,
            "before": f"Nom {n % 4}" if n % 4 else None,
            "article": None,
            "kind": f"kind {n % 5}" if n % 3 else None,
            "count": n % 5 + 1,
        }
        for n in range(30 * COUNT)
    ]
    tellings = [
        {
            "place": n,
            "events": [f"e{n}"],
            "articles": [f"a{n}"],
            "type": "funding" if n % 3 else "fine",
            "agents": [f"org:{n % 5}", f"org:{n % 7}"],
            "targets": [f"org:{n % 11}"],
            "published": dt.date(2024, 1, 1) + dt.timedelta(days=n),
        }
        for n in range(COUNT)
    ]
    with connected() as connection:
        show(connection, "lines", pa.Table.from_pylist(articles, schema=LINES))
        show(connection, "findings", pa.Table.from_pylist(findings, schema=FINDINGS))
        show(connection, "plan", pa.table({"number": range(COUNT), "key": keys, "finding": keys}))
        for name, rows in met(keys).items():
            show(connection, name, rows)
        show(connection, "spelled", pa.Table.from_pylist(names, schema=SPELLED))
        show(connection, "ordered", pa.Table.from_pylist(tellings, schema=TELLING))
        yield connection


def met(keys: list[str]) -> dict[str, pa.Table]:
    """Articles by day, pairs that share marks (two in three of them twice), and pairs that may be one."""
    places = pa.array(range(COUNT), pa.uint32())
    shared = [n % 20 for n in range(100)]
    pairs = pa.array([n % 60 << 32 | n % 60 + 3 for n in range(100)], pa.uint64())
    may_be_one = pa.table({"earlier": [*places[:51], *places[8:59]], "later": [*places[9:], *places[9:]]})
    return {
        "dated": pa.table({"place": places, "finding": keys, "marks": [n % 30 for n in range(COUNT)]}),
        "sharing": pa.table({"pair": pairs, "kind": pa.array([25] * 99 + [4], pa.uint8()), "shared": shared}),
        "met": may_be_one,
        "near": may_be_one,
    }
