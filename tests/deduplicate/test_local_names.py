"""What merging keeps of one article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.entities import Guide, LocalName, LocalNames, read_local_names
from pipeline.model import Mention
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.load(built_in_lexicon())


def test_an_article_s_names_each_once_with_all_that_is_said_of_them(guide: Guide) -> None:
    text = (
        "L'armateur [ORG Vélora] ouvre [ORG Vélora Labs]. Demain vient [ORG Vélora] (ex-[ORG Brumeval]), dit [PER Nils Vorland]. "
        "[PER Vorland] sourit, [ORG Vélora] aussi. [PER Vorland] part."
    )
    plain = marked("a", text, published="2024-03")
    article = replace(plain, roles={(m.start, m.end): "PDG" for m in plain.mentions if m.text == "Nils Vorland"})
    surname = "surname of Nils Vorland in the same article"
    assert read_local_names(article, guide) == LocalNames(
        "a",
        (
            LocalName("ORG", "Vélora", "Vélora", 0.8, "named Vélora", False, None, ("company",), 3),
            LocalName("ORG", "Vélora Labs", "Vélora Labs", 0.8, "named Vélora Labs", False, None, ("company",), 1),
            LocalName("ORG", "Brumeval", "Brumeval", 0.8, "named Brumeval", False, None, (), 1),
            LocalName("PER", "Nils Vorland", "Nils Vorland", 0.8, "named Nils Vorland", False, None, ("pdg",), 1),
            LocalName("PER", "Vorland", "Nils Vorland", 0.95, surname, False, None, (), 2),
        ),
        (0, 1, 0, 2, 3, 4, 0, 4),
        (Evidence(("ORG", "Vélora"), ("ORG", "Brumeval"), 0.9, "Vélora was called Brumeval, says article a (2024-03)"),),
        ((("ORG", "Vélora"), ("ORG", "Vélora Labs")),),
    )


def test_what_an_article_says_of_a_name_in_several_places_adds_up(guide: Guide) -> None:
    text = "L'armateur [ORG Vélora] dort. Le syndicat [ORG Vélora] rit. Demain, [ORG Vélora] paie."
    assert [(name.roles, name.count) for name in read_local_names(marked("a", text), guide).names] == [(("company", "union"), 3)]


def test_a_name_of_two_kinds_is_two(guide: Guide) -> None:
    mentions = [Mention(at, at + 5, "Lumio", "ORG", "test", parts={"kind": kind}) for at, kind in ((0, "media"), (9, "startup"))]
    names = read_local_names(ArticleNames("a", tuple(mentions)), guide)
    assert ([(name.kind, name.form, name.key) for name in names.names], names.numbers) == (
        [("media", ("ORG", "Lumio"), ("ORG", "Lumio")), ("startup", ("ORG", "Lumio"), ("ORG", "Lumio"))],
        (0, 1),
    )


def test_a_short_form_is_written_one_way_and_stands_for_another(guide: Guide) -> None:
    names = read_local_names(marked("a", "[PER Nils Vorland] rit. [PER Vorland] dort."), guide).names
    assert (names[1].form, names[1].key) == (("PER", "Vorland"), ("PER", "Nils Vorland"))


@pytest.mark.parametrize(
    ("between", "introduced"),
    [
        pytest.param(" (", True, id="brackets"),
        pytest.param("(", True, id="brackets without a space"),
        pytest.param(" ( ", True, id="brackets with spaces"),
        pytest.param(" (ou, ", False, id="more than brackets"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_what_introduces_an_acronym(guide: Guide, between: str, introduced: bool) -> None:
    """« BNT » is spelled by letters from inside the words, so that nothing but brackets tells."""
    names = read_local_names(marked("a", f"Le [ORG Bundesamt für Notfalltechnik]{between}[ORG BNT])"), guide).names
    assert (names[-1].full == "Bundesamt für Notfalltechnik") == introduced


def test_an_article_without_names(guide: Guide) -> None:
    assert read_local_names(marked("a", "Rien."), guide) == LocalNames("a", (), (), (), ())
