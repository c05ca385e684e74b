"""What a page holds: its headline without the outlet's name, its body rather than teasers of others."""

from __future__ import annotations

from pipeline.read.html import extract_html

BODY = "Le conseil municipal de Saint-Évran a voté mardi la fin de l'expérience, par dix-neuf voix contre quatorze."


def page(body: str, title: str = "Saint-Évran éteint ses caméras - La Gazette") -> str:
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    return f'<html lang="fr"><head>{head}</head><body>{body}</body></html>'


def test_the_outlet_behind_the_headline_is_none_of_it() -> None:
    assert extract_html(page(f"<h1>Saint-Évran éteint ses caméras</h1><p>{BODY}</p>")).title == "Saint-Évran éteint ses caméras"


def test_teasers_that_call_themselves_articles_do_not_hide_the_body() -> None:
    teaser = "<article><h3>Le bac reprend la mer</h3><p>La traversée coûtera 3 euros à partir de juin.</p></article>"
    text = extract_html(
        page(f"<main><h1>Un vote</h1><div><p>{BODY}</p><h2>Et après ?</h2><p>{BODY}</p></div>{teaser}</main>")
    ).text
    assert text.index(BODY) < text.index("Et après ?") < text.rindex(BODY)
    assert "Le bac" not in text or text.index("Le bac") > text.rindex(BODY)
