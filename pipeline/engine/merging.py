"""Names → entities: the names of all articles are grouped into distinct forms, these are joined, what each means is joined back.

Nothing of them stays in Python: DuckDB holds forms, groups and entities, on disk where they do not fit into memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from pipeline.columns import fetched, texts_of
from pipeline.deduplicate.decisions import Decision, reference, singled_out
from pipeline.deduplicate.gathered import Form
from pipeline.deduplicate.ids import Previous
from pipeline.deduplicate.merge import to_decide
from pipeline.deduplicate.obey import Orders, read_orders, spoken_of
from pipeline.deduplicate.retired import Retired
from pipeline.engine.before import show_earlier
from pipeline.engine.evidence import find_evidence
from pipeline.engine.joining import join
from pipeline.engine.lent import Lent
from pipeline.engine.minting import mint
from pipeline.previous import Earlier, previous_of
from pipeline.question import Listing, Question, Shuffle, answer, make

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
LEFT JOIN alone ON alone.article_id = named.article_id AND alone.type = named.type AND alone."full" = named."full";
DROP TABLE linked
"""
_COLUMNS = 'type, text, "full", carries, before, article'
_COUNTED = f"SELECT {_COLUMNS}, kind, sum(count)::BIGINT AS count FROM {{}} GROUP BY ALL"
FORMS = Question(
    stored=f"SELECT {_COLUMNS}, kind, count FROM spelled",
    mapped=_COUNTED.format("stored"),
    keys=("type", "text"),
    reduced=f"""
SELECT {_COLUMNS}, sum(count)::BIGINT AS count,
  list_sort(list({{'kind': kind, 'count': count}}) FILTER (kind IS NOT NULL)) AS kinds
FROM ({_COUNTED.format("mapped")}) GROUP BY {_COLUMNS}
""",
    each=25,
)
"""The distinct forms of names, each with its count, and of how many rules say what."""
_KEYED = """
SELECT {0}.*, CASE
    WHEN article IS NOT NULL THEN {0}."full" || ' (' || article || ')'
    WHEN refused.type IS NOT NULL THEN {0}.text
    ELSE {0}."full" END AS key
FROM {0} LEFT JOIN refused ON refused.type = {0}.type AND refused.text = {0}.text AND refused."full" = {0}."full"
"""
"""Forms, or names, with the full name under which they merge."""
_FORM = f"""
CREATE OR REPLACE TEMP VIEW stands AS SELECT number, type, key, roles FROM ({_KEYED.format("spelled")});
CREATE OR REPLACE TEMP TABLE form AS {_KEYED.format("counted")};
DROP TABLE counted
"""
_TO_DECIDE = f"SELECT {_COLUMNS} FROM counted"
_ENTITIES = """
CREATE OR REPLACE TEMP TABLE entity AS
SELECT entity_id, type, name, list_filter(forms, lambda form: form <> name) AS aliases, wikidata, country, kind, former_ids
FROM grouped JOIN minted USING (place);
"""
_IDS = "CREATE OR REPLACE TYPE id AS ENUM (SELECT entity_id FROM entity ORDER BY entity_id)"
_IDS_TO_SEND = "CREATE OR REPLACE TYPE id AS VARCHAR"
"""The ids of entities as numbers into one list of all, where they stay here: each link would hold a copy of its own else."""
_PLACED = f"SELECT *, (form % {{count}})::BIGINT AS place FROM (SELECT hash({_COLUMNS}) AS form, text, {{columns}} FROM {{rows}})"
_MEANT = """
(SELECT entity_id::id AS entity_id, type, unnest(meanings, recursive := true) FROM grouped JOIN minted USING (place))
"""
_LINKS = """
SELECT number, name::INT AS name, count, entity_id,
  least(coalesce(instead_score, score), tie_score) AS score,
  CASE WHEN tie IS NULL THEN coalesce(instead, reason) WHEN is_full THEN tie ELSE coalesce(instead, reason) || '; ' || tie END
    || notes AS reason
FROM stood JOIN meant USING (form, text)
"""
"""A form goes by a number made of what it is, and its text, as of very many two may have one number."""


