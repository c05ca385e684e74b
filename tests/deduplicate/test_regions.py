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


def form(mentions: int, text: str, full: str = "", *, carries: bool = False, before: str | None = None) -> Counted:
    return Counted(Form("ORG", text, full or text, carries, before), ("ORG", full or text), mentions)


def ties(*pairs: tuple[str, str]) -> list[Evidence]:
    return [Evidence(("ORG", left), ("ORG", right), 0.9, f"{right} is {left}") for left, right in pairs]


def meant(settled: Sequence[Settled]) -> dict[tuple[str, str], tuple[str, str | None]]:
    """By form, as written and in full, the name of its group, and what ties it to that."""
    return {
        (form.text, form.full): (each.group.name, meaning.tie.reason if meaning.tie else None)
        for each in settled
        for form, meaning in each.meanings
    }


def test_a_region_is_settled_by_itself() -> None:
    """« LDM » stands for two names here and there, « Kestrane » was taken for « Kestrane Marine » before."""
    one = Region(
        [
            form(1, "Vélora"),
            form(2, "Vélora Labs"),
            form(3, "Brumeval"),
            form(4, "LDM"),
            form(5, "LDM", "Vélora Labs", carries=True),
        ],
        ties(("Vélora", "Brumeval"), ("Vélora", "Vélora Labs")),
        apart=[(("ORG", "Vélora"), ("ORG", "Vélora Labs"))],
    )
    other = Region([form(6, "Kestrane", before="Kestrane Marine"), form(7, "Kestrane Marine"), form(8, "Kestrane Sud")])
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
            ("Vélora", "Vélora"): ("Brumeval", "Brumeval is Vélora"),
            ("Vélora Labs", "Vélora Labs"): ("Vélora Labs", None),
            ("Brumeval", "Brumeval"): ("Brumeval", None),
            ("LDM", "LDM"): ("Vélora Labs", "LDM stands for Vélora Labs in another article"),
            ("LDM", "Vélora Labs"): ("Vélora Labs", None),
            ("Kestrane", "Kestrane"): ("Kestrane Marine", None),
            ("Kestrane Marine", "Kestrane Marine"): ("Kestrane Marine", None),
            ("Kestrane Sud", "Kestrane Sud"): ("Kestrane Sud", None),
        }
    )
