"""What the run before left: its entities, and what it linked short forms to, asked of its table of mentions. DuckDB reads the
files where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.columns import rows_of, texts_of
from pipeline.deduplicate.keys import is_short_form
from pipeline.engine.corpus import show_files
from pipeline.previous import Earlier
from pipeline.question import Question, Shuffle, answer, make
from pipeline.tables.read import refuse_damaged

_MENTIONED = ("article_id", "type", "text", "entity_id")


def _short(pairs: pa.Table) -> pa.Table:
    """The pairs of a text and a name of which one is a short form of the other, each once."""
    each = dict.fromkeys(rows_of(pairs.select(["text", "name"])))
    return texts_of(("text", "name"), (pair for pair in each if is_short_form(*pair)))


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
_ENTITIES = {
    **dict.fromkeys(("entity_id", "type", "name"), "VARCHAR"),
    **dict.fromkeys(("aliases", "former_ids"), "VARCHAR[]"),
    "first_published": "DATE",
}
_NOTHING = f"""
CREATE OR REPLACE TEMP TABLE earlier ({", ".join(f"{name} {kind}" for name, kind in _ENTITIES.items())});
CREATE OR REPLACE TEMP TABLE linked (article_id VARCHAR, type VARCHAR, text VARCHAR, before VARCHAR)
"""


def show_earlier(base: duckdb.DuckDBPyConnection, run: Earlier, shuffle: Shuffle | None = None) -> None:
    """Have queries see the entities of that run as `earlier`, and as `linked`, by article, type and text, the name of the entity
    that each short form meant `before`. Raises UsageError for a file that is damaged."""
    base.execute(_NOTHING)
    if not run.entities:
        return
    with _read_whole(run.entities, list(_ENTITIES)):
        show_files(base, "entities", run.entities)
        base.execute(f"INSERT INTO earlier SELECT {', '.join(_ENTITIES)} FROM entities; DROP VIEW entities")
    with _read_whole(run.mentions, _MENTIONED):
        show_files(base, "mentioned", run.mentions)
        answer(base, SHORT, "short", shuffle)
        answer(base, MEANT, "meant", shuffle)
    make(base, _LINKED)


@contextmanager
def _read_whole(files: Sequence[Path], columns: Sequence[str]) -> Iterator[None]:
    """Tell which of the files is damaged, where what is done in the block fails for that."""
    try:
        yield
    except (duckdb.Error, OSError):
        refuse_damaged(files, columns)
        raise
