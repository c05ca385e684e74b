"""An article becomes a document: what it says of its publication, what it keeps, and the way back on all of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import Cleaner, RepeatedLines, lines_of
from pipeline.errors import ArticleError
from pipeline.lexicon import load_lexicon
from pipeline.model import Article, Document, PublishedFrom
from pipeline.settings import Settings
from pipeline.text import fold_typography

LEXICON = load_lexicon()
CLEANER = Cleaner(LEXICON, today=dt.date(2026, 1, 31))
BODY = (
    "Le conseil municipal de Saint-Évran a voté mardi la fin de l’expérience, par dix-neuf voix contre quatorze, au terme d’un "
    "débat de trois heures.\n\n« On nous a promis des économies », rappelle M. Le Goff. Elles ne sont jamais venues."
)
DIRTY = (
    " date 2024-02 \nSaint-Évran éteint ses caméras\n\nPar Anaïs Kermadec. Mis à jour le 16/02/2024 à 12h40.\n\n"
    + BODY.replace("«", "Â«").replace("»", "Â»").replace("débat", "d&eacute;bat").replace("économies", "Ã©conomies")
    + "\n\nÀ lire aussi : Les caméras de Brest\nPartager sur Facebook · Se désabonner"
)


def clean(text: str, **fields: object) -> Document:
    return CLEANER.clean(Article("a", "a.txt", text, **fields))  # type: ignore[arg-type]


def test_a_dirty_article_comes_out_clean() -> None:
    document = clean(DIRTY)
    assert document.text == f"Saint-Évran éteint ses caméras\n\n{BODY}"
    assert (document.published, document.published_from) == ("2024-02", "header")
    assert document.authors == ("Anaïs Kermadec",)
    assert document.title == "Saint-Évran éteint ses caméras"
    assert [block.kind for block in document.blocks] == ["headline", "lead", "paragraph"]
    assert [document.text[s.start : s.end] for s in document.sentences][-2:] == [
        "« On nous a promis des économies », rappelle M. Le Goff.",
        "Elles ne sont jamais venues.",
    ]
    assert [removal.rule for removal in document.removals] == [
        "crawl-header",
        "byline",
        "html-entity",
        "encoding-utf8",
        "encoding-utf8",
        "encoding-utf8",
        "read-also",
        "share",
    ]


def test_the_source_of_a_repaired_word_is_the_damaged_word() -> None:
    document = clean(DIRTY)
    start = document.text.index("économies")
    first, last = document.to_source.source_span(start, start + len("économies"))
    assert DIRTY[first:last] == "Ã©conomies"


@pytest.mark.parametrize(
    ("text", "fields", "published", "origin"),
    [
        pytest.param(
            "Publié le 12/03/2024 à 9h", {"published": "2023", "published_from": "metadata"}, "2023", "metadata", id="a field"
        ),
        pytest.param(
            "Publié le 12/03/2024 à 9h",
            {"published": "2023", "published_from": "html"},
            "2024-03-12",
            "text",
            id="text before page",
        ),
        pytest.param(
            "12 mars 2024", {"published": "2023", "published_from": "filename"}, "2024-03-12", "text", id="text before file name"
        ),
        pytest.param("Brest, 12 mars 2024 (Ponant) - Rien.", {}, "2024-03-12", "text", id="dateline"),
        pytest.param("Mis à jour le 13/03/2024. Publié le 12/03/2024.", {}, "2024-03-12", "text", id="published before updated"),
        pytest.param("Rien.", {"published": "2023-05-06", "published_from": "html"}, "2023-05-06", "html", id="the page"),
        pytest.param("Rien.", {}, None, None, id="nobody knows"),
    ],
)
def test_the_day_of_publication(text: str, fields: dict[str, str], published: str | None, origin: PublishedFrom | None) -> None:
    document = clean(f"Saint-Évran éteint ses caméras\n{text}\n\n{BODY}", **fields)
    assert (document.published, document.published_from) == (published, origin)


@pytest.mark.parametrize("stamp", ["12/03/2031", "12/03/1969"])
def test_a_day_that_cannot_be_is_doubted(stamp: str) -> None:
    document = clean(f"Saint-Évran éteint ses caméras\nPublié le {stamp}\n\n{BODY}")
    [issue] = document.issues
    assert (issue.code, issue.stage, issue.fatal, document.published) == ("bad_date", "clean", False, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("a" * 300_001, "too_long", id="longer than an article"),
        pytest.param("a\n" * 5_001, "not_prose", id="a letter a line"),
        pytest.param(" \n\t", "empty", id="nothing at all"),
        pytest.param("Partager l'article\n\nSe désabonner", "empty", id="nothing but furniture"),
        pytest.param(
            "The city council voted on Tuesday to end the experiment, by nineteen votes to fourteen, after a debate of three "
            "hours during which nobody left the room, according to the minutes.",
            "not_french",
            id="English",
        ),
        pytest.param(
            "El ayuntamiento votó el martes el fin del experimento, por diecinueve votos contra catorce, después de un debate de "
            "tres horas durante el cual nadie salió de la sala, según el acta.",
            "not_french",
            id="Spanish",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(text: str, code: str) -> None:
    with pytest.raises(ArticleError) as caught:
        clean(text)
    assert (caught.value.code, caught.value.stage) == (code, "clean")


def test_another_language_may_be_kept_and_is_marked() -> None:
    cleaner = Cleaner(LEXICON, settings=Settings(refuse_languages=False))
    text = (
        "The city council voted on Tuesday to end the experiment, by nineteen votes to fourteen, after a debate of three hours."
    )
    assert cleaner.clean(Article("a", "a.txt", text)).language == "en"


def test_an_english_quotation_does_not_make_an_article_english() -> None:
    quotation = "“We are not going to change our minds about this, and nobody should expect us to”, a répondu le groupe."
    assert clean(f"{BODY}\n\n{quotation}").language == "fr"


def test_markdown_leaves_its_words() -> None:
    marked = "# Un **vote**\n\nLire [le *guide*](https://a.example/b) du\nconseil[^1].\n\n> Une citation."
    text = f"---\ntitle: x\n---\n\n{marked}\n\n{BODY}"
    assert clean(text, format="markdown").text == f"Un vote\n\nLire le guide du conseil.\n\nUne citation.\n\n{BODY}"


@pytest.mark.parametrize("front", ["---\ntitle: Un vote\n---\n", "+++\ntitle = 'Un vote'\n+++\n", '{\n"title": "Un vote"\n}\n'])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_front_matter_and_code_go_whatever_ends_the_lines(front: str, line_end: str) -> None:
    text = f"{front}\n# Un vote\n\n{BODY}\n\n```\nprint(1)\n```\n".replace("\n", line_end)
    assert clean(text, format="markdown").text == f"Un vote\n\n{BODY}"


def test_tags_leave_their_words() -> None:
    text = "<p>Un <b>vote</b></p><script>var a = '<p>';</script><!-- rien --><p>Deux&nbsp;voix, x < 3 et y > 4.</p>"
    assert clean(text).text == "Un vote\n\nDeux\u00a0voix, x < 3 et y > 4."


def test_lines_of_a_fixed_width_become_paragraphs() -> None:
    wrapped = (
        "Le conseil municipal de Saint-Évran a voté mardi la fin de\nl’expérience, par dix-neuf voix contre quatorze, au terme\n"
        "d’un débat de trois heures pendant lequel personne n’a\nquitté la salle.\n\n"
        "La préfecture a trente jours pour faire connaître sa\nposition, et le maire ne doute pas de sa réponse."
    )
    assert clean(wrapped).text == wrapped.replace("\n\n", "¶").replace("\n", " ").replace("¶", "\n\n")


def test_a_list_of_headlines_is_no_wrapped_paragraph() -> None:
    headlines = [
        f"La ville de {town} coupe ses caméras et garde ses capteurs" for town in ("Brest", "Redon", "Vannes", "Sète", "Nîmes")
    ]
    assert clean("\n".join(headlines)).text == "\n".join(headlines)


def test_spacing_that_nobody_sees_goes() -> None:
    assert clean(f"Mistral\u200b  AI,\u00ad l'e\u0301te\u0301\r\n\r\n{BODY}").text == f"Mistral AI, l'été\n\n{BODY}"


def test_questions_and_answers_are_told_apart() -> None:
    text = "Un entretien\n\n" + "\n\n".join(
        f"Pourquoi {word} ?\nParce qu'il le faut bien, et depuis longtemps." for word in ("lui", "elle", "eux")
    )
    assert [block.kind for block in clean(text).blocks] == ["headline", *(["question", "answer"] * 3)]


def test_labels_of_speakers_tell_questions_from_answers() -> None:
    """What stands below an answer goes on answering."""
    turns = [
        "Le Relais : Racontez-nous ?",
        "Jo Lan : Volontiers. Il le faut.",
        "Elle hésite un instant.",
        "Le Relais : Et après ?",
    ]
    text = "\n\n".join(["Un entretien", *turns, "Jo Lan : On verra bien."])
    assert [block.kind for block in clean(text).blocks] == ["headline", "question", "answer", "answer", "question", "answer"]


def test_lines_that_the_corpus_repeats_go() -> None:
    texts = [BODY.replace("dix-neuf", number) for number in ("dix", "onze", "douze", "treize")]
    motto = "Le vent porte, la gazette aussi"
    articles = [Article(text[:99], "a.jsonl", f"Titre {text[90:99]}\n\n{text}\n\n{motto}", outlet="Gazette") for text in texts]
    shared = frozenset.intersection(*(lines_of(article).keys for article in articles))
    document = CLEANER.clean(articles[0], repeated=RepeatedLines(frozenset(("Gazette", line) for line in shared)))
    assert document.removals[-1].rule == "repeated-line"
    assert "Le vent porte" not in document.text


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        pytest.param(f"Titre\nAnaïs KERVADEC\n\n{BODY}", ("Anaïs KERVADEC",), id="below the headline"),
        pytest.param(f"Titre\n\n{BODY}\n\nAnaïs Kervadec", ("Anaïs Kervadec",), id="below the body"),
        pytest.param(
            f"Titre\n\n{BODY} Anaïs Kervadec reste. Elle siège depuis 1998 à la commission des comptes.", (), id="told of"
        ),
    ],
)
def test_a_name_alone_signs(text: str, authors: tuple[str, ...]) -> None:
    document = clean(text)
    assert (document.authors, "Anaïs" in document.text) == (authors, not authors)


@pytest.mark.parametrize(
    ("last", "goes"),
    [
        ("Anaïs Kervadec est sociologue du travail. Elle s'exprime à titre personnel.", True),
        ("Anaïs Kervadec enseigne le droit des ports à l'université de Redon, où elle dirige depuis peu un séminaire.", True),
        ("Anaïs Kervadec est attendue à la barre mardi.", False),
        ("Voltigeur est éditeur de logiciels.", False),
    ],
    ids=["a trade", "what she does", "what befalls her", "no person"],
)
def test_a_last_line_that_presents_somebody_new_goes(last: str, goes: bool) -> None:
    assert (last not in clean(f"Titre\n\n{BODY}\n\n{last}").text) == goes


def test_a_last_line_on_somebody_told_of_stays() -> None:
    last = "Anaïs Kervadec est sociologue du travail."
    told = f"{BODY} Anaïs Kervadec reste. Elle siège depuis 1998 à la commission des comptes."
    assert last in clean(f"Titre\n\n{told}\n\n{last}").text


def test_a_line_above_the_headline_goes() -> None:
    document = clean(f"Mer & réseaux\nSaint-Évran éteint ses caméras\n\n{BODY}", title="Saint-Évran éteint ses caméras")
    assert document.text == f"Saint-Évran éteint ses caméras\n\n{BODY}"


def test_a_communique_ends_where_it_speaks_of_its_sender() -> None:
    about = "À propos de Voltigeur\nVoltigeur emploie 120 personnes à Brest."
    assert clean(f"Titre\n\n{BODY}\n\n{about}").text.endswith(about)
    assert clean(f"COMMUNIQUÉ DE PRESSE\nTitre\n\n{BODY}\n\n{about}").text == f"Titre\n\n{BODY}"


def test_furniture_that_ends_a_line_takes_the_mark_before_it_along() -> None:
    assert clean(f"Titre\nVu du port · Lecture : 3 min\n\n{BODY}").text == f"Titre\nVu du port\n\n{BODY}"


DIRT = (
    *("é", "Ã©", "â€™", "Ă©", "&eacute;", "&amp;nbsp;", "<b>", "</p>", "**", "[a](b)", "\r\n", "\n\n", "  ", "\u00a0", "\u200b"),
    *("e\u0301", "ﬁ", "Partager l'article", "Publié le 12/03/2024", "« Oui. »", "M. Le Goff parle.", "Le Sénat vote."),
    *("la loiLe Sénat vote", "(crédit : Jo Lan)", "ðŸ˜€", "\x92", "a", "·"),
)
PIECES = st.sampled_from(DIRT)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25), st.sampled_from(["text", "markdown"]))
def test_the_way_back_holds_whatever_the_dirt(pieces: list[str], kind: str) -> None:
    """Every character has a source, in order; blocks and sentences nest; what was not repaired is as it was in the source."""
    source = " ".join(pieces) + f" {BODY}"
    document = clean(source, format=kind)
    assert document.folded == fold_typography(document.text)
    previous = (0, 0)
    for offset in range(len(document.text)):
        span = document.to_source.source_span(offset, offset + 1)
        assert previous[0] <= span[0] < span[1] <= len(source)
        assert previous[1] <= span[1]
        previous = span
    start = document.text.index("a voté mardi")
    first, last = document.to_source.source_span(start, start + 12)
    assert source[first:last] == "a voté mardi"
    for sentence in document.sentences:
        assert any(block.start <= sentence.start < sentence.end <= block.end for block in document.blocks)
