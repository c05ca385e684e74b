"""Who a pronoun or a description stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.descriptions import Descriptions
from tests.cast import Cast

LEXICON = load_lexicon()
DESCRIPTIONS, CAST = Descriptions(LEXICON), Cast(LEXICON)


def antecedents(text: str) -> Antecedents:
    return Antecedents(plain_document(text), CAST.mentions(text), DESCRIPTIONS)


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("La néobanque Lumio et l'éditeur Nubéo s'opposent.", "la néobanque", "Lumio"),
        ("La néobanque Lumio et l'éditeur Nubéo s'opposent.", "l'éditeur", "Nubéo"),
        ("Lumio, une fintech, double Nubéo.", "la fintech", "Lumio"),
        ("La Cnil a contrôlé Lumio.", "l'autorité", "Cnil"),
        ("La Cnil a contrôlé Lumio.", "l'entreprise", "Lumio"),
        ("La Cnil a contrôlé Lumio.", "l'association", None),
        ("L'Autorité de la concurrence condamne Lumio.", "la société", "Lumio"),
        ("La Cnil a contrôlé Lumio.", "une entreprise", None),
        ("La ministre Nora Belkacem a reçu Inès Carvalho.", "la ministre", "Nora Belkacem"),
        ("Lumio a perdu Paul Verdier.", "la direction", "Lumio"),
        ("Le maire Paul Verdier a reçu Lumio.", "le ministre", None),
        ("Le maire Paul Verdier a reçu Lumio.", "l'élu", "Paul Verdier"),
        ("L'avocat Paul Verdier a perdu.", "le patron d'une banque", None),
        ("Paul Verdier a quitté Lumio.", "l'Italien", "Paul Verdier"),
        ("Paul Verdier a quitté Lumio.", "l'italien", "Lumio"),
        ("Paul Verdier a quitté Lumio.", "le tribunal", None),
    ],
)
def test_descriptions(text: str, phrase: str, expected: str | None) -> None:
    """By the noun that the article puts beside a name, else by the kind of thing; an indefinite one names nobody."""
    found = antecedents(text).described(phrase, len(text)).mention
    assert (found.canonical if found else None) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Nora Belkacem a vu Paul Verdier.", "elle", "Nora Belkacem"),
        ("Nora Belkacem a vu Paul Verdier.", "il", "Paul Verdier"),
        ("Lumio grandit.", "elle", "Lumio"),
        ("Lumio a quitté Nubéo.", "celle-ci", "Nubéo"),
        ("Rien ne va.", "il", None),
    ],
)
def test_pronouns(text: str, word: str, expected: str | None) -> None:
    """By gender and subject; « celle-ci » is what was named last."""
    found = antecedents(text).pronoun(word, len(text)).mention
    assert (found.canonical if found else None) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Le suédois Lumio grandit. Nubéo avance. Nubéo recule. Le groupe suédois rit.", "Le groupe suédois", "Lumio"),
        ("Le suédois Lumio grandit. Nubéo avance. Nubéo recule. La filiale suédoise rit.", "La filiale suédoise", "Nubéo"),
        ("Lumio a vu Nokia. Lumio avance. Lumio grandit. Le géant finlandais rit.", "Le géant finlandais", "Nokia"),
        ("Lumio a vu Nokia. Lumio avance. Lumio grandit. Le géant rit.", "Le géant", "Lumio"),
    ],
)
def test_origins(text: str, phrase: str, expected: str) -> None:
    """A body that comes from where the description says, by the gazetteer or the article; never by where a part of it lies."""
    found = antecedents(text).described(phrase, text.index(phrase)).mention
    assert (found.canonical if found else None) == expected


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("la ministre du Travail, ", True),
        ("L'un d'eux, le fonds ", True),
        ("Le géant américain avait imposé des clauses, a expliqué la ministre du Travail, ", False),
    ],
)
def test_what_leads_to_a_name(words: str, leads: bool) -> None:
    """All of the words say what the name is, not the last ones alone: the giant is not the minister who tells of it."""
    assert DESCRIPTIONS.leads_to_name(words) is leads


def test_namesake() -> None:
    """The body named before that bears the person's family name; None where none does."""
    text = "Paul Verdier a fondé Lumio. Nora Belkacem le sait."
    paul, lumio, nora = CAST.mentions(text)
    named = (paul, replace(lumio, canonical="Verdier Conseil"), nora)
    bodies = Antecedents(plain_document(text), named, DESCRIPTIONS).bodies
    assert bodies.namesake(paul, len(text)) == named[1]
    assert bodies.namesake(nora, len(text)) is None
