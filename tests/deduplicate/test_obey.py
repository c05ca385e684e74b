"""Decisions as orders on the names of a corpus: whom they name, what they join, part and call, and what links say of it."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.decisions import Decision
from pipeline.deduplicate.ids import Previous
from pipeline.deduplicate.known import Name
from pipeline.deduplicate.obey import Orders, read_orders
from pipeline.model import Entity

LUMIO, LUMIO_AI, NUBEO, OSTRANE = (("ORG", name) for name in ("Lumio", "Lumio AI", "Nubeo", "Ostrane"))
FORMS: list[Name] = [OSTRANE, NUBEO, LUMIO_AI, LUMIO, ("ORG", "LUMIO"), ("PER", "Lumio"), ("PER", "Anne Kerval (b)")]
CAPITALS: Name = ("ORG", "LUMIO")
TOLD = "decided by Ana on 2026-11-21, decisions.csv line 2: one address"


def decided(left: str, judgement: str, right: str, line: int = 2) -> Decision:
    return Decision(left, right, judgement, "Ana", "2026-11-21", "one address", line)  # type: ignore[arg-type]


def previous(entity_id: str, name: str, *aliases: str, former: tuple[str, ...] = ()) -> Previous:
    return Previous(Entity(entity_id, "ORG", name, aliases=aliases, former_ids=former))


def test_same_joins_all_that_either_side_names() -> None:
    orders = read_orders([decided("ORG:lumio", "same", "org:nubeo")], FORMS, [])
    assert orders == Orders(
        same=(Evidence(CAPITALS, LUMIO, 1.0, TOLD), Evidence(CAPITALS, NUBEO, 1.0, TOLD)),
        notes={
            CAPITALS: [f"the same as Nubeo, {TOLD}"],
            LUMIO: [f"the same as Nubeo, {TOLD}"],
            NUBEO: [f"the same as LUMIO, {TOLD}"],
        },
    )


def test_different_parts_each_of_the_one_side_from_each_of_the_other() -> None:
    decision = decided("org:nubeo", "different", "ORG:lumio")
    orders = read_orders([decision], FORMS, [])
    assert orders == Orders(
        different={(CAPITALS, NUBEO): decision, (LUMIO, NUBEO): decision},
        notes={
            NUBEO: [f"not LUMIO, {TOLD}"],
            CAPITALS: [f"not Nubeo, {TOLD}"],
            LUMIO: [f"not Nubeo, {TOLD}"],
        },
    )


def test_a_name_is_that_of_all_that_are_meant() -> None:
    decision = decided("org:lumio", "name", "Lumio Systèmes")
    orders = read_orders([decision], FORMS, [])
    assert orders == Orders(
        called={CAPITALS: decision, LUMIO: decision},
        notes={CAPITALS: [f"named so, {TOLD}"], LUMIO: [f"named so, {TOLD}"]},
    )


def test_of_several_decisions_all_are_told() -> None:
    orders = read_orders([decided("org:nubeo", "same", "org:ostrane"), decided("org:nubeo", "name", "Nub", 3)], FORMS, [])
    assert orders.notes[NUBEO] == [f"the same as Ostrane, {TOLD}", f"named so, {TOLD.replace('line 2', 'line 3')}"]


def test_all_decisions_are_obeyed() -> None:
    decisions = [
        *(decided("org:nubeo", judgement, "org:ostrane") for judgement in ("same", "different", "unsure")),
        *(decided("org:lumio-ai", judgement, "org:ostrane") for judgement in ("same", "different", "name")),
        *(decided("org:nobody", judgement, "org:nubeo") for judgement in ("same", "name")),
    ]
    orders = read_orders(decisions, FORMS, [])
    assert ([(pair.left, pair.right) for pair in orders.same], list(orders.different), list(orders.called), orders.idle) == (
        [(NUBEO, OSTRANE), (LUMIO_AI, OSTRANE)],
        [(NUBEO, OSTRANE), (LUMIO_AI, OSTRANE)],
        [LUMIO_AI],
        tuple(decisions[-2:]),
    )


def test_unsure_orders_nothing() -> None:
    assert read_orders([decided("org:nubeo", "unsure", "org:ostrane")], FORMS, []) == Orders()


@pytest.mark.parametrize(("left", "right"), [("org:nubeo", "org:nobody"), ("org:nobody", "org:nubeo")])
@pytest.mark.parametrize("judgement", ["same", "different", "unsure"])
def test_a_decision_that_names_nobody_is_idle(left: str, right: str, judgement: str) -> None:
    decision = decided(left, judgement, right)
    assert read_orders([decision], FORMS, []) == Orders(idle=(decision,))


def test_a_name_for_nobody_is_idle() -> None:
    decision = decided("org:nobody", "name", "Nobody")
    assert read_orders([decision], FORMS, []) == Orders(idle=(decision,))


@pytest.mark.parametrize(
    ("text", "before", "meant"),
    [
        pytest.param("ORG:Ostrane", [], [OSTRANE], id="a type and a name"),
        pytest.param("ORG:Lumio AI", [previous("org:lumio-ai", "Nubeo")], [LUMIO_AI], id="a name, not the id that it spells"),
        pytest.param("org:lumio-ai", [previous("org:lumio-ai", "Nubeo")], [NUBEO], id="an id: its entity's name"),
        pytest.param(
            "org:velora", [previous("org:velora", "Vélora", "Nubeo", "Ostrane", "X")], [NUBEO, OSTRANE], id="its aliases"
        ),
        pytest.param(
            "org:nubeo", [previous("org:nubeo", "Vélora")], [NUBEO], id="an id whose entity is gone: what is spelled so"
        ),
        pytest.param("org:nubeo-2", [], [NUBEO], id="an id with a number: what is spelled so"),
        pytest.param("org:velora", [previous("org:n", "Nubeo", former=("org:velora",))], [NUBEO], id="a former id: the heir"),
        pytest.param("PER:Anne Kerval @ b", [], [("PER", "Anne Kerval (b)")], id="a name of one article"),
        pytest.param("PER:Anne Kerval @ c", [], [], id="a name of another article"),
        pytest.param("org:velora", [], [], id="nobody's"),
    ],
)
def test_whom_a_decision_means(text: str, before: list[Previous], meant: list[Name]) -> None:
    orders = read_orders([decided(text, "name", "Whoever")], FORMS, before)
    assert list(orders.called) == meant


def test_a_written_form_keeps_its_own_name_where_it_is_decided_not_to_be_the_full_one() -> None:
    orders = read_orders([decided("org:nubeo", "different", "org:ostrane")], FORMS, [])
    assert [orders.key_of(*pair) for pair in ((NUBEO, OSTRANE), (OSTRANE, NUBEO), (NUBEO, LUMIO_AI))] == [
        NUBEO,
        OSTRANE,
        LUMIO_AI,
    ]
    assert Orders().key_of(NUBEO, OSTRANE) == OSTRANE
