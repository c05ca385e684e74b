"""All articles together: what they say of a form, what the run before linked it to, and what its links tell."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.entities import Guide, LocalLink, Merged, merge_names, read_local_names
from pipeline.deduplicate.known import Name
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.load(built_in_lexicon())


def merged(guide: Guide, *texts: str, before: dict[Name, str] | None = None) -> tuple[Merged, list[LocalLink]]:
    """The articles merged, and the links of the last one; `before` is what the run before linked that one's forms to."""
    local = [read_local_names(marked(str(number), text), guide) for number, text in enumerate(texts)]
    last = local[-1].article_id
    found = merge_names(local, guide, before=lambda article_id: (before or {}) if article_id == last else {})
    return found, list(found.links(local[-1]))


PEOPLE = ("[PER Anne Kerval] parle.", "[PER Hugo Kerval] rit.")


@pytest.mark.parametrize(
    ("texts", "before", "link"),
    [
        pytest.param(
            (*PEOPLE, "[PER Kerval] dort."),
            {("PER", "Kerval"): "Anne Kerval"},
            LocalLink("per:anne-kerval", 0.7, "linked to Anne Kerval in the run before"),
            id="a surname that is two people's now",
        ),
        pytest.param(
            (*PEOPLE, "[PER Kerval] dort."), {}, LocalLink("per:kerval", 0.8, "named Kerval"), id="nothing before"
        ),
        pytest.param(
            (*PEOPLE, "[PER Kerval] dort."),
            {("PER", "Kerval"): "Nils Kerval"},
            LocalLink("per:kerval", 0.8, "named Kerval"),
            id="somebody who is named no more",
        ),
        pytest.param(
            (*PEOPLE, "[PER Kerval] dort."),
            {("PER", "Kerval"): "Kerval"},
            LocalLink("per:kerval", 0.8, "named Kerval"),
            id="itself",
        ),
        pytest.param(
            (*PEOPLE, "[PER Sandral] dort."),
            {("PER", "Sandral"): "Anne Kerval"},
            LocalLink("per:sandral", 0.8, "named Sandral"),
            id="somebody whose short form it is not",
        ),
        pytest.param(
            (*PEOPLE, "[PER Hugo Kerval] rit. [PER Kerval] dort."),
            {("PER", "Kerval"): "Anne Kerval"},
            LocalLink("per:hugo-kerval", 0.95, "surname of Hugo Kerval in the same article"),
            id="the article says who",
        ),
        pytest.param(
            ("[ORG Parti populaire européen] vote.", "Le [ORG PPE] dort."),
            {("ORG", "PPE"): "Parti populaire européen"},
            LocalLink("org:parti-populaire-europeen", 0.8, "alias of Parti populaire européen in gazetteer parties.csv"),
            id="what the gazetteer knows",
        ),
    ],
)  # fmt: skip
def test_a_short_form_left_open_stays_with_what_it_was_linked_to(
    guide: Guide, texts: tuple[str, ...], before: dict[Name, str], link: LocalLink
) -> None:
    assert merged(guide, *texts, before=before)[1][-1] == link


def test_a_link_tells_the_article_s_reason_and_then_what_ties_the_full_name(guide: Guide) -> None:
    """« Kerval » stands for « Dr Anne Kerval » in its article, and she is « Anne Kerval » of another."""
    texts = (
        "[PER Anne Kerval] parle. [PER Anne Kerval] lit. [PER Anne Kerval] rit.",
        "[PER Me Anne Kerval] rit. [PER Kerval] dort.",
    )
    why = "Me Anne Kerval is Anne Kerval: the same person but for a title"
    found, links = merged(guide, *texts)
    assert links == [
        LocalLink("per:anne-kerval", 0.8, why),
        LocalLink("per:anne-kerval", 0.95, f"surname of Me Anne Kerval in the same article; {why}"),
    ]
    assert [(entity.name, entity.aliases) for entity in found.entities] == [("Anne Kerval", ("Kerval", "Me Anne Kerval"))]


def test_a_name_that_articles_mean_two_things_by_is_each_where_it_says_so(guide: Guide) -> None:
    texts = (
        "L'[ORG Office des digues] ([ORG ODD]) dort.",
        "L'[ORG Ordre du devoir] ([ORG ODD]) dort.",
        "L'[ORG ODD] dort.",
    )
    found, links = merged(guide, *texts)
    assert [entity.entity_id for entity in found.entities] == ["org:odd", "org:office-des-digues", "org:ordre-du-devoir"]
    assert links == [LocalLink("org:odd", 0.8, "named ODD")]


def test_no_article_no_entities(guide: Guide) -> None:
    found = merge_names([], guide)
    assert (found.entities, found.idle) == ((), ())
