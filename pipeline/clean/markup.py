"""Entities, tags and Markdown marks → edits that leave the words they enclose."""

from __future__ import annotations

import html
import re

from pipeline.clean.draft import Edit

_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

_BLOCK_TAGS = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre"
    "|section|table|tbody|thead|tr|ul"
)
_INLINE_TAGS = (
    "a|abbr|audio|b|button|center|cite|code|del|em|font|i|iframe|img|input|ins|label|mark|q|s|small|source|span|strong|sub"
    "|sup|td|th|time|u|video|wbr"
)
_TAG = re.compile(
    rf"(?P<block></?(?:{_BLOCK_TAGS})(?:\s[^<>]{{0,2000}})?/?>)"
    rf"|(?P<inline></?(?:{_INLINE_TAGS})(?:\s[^<>]{{0,2000}})?/?>)",
    re.IGNORECASE | re.DOTALL,
)

_HIDDEN_OPENS = re.compile(r"<(?P<kind>script|style|noscript|svg)\b|(?P<comment><!--)", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A\s*(?:---[ \t]*\n.*?\n---|\+\+\+[ \t]*\n.*?\n\+\+\+|\{[ \t]*\n.*?\n\})[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKDOWN = re.compile(
    r"(?P<code>^(?:```|~~~).*?^(?:```|~~~)[ \t]*$)"
    r"|(?P<template>\{%.*?%\}|\{\{.*?\}\}|^:::.*$|^\[\^?[^\]\n]+\]:[ \t]*(?:https?:|/|\.|#)\S*.*$)"
    r"|(?P<image>!\[[^\]\n]{0,600}\](?:\([^()\s]{0,2000}(?:\([^()\s]*\)[^()\s]*)?(?:\s+\"[^\"\n]{0,600}\")?\)|\[[^\]\n]{0,600}\])(?:\{[^{}\n]{0,200}\})?)"
    r"|(?P<note>\[\^[^\]\s]+\]:?)"
    r"|(?P<opening>\[)(?=(?:[^\[\]\n]|\n(?!\n)){1,300}\]\()"
    r"|(?P<target>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\"'\n]*[\"'])?\)(?:\{[^{}\n]*\})?)"
    r"|(?P<address><(?=https?://[^\s<>]+>))"
    r"|(?P<heading>^[ ]{0,3}#{1,6}[ \t]+)"
    r"|(?P<underline>^(?:={3,}|-{3,}|\*{3,}|_{3,}|(?:\*[ ]){2,}\*|(?:-[ ]){2,}-)[ \t]*$)"
    r"|(?P<quoted>^[ ]{0,3}>[ \t]?)"
    r"|(?P<strong>\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w))"
    r"|(?P<emphasis>(?<![\w*\\])\*(?=[^\s*][^*\n]{0,600}\*)|(?<=[^\s*\\])\*(?![\w*])|(?<![\w\\])_(?=[^\s_][^_\n]{0,600}_(?!\w))|(?<=[^\s_\\])_(?!\w))"
    r"|(?P<tick>`+)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+.!|>~-]))",
    re.MULTILINE | re.DOTALL,
)
_SOFT_BREAK = re.compile(r"(?<=[^\s|])\n(?=[^\s|>#•–—*+-])(?!\d{1,3}[.)] )(?!\[\^?[^\]\n]+\]:)")
_LOOKS_MARKED = re.compile(r"\]\((?:https?://|/)|^#{1,4} \S|\*\*[^\s*][^*\n]*\*\*", re.MULTILINE)
_MARKS_ENOUGH = 2


def find_entities(text: str) -> list[Edit]:
    """An edit for each character that is written as its HTML name or number (« &eacute; », « &#8217; », « &amp;nbsp; »)."""
    if "&" not in text:
        return []
    edits = []
    for match in _ENTITY.finditer(text):
        meant = html.unescape(html.unescape(match[0]))
        if len(meant) <= 2 and meant != match[0]:
            edits.append(Edit(match.start(), match.end(), meant, "html-entity"))
    return edits


def find_tags(text: str) -> list[Edit]:
    """An edit for each HTML tag, script and comment; a tag that opens or ends a block leaves a line end."""
    if "<" not in text:
        return []
    hidden = _find_hidden(text)
    bounds = [*hidden, (len(text), len(text))]
    edits, place = [Edit(start, end, "", "html-hidden") for start, end in hidden], 0
    for start, end in bounds:
        tags = _TAG.finditer(text, place, start)
        edits += [Edit(tag.start(), tag.end(), "\n" if tag["block"] else "", "html-tag") for tag in tags]
        place = end
    return sorted(edits, key=lambda edit: edit.start)


def _find_hidden(text: str) -> list[tuple[int, int]]:
    """Scripts, styles and comments from their opening to their end, in one pass: what is never closed is left alone."""
    spans: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    for opening in _HIDDEN_OPENS.finditer(text):
        kind = (opening["kind"] or "!").lower()
        if kind in unclosed or (spans and opening.start() < spans[-1][1]):
            continue
        ending = re.compile("-->" if kind == "!" else rf"</{kind}\s*>", re.IGNORECASE).search(text, opening.end())
        if ending:
            spans.append((opening.start(), ending.end()))
        else:
            unclosed.add(kind)
    return spans


def find_front_matter(text: str) -> list[Edit]:
    """The edit that takes out what stands before a Markdown article: between --- or +++, or as an object of JSON."""
    match = _FRONT_MATTER.match(text)
    return [Edit(0, match.end(), "", "front-matter")] if match else []


def looks_marked(text: str) -> bool:
    """True where a text that nobody called Markdown holds its marks (crawlers often write it)."""
    return sum(1 for _ in zip(range(_MARKS_ENOUGH), _LOOKS_MARKED.finditer(text), strict=False)) == _MARKS_ENOUGH


def find_marks(text: str) -> list[Edit]:
    """An edit for each Markdown mark: « [le guide](https://…) » leaves « le guide », images and code leave nothing."""
    return [
        Edit(match.start(), match.end(), "", f"markdown-{match.lastgroup}")
        for match in _MARKDOWN.finditer(text)
        if match.end() > match.start()
    ]


def find_soft_breaks(text: str) -> list[Edit]:
    """An edit for each line end that Markdown reads as a space: inside a paragraph, before no list, table or turn."""
    return [Edit(match.start(), match.end(), " ") for match in _SOFT_BREAK.finditer(text)]
