"""Quotations: where they begin and end, who speaks, and what is no quotation."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Quote
from pipeline.recognize.quotes import QuoteRecognizer
from pipeline.recognize.quotes_indirect import IndirectQuoteRecognizer
from pipeline.recognize.relations.marks import find_marked
from tests.cast import Cast
from tests.rules import check_examples

LEXICON = load_lexicon()
QUOTES, INDIRECT, CAST = QuoteRecognizer(LEXICON), IndirectQuoteRecognizer(LEXICON), Cast(LEXICON)


def quotes_of(text: str) -> tuple[Quote, ...]:
    return QUOTES.find(plain_document(text), CAST.mentions(text))


def said(text: str) -> list[tuple[str, str | None]]:
    return [(quote.text, quote.speaker) for quote in quotes_of(text)]


def test_examples_fire_and_refusals_do_not() -> None:
    """Every rule's sentences yield their quotations with their speakers, and nothing else."""

    def find(text: str, published: str | None) -> list[tuple[int, int, str]]:
        quotes = sorted((*quotes_of(text), *INDIRECT.find(plain_document(text), CAST.mentions(text))), key=lambda q: q.start)
        return [(q.start, q.end, q.speaker or "null") for q in quotes]

    check_examples(LEXICON.rules["quotes"], find)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Elle dit « oui, bien sûr ».", ["oui, bien sûr"]),
        ("Elle dit “oui, bien sûr”.", ["oui, bien sûr"]),
        ('Elle dit "oui, bien sûr".', ["oui, bien sûr"]),
        ("Elle dit «\u00a0oui, bien sûr\u00a0».", ["oui, bien sûr"]),
        ("Elle dit : « Il m'a crié “sortez d'ici” et j'ai ri ».", ["Il m'a crié “sortez d'ici” et j'ai ri", "sortez d'ici"]),
        ('"Il a dit : "sortez d\'ici" en riant", dit-elle.', ['Il a dit : "sortez d\'ici" en riant', "sortez d'ici"]),
        ("« Un premier point.\n« Un second point. »", ["Un premier point.\n« Un second point."]),
        ("« Un premier point.\nUn second point. »", ["Un premier point.\nUn second point."]),
        ("« Rien n'est perdu\nLa suite demain.", ["Rien n'est perdu"]),
        ('Un écran de 27" suffit.', []),
        ("« Oui », dit-il, « mais pas ici ».", ["Oui", "mais pas ici"]),
        ("Rien », dit-il.", []),
    ],
    ids=[
        "guillemets",
        "curly",
        "straight",
        "no-break spaces",
        "nested",
        "nested straight",
        "each paragraph opens",
        "closed in the next paragraph",
        "never closed",
        "inches",
        "interrupted",
        "never opened",
    ],
)
def test_marks(text: str, inside: list[str]) -> None:
    """What stands between the marks, without outer spaces."""
    assert [text[m.start : m.end] for m in find_marked(plain_document(text))] == inside


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Nous ferons appel », a réagi Lumio.", [("Nous ferons appel", "Lumio")]),
        (
            "« Nous ferons appel, a réagi Nora Belkacem, et nous gagnerons. »",
            [("Nous ferons appel, a réagi Nora Belkacem, et nous gagnerons.", "Nora Belkacem")],
        ),
        (
            "« Nous ferons appel », a réagi Nora Belkacem, « et nous gagnerons ce procès ».",
            [("Nous ferons appel", "Nora Belkacem"), ("et nous gagnerons ce procès", "Nora Belkacem")],
        ),
        ("« Tout est à refaire », regrette le patron de Lumio, Paul Verdier.", [("Tout est à refaire", "Paul Verdier")]),
        ("« Tout est à refaire », a déploré dans un communiqué Paul Verdier.", [("Tout est à refaire", "Paul Verdier")]),
        ("« Tout est à refaire », glisse un porte-parole de Lumio.", [("Tout est à refaire", "Lumio")]),
        ("« Tout est à refaire », souffle un coursier croisé devant la gare.", [("Tout est à refaire", None)]),
        ("Paul Verdier quitte Lumio. « Tout est à refaire », confie-t-il.", [("Tout est à refaire", "Paul Verdier")]),
        (
            "« C'est bien », dit Paul Verdier.\n\nEn mai, le Collectif Données Libres a défilé. « Pas de puces », résume-t-il.",
            [("C'est bien", "Paul Verdier"), ("Pas de puces", "Collectif Données Libres")],
        ),
        (
            "Nora Belkacem, ministre du Numérique, a reçu Paul Verdier. « La porte reste ouverte », assure la ministre.",
            [("La porte reste ouverte", "Nora Belkacem")],
        ),
        ("La start-up Lumio ferme. « La page se tourne », écrit la start-up.", [("La page se tourne", "Lumio")]),
        ("L'Arcom enquête. « Le marché est saturé », avertit l'organisation.", [("Le marché est saturé", "Arcom")]),
        ("Lumio a attaqué Nubéo. « Rien ne va plus », écrit son porte-parole.", [("Rien ne va plus", "Lumio")]),
        (
            "Lumio se tait, tandis que Nubéo dénonce « un jugement écrit pour un autre siècle ».",
            [("un jugement écrit pour un autre siècle", "Nubéo")],
        ),
        (
            "Nora Belkacem se souvient d'une réunion où Lumio affirmait que « tout ira très bien ».",
            [("tout ira très bien", "Lumio")],
        ),
        ("Le texte de Lumio est décrit comme « un chef-d'œuvre de prudence ».", [("un chef-d'œuvre de prudence", None)]),
        ("D'après Nora Belkacem, « le marché est saturé ».", [("le marché est saturé", "Nora Belkacem")]),
        ("Aux yeux de la Cnil, le dispositif est « tout sauf proportionné ».", [("tout sauf proportionné", "Cnil")]),
        ("Nora Belkacem tweetait alors :\n« Ce soir, on ferme boutique »", [("Ce soir, on ferme boutique", "Nora Belkacem")]),
        ("Chez Lumio, on jure n'avoir « rien vu venir ».", [("rien vu venir", "Lumio")]),
        ("Lumio dénonce un jugement « écrit pour un autre siècle ».", [("écrit pour un autre siècle", "Lumio")]),
        ("Paul Verdier doute. « Tout est à refaire. » Nora Belkacem, elle, attend.", [("Tout est à refaire.", "Paul Verdier")]),
        (
            "L'homme d'affaires Paul Verdier, qui vend, juge l'offre « indigne et insultante pour tous ».",
            [("indigne et insultante pour tous", "Paul Verdier")],
        ),
        ("« La page se tourne », s'est au contraire félicité Paul Verdier.", [("La page se tourne", "Paul Verdier")]),
        ("Nora Belkacem parle. « La page se tourne », a-t-elle fini par lâcher.", [("La page se tourne", "Nora Belkacem")]),
        (
            "« La page se tourne, gazouille Paul Verdier, patron heureux. »",
            [("La page se tourne, gazouille Paul Verdier, patron heureux.", "Paul Verdier")],
        ),
        ("Le texte a été jugé « écrit pour un autre siècle » par Lumio.", [("écrit pour un autre siècle", "Lumio")]),
        (
            "Paul Verdier se tait. Selon une source bancaire, « les discussions sont avancées ».",
            [("les discussions sont avancées", None)],
        ),
        (
            "Paul Verdier a vendu Merlin 2, que ses pairs jugeaient « trop lourd et trop lent ».",
            [("trop lourd et trop lent", None)],
        ),
        ("« Tout est à refaire », souffle un conseiller de la ministre, Nora Belkacem.", [("Tout est à refaire", None)]),
        ("Le rapport de Nora Belkacem dénonce « un écran de fumée coûteux ».", [("un écran de fumée coûteux", "Nora Belkacem")]),
        ("« Tout est à refaire », grince le représentant d'une banque. Paul Verdier attend.", [("Tout est à refaire", None)]),
        ("L'avocate de Paul Verdier a plaidé. « Rien ne tient debout », dit-elle.", [("Rien ne tient debout", None)]),
        ("Nora Belkacem répond à Lumio. « Rien n'est signé », soupire-t-on dans les couloirs.", [("Rien n'est signé", None)]),
        (
            "Citant Paul Verdier, Nora Belkacem a rappelé que « rien ne presse jamais ici ».",
            [("rien ne presse jamais ici", "Nora Belkacem")],
        ),
        (
            "« Tout est à refaire », lâche Paul Verdier, tout en jurant que ce « ne sera pas très long ».",
            [("Tout est à refaire", "Paul Verdier"), ("ne sera pas très long", "Paul Verdier")],
        ),
        (
            "« Rien ne presse », sourit Paul Verdier. « Il faut, ajoute le cofondateur, savoir attendre ». Nora Belkacem attend.",
            [("Rien ne presse", "Paul Verdier"), ("Il faut, ajoute le cofondateur, savoir attendre", "Paul Verdier")],
        ),
        (
            "Nora Belkacem sort. « Vingt ans ici », souffle la comptable. Paul Verdier reste.",
            [("Vingt ans ici", "Nora Belkacem")],
        ),
        (
            "Nora Belkacem a rappelé que Lumio ne se voyait rien imposer : « À eux de choisir la suite ».",
            [("À eux de choisir la suite", "Nora Belkacem")],
        ),
        (
            "Lumio supprime dix postes. La CFDT redoute un plan, ce que la direction dément : « Personne ne partira ».",
            [("Personne ne partira", "Lumio")],
        ),
        (
            "Nora Belkacem demande à Paul Verdier s'il peut tenir. « Non, rien à promettre », lâche l'intéressé.",
            [("Non, rien à promettre", "Paul Verdier")],
        ),
        (
            "Nora Belkacem proteste. La Cnil est plus mesurée. « Il faut, insiste-t-elle, savoir attendre ».",
            [("Il faut, insiste-t-elle, savoir attendre", "Cnil")],
        ),
        (
            "Nora Belkacem proteste. Nommée par la Cnil, elle reste. « Il faut attendre », insiste-t-elle.",
            [("Il faut attendre", "Nora Belkacem")],
        ),
        ("Lumio se dit prêt. Nubéo, au nom du « secret le plus absolu », se tait.", []),
        ("Le mot « souveraineté » fait florès.", []),
        ("L'assistant « Merlin 2 » est gratuit.", []),
        ("Son essai, intitulé « La fin des écrans bleus », paraît lundi.", []),
        ("Lumio parle de « transition ».", []),
    ],
)
def test_speakers(text: str, expected: list[tuple[str, str | None]]) -> None:
    """Who says it: named, described, a pronoun, a body behind its spokesman, or nobody that can be told."""
    assert said(text) == expected


