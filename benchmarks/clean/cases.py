"""The cases of the cleaning measure: each body in each shape of dirt, with what must stay and what must go."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
from ruamel.yaml import YAML

HERE = Path(__file__).parent
OUTLET = "La Gazette du Ponant"
HEADLINE = "Saint-Évran éteint ses caméras"
PARAGRAPH = (
    "Le conseil municipal de Saint-Évran a voté mardi la fin de l'expérience, par dix-neuf voix contre quatorze, au terme d'un "
    "débat de trois heures pendant lequel personne n'a quitté la salle."
)
KINDS = {
    "T": "headline",
    "L": "lead",
    "H": "heading",
    "G": "heading",
    "P": "paragraph",
    "I": "item",
    "C": "caption",
    "Q": "question",
    "A": "answer",
}
"""The marks of the lines in `marked/`; G is a heading that lost its line end, D stays and is of no kind, X is furniture."""

INLINE = re.compile(r"‹([^‹›]*)›")
BRACKETS = str.maketrans("", "", "‹›")
"""Furniture inside a line of `marked/` stands in ‹ ›."""

MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]


@dataclass(frozen=True, slots=True)
class Case:
    """One article as it comes in: `raw` is text or a page; `told` are the fields that the shape tells."""

    id: str
    kind: str
    raw: str
    body: tuple[str, ...]
    furniture: tuple[str, ...]
    told: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)


def build_cases() -> Iterator[Case]:
    """All cases, in order."""
    yaml = YAML(typ="safe")
    shapes = yaml.load((HERE / "shapes.yaml").read_text(encoding="utf-8"))
    for number, article in enumerate(yaml.load((HERE / "bodies.yaml").read_text(encoding="utf-8"))):
        for shape in shapes:
            build = build_text if shape["kind"] == "text" else build_page
            yield build(f"{shape['id']}-{number:02}", shape, article)


def build_line_cases() -> Iterator[Case]:
    """A case for each line of `lines.yaml`: furniture above or below a body, and body lines at the end and in the middle."""
    lines = YAML(typ="safe").load((HERE / "lines.yaml").read_text(encoding="utf-8"))
    for place, template in (("below", "{head}\n\n{body}\n\n{line}"), ("above", "{head}\n{line}\n\n{body}")):
        for number, line in enumerate(lines[place]):
            yield Case(
                f"{place}-{number:03}",
                "line",
                template.format(head=HEADLINE, body=PARAGRAPH, line=line),
                (PARAGRAPH,),
                (line,),
                {},
            )
    for number, line in enumerate(lines["body"]):
        for place, after in (("end", ""), ("middle", f"\n\n{PARAGRAPH}")):
            raw = f"{HEADLINE}\n\n{PARAGRAPH}\n\n{line}{after}"
            yield Case(f"{place}-{number:03}", "line", raw, (PARAGRAPH, line), (), {})


def build_marked_cases() -> Iterator[Case]:
    """A case for each text of `marked/`, whose lines say what they are (see `KINDS`)."""
    for path in sorted((HERE / "marked").glob("*.txt")):
        marked = [(line[0], line[2:]) for line in path.read_text(encoding="utf-8").splitlines() if line[1:2] == "|"]
        told = dict(line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines() if line[1:2] != "|")
        raw = "".join(line + (" " if mark == "G" else "\n\n") for mark, line in marked).translate(BRACKETS)
        inner = [piece for _, line in marked for piece in INLINE.findall(line)]
        marked = [(mark, INLINE.sub("", line).strip()) for mark, line in marked]
        headline = next(line for mark, line in marked if mark == "T")
        kinds = {line: KINDS[mark] for mark, line in marked if mark in KINDS}
        furniture = (*(line for mark, line in marked if mark == "X"), *inner)
        body = tuple(line for mark, line in marked if mark != "X")
        yield Case(path.stem, "marked", raw, body, furniture, {"title": headline, **told}, kinds)


def build_text(case_id: str, shape: Mapping[str, Any], article: Mapping[str, Any]) -> Case:
    """The body as a crawler or a mailbox would give it."""
    facts = _facts(article)
    dirt = {place: [line.format(**facts) for line in shape.get(place, ())] for place in ("before", "under", "between", "after")}
    paragraphs = [line.removeprefix("## ") for line in article["body"]]
    paragraphs[0] = shape.get("dateline", "").format(**facts) + paragraphs[0]
    lines = [*dirt["before"], article["title"], "", *dirt["under"], "", *paragraphs[:2], *dirt["between"], *paragraphs[2:]]
    stays = dirt["under"] if shape.get("under_stays") else []
    furniture = tuple(line.strip() for lines in dirt.values() for line in lines if line not in stays)
    raw = "\n".join([*lines, "", *dirt["after"]])
    return Case(case_id, "text", raw, (*stays, *paragraphs), furniture, {name: facts[name] for name in shape["keeps"]})


def build_page(case_id: str, shape: Mapping[str, Any], article: Mapping[str, Any]) -> Case:
    """The body in a page; all that the page shows without it is furniture."""
    facts = _facts(article)
    template = (HERE / "pages" / shape["page"]).read_text(encoding="utf-8")
    tags = [
        f"<h2>{line[3:]}</h2>" if line.startswith("## ") else f"<p>{escape(line, quote=False)}</p>" for line in article["body"]
    ]
    escaped = {**facts, "title": escape(article["title"]), "title_json": article["title"].replace('"', "'")}
    raw = template.format(**escaped, paragraphs="\n".join(tags))
    empty = lxml.html.document_fromstring(template.format(**escaped, paragraphs=""))
    shown = (text.strip() for text in empty.xpath("//body//text()[not(parent::script)]"))
    furniture = tuple(
        dict.fromkeys(text for text in shown if len(text) > 5 and text not in (article["title"], article["author"]))
    )
    body = tuple(line.removeprefix("## ") for line in article["body"])
    return Case(case_id, "html", raw, body, furniture, {name: facts[name] for name in shape["keeps"]})


def _facts(article: Mapping[str, Any]) -> dict[str, str]:
    day = article["day"] if isinstance(article["day"], dt.date) else dt.date.fromisoformat(article["day"])
    return {
        "title": article["title"],
        "author": article["author"],
        "outlet": OUTLET,
        "day": day.isoformat(),
        "iso": day.isoformat(),
        "month": day.isoformat()[:7],
        "numeric": f"{day:%d/%m/%Y}",
        "words": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    }
