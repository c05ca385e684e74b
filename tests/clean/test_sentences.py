"""Sentences are not cut inside quotation marks, after abbreviations, initials or in numbers."""

from __future__ import annotations

import pytest

from pipeline.clean.sentences import builtin_finder


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("M. Lavergne parle.|Il part.", id="title of courtesy"),
        pytest.param("Il dit : « Oui. Non. »|Puis il part.", id="sentences inside quotation marks"),
        pytest.param("« Vous partez ? » demande Mme Le Goff.|Non.", id="the closing mark does not begin a sentence"),
        pytest.param('"Je reste. Toujours."|Le maire sourit.', id="straight marks"),
        pytest.param("“Je reste. Toujours”, dit-il.|Bien.", id="curly marks"),
        pytest.param("L'art. 12 du n° 3, p. 4, compte 3,5 Mds d'euros.|La suite manque.", id="article, number, page, decimals"),
        pytest.param("J. Dupont et J.-C. Martin ont signé.|Bien.", id="initials"),
        pytest.param("Selon A. Le Goff et B. Du Pont, rien.|Bien.", id="initials before surnames with a particle"),
        pytest.param("Le plan B.|Il marche.", id="a letter that ends a sentence"),
        pytest.param("Chez Alphabet Inc. Google règne.|Bien.", id="legal form before a name"),
        pytest.param("Il a racheté Pomelo Inc.|Le prix est secret.", id="legal form that ends a sentence"),
        pytest.param("Des capteurs, des serveurs, etc.|Le tout à Brest.", id="etc. ends a sentence"),
        pytest.param("1. Constat.|Les capteurs manquent.", id="a list number"),
        pytest.param("C'était en 2021.|Depuis, rien.", id="a year ends a sentence"),
        pytest.param("Il a dit (c'est vrai. Si.) oui.|Fin.", id="brackets"),
        pytest.param("Il cite « une loi “sans âme. Sans force” et sans fin. »|Fin.", id="marks inside marks"),
        pytest.param("Le texte « jamais fermé est là.|Il continue.", id="a mark that is never closed binds nothing"),
        pytest.param("Vraiment ?!|« Oui… »|Bon.", id="runs of stops"),
        pytest.param("le site data.example.fr et la version 2.3 restent", id="no capital follows"),
    ],
)
def test_a_paragraph_is_cut_where_sentences_end(text: str) -> None:
    expected = text.split("|")
    paragraph = " ".join(expected)
    assert [paragraph[start:end] for start, end in builtin_finder().find(paragraph)] == expected


def test_a_lost_space_does_not_melt_two_sentences() -> None:
    text = "Tous ont quitté la salle.Le maire reste. Booking.Com attend."
    assert [text[start:end] for start, end in builtin_finder().find(text)] == [
        "Tous ont quitté la salle.",
        "Le maire reste.",
        "Booking.Com attend.",
    ]


def test_nothing_makes_no_sentence() -> None:
    assert builtin_finder().find(" \n") == []
