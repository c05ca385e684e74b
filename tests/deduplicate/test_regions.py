"""Names that may be one thing: what is found in all names together is found in each region of them alone."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.gathered import Form
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.obey import Orders
from pipeline.deduplicate.regions import Counted, Region, Settled, settle
from tests.built import built_in_lexicon

GUIDE = Guide.load(built_in_lexicon())


def form(number: int, text: str, full: str = "", *, carries: bool = False, before: str | None = None) -> Counted:
    return Counted(number, Form("ORG", text, full or text, carries, before), ("ORG", full or text), 1 + number)


def ties(*pairs: tuple[str, str]) -> list[Evidence]:
    return [Evidence(("ORG", left), ("ORG", right), 0.9, f"{right} is {left}") for left, right in pairs]


def meant(settled: Sequence[Settled]) -> dict[int, tuple[str, str | None]]:
    """By number of form the name of its group, and what ties it to that."""
    return {
        number: (each.group.name, meaning.tie.reason if meaning.tie else None)
        for each in settled
        for number, meaning in each.meanings
    }


def test_a_region_is_settled_by_itself() -> None:
    """« LDM » stands for two names here and there, « Kestrane » was taken for « Kestrane Marine » before."""
    one = Region(
        [
            form(0, "Vélora"),
            form(1, "Vélora Labs"),
            form(2, "Brumeval"),
            form(3, "LDM"),
            form(4, "LDM", "Vélora Labs", carries=True),
        ],
        ties(("Vélora", "Brumeval"), ("Vélora", "Vélora Labs")),
        apart=[(("ORG", "Vélora"), ("ORG", "Vélora Labs"))],
    )
    other = Region([form(5, "Kestrane", before="Kestrane Marine"), form(6, "Kestrane Marine"), form(7, "Kestrane Sud")])
    both = Region(
        [form for pair in zip(one.forms, other.forms, strict=False) for form in pair] + [*one.forms[3:]],
        one.evidence,
        apart=one.apart,
    )
    alone = [*settle(one, GUIDE, Orders()), *settle(other, GUIDE, Orders())]
    assert (
        meant(list(settle(both, GUIDE, Orders())))
        == meant(alone)
        == {
            0: ("Brumeval", "Brumeval is Vélora"),
            1: ("Vélora Labs", None),
            2: ("Brumeval", None),
            3: ("Vélora Labs", "LDM stands for Vélora Labs in another article"),
            4: ("Vélora Labs", None),
            5: ("Kestrane Marine", None),
            6: ("Kestrane Marine", None),
            7: ("Kestrane Sud", None),
        }
    )
