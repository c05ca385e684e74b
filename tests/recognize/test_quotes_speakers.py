"""Who says a quotation, where more than one could: the subject of the verb that governs, the holder of an office, one of two."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Mention
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
        ("Si Lumio salue « un choix courageux », Nubéo y voit « un arrêt très politique ».", ["Lumio", "Nubéo"]),
        ("Nubéo se tait. Les plaignants dénoncent « un blanc-seing à vie ».", [None]),
    ],
    ids=["denied in the clause", "said in the clause", "one for several", "behind another", "several"],
)
def test_the_subject_of_the_verb_that_says_it(text: str, expected: list[str | None]) -> None:
    """A clause whose verb says nothing belongs to who says the clause; one of several that is named stands for all."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le tribunal a entendu Paul Verdier. À la barre, il a avoué « une erreur de jeunesse ».", ["Paul Verdier"]),
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
        "court that nobody names",
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nora Belkacem a vu Inès Carvalho. Après une heure, la seconde n'y tient plus. « Je pars », dit-elle.",
            ["Inès Carvalho"],
        ),
        (
            "Nora Belkacem, PDG, est là. À ceux qui doutent, la Finlandaise rétorque qu'elle reste « prête à tout ».",
            ["Nora Belkacem"],
        ),
        ("« Je pars demain », a lancé à la fin du débat Nora Belkacem, députée.", ["Nora Belkacem"]),
        ("Paul Verdier, de Lumio, et Nora Belkacem se sont vus. La seconde a plaidé « la bonne foi totale ».", ["Nora Belkacem"]),
        ("« Je pars demain », tacle de son côté le député (Lumio) Paul Verdier.", ["Paul Verdier"]),
        ("« Je pars demain », élude, le sourire en coin, la patronne de Lumio, Nora Belkacem.", ["Nora Belkacem"]),
        ("Le député Paul Verdier a vu la ministre Nora Belkacem. « Nous partons », dit la ministre.", ["Nora Belkacem"]),
        ("La Cnil doute. « Je pars demain », a lancé un porte-parole du groupe à Lumio.", [None]),
    ],
    ids=[
        "ordinal before its verb",
        "called by her country",
        "circumstance with a complement",
        "people before bodies",
        "party",
        "manner",
        "gender by the noun nearest",
        "nobody's voice",
    ],
)
def test_other_words_for_a_person(text: str, expected: list[str | None]) -> None:
    """« la seconde n'y tient plus », « la Finlandaise rétorque », « a lancé à la fin du débat X »."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lumio attaque Nubéo. Lumio gagne.\nLe ton monte chez Nubéo. La société dort. Elle dénonce « un arrêt de hasard ».",
            ["Nubéo"],
        ),
        ("Lumio gagne. Lumio exulte. Chez Nubéo, on rit. « On verra bien », souffle un porte-parole de l'éditeur.", ["Nubéo"]),
        ("Lumio se tait. « On verra bien », souffle un porte-parole de l'entreprise auprès de Nubéo.", ["Lumio"]),
        (
            "Lumio agit. « On verra ici », dit Lumio.\nTout vient de l'éditeur Nubéo. « Enfin une peine », dit sa direction.",
            ["Lumio", "Nubéo"],
        ),
        ("Nubéo rit. « C'est fini », écrit le fabricant de batteries, Lumio.", ["Lumio"]),
        ("La Cnil a tranché. « On verra bien plus tard », souffle l'entreprise.", [None]),
        (
            "Lumio accuse. « On verra », lâche une porte-parole de la maison, qui met en avant un choix « fait bien avant ».",
            ["Lumio", "Lumio"],
        ),
    ],
    ids=["paragraph's own", "where somebody is", "told to another", "its own", "named behind", "no authority", "goes on"],
)
def test_the_body_described(text: str, expected: list[str | None]) -> None:
    """The one that the paragraph or the sentence before is about, before the one that the article names most."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lumio retire sa candidature. L'allemand juge le cahier des charges « rempli de pièges ».", ["Lumio"]),
        ("Nubéo rit. « C'est fini pour nous », a réagi l'entreprise condamnée, Lumio.", ["Lumio"]),
        ("Lumio ferme. « Le marché nous y oblige », dit la direction dans un message dont Nubéo a eu copie.", ["Lumio"]),
        ("Nora Belkacem dort. La direction de Lumio s'explique. « On adopte des outils », plaide-t-elle.", ["Lumio"]),
        ("La Cnil condamne Lumio. La société a recruté Nora Belkacem. « J'arrive en mai », dit-elle.", ["Nora Belkacem"]),
        ("Nora Belkacem habite ici. Son association a porté plainte. « On nous ment depuis mai », dit-elle.", ["Nora Belkacem"]),
        ("Nora Belkacem se tait. Son avocate soupire. « On nous ment depuis mai », dit-elle.", [None]),
        ("L'Assemblée nationale attend. « Le constat est sévère », écrit la commission.", [None]),
        ("Lumio tient bon. « Aucun client n'est touché », assure-t-on au siège.", ["Lumio"]),
        ("La ministre du Travail Nora Belkacem y voit « un premier pas utile ».", ["Nora Belkacem"]),
        ("Nora Belkacem élude. Vendre ? « Plutôt fermer boutique ».", ["Nora Belkacem"]),
        (
            "Le Conseil d'État hésite. Les juges, dit-il, siègent « pour un motif valable », et nul ne « peut les en chasser ».",
            ["Conseil d'État", "Conseil d'État"],
        ),
    ],
    ids=[
        "verb that is a noun",
        "noun behind a noun",
        "copy",
        "direction",
        "recruit",
        "her association",
        "her lawyer",
        "commission",
        "at the seat",
        "portfolio",
        "asked",
        "goes on in the clause",
    ],
)
def test_who_speaks_by_the_sentence_before(text: str, expected: list[str | None]) -> None:
    """What a description, a pronoun or a possessive leaves to the sentence before it."""
    assert speakers(text) == expected


