"""Names → entities: the names of all articles are grouped into distinct forms, these are merged, what each means is joined back.

Only the distinct forms come into Python, with four bytes for each name of each article and for its article; all else is done by
DuckDB, on disk where it does not fit into memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from sys import intern
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.deduplicate.decisions import Decision, reference, singled_out
from pipeline.deduplicate.entities import Guide, Merged, merge_gathered
from pipeline.deduplicate.gathered import Form, Forms, Gathered, nothing_before
from pipeline.model import Entity
from pipeline.previous import Earlier
from pipeline.question import Listing, Question, Shuffle, answer
from pipeline.store.findings import read_apart, read_renamings

_NAMES = """
SELECT number, article_id, generate_subscripts(names, 1) - 1 AS name, unnest(names, recursive := true)
FROM plan JOIN tellings ON tellings.key = plan.telling
"""
_SPELLED = f"""
CREATE OR REPLACE TEMP TABLE spelled AS
SELECT named.* EXCLUDE (article_id), linked.before AS before, alone.article_id AS article
FROM ({_NAMES}) AS named
LEFT JOIN linked ON linked.article_id = named.article_id AND linked.type = named.type AND linked.text = named.text
  AND named.text = named."full"
LEFT JOIN alone ON alone.article_id = named.article_id AND alone.type = named.type AND alone."full" = named."full"
"""
_COLUMNS = 'type, text, "full", carries, before, article'
FORMS = Question(
    stored=f"SELECT {_COLUMNS}, count FROM spelled",
    mapped=f"SELECT {_COLUMNS}, sum(count)::BIGINT AS count FROM stored GROUP BY ALL",
    keys=("type", "text"),
    reduced=f"SELECT {_COLUMNS}, sum(count)::BIGINT AS count FROM mapped GROUP BY ALL",
    each=25,
)
"""The distinct forms of names, each with its count."""
_STANDS = f"""
CREATE OR REPLACE TEMP TABLE form AS SELECT row_number() OVER (ORDER BY {_COLUMNS}) - 1 AS form, * FROM counted;
CREATE OR REPLACE TEMP TABLE stands AS
SELECT number, name, form, spelled.count, score, reason, kind, roles
FROM spelled JOIN form ON spelled.type = form.type AND spelled.text = form.text AND spelled."full" = form."full"
  AND spelled.carries = form.carries AND spelled.before IS NOT DISTINCT FROM form.before
  AND spelled.article IS NOT DISTINCT FROM form.article;
DROP TABLE counted;
DROP TABLE spelled;
"""
_KINDS = "SELECT form, kind, sum(count)::BIGINT FROM stands WHERE kind IS NOT NULL GROUP BY ALL"
_ROLES = "SELECT form, list_sort(list(DISTINCT role)) FROM (SELECT form, unnest(roles) AS role FROM stands) GROUP BY form"
_PLACES = "SELECT form::INT AS form, number::INT AS number FROM stands"
_PAIRS = """
SELECT renamings, apart FROM plan JOIN tellings ON tellings.key = plan.telling WHERE len(renamings) + len(apart) > 0
"""
_STOOD = {
    "stood": "SELECT form AS place, number, name, count, score, reason FROM stands",
    "meant": "SELECT form AS place, * EXCLUDE (form) FROM meaning",
}
_LINKS = """
SELECT number, name::INT AS name, count, entity_id,
  least(coalesce(instead_score, score), tie_score) AS score,
  CASE WHEN tie IS NULL THEN coalesce(instead, reason) WHEN is_full THEN tie ELSE coalesce(instead, reason) || '; ' || tie END
    || notes AS reason
