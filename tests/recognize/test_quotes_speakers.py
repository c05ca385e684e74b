"""Who says a quotation, where more than one could: the subject of the verb that governs, the holder of an office, one of two."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.quotes import QuoteRecognizer
from tests.cast import Cast

LEXICON = load_lexicon()
QUOTES, CAST = QuoteRecognizer(LEXICON), Cast(LEXICON)


def speakers(text: str) -> list[str | None]:
    return [quote.speaker for quote in QUOTES.find(plain_document(text), CAST.mentions(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lumio, qui se pourvoit, soutient que la Cnil n'a vu « aucun fichier hors des clous ».", ["Lumio"]),
        ("Lumio soutient que la Cnil a dénoncé « un fichier hors des clous ».", ["Cnil"]),
        ("Nubéo se tait. Les plaignants, dont Lumio, dénoncent « un blanc-seing à vie ».", ["Lumio"]),
        ("Nubéo se tait. Les plaignants dénoncent « un blanc-seing à vie ».", [None]),
    ],
    ids=["denied in the clause", "said in the clause", "one for several", "several"],
)
def test_the_subject_of_the_verb_that_says_it(text: str, expected: list[str | None]) -> None:
    """A clause whose verb says nothing belongs to who says the clause; one of several that is named stands for all."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paul Verdier se rassied. Le greffier, lui, soupire. « La séance a trop duré », lance-t-il.", [None]),
        (
            "Le greffier Paul Verdier se rassied. Hugo Lantier sort. Le greffier soupire. « La séance a trop duré », lance-t-il.",
            ["Paul Verdier"],
        ),
        (
            "Nora Belkacem, PDG de Lumio, est là. Inès Carvalho, PDG de Nubéo, dort. « Rien à dire », dit la patronne de Lumio.",
            ["Nora Belkacem"],
        ),
        ("Inès Carvalho, PDG de Nubéo, attend. « Rien ne presse ici », dit la patronne de Lumio.", [None]),
        (
            "Nora Belkacem a vu Lumio. L'actrice dit avoir refusé net à Lantier. « J'étais furieuse », écrit-elle.",
            ["Nora Belkacem"],
        ),
        (
            "Paul Verdier sort. Karim Benslimane, le transporteur normand, l'accuse. L'intéressé rit : « Je range ma vie ».",
            ["Paul Verdier"],
        ),
        (
            "« Rien n'est joué », a dit Nora Belkacem. L'ancienne haute-commissaire promet un plan « avant la mi-printemps ».",
            ["Nora Belkacem", "Nora Belkacem"],
        ),
        ("Dominique Verdier, alors directrice, a reçu Hugo Lantier. « Tout est truqué », dit-il.", ["Hugo Lantier"]),
    ],
    ids=[
        "office of nobody",
        "office given",
        "chief of one body",
        "chief of another body",
        "actress",
        "firm with a person's name",
        "former office",
        "gender told by an apposition",
    ],
)
def test_the_person_described(text: str, expected: list[str | None]) -> None:
    """Whom a function means: its holder, nobody where the article gives it to nobody, never the head of another house."""
    assert speakers(text) == expected
