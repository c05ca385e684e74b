"""Who says a quotation beside which no rule tells a speaker: headlines, questions, and the sentences before it."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.recognize.quotes import QuoteRecognizer
from tests.cast import Cast

LEXICON = load_lexicon()
QUOTES, CAST = QuoteRecognizer(LEXICON), Cast(LEXICON)
FAR = "Une antenne est tombée hier.\nPersonne ne sait pourquoi.\n"


def speakers(text: str) -> list[tuple[str | None, str]]:
    return [(quote.speaker, quote.rule_id) for quote in QUOTES.find(plain_document(text), CAST.mentions(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Lumio : 80 emplois perdus, « la ville est sonnée »\n{FAR}", [(None, "quote-alone")]),
        (f"Budget. Nora Belkacem, PDG : « La ville est sonnée »\n{FAR}", [("Nora Belkacem", "quote-colon-before")]),
        (f"Nora Belkacem dénonce : « La ville est sonnée »\n{FAR}", [("Nora Belkacem", "quote-that")]),
        (f"« La ville est sonnée »\nPour Nora Belkacem, tout va mal.\n{FAR}", [("Nora Belkacem", "quote-headline")]),
        (f"« La ville est sonnée »\nUn collectif écrit à Nora Belkacem.\n{FAR}", [(None, "quote-alone")]),
        (f"« La ville est sonnée »\nNora Belkacem a vu Paul Verdier.\n{FAR}", [(None, "quote-alone")]),
        (
            "Lumio\nNora Belkacem crie. « C'est trop », dit-elle.\n« Du bon sens »\n« C'était du bon sens », note Paul Verdier.",
            [("Nora Belkacem", "quote-pronoun-after"), ("Paul Verdier", "quote-repeated"), ("Paul Verdier", "quote-verb-after")],
        ),
    ],
    ids=["about a firm", "named before the colon", "said", "introduced", "written to", "two introduced", "a heading's words"],
)
def test_a_line_above_a_paragraph(text: str, expected: list[tuple[str | None, str]]) -> None:
    """A headline or heading is said by whom it names as speaking, who says it below, or whom the article introduces alone."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Belkacem rit. Que dit Lumio ? Que « tout sera fini en mai ».", [("Lumio", "quote-asked")]),
        ("Nora Belkacem dirige Lumio. Que répond-elle ? « Tout sera fini en mai. »", [("Nora Belkacem", "quote-asked")]),
        ("Nora Belkacem rit. Que dit la loi ? Rien, selon Lumio, qui parle d'« un vide tout à fait voulu ».", "Lumio"),
        (
            "Paul Verdier rit. La vente, assure Nora Belkacem, a doublé. « C'est le brevet qu'ils voulaient. »",
            [("Nora Belkacem", "quote-reported-before")],
        ),
        (
            "Paul Verdier rit. Le réseau marche très bien, reconnaît Nora Belkacem. « Je ne suis pas contre. »",
            [("Nora Belkacem", "quote-reported-before")],
        ),
        (
            "Paul Verdier rit.\nNora Belkacem. La directrice a quitté Lumio. Vendre ? « Plutôt fermer boutique ».",
            [("Nora Belkacem", "quote-asked")],
        ),
        ("Nora Belkacem rit. Que fera-t-elle demain ? « Presque rien du tout. »", [("Nora Belkacem", "quote-asked")]),
        ("Nora Belkacem rit. Faut-il, dans un tel cas, le croire ? « Presque rien du tout. »", [(None, "quote-alone")]),
        (
            "« Non », dit Paul Verdier.\nNora Belkacem rit. Et demain, part-elle ? « Rien. » Puis : « Rien de rien. »",
            [("Nora Belkacem", "quote-continues")],
        ),
        (
            "« C'est bien trop », dit Nora Belkacem à Lyon. D'ici part le câble, « parce qu'on tient à la montagne ».",
            [("Nora Belkacem", "quote-verb-after"), ("Nora Belkacem", "quote-continues")],
        ),
        (
            "« C'est bien trop », dit Nora Belkacem à Lyon. D'ici part le câble, « parce qu'il tient à la montagne ».",
            [("Nora Belkacem", "quote-verb-after"), (None, "quote-alone")],
        ),
    ],
    ids=[
        "question",
        "question with a pronoun",
        "another's answer",
        "reported with a clause put in",
        "reported",
        "item of a list",
        "question about her",
        "question about nobody",
        "short answer",
        "of herself",
        "of something",
    ],
)
def test_the_sentence_before(text: str, expected: list[tuple[str | None, str]] | str) -> None:
    """Whoever a question asks for answers it; who says the sentence before in words of its own goes on."""
    found = speakers(text)
    assert ([one[0] for one in found] == [expected]) if isinstance(expected, str) else (found == expected)
