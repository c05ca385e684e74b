"""Names of several articles that are one thing: what ties them, how surely, and what that says of a link."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.entities import resolve_entities
from pipeline.lexicon import Lexicon
from pipeline.model import Link
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


def links(lexicon: Lexicon, *texts: str) -> list[Link]:
    return list(resolve_entities([marked(f"{n:04}", text) for n, text in enumerate(texts)], lexicon).links)


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        pytest.param(
            ["[ORG Vélora] et [ORG Vélora]", "[ORG VELORA]"],
            "Vélora is VELORA: the same letters",
            id="the same letters",
        ),
        pytest.param(
            ["[ORG Open Kestrel] et [ORG Open Kestrel]", "[ORG OpenKestrel]"],
            "OpenKestrel is Open Kestrel: the same letters without spaces",
            id="written apart",
        ),
        pytest.param(
            ["[ORG Ost Ra] et [ORG Ost Ra]", "[ORG OstRa]"],
            "named OstRa",
            id="five letters written apart",
        ),
        pytest.param(
            ["[ORG Ost Ran] et [ORG Ost Ran]", "[ORG OstRan]"],
            "OstRan is Ost Ran: the same letters without spaces",
            id="six letters written apart",
        ),
        pytest.param(["[PER Anne Marie] et [PER Anne Marie]", "[PER Annemarie]"], "named Annemarie", id="a person written apart"),
        pytest.param(
            ["[ORG Brumeval] et [ORG Brumeval]", "[ORG Brumeval SAS]"],
            "Brumeval SAS is Brumeval: the same but for the legal form",
            id="legal form",
        ),
        pytest.param(
            ["[PRODUCT Brumeval] et [PRODUCT Brumeval]", "[PRODUCT Brumeval SAS]"],
            "named Brumeval SAS",
            id="a product with what would be a legal form",
        ),
        pytest.param(
            ["La [LAW loi Marnier], la [LAW loi Marnier]", "La [LAW proposition de loi Marnier]"],
            "proposition de loi Marnier is loi Marnier: the same law but for what it is called on its way",
            id="a law and its bill",
        ),
        pytest.param(
            ["[PER Solène Kerbrat] et [PER Solène Kerbrat]", "[PER Dr Solène Kerbrat]"],
            "Solène Kerbrat is Dr Solène Kerbrat: the same person but for a title",
            id="a title",
        ),
        pytest.param(
            ["[PER Kai Vorland]", "[PER K. Vorland]"],
            "K. Vorland is Kai Vorland: vorland, given names fit",
            id="an initial",
        ),
        pytest.param(
            ["[PER Kai Vorland] à [LOC Rennes]", "À [LOC Rennes], [PER Vorland]"],
            "Vorland is Kai Vorland: vorland, the only one of that surname",
            id="a surname alone, met in the same place",
        ),
        pytest.param(
            ["[PER Kai Vorland] et [PER Karl Vorland]", "[PER K. Vorland]"], "named K. Vorland", id="an initial of two people"
        ),
        pytest.param(["[ORG Lunaris AI]", "[ORG Lunaris]"], "Lunaris is the only short form of Lunaris AI", id="« AI » left out"),
        pytest.param(
            ["[ORG Groupe Brumeval]", "[ORG Brumeval]"],
            "Brumeval is the only short form of Groupe Brumeval",
            id="« Groupe » left out",
        ),
        pytest.param(
            ["[ORG Lunaris AI]", "[ORG Lunaris Systems]", "[ORG Lunaris]"], "named Lunaris", id="a short form of two companies"
        ),
        pytest.param(
            ["[ORG LUNARIS AI], [ORG Lunaris AI], [ORG Lunaris AI]", "[ORG Lunaris]"],
            "Lunaris is the only short form of LUNARIS AI",
            id="a short form of one company written two ways",
        ),
        pytest.param(
            ["[ORG Vélora] et [ORG Vélora]", "[ORG Vélora], puis [ORG Vélora France]"],
            "Vélora France is the branch of Vélora",
            id="a branch",
        ),
        pytest.param(
            ["[ORG Vélora], [PRODUCT Vélora Kestrel]", "[ORG Vélora], [PRODUCT Kestrel]"],
            "Kestrel is Vélora Kestrel: Vélora makes it",
            id="a product beside its maker",
        ),
        pytest.param(
            ["[ORG Vélora], [PRODUCT Vélora Kestrel]", "[PRODUCT Kestrel]"],
            "named Kestrel",
            id="a product without its maker",
        ),
        pytest.param(
            ["[ORG Vélora], [PRODUCT Vélora Kest]", "[ORG Vélora], [PRODUCT Kest]"],
            "Kest is Vélora Kest: Vélora makes it",
            id="a product of four letters",
        ),
        pytest.param(
            ["[ORG Vélora], [PRODUCT Vélora Kes]", "[ORG Vélora], [PRODUCT Kes]"], "named Kes", id="a product of three letters"
        ),
        pytest.param(
            ["[ORG Vélora], [PRODUCT Vélora 3000]", "[ORG Vélora], [PRODUCT 3000]"], "named 3000", id="a number is no product"
        ),
        pytest.param(
            ["[ORG Vélora Quai Nord], [PRODUCT Vélora Quai Nord Kestrel]", "[ORG Vélora Quai Nord], [PRODUCT Kestrel]"],
            "Kestrel is Vélora Quai Nord Kestrel: Vélora Quai Nord makes it",
            id="a maker of three words",
        ),
        pytest.param(
            ["[ORG Vélora], [PRODUCT Vélora Kestrel]", "[ORG Ostre], [PRODUCT Ostre Kestrel]", "[ORG Vélora], [PRODUCT Kestrel]"],
            "named Kestrel",
            id="a product of two makers",
        ),
        pytest.param(["[PRODUCT Twitter] et [PRODUCT X]"], "named X", id="the gazetteer's own name"),
        pytest.param(
            ["L'[ORG Observatoire des digues] et l'[ORG ODD]", "L'[ORG ODD]"],
            "ODD stands for Observatoire des digues in another article",
            id="an acronym carried to another article",
        ),
        pytest.param(
            ["[ORG Lunaris Quai Nord] dort. [ORG Lunaris Quai] rit.", "[ORG Lunaris Quai]"],
            "Lunaris Quai stands for Lunaris Quai Nord in another article",
            id="two words carried to another article",
        ),
    ],
)
def test_the_last_name_is_tied(lexicon: Lexicon, texts: list[str], reason: str) -> None:
    assert links(lexicon, *texts)[-1].reason == reason


@pytest.mark.parametrize(
    ("texts", "score"),
    [
        pytest.param(["[ORG Brumeval] et [ORG Brumeval]", "[ORG Brumeval SAS]"], 0.8, id="as sure as its own words"),
        pytest.param(
            ["[ORG Pantographe] à [LOC Brest] et à [LOC Nantes]"] * 2 + ["À [LOC Brest], à [LOC Nantes], [ORG Pantografe]"],
            0.75,
            id="a slip of the pen",
        ),
        pytest.param(["[PER Kai Vorland] à [LOC Rennes]", "À [LOC Rennes], [PER Vorland]"], 0.7, id="a surname alone"),
    ],
)
def test_how_sure_a_tie_is(lexicon: Lexicon, texts: list[str], score: float) -> None:
    assert links(lexicon, *texts)[-1].score == score


def test_of_several_ties_the_surest_is_told(lexicon: Lexicon) -> None:
    """« Ostrekadic SAS » is tied by its letters and by its legal form, « OSTREKADIC » by its letters alone."""
    texts = ["[ORG Ostre-Kadic], [ORG Ostre-Kadic], [ORG Ostre-Kadic]", "[ORG OSTRE KADIC]", "[ORG Ostrekadic]"]
    assert [link.reason for link in links(lexicon, *texts)[-2:]] == [
        "Ostre-Kadic is OSTRE KADIC: the same letters",
        "Ostrekadic is OSTRE KADIC: the same letters without spaces",
    ]


@pytest.mark.parametrize(("people", "tied"), [(48, True), (49, False)])
def test_a_surname_that_fifty_people_share_identifies_nobody(lexicon: Lexicon, people: int, tied: bool) -> None:
    """With « Kai Vorland » and « K. Vorland » fifty names of one surname are compared, fifty-one are not."""
    others = [f"[PER {chr(97 + n // 26).upper()}{chr(97 + n % 26)}lo Vorland]" for n in range(people)]
    found = links(lexicon, *others, "[PER Kai Vorland]", "[PER K. Vorland]")
    assert (found[-1].entity_id == found[-2].entity_id) == tied


@pytest.mark.parametrize(
    ("texts", "entities"),
    [
        pytest.param(["[ORG CMA]", "[ORG CMA SA]"], ["org:cma", "org:cma-sa"], id="a doubtful name and its legal form"),
        pytest.param(
            ["[PRODUCT Lunaris AI]", "[PRODUCT Lunaris]"], ["product:lunaris-ai", "product:lunaris"], id="a product with « AI »"
        ),
        pytest.param(
            ["[ORG Lunaris AI]", "[PRODUCT Lunaris]"], ["org:lunaris-ai", "product:lunaris"], id="a company and a product"
        ),
        pytest.param(["[ORG Vélora], [ORG Vélora Norvège]"], ["org:velora", "org:velora-norvege"], id="no country of the list"),
        pytest.param(
            ["[PRODUCT Vélora], [PRODUCT Vélora France]"],
            ["product:velora", "product:velora-france"],
            id="a product in a country",
        ),
        pytest.param(
            ["[ORG Vélora]", "[PRODUCT Vélora Kestrel] et [PRODUCT Kestrel]"],
            ["org:velora", "product:velora-kestrel", "product:velora-kestrel"],
            id="a product beside its full name",
        ),
        pytest.param(
            ["[ORG A Bé Cé Dé], [PRODUCT A Bé Cé Dé Kestrel] et [PRODUCT Kestrel]"],
            ["org:a-be-ce-de", "product:a-be-ce-de-kestrel", "product:kestrel"],
            id="a maker of four words",
        ),
        pytest.param(
            ["[PER K. Vorland] à [LOC Rennes]", "[PER Kai Vorland]", "À [LOC Rennes], [PER Vorland]"],
            ["per:kai-vorland", "loc:rennes", "per:kai-vorland", "loc:rennes", "per:kai-vorland"],
            id="a surname of one person written two ways",
        ),
        pytest.param(
            ["[PER Kai Vorland] à [LOC Rennes]", "[PER Karl Vorland]", "À [LOC Rennes], [PER Vorland]"],
            ["per:kai-vorland", "loc:rennes", "per:karl-vorland", "loc:rennes", "per:vorland"],
            id="a surname of two people, one of them met in that place",
        ),
        pytest.param(["[ORG Conseil]", "[ORG CONSEIL]"], ["org:conseil", "org:conseil"], id="capitals of a body's first word"),
        pytest.param(
            ["[PER Zoé Vorland]", "[PER Z. Vorland]", "[PER Vorland] à [LOC Brest]"],
            ["per:zoe-vorland", "per:zoe-vorland", "per:vorland", "loc:brest"],
            id="an initial beside a surname that is nobody's",
        ),
        pytest.param(
            ["[PER Fred Vorland]", "[PER Frédéric Vorland]", "[PER F. Vorland]"],
            ["per:frederic-vorland"] * 3,
            id="an initial of one person, whose given name is cut short elsewhere",
        ),
        pytest.param(
            ["[LAW Kai Vorland] à [LOC Rennes]", "À [LOC Rennes], [LAW K. Vorland]"],
            ["law:kai-vorland", "loc:rennes", "loc:rennes", "law:k-vorland"],
            id="a law has no given name",
        ),
    ],
)
def test_who_is_who(lexicon: Lexicon, texts: list[str], entities: list[str]) -> None:
    assert [link.entity_id for link in links(lexicon, *texts)] == entities


MET = "à [LOC Brest] et à [LOC Nantes]"


@pytest.mark.parametrize(
    ("texts", "entities"),
    [
        pytest.param(
            [f"[ORG Pantographe] {MET}", f"[ORG Pantografe] {MET}"],
            ["org:pantographe", "org:pantographe"],
            id="named as often: one of the two",
        ),
        pytest.param(
            [f"[ORG Microsoft] {MET}", f"[ORG Mikrosoft] {MET}", f"[ORG Mikrosoft] {MET}"],
            ["org:microsoft", "org:microsoft", "org:microsoft"],
            id="the known name is right, however seldom",
        ),
        pytest.param(
            [f"[LOC Pantographe] {MET}", f"[LOC Pantografe] {MET}"], ["loc:pantographe", "loc:pantografe"], id="two places"
        ),
        pytest.param(
            [f"[ORG Pantographe] {MET}"] * 3 + [f"[ORG Pentografi] {MET}"] * 2 + [f"[ORG Pantografe] {MET}"],
            [*["org:pantographe"] * 3, *["org:pentografi"] * 2, "org:pantografe"],
            id="a slip of two names",
        ),
        pytest.param(
            [f"[ORG Pantographe] {MET}", f"[PRODUCT Pantografe] {MET}"],
            ["org:pantographe", "product:pantografe"],
            id="of two types",
        ),
    ],
)
def test_a_slip_among_articles(lexicon: Lexicon, texts: list[str], entities: list[str]) -> None:
    found = links(lexicon, *texts)
    assert [link.entity_id for link in found if link.mention.text not in ("Brest", "Nantes")] == entities


def test_a_known_short_form_is_carried_nowhere(lexicon: Lexicon) -> None:
    """« CMA » stands for the Cercle des mariniers in one article, and may be any other in the next."""
    found = links(lexicon, "Le [ORG Cercle des mariniers associés] ([ORG CMA]) dort.", "La [ORG CMA] rit.")
    assert [link.entity_id for link in found] == [
        "org:cercle-des-mariniers-associes",
        "org:cercle-des-mariniers-associes",
        "org:cma",
    ]


def test_a_renaming_joins_no_two_people_of_one_surname(lexicon: Lexicon) -> None:
    found = links(lexicon, "[PER Anne Kerval] (ex-[PER Hugo Kerval]) parle. [PER Anne Sandral] (ex-[PER Anne Ostre]) rit.")
    assert [link.entity_id for link in found] == ["per:anne-kerval", "per:hugo-kerval", "per:anne-sandral", "per:anne-sandral"]
