"""A page of the press, and how a folder of files is written and read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.model import Article, Issue
from pipeline.read import read_articles
from pipeline.settings import Settings

TODAY = dt.date(2026, 1, 31)
PAGE = (
    '<html lang="fr"><head><title>Ondéval se trompe | La Gazette</title><meta property="og:title" content="Ondéval se trompe">'
    '<meta property="og:site_name" content="La Gazette"><meta name="author" content="Anaïs Kermadec">'
    '<meta property="article:published_time" content="2024-03-12T09:15:00+01:00"></head><body><nav><a href="/">Accueil</a></nav>'
    "<article><h1>Ondéval se trompe</h1><p>Les portiques loués par Ondéval ont compté vendredi des passages imaginaires pour "
    "une vingtaine de riverains du quai des Tanneurs, qui réclament des excuses.</p><p>Le syndicat a reçu le loueur lundi "
    "matin. Rien ne sera débité avant décembre, a-t-il juré.</p></article>"
    "<footer>Mentions légales</footer></body></html>"
)


def read(folder: Path, **limits: int) -> list[Article | Issue]:
    return list(read_articles([folder], settings=Settings(**limits), today=TODAY))


def write(folder: Path, name: str, content: str | bytes) -> None:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
