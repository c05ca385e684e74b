"""Ids of groups: earlier entities find the group that bears their name, groups that want one id are given theirs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.columns import fetched, rows_of, table_of
from pipeline.deduplicate.ids import (
    Bearer,
    Previous,
    Unnamed,
    bearers_of,
    fitting,
    free_ids,
    given_back,
    inherited,
    returning,
    seekers,
)
from pipeline.deduplicate.retired import Retired
from pipeline.previous import previous_of
from pipeline.question import Question, Shuffle, answer, make

_TEXT, _INT = pa.string(), pa.int64()
_BEARERS = pa.schema(
    [("type", _TEXT), ("key", _TEXT), ("level", _INT), ("place", _INT), ("entity_id", _TEXT), ("attempt", _INT)],
)
_FITTING = pa.schema([("entity_id", _TEXT), ("attempt", _INT), ("place", _INT)])
_MINTED = pa.schema([("place", _INT), ("entity_id", _TEXT), ("former_ids", pa.list_(_TEXT))])
_MEMBERS = "list_prepend(name, members) AS members"
_GROUP = ("place", "type", "first_name", "members", "forms")
_GROUPS = f"SELECT place, type, first_name, {_MEMBERS}, forms FROM grouped"
_ASKED = pa.schema([("place", _INT), ("type", _TEXT), ("name", _TEXT), ("members", pa.list_(_TEXT)), ("ids", pa.list_(_TEXT))])
_HEIRS = """
CREATE OR REPLACE TEMP TABLE heir AS SELECT entity_id, arg_min(place, attempt) AS place FROM fitting GROUP BY entity_id;
DROP TABLE seeker; DROP TABLE bearer; DROP TABLE fitting
"""
_TAKEN = "(SELECT entity_id AS id FROM earlier UNION SELECT unnest(former_ids) FROM earlier)"
_BASE = r"regexp_replace({}, '(-\d+)+$', '') AS base"
"""What all ids begin with that one name may spell: « org:orange » of « org:orange-2 »."""
_FRESH = f"""
WITH fresh AS (
  SELECT {_BASE.format("plain_id")}, plain_id AS id, place, type, first_name, {_MEMBERS}
  FROM grouped ANTI JOIN inherited USING (place) ANTI JOIN returned USING (place)
)
FROM fresh UNION ALL BY NAME SELECT base, id FROM (SELECT {_BASE.format("id")}, id FROM {_TAKEN}) SEMI JOIN fresh USING (base)
"""
_ALL = """
CREATE OR REPLACE TEMP TABLE minted AS FROM inherited UNION ALL FROM returned UNION ALL FROM free;
DROP TABLE inherited; DROP TABLE returned; DROP TABLE free
"""
_ALIVE = "SELECT entity_id FROM minted UNION ALL SELECT unnest(former_ids) FROM minted"
_GONE = f"FROM earlier ANTI JOIN ({_ALIVE}) AS alive USING (entity_id)"


def mint(base: duckdb.DuckDBPyConnection, retired: Retired, shuffle: Shuffle | None = None) -> Retired:
    """Have queries see the ids of the groups of `grouped` as `minted`; the ids that are retired now."""
    _inherit(base, shuffle)
    _return(base, retired, shuffle)
    free = Question(_FRESH, "FROM stored", keys=("base",), reduced=partial(_free, retired=retired))
    answer(base, free, "free", shuffle)
    make(base, _ALL)
    gone = [old.entity for old in previous_of(base.sql(_GONE).to_arrow_table())]
    base.execute("DROP TABLE earlier")
    alive = (entity_id for (entity_id,) in fetched(base.execute(_ALIVE))) if retired.names else ()
    return retired.after(gone, alive)


def _inherit(base: duckdb.DuckDBPyConnection, shuffle: Shuffle | None) -> None:
    """Have queries see the ids of the groups that go on earlier entities as `inherited`."""
    if not len(base.table("earlier")):
        _show(base, "inherited", [])
        return
    answer(base, SEEKERS, "seeker", shuffle)
    answer(base, BEARERS, "bearer", shuffle)
    answer(base, FITTING, "fitting", shuffle)
    make(base, _HEIRS)
    answer(base, INHERITED, "inherited", shuffle)
    base.execute("DROP TABLE heir")


def _return(base: duckdb.DuckDBPyConnection, retired: Retired, shuffle: Shuffle | None) -> None:
    """Have queries see the ids of the groups that come back after they were named no more as `returned`: few."""
    if not retired.names:
        _show(base, "returned", [])
        return
    stored = f"FROM ({_GROUPS}) ANTI JOIN inherited USING (place)"
    answer(base, Question(stored, "FROM stored", keys=("place",), reduced=partial(_asking, retired=retired)), "asking", shuffle)
    taken = base.execute(f"SELECT id FROM {_TAKEN} SEMI JOIN (SELECT unnest(ids) AS id FROM asking) USING (id)").fetchall()
    rows = base.execute("FROM asking").fetchall()
    asking = [((kind, name, tuple(members)), place, ids) for place, kind, name, members, ids in rows]
    _show(base, "returned", [(place, own, ()) for place, own in given_back(asking, {entity_id for (entity_id,) in taken})])
    base.execute("DROP TABLE asking")


def _show(base: duckdb.DuckDBPyConnection, name: str, minted: Sequence[tuple[int, str, Sequence[str]]]) -> None:
    base.register("given", table_of(_MINTED, minted))
    base.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM given")
    base.unregister("given")


def _groups(rows: pa.Table) -> Iterator[tuple[int, Unnamed]]:
    for place, kind, name, members, forms in rows_of(rows.select(_GROUP)):
        yield place, Unnamed(kind, name, tuple(members), tuple(forms))


def _seekers(earlier: pa.Table) -> pa.Table:
    return table_of(_BEARERS, [bearer for old in previous_of(earlier) for bearer in seekers(old.entity)])


def _bearers(groups: pa.Table) -> pa.Table:
    return table_of(_BEARERS, [bearer for place, group in _groups(groups) for bearer in bearers_of(place, group)])


def _fitting(bearers: pa.Table) -> pa.Table:
    return table_of(_FITTING, list(fitting(map(Bearer._make, rows_of(bearers.select(_BEARERS.names))))))


def _inherited(heirs: pa.Table) -> pa.Table:
    olds: dict[int, list[Previous]] = defaultdict(list)
    for place, old in zip(heirs["place"].to_pylist(), previous_of(heirs), strict=True):
        olds[place].append(old)
    minted = ((place, inherited(some)) for place, some in olds.items())
    return table_of(_MINTED, [(place, each.entity_id, each.former_ids) for place, each in minted])


def _asking(groups: pa.Table, retired: Retired) -> pa.Table:
    """The groups that some id may come back to, with these ids."""
    names = retired.by_name()
    asking = ((place, *group.order, returning(group, names)) for place, group in _groups(groups))
    return table_of(_ASKED, [row for row in asking if row[-1]])


def _free(rows: pa.Table, retired: Retired) -> pa.Table:
    """Ids for the groups of some rows; those without a place are ids that are taken."""
    taken = rows.filter(pc.is_null(rows["place"]))["id"].to_pylist()
    fresh = rows_of(rows.filter(pc.is_valid(rows["place"])).select(("type", "first_name", "members", "place", "id")))
    asking = (((kind, name, tuple(members)), place, wanted) for kind, name, members, place, wanted in fresh)
    return table_of(_MINTED, [(place, free, ()) for place, free in free_ids(asking, taken, retired)])


SEEKERS = Question("FROM earlier", "FROM stored", keys=("entity_id",), reduced=_seekers)
"""The names by which each earlier entity looks for its heir."""
BEARERS = Question(_GROUPS, "FROM stored", keys=("place",), reduced=_bearers)
"""The names that each group bears."""
FITTING = Question(
    "FROM seeker UNION ALL FROM bearer SEMI JOIN seeker USING (type, key, level)",
    "FROM stored",
    keys=("type", "key", "level"),
    reduced=_fitting,
)
"""Which groups alone bear a name by which earlier entities look."""
INHERITED = Question(
    "SELECT place, earlier.* FROM heir JOIN earlier USING (entity_id)", "FROM stored", keys=("place",), reduced=_inherited
)
"""The ids that groups go on with."""