FROM stood JOIN meant USING (place)
"""
_MEANING = pa.schema(
    [
        ("form", pa.int64()),
        ("entity_id", pa.string()),
        ("is_full", pa.bool_()),
        ("instead_score", pa.float64()),
        ("instead", pa.string()),
        ("tie_score", pa.float64()),
        ("tie", pa.string()),
        ("notes", pa.string()),
    ]
)


def merge(
    base: duckdb.DuckDBPyConnection,
    guide: Guide,
    earlier: Earlier,
    decisions: Sequence[Decision] = (),
    *,
    shuffle: Shuffle | None = None,
) -> tuple[tuple[Entity, ...], tuple[Decision, ...]]:
    """The entities of the articles of `plan`, and decisions that named nobody.

    What each name of each article means, `links` shows afterwards; nothing else of the names stays in memory.
    """

    def merged() -> tuple[tuple[Entity, ...], tuple[Decision, ...], pa.Table]:
        forms = Forms(nothing_before, singled_out(decisions))
        found = _gather(base, earlier.links, forms, shuffle)
        made = merge_gathered(found, guide, forms, previous=earlier.entities, decisions=decisions, retired=earlier.retired)
        return made.entities, made.idle, _meanings(made, found.numbers)

    entities, idle, meanings = merged()  # what the names were merged with is gone before DuckDB sets to work
    base.register("meaning", meanings)
    answer(base, Listing(_STOOD, _LINKS, count=len(base.table("form"))), "links", shuffle)
    base.execute("DROP TABLE stands; DROP TABLE form")
    base.unregister("meaning")
    return entities, idle


def _gather(base: duckdb.DuckDBPyConnection, linked: pa.Table, forms: Forms, shuffle: Shuffle | None) -> Gathered:
    """The distinct forms of all articles' names, as `gather_names` gathers them from articles in memory."""
    base.register("linked", linked)
    base.register("alone", _texts(("article_id", "type", "full"), _alone(base, forms.singled_out)))
    base.execute(_SPELLED)
    answer(base, FORMS, "counted", shuffle)
    base.execute(_STANDS)
    found = Gathered()
    forms_found = base.execute(f"SELECT {_COLUMNS}, count FROM form ORDER BY form")
    for number, (kind, text, full, *more, count) in enumerate(_each(forms_found)):
        found.numbers[Form(intern(kind), text, text if full == text else full, *more)] = number
        found.counts.append(count)
    found.kinds = Counter({(form, kind): count for form, kind, count in base.execute(_KINDS).fetchall()})
    one = cache(frozenset[str])  # many have the same few
    found.roles = {number: one(tuple(roles)) for number, roles in _each(base.execute(_ROLES))}
    for renamings, apart in base.execute(_PAIRS).fetchall():
        found.renamings += read_renamings(renamings)
        found.apart.update(read_apart(apart))
    places = base.execute(_PLACES).fetchnumpy()
    found.forms_at, found.articles_at = places["form"], places["number"]
    return found


def _each(rows: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a result, of which few are held at a time."""
    while some := rows.fetchmany(2048):
        yield from some


def _alone(base: duckdb.DuckDBPyConnection, singled: Mapping[str, frozenset[str]]) -> list[tuple[str, ...]]:
    """The full names that decisions single out in an article, by article, type and name."""
    if not singled:
        return []
    base.register("singled", _texts(("article_id",), [(article,) for article in sorted(singled)]))
    names = base.execute(
        f'SELECT DISTINCT article_id, type, "full" FROM ({_NAMES}) SEMI JOIN singled USING (article_id)'
    ).fetchall()
    return [(article, kind, full) for article, kind, full in names if reference(f"{kind}:{full}") in singled[article]]


def _texts(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=list(names))


def _meanings(merged: Merged, numbers: Mapping[Form, int]) -> pa.Table:
    """What each form means, as rows; see `Meaning.link` for how they make the link of a name."""
    rows = []
    for form, meaning in merged.meanings.items():
        score, instead = meaning.instead or (None, None)
        tie, notes = meaning.tie, "".join(f"; {note}" for note in meaning.notes)
        tied = (tie.score, tie.reason) if tie else (None, None)
        rows.append((numbers[form], meaning.entity_id, meaning.is_full, score, instead, *tied, notes))
    columns = list(zip(*rows, strict=True)) or [()] * len(_MEANING)
    return pa.table([pa.array(column, f.type) for column, f in zip(columns, _MEANING, strict=True)], schema=_MEANING)
