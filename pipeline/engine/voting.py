"""The vote on names, asked of the stored rows: the forms that articles agree on, joined to the articles that these may change.

Nothing of it stays in Python: DuckDB holds the forms and what they may change, on disk where they do not fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.columns import fetched, rows_of, table_of
from pipeline.model import EntityType
from pipeline.question import Listing, Question, Shuffle, answer
from pipeline.recognize.corpus_vote import FEWEST_ARTICLES, Votes, opening, settle
from pipeline.store.keys import Numbers

_SETTLED = pa.schema([*((name, pa.string()) for name in ("form", "opening", "type")), ("share", pa.float64())])


def _settled(votes: pa.Table) -> pa.Table:
    """The forms on which articles agree, of all that is said of some. Most stand in one article and stay out of Python."""
    forms = votes["form"].combine_chunks().dictionary_encode().indices.to_numpy()
    is_common = np.bincount(forms, votes["articles"].to_numpy())[forms] >= FEWEST_ARTICLES
    counted = Votes()
    for form, kind, articles in rows_of(votes.filter(pa.array(is_common)).select(["form", "type", "articles"])):
        counted[form, kind] += articles
    settled = settle(counted)
    return table_of(_SETTLED, ((form, opening(form), kind, share) for form, (kind, share) in settled.items()))


VOTES = Question(
    stored="SELECT votes FROM plan JOIN findings ON findings.key = plan.finding",
    mapped="SELECT form, type, count(*) AS articles FROM (SELECT unnest(votes, recursive := true) FROM stored) GROUP BY ALL",
    keys=("form",),
    reduced=_settled,
)
"""The forms on which articles agree, each with the words by which an article may be open to it, type and share of articles."""
_PLACED = "SELECT (hash(word) % {count})::BIGINT AS place, * FROM ({rows})"
_OPEN = """
SELECT number, unnest(openings) AS word, NULL::VARCHAR AS doubted FROM {stored}
UNION ALL SELECT number, form, type FROM (SELECT number, unnest(hesitant, recursive := true) FROM {stored})
"""
_WORDS = """
SELECT opening AS word, true AS opens, form, type, share FROM settled WHERE opening IS NOT NULL
UNION ALL SELECT form, false, form, type, share FROM settled
"""
_CHANGES = """
SELECT number, form, type, share FROM open_to JOIN words USING (place, word)
WHERE if(opens, doubted IS NULL, doubted <> type)
"""
AGREED_IN = Question(
    stored="FROM changed",
    mapped="FROM stored",
    keys=("number",),
    reduced="SELECT number, list(DISTINCT {form: form, type: type, share: share}) AS agreed FROM mapped GROUP BY number",
)
"""Of each article that the vote may change the forms that may do so."""


def vote(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None = None) -> None:
    """Have queries see the articles of `plan` that the vote may change as `agreed_in`, each with the forms that may do so."""
    answer(base, VOTES, "settled", shuffle)
    answer(base, changes(len(base.table("plan"))), "changed", shuffle)
    answer(base, AGREED_IN, "agreed_in", shuffle)
    base.execute("DROP TABLE settled; DROP TABLE changed")


def changes(articles: int) -> Listing:
    """The forms of `settled` that may change one of so many articles, with its number."""
    count = max(1, articles)
    found = "SELECT number, openings, hesitant FROM plan JOIN findings ON findings.key = plan.finding"
    open_to = Question(found, _PLACED.format(count=count, rows=_OPEN.format(stored="stored")))
    return Listing({"open_to": open_to, "words": _PLACED.format(count=count, rows=_WORDS)}, _CHANGES, count)


def agreed(base: duckdb.DuckDBPyConnection, numbers: Numbers | None = None) -> Iterator[tuple[int, Mapping[str, EntityType]]]:
    """The articles that the vote may change, all or those of them, with the forms that may do so and their types."""
    query = "SELECT number, agreed FROM agreed_in"
    if numbers is not None:
        base.register("wanted", pa.table({"number": numbers}))
        query += " SEMI JOIN wanted USING (number)"
    for number, forms in fetched(base.execute(query)):
        yield number, {form["form"]: form["type"] for form in forms}