def merge(
    base: duckdb.DuckDBPyConnection,
    lent: Lent,
    earlier: Earlier,
    decisions: Sequence[Decision] = (),
    *,
    shuffle: Shuffle | None = None,
) -> tuple[Retired, tuple[Decision, ...]]:
    """Have queries see the entities of the articles of `plan` as `entity`, and what each name of each article means as `links`.

    Returns the ids that are retired now, and the decisions that named nobody.
    """
    orders = _gather(base, lent, earlier, decisions, shuffle)
    find_evidence(base, lent, shuffle)
    join(base, lent, orders, shuffle)
    retired = mint(base, earlier.retired, shuffle)
    make(base, _ENTITIES)
    base.execute(_IDS if shuffle is None else _IDS_TO_SEND)
    answer(base, _links(len(base.table("form"))), "links", shuffle)
    base.execute("DROP VIEW stands; DROP TABLE spelled; DROP TABLE form; DROP TABLE grouped; DROP TABLE minted")
    base.unregister("refused")
    return retired, orders.idle


def _links(forms: int) -> Listing:
    """What each name means, of so many forms."""
    count = max(1, forms)
    stood = _PLACED.format(count=count, columns="number, name, count, score, reason", rows="spelled")
    meant = _PLACED.format(count=count, columns="entity_id, is_full, instead_score, instead, tie_score, tie, notes", rows=_MEANT)
    return Listing({"stood": stood, "meant": meant}, _LINKS, count, each=25)


def _gather(
    base: duckdb.DuckDBPyConnection, lent: Lent, earlier: Earlier, decisions: Sequence[Decision], shuffle: Shuffle | None
) -> Orders:
    """The orders that decisions give. Has queries see the distinct forms of all articles' names as `form`, each with the full
    name under which it merges (`key`), and the names of each article as `stands`."""
    show_earlier(base, earlier, shuffle)
    base.register("alone", texts_of(("article_id", "type", "full"), _alone(base, singled_out(decisions))))
    make(base, _SPELLED)
    answer(base, FORMS, "counted", shuffle)
    previous = _spoken_of(base, decisions)
    rows = fetched(base.execute(_TO_DECIDE)) if decisions else ()
    names = (name for row in rows for name in to_decide(Form(*row), lent.guide.known))
    orders = read_orders(decisions, names, previous)
    pairs = ((kind, one, other) for (kind, left), (_, right) in orders.different for one, other in ((left, right), (right, left)))
    base.register("refused", texts_of(("type", "text", "full"), pairs))
    make(base, _FORM)
    base.unregister("alone")
    return orders


def _spoken_of(base: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> tuple[Previous, ...]:
    """The earlier entities of which decisions speak by their ids."""
    if not decisions:
        return ()
    base.register("spoken_of", texts_of(("id",), ((entity_id,) for entity_id in sorted(spoken_of(decisions)))))
    rows = "FROM earlier WHERE list_has_any(list_prepend(entity_id, former_ids), (SELECT list(id) FROM spoken_of))"
    return tuple(previous_of(base.sql(f"{rows} ORDER BY entity_id").to_arrow_table()))


def _alone(base: duckdb.DuckDBPyConnection, singled: Mapping[str, frozenset[str]]) -> list[tuple[str, ...]]:
    """The full names that decisions single out in an article, by article, type and name."""
    if not singled:
        return []
    base.register("singled", texts_of(("article_id",), [(article,) for article in sorted(singled)]))
    names = base.execute(
        f'SELECT DISTINCT article_id, type, "full" FROM ({_NAMES}) SEMI JOIN singled USING (article_id)'
    ).fetchall()
    return [(article, kind, full) for article, kind, full in names if reference(f"{kind}:{full}") in singled[article]]
