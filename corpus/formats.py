"""The formats of the corpus: what a file that holds one article, or a bundle of rows, looks like on disk."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROW_FIELDS = ("id", "title", "published", "url", "outlet", "authors", "text")
"""The columns of every bundle, in order; in CSV the authors are joined by « ; »."""

_PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>{title} | {outlet}</title>
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{outlet}">
<meta name="author" content="{authors}">
<meta property="article:published_time" content="{published}">
<link rel="canonical" href="{url}">
</head>
<body>
<div id="cookies" class="cookie-banner" role="dialog">
<p>{outlet} et ses 214 partenaires déposent des cookies pour mesurer l'audience. Vous pouvez changer d'avis à tout moment.</p>
<button>Tout accepter</button> <button>Continuer sans accepter</button>
</div>
<header>
<a class="logo" href="/">{outlet}</a>
<nav class="menu"><ul>
<li><a href="/une">À la une</a></li><li><a href="/tech">Tech</a></li><li><a href="/economie">Économie</a></li>
<li><a href="/idees">Idées</a></li><li><a href="/abonnement">S'abonner à partir de 1 €</a></li>
</ul></nav>
</header>
<main>
<article>
{body}
</article>
<div class="share"><a href="#">Partager sur LinkedIn</a> <a href="#">Copier le lien</a></div>
<section class="comments"><h3>Commentaires</h3><p>Connectez-vous pour réagir.</p></section>
</main>
<aside class="sidebar"><h3>Les plus lus</h3><ol>
<li><a href="/1">Cinq outils pour trier ses photos</a></li><li><a href="/2">Fibre : la carte des retards</a></li>
</ol></aside>
<footer><p>© {outlet}. Tous droits réservés.</p>
<ul><li><a href="/mentions">Mentions légales</a></li><li><a href="/cgu">Conditions générales</a></li></ul></footer>
</body>
</html>
"""


def extracted_lines(lines: Iterable[str]) -> list[str]:
    """The lines of a web article as an extractor gives them: plain spaces, headings without « ## », no empty lines."""
    return [" ".join(line.removeprefix("## ").split()) for line in lines if line.strip()]


def write_page(lines: Sequence[str], front: Mapping[str, Any]) -> str:
    """The HTML page around the lines of an article: the first is its <h1>, « ## » opens an <h2>, « - » an <li>."""
    fields = {key: html.escape(str(front.get(key) or "")) for key in ("outlet", "published", "url")}
    fields["title"] = html.escape(lines[0])
    authors = html.escape(", ".join(front.get("authors") or ()))
    return _PAGE.format(body="\n".join(_elements(lines)), authors=authors, **fields)


def _elements(lines: Sequence[str]) -> list[str]:
    elements = []
    for number, line in enumerate(lines):
        tag, content = ("h1", line) if number == 0 else ("p", line)
        if line.startswith("## "):
            tag, content = "h2", line[3:]
        if line.startswith("- "):
            tag, content = "li", line[2:]
        elements.append(f"<{tag}>{html.escape(content, quote=False)}</{tag}>")
    return _in_lists(elements)


def _in_lists(elements: list[str]) -> list[str]:
    lines: list[str] = []
    for before, element in zip(["", *elements], [*elements, ""], strict=True):
        if before.startswith("<li>") and not element.startswith("<li>"):
            lines.append("</ul>")
        if element.startswith("<li>") and not before.startswith("<li>"):
            lines.append("<ul>")
        lines.append(element)
    return lines[:-1]


def write_front_matter(front: Mapping[str, Any]) -> str:
    """A Markdown file's front matter with the fields an article may carry (« title: "…" », JSON strings, which YAML reads)."""
    lines = [
        f"{key}: {json.dumps(front[key], ensure_ascii=False)}"
        for key in ("title", "published", "url", "outlet", "authors")
        if front.get(key)
    ]
    return "\n".join(["---", *lines, "---", "", ""])


def write_jsonl(rows: list[dict[str, Any]]) -> bytes:
    """One JSON object a line, without the fields that are empty."""
    lines = [json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False) + "\n" for row in rows]
    return "".join(lines).encode()


def write_csv(rows: list[dict[str, Any]]) -> bytes:
    """The rows as comma-separated values with a header line."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ROW_FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "authors": " ; ".join(row["authors"])} for row in rows)
    return out.getvalue().encode()


def write_parquet(rows: list[dict[str, Any]]) -> bytes:
    """The rows as one Parquet table; the same rows give the same bytes under one version of pyarrow."""
    types = [(name, pa.list_(pa.string()) if name == "authors" else pa.string()) for name in ROW_FIELDS]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(types)), out, compression="zstd")
    return out.getvalue()