def test_a_nested_quotation_has_no_speaker_of_its_own() -> None:
    """What somebody quotes within a quotation is not said by the one who quotes."""
    text = "« Le technicien m'a dit : “Changez donc la pile”, et voilà tout », raconte Nora Belkacem."
    assert said(text) == [
        ("Le technicien m'a dit : “Changez donc la pile”, et voilà tout", "Nora Belkacem"),
        ("Changez donc la pile", None),
    ]


def test_an_interview_belongs_to_who_answers() -> None:
    """« je » before a quotation in an interview is the person interviewed."""
    text = (
        "Nora Belkacem : « Le vent tourne pour nous »\nQue faites-vous ?\nJe travaille.\nEt hier ?\nJe leur ai répondu : "
        "« Passez votre chemin, messieurs ».\nVous riez ?\nUn peu."
    )
    assert said(text) == [("Le vent tourne pour nous", "Nora Belkacem"), ("Passez votre chemin, messieurs", "Nora Belkacem")]


def test_an_unknown_speaker_comes_with_a_reason() -> None:
    """A null speaker says why."""
    (quote,) = quotes_of("« Tout est à refaire », souffle un coursier.")
    assert (quote.speaker, quote.speaker_mention, quote.reason) == (None, None, "« un coursier » names nobody")


