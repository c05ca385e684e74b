"""What other extractors make of pages: run in an environment of its own, pages in (JSON Lines), fields out (JSON Lines).

python peers.py trafilatura|newspaper4k|readability < pages.jsonl > found.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

Fields = dict[str, object]


def by_trafilatura(page: str) -> Fields:
    import trafilatura

    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    fields = found.as_dict() if found else {}
    authors = [name for name in (fields.get("author") or "").split("; ") if name]
    return {"text": fields.get("text") or "", "title": fields.get("title"), "day": fields.get("date"), "authors": authors}


def by_newspaper4k(page: str) -> Fields:
    import newspaper

    article = newspaper.Article("https://gazette.example/article", language="fr")
    article.download(input_html=page)
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else None
    return {"text": article.text, "title": article.title, "day": day, "authors": list(article.authors)}


def by_readability(page: str) -> Fields:
    import lxml.html
    import readability

    document = readability.Document(page)
    body = lxml.html.fromstring(document.summary(html_partial=True))
    text = "\n".join(" ".join(block.text_content().split()) for block in body.iter("p", "h2", "h3", "li", "td"))
    return {"text": text, "title": document.short_title(), "day": None, "authors": []}


PEERS: dict[str, Callable[[str], Fields]] = {
    "trafilatura": by_trafilatura,
    "newspaper4k": by_newspaper4k,
    "readability": by_readability,
}

if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(PEERS[sys.argv[1]](json.loads(line))))