def test_a_firm_called_by_what_it_is_known_for() -> None:
    """« le groupe de Cupertino » is Apple, where the article names it."""
    text = "Apple a attaqué Lumio. Lumio gagne, Lumio exulte. « On verra bien », rétorque la marque à la pomme."
    apple = Mention(0, 5, "Apple", "ORG", "test", canonical="Apple")
    assert [q.speaker for q in QUOTES.find(plain_document(text), (apple, *CAST.mentions(text)))] == ["Apple"]


def test_a_question_speaks_of_whom_the_answer_is_about() -> None:
    """« Votre prédécesseur » is not the one who answers, and no authority that the question names."""
    text = (
        "Nora Belkacem : « Le vent tourne pour nous »\nQue faites-vous ?\nJe travaille.\nEt la Cnil ?\nElle aussi.\n"
        "Votre prédécesseur jugeait la Cnil « bien trop timide ».\nPaul Verdier a eu du courage.\nVous riez ?\nUn peu."
    )
    assert speakers(text) == ["Nora Belkacem", "Paul Verdier"]


def test_who_speaks_in_a_heading_says_the_paragraph_below() -> None:
    """« 14h10 – X réagit » over nothing but a quotation; a headline or a heading without a verb of saying tells nothing."""
    assert speakers("En direct\n14h10 – Nora Belkacem réagit\n« Nous irons jusqu'au bout. »\nFin.") == ["Nora Belkacem"]
    assert speakers("En direct\n14h10 – Nora Belkacem dort\n« Nous irons jusqu'au bout. »\nFin.") == [None]
    assert speakers("Nora Belkacem réagit\n« Nous irons jusqu'au bout. »\nFin.") == [None]


def test_a_heading_is_said_by_who_says_it_below() -> None:
    """The words of a heading that come again, with their speaker, are the speaker's."""
    text = "« Nous irons au bout »\nLe procès reprend.\n« Nous irons au bout, et plus loin », a lancé Nora Belkacem à Lumio."
    assert speakers(text) == ["Nora Belkacem", "Nora Belkacem"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Cnil enquête sur Lumio. « Le décret sortira en mai », assure-t-on au ministère.", [None]),
        ("Le ministère de la Culture tarde. « Le décret sortira en mai », jure-t-on au ministère.", ["ministère de la Culture"]),
        ("Nora Belkacem sort. « Rien n'est signé encore », a écrit l'une d'elles.", [None]),
        ("Nora Belkacem sort. La vente « n'a rien donné du tout », selon cette même source.", [None]),
        ("L'un d'eux travaillait chez Lumio. Il m'a écrit : « Je sais tout faire, même cela. »", [None]),
        ("Paul Verdier dirige Lumio. Une amie a lu son livre. « C'est bon », m'a-t-il écrit.", ["Paul Verdier"]),
        ("Nora Belkacem sort. Ma tante a trouvé cela « un peu trop secret pour elle ».", [None]),
        ("Nora Belkacem se souvient d'un jour où un technicien lui avait promis « une affaire de deux jours ».", [None]),
        ("Lumio grandit. « C'est un scandale d'État », dit-on à Bruxelles.", [None]),
    ],
    ids=[
        "ministry that nobody names",
        "ministry named",
        "one of several",
        "a source",
        "pronoun for one of several",
        "pronoun of another gender",
        "the author's aunt",
        "stranger in the clause",
        "a place",
    ],
)
def test_who_is_not_named_is_nobody_else(text: str, expected: list[str | None]) -> None:
    """Words of somebody whom the article does not name are given to nobody, and his pronoun to nobody."""
    assert speakers(text) == expected


