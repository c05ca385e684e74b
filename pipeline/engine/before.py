"""What the run before linked short forms to, asked of its table of mentions: DuckDB reads the files where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.deduplicate.keys import is_short_form
from pipeline.engine.corpus import show_files
from pipeline.engine.rows import rows_of, texts_of
from pipeline.question import Question, Shuffle, answer
from pipeline.tables.read import refuse_damaged

_COLUMNS = ("article_id", "type", "text", "entity_id")


def _short(pairs: pa.Table) -> pa.Table:
    """The pairs of a text and a name of which one is a short form of the other."""
    pairs = pairs.group_by(["text", "name"]).aggregate([])
    return texts_of(("text", "name"), (pair for pair in rows_of(pairs.select(["text", "name"])) if is_short_form(*pair)))


SHORT = Question(
    stored="SELECT text, name FROM mentioned JOIN earlier USING (entity_id) WHERE text <> name",
    mapped="SELECT DISTINCT text, name FROM stored",
    keys=("text", "name"),
    reduced=_short,
    each=25,
)
"""The short forms of entities' names: few of the texts that mean an entity of another name."""
MEANT = Question(
    stored="SELECT article_id, type, text, entity_id FROM mentioned SEMI JOIN short USING (text)",
    mapped="FROM stored",
    keys=("article_id", "type", "text"),
    reduced="""
SELECT article_id, type, text, min(entity_id) AS entity_id FROM mapped GROUP BY ALL HAVING min(entity_id) = max(entity_id)
""",
    each=25,
)
"""What each of these meant in an article; one that meant two things there (« Lefebvre » of two) is left out."""
_LINKED = """
CREATE OR REPLACE TEMP TABLE linked AS
SELECT article_id, meant.type, text, name AS before
FROM meant JOIN earlier USING (entity_id) SEMI JOIN short USING (text, name);
DROP VIEW mentioned; DROP TABLE short; DROP TABLE meant
"""
_NOTHING = "CREATE OR REPLACE TEMP TABLE linked (article_id VARCHAR, type VARCHAR, text VARCHAR, before VARCHAR)"


def show_linked(base: duckdb.DuckDBPyConnection, mentions: Sequence[Path], shuffle: Shuffle | None = None) -> None:
    """Have queries see as `linked`, by article, type and text, the name of the entity that each short form meant `before`.

    `mentions` are the files of that table; `base` shows the entities of that run as `earlier`. Raises UsageError for a file that
    is damaged.
    """
    if not mentions:
        base.execute(_NOTHING)
        return
    with _read_whole(mentions):
        show_files(base, "mentioned", mentions)
        answer(base, SHORT, "short", shuffle)
        answer(base, MEANT, "meant", shuffle)
    base.execute(_LINKED)


@contextmanager
def _read_whole(files: Sequence[Path]) -> Iterator[None]:
    """Tell which of the files is damaged, where what is done in the block fails for that."""
    try:
        yield
    except (duckdb.Error, OSError):
        refuse_damaged(files, _COLUMNS)
        raise
