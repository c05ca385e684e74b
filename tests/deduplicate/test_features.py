"""How surely each kind of evidence says that two names are one: the surer joins first, and is the reason that a link tells."""

from __future__ import annotations

import pytest

from pipeline.deduplicate import features
from pipeline.deduplicate.blocks import Feature
from pipeline.deduplicate.entities import Guide, read_local_names
from pipeline.deduplicate.evidence import find_evidence
from pipeline.deduplicate.gathered import Beside, Forms, gather_names, nothing_before
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked

MET = "à [LOC Brest] et à [LOC Nantes]"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.load(built_in_lexicon())


@pytest.mark.parametrize(
    ("feature", "texts", "pair", "score"),
    [
        pytest.param(features.SAME_LETTERS, ["[ORG Vélora], [ORG VELORA]"], ("VELORA", "Vélora"), 1.0, id="letters"),
        pytest.param(features.SAME_ENTRY, ["[ORG Google LLC]"], ("Google", "Google LLC"), 0.99, id="gazetteer"),
        pytest.param(features.SAME_WITHOUT_SPACES, ["[ORG OstRan], [ORG Ost Ran]"], ("Ost Ran", "OstRan"), 0.95, id="spaces"),
        pytest.param(features.SAME_WITHOUT_LEGAL_FORM, ["[ORG Ostre]", "[ORG Ostre SA]"], ("Ostre", "Ostre SA"), 0.95, id="form"),
        pytest.param(
            features.SAME_LAW, ["[LAW loi Nor], [LAW projet de loi Nor]"], ("loi Nor", "projet de loi Nor"), 0.95, id="law"
        ),
        pytest.param(features.SAME_PERSON, ["[PER Dr Kai Vor]", "[PER Kai Vor]"], ("Dr Kai Vor", "Kai Vor"), 0.95, id="person"),
        pytest.param(features.PERSON_WITH_INITIALS, ["[PER Kai Vor]", "[PER K. Vor]"], ("Kai Vor", "K. Vor"), 0.9, id="initials"),
        pytest.param(
            features.PERSON_WITH_INITIALS,
            [f"[PER {n}] à [LOC Ys]" for n in ("Kai Vor", "Vor")],
            ("Kai Vor", "Vor"),
            0.7,
            id="surname",
        ),
        pytest.param(features.COMPANY_SHORT_FORM, ["[ORG Ost AI]", "[ORG Ost]"], ("Ost AI", "Ost"), 0.85, id="short form"),
        pytest.param(features.BRANCH, ["[ORG Ost], [ORG Ost France]"], ("Ost", "Ost France"), 0.85, id="branch"),
        pytest.param(
            features.PRODUCT_WITH_MAKER,
            ["[ORG Ost], [PRODUCT Ost Kest], [PRODUCT Kest]"],
            ("Ost Kest", "Kest"),
            0.85,
            id="product",
        ),
        pytest.param(
            features.MISSPELLING,
            [f"[ORG {n}] {MET}" for n in ("Pantographe", "Pantografe")],
            ("Pantographe", "Pantografe"),
            0.75,
            id="slip",
        ),
    ],
)
def test_how_surely_two_names_are_one(
    guide: Guide, feature: Feature, texts: list[str], pair: tuple[str, str], score: float
) -> None:
    local = [read_local_names(marked(str(number), text), guide) for number, text in enumerate(texts)]
    found = gather_names(local, Forms(nothing_before))
    keys = [form.key for form in found.numbers]
    beside = Beside(found, sorted(set(keys)), keys)
    told = find_evidence(sorted(set(keys)), {}, beside, guide, features=(feature,))
    assert [(each.left[1], each.right[1], each.score) for each in told] == [(*pair, score)]