def test_the_cue_and_rule_are_told() -> None:
    """A quote carries the words that introduce it and the rule that read them."""
    (quote,) = quotes_of("« Tout est à refaire », a déclaré Nora Belkacem.")
    assert (quote.cue, quote.rule_id, quote.kind) == ("a déclaré", "quote-verb-after", "direct")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lumio assure qu'aucun client n'a été touché.", [("aucun client n'a été touché", "Lumio", "indirect")]),
        ("Selon la Cnil, le dispositif enfreint le règlement.", [("le dispositif enfreint le règlement", "Cnil", "indirect")]),
        ("Lumio affirme ne pas avoir vu la faille.", [("ne pas avoir vu la faille", "Lumio", "indirect")]),
        ("La boutique est fermée depuis lundi, précise Lumio.", [("La boutique est fermée depuis lundi", "Lumio", "indirect")]),
        ("Un passant affirme que la boutique est fermée.", []),
        ("Lumio n'a confirmé que la fermeture de la boutique.", []),
        ("« Le marché est saturé », affirme Lumio.", []),
    ],
)
def test_indirect_speech_is_found_apart(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Words reported without marks are no quotations; they have a recognizer of their own."""
    assert [(q.text, q.speaker, q.kind) for q in INDIRECT.find(plain_document(text), CAST.mentions(text))] == expected


def test_who_may_have_spoken_is_weighed() -> None:
    """The subject of the sentence before stands out more than whom it met."""
    text = "Nora Belkacem a reçu Inès Carvalho. « Nous irons au bout », jure-t-elle."
    (near,) = QUOTES.near_misses(plain_document(text), CAST.mentions(text))
    assert (near.rule_id, near.what) == (
        "quote-pronoun-after",
        (
            "quote-pronoun-after, quote-inverted-after beside it; who may speak: "
            "Nora Belkacem +3.2 (1 sentence before, its subject, feminine); "
            "Inès Carvalho +1.6 (1 sentence before, not its subject, feminine)"
        ),
    )


def test_what_came_near_says_which_condition_failed() -> None:
    """Marked words that are no quotation name the rules that matched and the condition that kept one from them."""
    text = "Le « petit modèle maison » par Nora Belkacem déçoit."
    (near,) = QUOTES.near_misses(plain_document(text), CAST.mentions(text))
    assert near.what == (
        "no quotation: quote-noun-phrase, quote-passive-by (fails: before) beside it; "
        "3 words of the 3 that a quotation has at least"
    )
