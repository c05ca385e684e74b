"""Who takes part in an event where the sentence says it in a roundabout way."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.model import Mention
from tests.recognize.test_events import AMOUNTS, CAST, DATES, EVENTS, PUBLISHED, asserted, names


@pytest.mark.parametrize(
    ("text", "agents", "targets"),
    [
        pytest.param("Lumio, avec lequel Nubéo s'est allié, recrute.", ["Lumio", "Nubéo"], [], id="avec lequel"),
        pytest.param("Lumio, auquel Nubéo s'est associé en mai, recrute.", ["Lumio", "Nubéo"], [], id="auquel"),
        pytest.param("Lumio lance Merlin 2 en partenariat avec Nubéo.", ["Lumio", "Nubéo"], [], id="en partenariat"),
        pytest.param("Le géant du casque Lumio a racheté Nubéo.", ["Lumio"], ["Nubéo"], id="a trade's subject"),
        pytest.param("Lumio a racheté le spécialiste du paiement Nubéo.", ["Lumio"], ["Nubéo"], id="a trade's object"),
        pytest.param("Lumio, éditeur à Nantes : 12 M€ versés par Brise Capital.", ["Brise Capital"], ["Lumio"], id="heading"),
        pytest.param("Paris, 17 octobre 2024 (AFP) - Le nantais Lumio a racheté Nubéo.", ["Lumio"], ["Nubéo"], id="dateline"),
        pytest.param("Merlin 2 plaît. Lumio l'a mis en ligne en mai.", ["Lumio"], ["Merlin 2"], id="a product named last"),
    ],
)
def test_who_takes_part(text: str, agents: list[str], targets: list[str]) -> None:
    found = [(sorted(names(e.agents)), names(e.targets)) for e in asserted(text)]
    assert (agents, targets) in found


def test_a_law_named_last_is_no_product() -> None:
    """« que Lumio a présentée » goes back to the law, whatever product the article names before it."""
    assert [e for e in asserted("Merlin 2 plaît. Voici la loi Marsan que Nora Belkacem a présentée en mai.") if e.targets] == []


def test_posts_are_cut_and_tonnes_are_not() -> None:
    assert [e.type for e in asserted("Lumio annonce une réduction de 64 postes.")] == ["layoff"]
    assert asserted("Lumio annonce une réduction de 64 tonnes.") == []


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("Lumio et Nubéo, sanctionnés par la Cnil, se taisent.", "fine", ["Cnil"], ["Lumio", "Nubéo"]),
        (
            "On le doit à Lumio, petite maison de Lyon, et à Nubéo, qui se sont alliés en mai.",
            "partnership",
            ["Lumio", "Nubéo"],
            [],
        ),
        ("Lumio et Nubéo, qui a racheté Orvane, se taisent.", "acquisition", ["Nubéo"], ["Orvane"]),
        ("Lumio annonce le rachat, entièrement en actions, de Nubéo.", "acquisition", ["Lumio"], ["Nubéo"]),
        ("Paul Verdier a mis à la porte 120 salariés de Lumio.", "layoff", ["Lumio"], []),
        ("Nubéo met 12 M€ sur la table pour s'emparer de Lumio.", "acquisition", ["Nubéo"], ["Lumio"]),
        ("La CFDT n'a pas oublié le licenciement des 93 monteurs de Lumio.", "layoff", ["Lumio"], []),
        ("Après avoir levé 12 M€ auprès de Brise Capital, Lumio recrute.", "funding", ["Brise Capital"], ["Lumio"]),
        ("En rachetant Nubéo, Lumio double de taille.", "acquisition", ["Lumio"], ["Nubéo"]),
        ("Lumio, dont Nubéo a pris le contrôle en mai, sourit.", "acquisition", ["Nubéo"], ["Lumio"]),
        ("Nubéo a mis à la porte 120 salariés de Lumio.", "layoff", ["Nubéo"], []),
    ],
    ids=[
        "participle in the plural",
        "clause in the plural",
        "clause in the singular",
        "an aside",
        "whose staff",
        "paid",
        "not forgotten",
        "after",
        "by",
        "whose control",
        "who acts",
    ],
)
def test_who_is_on_which_side(text: str, kind: str, agents: list[str], targets: list[str]) -> None:
    """What stands in the plural goes back to all of a list; what is put in parts no noun from its complement."""
    (event,) = asserted(text)
    assert (event.type, names(event.agents), names(event.targets)) == (kind, agents, targets)


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("Lumio grandit. Attaqué devant le juge par Nubéo, l'éditeur se tait.", "lawsuit", ["Nubéo"], ["Lumio"]),
        ("Lumio grandit. Racheté en mai par Nubéo, il a doublé ses ventes.", "acquisition", ["Nubéo"], ["Lumio"]),
        (
            "Le prix de Lumio est connu. Nubéo rit. Le studio est passé sous le contrôle de Nubéo.",
            "acquisition",
            ["Nubéo"],
            ["Lumio"],
        ),
        ("Lumio édite des livres. Nubéo a doublé. Il est passé sous le contrôle de Nubéo.", "acquisition", ["Nubéo"], ["Lumio"]),
        ("Lumio, éditeur, a vingt ans. Nubéo, allié à l'éditeur, recrute.", "partnership", ["Nubéo", "Lumio"], []),
    ],
    ids=["description behind a participle", "pronoun behind a participle", "description", "pronoun", "description behind"],
)
def test_a_stand_in_is_none_of_those_beside_it(text: str, kind: str, agents: list[str], targets: list[str]) -> None:
    """« Le studio passe sous le contrôle de Nubéo »: whoever the studio is, it is not Nubéo."""
    (event,) = asserted(text)
    assert (event.type, names(event.agents), names(event.targets)) == (kind, agents, targets)


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("La loi Marsan, promulguée le 21 mai, oblige Lumio à payer.", "regulation", [], ["loi Marsan"]),
        ("Lumio a félicité Nubéo et racheté Orvane.", "acquisition", ["Lumio"], ["Orvane"]),
        ("Lumio a critiqué Nubéo et, dit-on, Orvane, racheté par Brise Capital.", "acquisition", ["Brise Capital"], ["Orvane"]),
        ("La Cnil, que dirige Nora Belkacem, a infligé une amende à Lumio.", "fine", ["Cnil"], ["Lumio"]),
        ("Lumio a été racheté par… le groupe Nubéo.", "acquisition", ["Nubéo"], ["Lumio"]),
        ("L'éditeur s'appelle Lumio. Il a été racheté par Nubéo.", "acquisition", ["Nubéo"], ["Lumio"]),
        ("Lumio a fermé Nubéo, qu'il avait payé 8 milliards de dollars en 2018.", "acquisition", ["Lumio"], ["Nubéo"]),
        ("Quant à Lumio, la Cnil lui avait imposé en mai une pénalité de 7 millions d'euros.", "fine", ["Cnil"], ["Lumio"]),
        ("La Cnil surveille Lumio. En mai, elle l'avait condamné à 3 millions d'euros.", "fine", ["Cnil"], ["Lumio"]),
        (
            "C'est la Cnil. L'autorité que préside Nora Belkacem a ouvert un dossier contre Lumio.",
            "investigation",
            ["Cnil"],
            ["Lumio"],
        ),
    ],
    ids=[
        "no doer without « par »",
        "one auxiliary",
        "two voices",
        "aside",
        "dots",
        "named so",
        "he of a relative clause",
        "as for him",
        "him whom the article is about",
        "whom somebody leads",
    ],
)
def test_who_acts_and_who_suffers(text: str, kind: str, agents: list[str], targets: list[str]) -> None:
    (event,) = asserted(text)
    assert (event.type, names(event.agents), names(event.targets)) == (kind, agents, targets)


def test_it_may_be_a_product_and_she_a_person() -> None:
    (event,) = asserted("Lumio vend Merlin 2. Il a été mis en ligne en mai.")
    assert (event.type, names(event.targets)) == ("launch", ["Merlin 2"])
    assert asserted("Nora Belkacem aime Merlin 2. Elle est sortie mardi.") == []


def test_who_launches_something_is_no_product() -> None:
    """« La plateforme » that acts is no thing named before; the one that was launched is."""
    assert asserted("Merlin 2 plaît. La plateforme Lumio a lancé un défi.") == []
    (event,) = asserted("Merlin 2 plaît. Lumio a lancé la plateforme en mai.")
    assert names(event.targets) == ["Merlin 2"]


def test_nobody_does_anything_to_itself() -> None:
    """« LUMIO » of the headline is « Lumio » in the sentence, and not who it invests in."""
    text = "LUMIO s'explique\nNubéo et Lumio investiront 12 millions d'euros entre 2025 et 2027."
    headline = Mention(0, 5, "LUMIO", "ORG", "test")
    document = plain_document(text, published=PUBLISHED)
    assert (
        EVENTS.find(document, (headline, *CAST.mentions(text)), AMOUNTS.find(text), DATES.find(text, published=PUBLISHED)) == ()
    )
