"""Who is who: what must be one entity, what must stay two, and ids that stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.deduplicate.entities import ArticleNames, Resolution, resolve_entities
from pipeline.lexicon import Lexicon
from pipeline.model import Mention
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


def article(article_id: str, *names: str) -> ArticleNames:
    """An article that holds the given names, each as `TYPE text`, in that order."""
    mentions, at = [], 0
    for name in names:
        kind, text = name.split(" ", 1)
        mentions.append(Mention(at, at + len(text), text, kind, "test"))
        at += len(text) + 1
    return ArticleNames(article_id, tuple(mentions))


def ids(resolution: Resolution) -> list[str]:
    return [link.entity_id for link in resolution.links]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("ORG Vélora", "ORG VELORA", id="case and accents"),
        pytest.param("ORG Ostre-Kadic", "ORG Ostre Kadic", id="hyphen"),
        pytest.param("ORG Brumeval SAS", "ORG Brumeval", id="legal form"),
        pytest.param("ORG Open Kestrel", "ORG OpenKestrel", id="written apart"),
        pytest.param("ORG Parti populaire européen", "ORG PPE", id="alias in a gazetteer"),
        pytest.param("ORG Lunaris AI", "ORG Lunaris", id="the only longer form adds « AI »"),
        pytest.param("ORG Groupe Brumeval", "ORG Brumeval", id="« Groupe » before"),
        pytest.param("ORG Twitter Inc", "ORG X Corp", id="renamed, in a gazetteer"),
        pytest.param("ORG L.D.K.", "ORG LDK", id="dotted acronym"),
        pytest.param("LAW loi Marnier", "LAW proposition de loi Marnier", id="a law and its bill"),
        pytest.param("LAW règlement (UE) 2031/12", "LAW règlement 2031/12 sur les écluses", id="number of a law"),
        pytest.param("PRODUCT KESTREL 2", "PRODUCT Kestrel-2", id="capitals and hyphen of a product"),
        pytest.param("PER Dr Solène Kerbrat", "PER Solène Kerbrat", id="a title"),
        pytest.param("PER Solène KERBRAT", "PER Solène Kerbrat", id="surname in capitals"),
        pytest.param("PER U. von Kerbrat", "PER Ursula von Kerbrat", id="particle and initial"),
        pytest.param("PER J.-L. Vasseur", "PER Jean-Loup Vasseur", id="two initials of a compound"),
        pytest.param("PER Max Vorland", "PER Maximilian Vorland", id="a given name cut short"),
        pytest.param("PER Solène Kerbrat", "PER S. Kerbrat", id="initial of the given name"),
        pytest.param("PER Jean-Loup Vasseur", "PER Jean Loup Vasseur", id="compound given name"),
        pytest.param("PER KERBRAT Anne", "PER Anne Kerbrat", id="surname first, in capitals"),
    ],
)
def test_one_thing_in_two_articles(lexicon: Lexicon, left: str, right: str) -> None:
    one, other = ids(resolve_entities([article("a", left), article("b", right)], lexicon))
    assert one == other


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("ORG Orange", "LOC Orange", id="the company and the town"),
        pytest.param("ORG CMA CGM", "ORG CMA", id="the shipping line and the regulator"),
        pytest.param("ORG Conseil européen", "ORG Conseil de l'Europe", id="two councils"),
        pytest.param("ORG Conseil européen", "ORG Conseil de l'Union européenne", id="two more councils"),
        pytest.param(
            "ORG Autorité de la concurrence", "ORG Direction générale de la concurrence", id="authority and directorate"
        ),
        pytest.param("PER Jean-Claude Martin", "PER Martin Claude", id="a surname that is another's given name"),
        pytest.param("PER Anne Lefebvre", "PER Hugo Lefebvre", id="two people of one surname"),
        pytest.param("ORG Brumeval Santé", "ORG Brumeval Énergie", id="two companies of one group"),
        pytest.param("ORG Brumeval", "ORG Brumeval Énergie", id="a group and its company"),
        pytest.param("ORG Deliveroo Compta", "ORG Deliveroo", id="a known company and a longer name"),
        pytest.param("ORG AfD", "ORG AFD", id="a party and an agency, told apart by case"),
        pytest.param("ORG Ministère des Transports", "ORG Ministère des Sports", id="two ministries"),
        pytest.param("ORG Parlement", "ORG Parlement européen", id="the first word of a body, in another article"),
        pytest.param("ORG Pantographe", "ORG Pantografe", id="one slip apart, nothing beside"),
        pytest.param("ORG Lumia", "ORG Lumio", id="one letter apart, short"),
        pytest.param("PER Louis Kerbrat", "PER Louise Kerbrat", id="two given names one letter apart"),
        pytest.param("PER Jean Vasseur", "PER Jean-Loup Vasseur", id="a given name and its compound"),
        pytest.param("PER Jean Kerbrat", "PER Jeanne Kerbrat", id="a given name that begins another"),
        pytest.param("PER Claude Martin", "PER Jean-Claude Martin", id="the end of a compound given name"),
        pytest.param("PER P. Kerbrat", "PER S. Kerbrat", id="two initials"),
        pytest.param("LAW loi Marnier", "LAW loi Vignot", id="two laws"),
        pytest.param("LAW règlement (UE) 2031/12", "LAW règlement (UE) 2031/13", id="two numbers"),
        pytest.param("PRODUCT Kestrel", "PRODUCT Kestrel 3", id="a product and its version"),
        pytest.param("PRODUCT Kestrel 2", "PRODUCT Kestrel 3", id="two versions"),
        pytest.param("ORG Google", "ORG Google Cloud", id="a company and its branch, both known"),
    ],
)
def test_two_things_in_two_articles(lexicon: Lexicon, left: str, right: str) -> None:
    one, other = ids(resolve_entities([article("a", left), article("b", right)], lexicon))
    assert one != other


@pytest.mark.parametrize(
    ("first", "alone"),
    [
        pytest.param(("ORG Observatoire des digues", "ORG ODD"), "ORG ODD", id="an acronym"),
        pytest.param(("LAW loi Marnier sur les digues", "LAW loi Marnier"), "LAW loi Marnier", id="the short title of a law"),
    ],
)
def test_a_short_form_is_carried_to_another_article(lexicon: Lexicon, first: tuple[str, ...], alone: str) -> None:
    assert len(set(ids(resolve_entities([article("a", *first), article("b", alone)], lexicon)))) == 1


@pytest.mark.parametrize(
    ("first", "alone"),
    [
        pytest.param(("ORG Lunaris Quantique", "ORG Lunaris"), "ORG Lunaris", id="the first word of a company"),
        pytest.param(("PER Kai Vorland",), "PER Vorland", id="the surname of one person alone"),
    ],
)
def test_a_single_word_is_carried_where_another_name_is_in_common(lexicon: Lexicon, first: tuple[str, ...], alone: str) -> None:
    beside = ids(resolve_entities([article("a", *first, "LOC Rennes"), article("b", alone, "LOC Rennes")], lexicon))
    assert beside[-2] == beside[0]
    apart = ids(resolve_entities([article("a", *first, "LOC Rennes"), article("b", alone, "LOC Nantes")], lexicon))
    assert apart[-2] != apart[0]


@pytest.mark.parametrize(
    ("first", "second", "alone"),
    [
        pytest.param(
            ("ORG Observatoire des digues", "ORG ODD"),
            ("ORG Office des dunes", "ORG ODD"),
            "ORG ODD",
            id="an acronym of two expansions",
        ),
        pytest.param(
            ("ORG Lunaris Quantique", "ORG Lunaris"), ("ORG Lunaris Fibre", "ORG Lunaris"), "ORG Lunaris", id="two companies"
        ),
        pytest.param(("PER Kai Vorland",), ("PER Nils Vorland",), "PER Vorland", id="two people"),
        pytest.param(
            ("ORG CMA CGM", "ORG CMA"), ("ORG Competition and Markets Authority", "ORG CMA"), "ORG CMA", id="CMA and CMA"
        ),
    ],
)
def test_a_short_form_of_two_things_is_neither_in_another_article(
    lexicon: Lexicon, first: tuple[str, ...], second: tuple[str, ...], alone: str
) -> None:
    found = ids(resolve_entities([article("a", *first), article("b", *second), article("c", alone)], lexicon))
    assert found[: len(first)] == [found[0]] * len(first)
    assert found[len(first) : -1] == [found[len(first)]] * len(second)
    assert len({found[0], found[len(first)], found[-1]}) == 3


def test_a_slip_of_the_pen_needs_the_same_company(lexicon: Lexicon) -> None:
    right, beside = (
        ("ORG Pantographe", "PER Kai Vorland", "PRODUCT Ardoise"),
        ("ORG Pantografe", "PER Kai Vorland", "PRODUCT Ardoise"),
    )
    found = resolve_entities([article("a", *right), article("b", *right), article("c", *beside)], lexicon)
    link = next(link for link in found.links if link.mention.text == "Pantografe")
    assert (link.entity_id, link.reason) == (
        "org:pantographe",
        "Pantografe is a misspelling of Pantographe: both beside Kai Vorland and Ardoise",
    )


def test_a_short_form_taken_for_one_longer_name_is_not_another_s(lexicon: Lexicon) -> None:
    """« Brumeval » is the Groupe Brumeval in one article, and what goes on behind « Brumeval Énergie » in another."""
    group = article("a", "ORG Groupe Brumeval", "ORG Brumeval", "LOC Rennes")
    energy = article("b", "ORG Brumeval Énergie", "ORG Brumeval", "LOC Rennes")
    assert ids(resolve_entities([group, energy], lexicon)) == [
        *("org:groupe-brumeval", "org:groupe-brumeval", "loc:rennes"),
        *("org:brumeval-energie", "org:brumeval-energie", "loc:rennes"),
    ]


def test_two_names_used_as_two_stay_two_everywhere(lexicon: Lexicon) -> None:
    articles = [
        marked("a", "[ORG Vélora] ouvre [ORG Vélora Labs]."),
        marked("b", "[ORG Vélora Labs] dort."),
        marked("c", "[ORG Vélora] rit."),
    ]
    assert ids(resolve_entities(articles, lexicon)) == ["org:velora", "org:velora-labs", "org:velora-labs", "org:velora"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        pytest.param(
            "L'armateur [ORG Pantografe] s'amarre à [LOC Brest].",
            "Pantografe is a misspelling of Pantographe: both beside Brest, both company",
            id="one name in common, and the same role",
        ),
        pytest.param("[ORG Pantografe] s'amarre à [LOC Brest].", "named Pantografe", id="one name in common"),
        pytest.param(
            "Le syndicat [ORG Pantografe] siège à [LOC Brest] et à [LOC Nantes].", "named Pantografe", id="another role"
        ),
    ],
)
def test_a_slip_of_the_pen_needs_the_same_role(lexicon: Lexicon, wrong: str, reason: str) -> None:
    right = "L'armateur [ORG Pantographe] quitte [LOC Brest] pour [LOC Nantes]."
    found = resolve_entities([marked("a", right), marked("b", right), marked("c", wrong)], lexicon)
    assert [link.reason for link in found.links if link.mention.text == "Pantografe"] == [reason]


def test_a_slip_in_a_person_s_name_needs_the_same_function(lexicon: Lexicon) -> None:
    """« Nils Vorlande, PDG » is « Nils Vorlandi, PDG », not « Nils Vorlandi, juge », though both are met in Brest and Nantes."""
    articles = [
        marked("a", "[PER Nils Vorlande] va de [LOC Brest] à [LOC Nantes]."),
        marked("b", "[PER Nils Vorlande] va de [LOC Brest] à [LOC Nantes]."),
        marked("c", "[PER Nils Vorlandi] va de [LOC Brest] à [LOC Nantes]."),
    ]
    said = [replace(one, roles={(0, 13): role}) for one, role in zip(articles, ("PDG", "PDG", "juge"), strict=True)]
    assert len({link.entity_id for link in resolve_entities(said, lexicon).links}) == 4
    said[2] = replace(said[2], roles={(0, 13): "ancien PDG"})
    assert len({link.entity_id for link in resolve_entities(said, lexicon).links}) == 3


def test_a_product_with_its_maker_and_without(lexicon: Lexicon) -> None:
    found = ids(
        resolve_entities(
            [article("a", "ORG Vélora", "PRODUCT Vélora Kestrel"), article("b", "ORG Vélora", "PRODUCT Kestrel")], lexicon
        )
    )
    assert found[1] == found[3]


def test_a_branch_is_its_company(lexicon: Lexicon) -> None:
    assert len(set(ids(resolve_entities([article("a", "ORG Vélora", "ORG Vélora France")], lexicon)))) == 1
    assert len(set(ids(resolve_entities([article("a", "ORG Vélora"), article("b", "ORG Vélora France")], lexicon)))) == 2


def test_a_surname_is_the_person_last_named_in_full(lexicon: Lexicon) -> None:
    names = ("PER Anne Lefebvre", "PER Lefebvre", "PER Hugo Lefebvre", "PER Lefebvre")
    assert ids(resolve_entities([article("a", *names)], lexicon)) == [
        "per:anne-lefebvre",
        "per:anne-lefebvre",
        "per:hugo-lefebvre",
        "per:hugo-lefebvre",
    ]


def test_a_short_form_of_two_companies_is_neither(lexicon: Lexicon) -> None:
    names = ("ORG Brumeval Santé", "ORG Brumeval Énergie", "ORG Brumeval")
    assert ids(resolve_entities([article("a", *names)], lexicon)) == [
        "org:brumeval-sante",
        "org:brumeval-energie",
        "org:brumeval",
    ]


def test_every_link_says_why(lexicon: Lexicon) -> None:
    links = resolve_entities([article("a", "PER Kai Vorland", "PER Vorland", "ORG Brumeval SAS")], lexicon).links
    assert [link.reason for link in links] == [
        "named Kai Vorland",
        "surname of Kai Vorland in the same article",
        "named Brumeval SAS",
    ]