def test_the_name_that_heads_a_paragraph_is_its_i() -> None:
    """Where two answer an interview, « je » is whose name stands before the answer."""
    text = (
        "Nora Belkacem et Paul Verdier reçoivent.\nQui paie ?\nNora Belkacem : Les clients.\nEt vous ?\n"
        "Paul Verdier : J'ai répondu « je ne sais pas du tout ».\nFin ?\nNora Belkacem : Oui."
    )
    assert speakers(text) == ["Paul Verdier"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Nous irons au bout. C'est promis. »\nNora Belkacem, PDG de Lumio", ["Nora Belkacem"]),
        ("« Nous irons au bout. C'est promis. »\nNora Belkacem dirige Lumio. Elle part.", [None]),
    ],
    ids=["signature", "sentence"],
)
def test_a_quotation_signed_below(text: str, expected: list[str | None]) -> None:
    """The name in the line below a quotation that fills its paragraph signs it; a sentence about somebody does not."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lumio, fondée par Nora Belkacem, recrute. Inès Carvalho rit. « Tout ira bien pour nous », dit la fondatrice.",
            ["Nora Belkacem"],
        ),
        (
            "Paul Verdier, secrétaire de l'union locale CGT, vient. Hugo Lantier rit. « C'est cher », calcule le syndicaliste.",
            ["Paul Verdier"],
        ),
        (
            "Paul Verdier, conseiller municipal, est là. Hugo Lantier rit. Il rit encore. « C'est cher payé », tonne l'élu.",
            ["Paul Verdier"],
        ),
        ("Me Paul Verdier est là. Hugo Lantier rit. Il rit encore. « C'est cher payé », plaide l'avocat.", ["Paul Verdier"]),
    ],
    ids=["founded by", "of a union", "councillor", "title"],
)
def test_what_people_do_tells_who_is_described(text: str, expected: list[str | None]) -> None:
    """A function told by a verb, a union, a title or another noun of the same walk of life weighs more than the nearest name."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paul Verdier, directeur passé par Lumio, reste. « Nous tenons bon ici », répète ce dernier.", ["Paul Verdier"]),
        ("Lumio paie. Paul Verdier quitte le conseil de la société. « Il est temps », écrit ce dernier.", ["Paul Verdier"]),
        ("Léa Roux a vu Lumio. « Nous tenons bon ici », répète ce dernier.", ["Lumio"]),
        (
            "Hugo Lantier est là, et Nora Belkacem, du collectif Lumio. Cette dernière dénonce « un bail de nuit ».",
            ["Nora Belkacem"],
        ),
        ("Le Sénat attend. Elle juge cela « bien trop long pour lui ».", [None]),
        ("Le Sénat dort. La direction du Sénat conteste : « C'est un simple recyclage », écrit-elle.", ["Sénat"]),
        ("Paul Verdier sort. Lumio paie. Lui parle d'un départ « choisi et même préparé ».", ["Paul Verdier"]),
        (
            "Nora Belkacem rit. Paul Verdier, de Lumio, part. Réplique de la première : « Il faut mesurer avant ».",
            ["Nora Belkacem"],
        ),
        (
            "Nora Belkacem dit : « On en a dix. » Paul Verdier, élu en mars, craint un « mur de prêts garantis ».",
            ["Nora Belkacem", "Paul Verdier"],
        ),
        ("Paul Verdier, le ressuscité, confirme, philosophe : « L'article était plutôt flatteur. »", ["Paul Verdier"]),
        ("Nora Belkacem part. Les voisins ont eu peur. « Ce sera vite fini », répond-elle.", ["Nora Belkacem"]),
        ("Lumio s'inquiète. « La cantine a fermé hier », regrette l'un de ses délégués.", ["Lumio"]),
        ("Nora Belkacem s'inquiète. « La cantine a fermé hier », regrette l'un de ses délégués.", [None]),
    ],
    ids=[
        "latter",
        "latter, a person",
        "latter, a body",
        "latter of a collective",
        "no feminine body",
        "feminine voice",
        "him",
        "the first",
        "behind words",
        "apposition",
        "she behind several",
        "a delegate",
        "a person's delegate",
    ],
)
def test_words_for_somebody_named_before(text: str, expected: list[str | None]) -> None:
    """A body that only tells what somebody is, or of another gender than the pronoun, does not speak."""
    assert speakers(text) == expected


def test_a_firm_called_by_the_town_of_its_seat() -> None:
    """« À Cupertino, on … » is Apple, and so is « l'entreprise » behind it, where the article names it."""
    text = "Apple paie. Lumio gagne, Lumio exulte. À Cupertino, on « étudie la décision ». « C'est injuste », tonne l'entreprise."
    town = text.index("Cupertino")
    names = (
        Mention(0, 5, "Apple", "ORG", "test", canonical="Apple"),
        Mention(town, town + 9, "Cupertino", "LOC", "test"),
        *CAST.mentions(text),
    )
    document, found = plain_document(text), sorted(names, key=lambda m: m.start)
    assert [q.speaker for q in QUOTES.find(document, tuple(found))] == ["Apple", "Apple"]
    assert [q.speaker for q in QUOTES.find(document, tuple(m for m in found if m.text != "Apple"))] == [None, "Lumio"]
