"""Characters that were read in the wrong charset come back; French that only looks strange stays."""

from __future__ import annotations

from itertools import product

import pytest

from pipeline.clean.draft import Draft, apply_edits
from pipeline.clean.encoding import CHARSETS, EncodingRepair

REPAIR = EncodingRepair()
SENTENCES = (
    "L’Assemblée a voté à l’été, « à une voix près », le texte dont rêvait Zoë Lefèvre.",
    "Voltigeur lève 12 M€ auprès d’Estran ; « Nous embauchons… », déclare Anaïs Kermadec à Évreux.",
    "Cœur du problème : la dépendance à l’étranger – 80 % des données, aiguë, naïve – sur l’île.",
    "À Orléans, l’Œuvre des sœurs a reçu 1\u202f500\u00a0€ ; ÇA ET LÀ, on s’inquiète. Où ? N’importe.",
    "Il a prononcé “un mot”, puis s’est tu : déçu, mêlé, bientôt guéri, dès août, du maïs plein le goût.",
    "M. Nikolić et Mme Dvořák ont dîné à Kraków avec Jürgen Strauß et Señora Peña.",
    "Les n° 3 à 5 coûtent ½ point de plus, soit ± 2 °C, selon l’étude financée par l’État.",
    "« Il fallait trancher », répète-t-elle, « quitte à déplaire à l’Élysée… » ÉTÉ, ÊTRE, ÎLE, ÔTER.",
    "L'été 2023 à Nîmes : 30 % d'eau en moins, un arrêté préfectoral, des élus fâchés.",
    "C’est « l’œuf ou la poule ? » – l’Autorité hésite, l’éditeur s’entête, le procès s’éternise.",
)
PATHS = [(charset,) for charset in CHARSETS] + list(product(CHARSETS, repeat=2))


def damaged(text: str, path: tuple[str, ...]) -> str:
    for charset in path:
        text = text.encode("utf-8").decode(charset)
    return text


def repaired(text: str) -> str:
    return apply_edits(Draft.of(text), REPAIR.find(text)).text


@pytest.mark.parametrize("path", PATHS, ids=" then ".join)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_comes_back_exactly(sentence: str, path: tuple[str, ...]) -> None:
    """200 cases: ten sentences, really misread through four charsets once and twice."""
    assert damaged(sentence, path) != sentence
    assert repaired(damaged(sentence, path)) == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("prononcĂ©e, dĂ©claré", "prononcée, déclaré", id="damage beside sound letters"),
        pytest.param("Ã©tÃ© Ã  Paris, Â« oui Â»", "été à Paris, « oui »", id="no-break spaces that became plain"),
        pytest.param("l\x92été \x96 5 \x80", "l’été – 5 €", id="controls that Windows-1252 means"),
        pytest.param("bravo ðŸ˜€ !", "bravo 😀 !", id="what the table does not know is left to ftfy"),
        pytest.param("â€œouiâ€\ufffd", "“oui”", id="a byte that a strict reader dropped"),
    ],
)
def test_damage_is_repaired(text: str, expected: str) -> None:
    assert repaired(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ça coûte 5 €, « Ô rage ! » – PÂTÉ, ÉTÂT, île",
        "Rhône–Alpes’é “Ça” ‘à’ «\u00a0État\u00a0» • 3 × 4 ± 1 → ½",
        "Ștefan Țurcanu, Łódź, Århus, Ærø, São Paulo, Đà Nẵng",
        "√2 ≈ 1,41 ; ¬p ∨ q ; ƒ(x) = ∆",
    ],
)
def test_sound_text_stays(text: str) -> None:
    assert repaired(text) == text


def test_the_repair_says_what_it_did() -> None:
    [edit] = REPAIR.find("un arrÃªté")
    assert (edit.start, edit.end, edit.replacement, edit.rule) == (6, 8, "ê", "encoding-utf8")
