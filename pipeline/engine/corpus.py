"""What all articles together say, asked of the stored rows: repeated lines, the vote on names.

DuckDB reads the columns that a question needs, and puts on disk what does not fit into its share of memory.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline import question
from pipeline.clean import FEWEST_ARTICLES
from pipeline.model import EntityType
from pipeline.question import Question, Shuffle, answer
from pipeline.recognize.corpus_vote import AGREED, Votes, agreed_score, opening, settle
from pipeline.recognize.corpus_vote import FEWEST_ARTICLES as FEWEST_VOTES
from pipeline.store.segments import Segments
from pipeline.text import fold_typography

THREADS = 1
"""Each needs memory of its own to sort with."""

REPEATED = Question(
    stored="SELECT number, publisher, longest, lines FROM plan JOIN lines USING (key)",
    mapped="SELECT number, publisher, longest, unnest(lines) AS line FROM stored",
    keys=("publisher", "line"),
    reduced=f"""
SELECT number, line FROM mapped SEMI JOIN (
  SELECT publisher, line FROM mapped GROUP BY ALL HAVING count(DISTINCT longest) >= {FEWEST_ARTICLES}) USING (publisher, line)
""",
)
"""Which lines many different articles of a publisher share, for each article that has them."""
VOTES = Question(
    stored="SELECT votes FROM plan JOIN findings ON findings.key = plan.finding",
    mapped="SELECT form, type, count(*) AS articles FROM (SELECT unnest(votes, recursive := true) FROM stored) GROUP BY ALL",
    keys=("form",),
    reduced=f"""
SELECT form, type, sum(articles)::BIGINT AS articles FROM mapped GROUP BY form, type
QUALIFY max(sum(articles)) OVER (PARTITION BY form) >= {FEWEST_VOTES}
""",
)
"""How many articles take a form for which type, of the forms that enough take for one."""
_OPEN_TO = """
SELECT number, form, settled.type
FROM (SELECT number, unnest(openings) AS opening FROM plan JOIN findings ON findings.key = plan.finding)
JOIN settled USING (opening)
UNION
SELECT number, form, settled.type
FROM (SELECT number, unnest(hesitant, recursive := true) FROM plan JOIN findings ON findings.key = plan.finding) AS doubted
JOIN settled USING (form) WHERE settled.type <> doubted.type
ORDER BY ALL
"""
_REFUSED = "SELECT number FROM plan JOIN findings ON findings.key = plan.finding WHERE n_tokens IS NULL"


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory, which spills to a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix="veille-") as folder, duckdb.connect() as base:
        base.execute(f"SET temp_directory = '{folder}'; SET memory_limit = '{question.MEMORY}MB'; SET threads = {THREADS}")
        base.execute("SET preserve_insertion_order = false; SET streaming_buffer_size = '1MB'")
        base.execute("SET allocator_background_threads = true")  # what is free goes back also while nobody asks
        yield base


def show(base: duckdb.DuckDBPyConnection, name: str, rows: pa.Table | Segments) -> None:
    """Have the queries see the rows under that name."""
    if isinstance(rows, Segments) and rows.files:
        show_files(base, name, rows.files)
    else:
        base.register(name, rows.schema.empty_table() if isinstance(rows, Segments) else rows)


def show_files(base: duckdb.DuckDBPyConnection, name: str, files: Iterable[Path]) -> None:
    """Have the queries see the rows of these files under that name.

    The largest comes first: DuckDB takes all to be as long, and a join would gather the rows themselves where that is short.
    """
    ordered = sorted(files, key=lambda file: file.stat().st_size, reverse=True)
    quoted = ", ".join("'" + str(file).replace("'", "''") + "'" for file in ordered)
    base.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet([{quoted}])")


def repeated_lines(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None = None) -> Mapping[int, Sequence[int]]:
    """For each article of `plan` the lines of it that are furniture of its publisher."""
    answer(base, REPEATED, "repeated", shuffle)
    found = dict(base.execute("SELECT number, list(line ORDER BY line) FROM repeated GROUP BY number").fetchall())
    base.execute("DROP TABLE repeated")
    return found


def refused(base: duckdb.DuckDBPyConnection) -> list[int]:
    """The articles of `plan` that are refused."""
    return [number for (number,) in base.execute(_REFUSED).fetchall()]


def settled_names(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None = None) -> Mapping[str, tuple[EntityType, float]]:
    """The forms on which the findings of `plan` agree, with type and share of articles."""
    answer(base, VOTES, "vote", shuffle)
    counted = base.execute("FROM vote").fetchall()
    base.execute("DROP TABLE vote")
    votes: Votes = Counter({(form, cast(EntityType, kind)): count for form, kind, count in counted})
    return settle(votes)


def open_articles(
    base: duckdb.DuckDBPyConnection, settled: Mapping[str, tuple[EntityType, float]]
) -> Mapping[int, Mapping[str, EntityType]]:
    """The articles that the vote may change, each with the forms that may do so."""
    rows = [(form, opening(form), kind) for form, (kind, _) in sorted(settled.items())]
    columns = [pa.array(column, pa.string()) for column in (zip(*rows, strict=True) if rows else ((), (), ()))]
    base.register("settled", pa.table(columns, names=["form", "opening", "type"]))
    found: dict[int, dict[str, EntityType]] = defaultdict(dict)
    for number, form, kind in base.execute(_OPEN_TO).fetchall():
        found[number][form] = kind
    return found


def rescored(mentions: pa.Table, settled: Mapping[str, tuple[EntityType, float]]) -> pa.Table:
    """Rows of `mentions`; those that the corpus decided have a score that follows from how many articles agree by now."""
    decided = pc.equal(mentions["rule_id"], AGREED).combine_chunks()
    texts, scores = (mentions[name].filter(decided).to_pylist() for name in ("text", "score"))
    by_now = [agreed_score(score, settled[fold_typography(text)][1]) for text, score in zip(texts, scores, strict=True)]
    place = mentions.schema.get_field_index("score")
    column = pc.replace_with_mask(mentions["score"].combine_chunks(), decided, pa.array(by_now, pa.float64()))
    return mentions.set_column(place, mentions.schema.field(place), column)
