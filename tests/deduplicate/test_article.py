"""What merging reads around a name: the words beside it, and which of several known things of its name the article means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.clean.plain import plain_document
from pipeline.deduplicate.article import ArticleNames, bodies_of, choose, name_of, tells_country
from pipeline.deduplicate.keys import MergingWords
from pipeline.deduplicate.known import Known
from pipeline.lexicon import GazetteerEntry
from pipeline.model import EntityType, Extraction, Mention, Role
from pipeline.text import fold_name
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def words() -> MergingWords:
    return MergingWords.read(built_in_lexicon().words)


def entry(canonical: str, *aliases: str, kind: str = "", country: str = "", type_: EntityType = "ORG") -> GazetteerEntry:
    return GazetteerEntry(canonical, type_, kind or None, country or None, None, aliases, frozenset(), (), None, "quais.csv")


LINE = entry("Compagnie des Quais", "CDQ", "Quais", kind="company", country="FR")
BOARD = entry("Canal Development Quorum", "CDQ", "Quorum", kind="authority", country="GB")
PARTY = entry("Cercle des Quais", "CDQ", kind="party", country="DE")
PLACE = entry("Hullport", kind="", country="GB", type_="LOC")
KNOWN = Known.of([LINE, BOARD, PARTY, PLACE, replace(PLACE, canonical="Porthull", country="EU", type="ORG")])


def last(article: ArticleNames) -> Mention:
    return article.mentions[-1]


@pytest.mark.parametrize(
    ("text", "entity", "why"),
    [
        pytest.param("L'armateur [ORG CDQ] attend.", LINE, "« armateur » beside it", id="a noun before it"),
        pytest.param("[ORG CDQ], le régulateur, attend.", BOARD, "« regulateur » beside it", id="a noun behind it"),
        pytest.param("Un régulateur dort. [ORG CDQ] attend.", None, None, id="a noun in another sentence"),
        pytest.param("[ORG CDQ] attend. Un régulateur dort.", None, None, id="a noun in the sentence behind"),
        pytest.param(f"Le régulateur {'très ' * 20}[ORG CDQ] attend.", None, None, id="a noun too far before it"),
        pytest.param(f"[ORG CDQ] {'très ' * 20}régulateur attend.", None, None, id="a noun too far behind it"),
        pytest.param("Le [ORG CDQ] allemand attend.", PARTY, "« allemand » behind it", id="an adjective behind it"),
        pytest.param("Un Allemand du [ORG CDQ] attend.", PARTY, "« allemand » beside it", id="an adjective before it"),
        pytest.param(
            "À [LOC Hullport], le [ORG CDQ] attend.", BOARD, "Hullport in the same article", id="a place of its country"
        ),
        pytest.param("[ORG Quorum] attend. Le [ORG CDQ] aussi.", BOARD, "Quorum in the same article", id="another name of it"),
        pytest.param("[ORG CDQ] attend. Le [ORG CDQ] aussi.", None, None, id="itself"),
        pytest.param(
            "L'armateur [ORG CDQ] britannique attend.",
            BOARD,
            "« britannique » behind it",
            id="an adjective behind outweighs a noun",
        ),
        pytest.param(
            "Un Britannique de l'armateur [ORG CDQ] attend.",
            LINE,
            "« armateur » beside it",
            id="a noun outweighs an adjective before",
        ),
        pytest.param(
            "Un Allemand de [LOC Hullport] et le [ORG CDQ]", PARTY, "« allemand » beside it", id="an adjective outweighs a place"
        ),
        pytest.param(
            "[ORG Quais] dort. Le régulateur [ORG CDQ] attend.",
            LINE,
            "Quais in the same article",
            id="another name outweighs a noun",
        ),
        pytest.param(
            "[ORG Quais] dort. Le [ORG CDQ] allemand attend.",
            PARTY,
            "« allemand » behind it",
            id="an adjective behind outweighs a name",
        ),
        pytest.param("L'armateur et régulateur [ORG CDQ] attend.", None, None, id="as much for two"),
        pytest.param(
            "À [LOC Hullport], l'armateur et régulateur [ORG CDQ] attend.",
            BOARD,
            "« regulateur » beside it",
            id="a noun and a place outweigh a noun",
        ),
        pytest.param("Un Français du [ORG CDQ] attend.", LINE, "« francais » beside it", id="an adjective of France"),
        pytest.param("[ORG CDQ] attend.", None, None, id="nothing"),
        pytest.param("[ORG Vélora] attend.", None, None, id="nobody's name"),
    ],
)
def test_which_of_several_known_things_is_meant(
    words: MergingWords, text: str, entity: GazetteerEntry | None, why: str | None
) -> None:
    article = marked("a", text)
    assert choose(last(article), article, KNOWN, words) == (entity and (entity, why))


@pytest.mark.parametrize(
    ("published", "entity"),
    [
        pytest.param("2019", "Ostrane Quai", id="while it bore the name"),
        pytest.param("2020-06", None, id="after"),
        pytest.param("2020-05", "Ostrane Quai", id="in the month of its change"),
        pytest.param(None, "Ostrane Quai", id="on a day that is not known"),
    ],
)
def test_a_name_that_was_given_up_is_meant_until_then(words: MergingWords, published: str | None, entity: str | None) -> None:
    old = replace(entry("Ostrane Quai", kind="company"), former=(("CDQ", "2020-05"),))
    article = marked("a", "L'armateur [ORG CDQ] attend.", published=published)
    chosen = choose(last(article), article, Known.of([old, BOARD]), words)
    assert (chosen and chosen[0].canonical) == entity


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("[ORG CDQ] va à [LOC Hullport].", "Hullport", id="a place"),
        pytest.param("[ORG CDQ] va chez les Britanniques.", None, id="an adjective in the plural"),
        pytest.param("[ORG CDQ] parle. Un Anglais dort.", "anglais", id="an adjective anywhere"),
        pytest.param("Le [ORG Quorum] dort.", None, id="a body of the country"),
        pytest.param("L'anglaisement dort.", None, id="a part of a word"),
    ],
)
def test_what_names_a_country(words: MergingWords, text: str, told: str | None) -> None:
    assert tells_country(BOARD, marked("a", text), KNOWN, words) == told


def test_a_body_of_the_union_names_the_union(words: MergingWords) -> None:
    assert tells_country(replace(BOARD, country="EU"), marked("a", "[ORG Porthull] dort."), KNOWN, words) == "Porthull"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("[ORG Canal Development Quorum] dort.", 1, id="one"),
        pytest.param("[ORG Canal Development Quorum] dort, [ORG Canal Development Quorum] rit.", 1, id="one named twice"),
        pytest.param("[ORG Quorum] dort.", 0, id="by its short form"),
        pytest.param("[ORG Compagnie des Quais] dort.", 0, id="of another country"),
        pytest.param("[LOC Hullport] dort.", 0, id="a place"),
        pytest.param("[ORG Vélora] dort.", 0, id="nobody knows"),
    ],
)
def test_how_many_bodies_of_a_country_are_named(text: str, number: int) -> None:
    assert bodies_of("GB", marked("a", text), KNOWN) == number


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        pytest.param(Mention(0, 5, "Quais", "ORG", "test"), "Compagnie des Quais", id="as the gazetteer has it"),
        pytest.param(Mention(0, 6, "Vélora", "ORG", "test", canonical="Vélora SAS"), "Vélora SAS", id="as the recognizer has it"),
        pytest.param(Mention(0, 6, "Vélora", "ORG", "test"), "Vélora", id="as written"),
        pytest.param(
            Mention(0, 3, "CDQ", "ORG", "test", canonical="Cercle des Quais"), "CDQ", id="the recognizer chose one of several"
        ),
        pytest.param(
            Mention(0, 3, "CDQ", "ORG", "test", canonical="Caisse des Quais"),
            "Caisse des Quais",
            id="the recognizer knows another",
        ),
        pytest.param(Mention(0, 5, "Quais", "PER", "test"), "Quais", id="another type"),
    ],
)
def test_the_name_under_which_a_mention_merges(mention: Mention, name: str) -> None:
    assert name_of(mention, KNOWN) == (mention.type, name)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("L'armateur [ORG CDQ], dit-on, attend.", "l armateur", "dit on attend"),
        ("Demain. L'armateur [ORG CDQ] ! Après-demain.", "l armateur", ""),
        ("Un titre\n[ORG CDQ] attend.", "un titre", "attend"),
        ("Un titre\n [ORG CDQ] : il attend.", "", ""),
        (f"{'a' * 100} [ORG CDQ] {'b' * 100}", "a" * 79, "b" * 79),
    ],
)
def test_the_words_around_a_name(text: str, left: str, right: str) -> None:
    article = marked("a", text)
    assert (article.left_of(last(article)), article.right_of(last(article))) == (left, right)


def test_what_stands_between_two_names() -> None:
    """Spaces that do not break and the like are folded; without a text a space stands between any two names."""
    article = marked("a", "[ORG Vélora]\u00a0– l’[ORG Ostrane]")
    first, second = article.mentions
    assert article.between(first, second) == " – l'"
    assert replace(article, text="").between(first, second) == " "


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        pytest.param("L'armateur [ORG CDQ] attend.", {"company"}, id="a noun before"),
        pytest.param("[ORG CDQ], le grand régulateur, attend.", {"authority"}, id="the third word behind"),
        pytest.param("[ORG CDQ], le très grand régulateur, attend.", set(), id="the fourth word behind"),
        pytest.param("L'armateur de la [ORG CDQ] attend.", {"company"}, id="the third word before"),
        pytest.param("L'armateur de toute la [ORG CDQ] attend.", set(), id="the fourth word before"),
        pytest.param("L'armateur [ORG CDQ], régulateur, attend.", {"company", "authority"}, id="both"),
        pytest.param("L'armateur [PRODUCT CDQ] attend.", set(), id="a product"),
        pytest.param("L'armateur [PER Nils Vorland] attend.", set(), id="a person without a function"),
    ],
)
def test_what_kind_of_body_stands_beside_a_name(words: MergingWords, text: str, roles: set[str]) -> None:
    article = marked("a", text)
    assert article.roles_of(last(article), words) == roles


def test_a_person_s_function_is_its_words_but_small_ones(words: MergingWords) -> None:
    article = replace(marked("a", "[PER Nils Vorland], PDG"), roles={(0, 12): "Directeur de la Stratégie", (3, 9): "juge"})
    assert article.roles_of(last(article), words) == {"directeur", "strategie"}


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mme [PER Kerval]", "female"),
        ("M. [PER Kerval]", "male"),
        ("Mademoiselle\u00a0[PER Kerval]", "female"),
        ("Mme, puis [PER Kerval]", None),
        ("[PER Kerval], Mme", None),
        ("Dr [PER Kerval]", None),
    ],
)
def test_a_title_tells_a_gender(words: MergingWords, text: str, gender: str | None) -> None:
    article = marked("a", text)
    assert article.civility(last(article), words) == gender


def test_merging_sees_the_names_of_an_article_with_its_text_and_the_functions_of_people() -> None:
    text = "Nils Vorland, PDG de Vélora, sourit."
    person, company = Mention(0, 12, "Nils Vorland", "PER", "test"), Mention(21, 27, "Vélora", "ORG", "test")
    role = Role(14, 17, "PDG", person, company, "test")
    found = Extraction(plain_document(text, article_id="a", published="2024-03"), (person, company), roles=(role,))
    assert ArticleNames.of(found) == ArticleNames("a", (person, company), text, "2024-03", {(0, 12): "PDG"})


def test_words_beside_a_name_are_not_remembered_among_names() -> None:
    """They do not come back, and would take the place of names, or all memory."""
    article = marked("a", "Hier encore, la société nantaise [ORG Ostrelle] a signé avec une banque de la place.")
    before = fold_name.cache_info().currsize
    beside = article.left_of(article.mentions[0]), article.right_of(article.mentions[0])
    assert (beside, fold_name.cache_info().currsize) == (
        ("hier encore la societe nantaise", "a signe avec une banque de la place"),
        before,
    )
