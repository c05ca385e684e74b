"""Known names in a text: every form of the gazetteer, found in one pass whatever their number (Aho-Corasick).

The automaton runs over a key of the text without case and accents, offset for offset; a hit then stands only where the
writing in the text is one that the form allows: « autorité de la Concurrence » is the Autorité de la concurrence, « CNIL »
may be « Cnil », but « orange » is not Orange.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

import ahocorasick

from pipeline.lexicon import GazetteerEntry, RuleFile
from pipeline.model import Document, EntityType
from pipeline.recognize.boundaries import starts_sentence
from pipeline.recognize.evidence import MAKER_AND_PRODUCT, Evidence
from pipeline.recognize.weights import Weights
from pipeline.text import fold_typography

LONGEST_PREFIX = 4
"""Letters of a prefix behind whose hyphen a name begins (« ex-Twitter », « anti-Google », not « outre-Rhin »)."""


def _key_table() -> dict[int, str]:
    table = {}
    for code in range(0x41, 0x250):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if len(base) == 1 and chr(code).isalpha() and base != chr(code):
            table[code] = base
    return table


_KEYS = _key_table()


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write one entry. `sure` is False where the form is also a common word or another thing's name."""

    text: str
    canonical: str
    type: EntityType
    kind: str | None
    source: str
    sure: bool


def fold_key(text: str) -> str:
    """The text without case and accents, each offset kept (« Élysée » → « elysee », « œuvre » → « œuvre »)."""
    return text.lower() if text.isascii() else text.translate(_KEYS)


def allows(form: str, surface: str, article: re.Pattern[str]) -> bool:
    """True where `surface` is a writing of `form` that French typography allows; both have the same key. Names may begin with
    an `article` of their own.

    Capitals may be lost after the first word or gained anywhere (« Commission Européenne »); an acronym may be written
    « Cnil » or « CNIL »; a common-looking single word must keep its capital, behind an article too (« Les Républicains »).
    """
    if surface == form:
        return True
    if surface.isupper():
        return len(surface) > 3 or form.isupper()
    if surface[0].islower():
        return form[0].islower() and _same_capitals(form, surface)
    if form[0].islower():
        return " " in form
    if form.isupper() and " " not in form:
        return len(form) > 3 and surface == surface.capitalize()
    own = article.match(form)
    return " " in form[own.end() if own else 0 :] or "-" in form or "'" in form or _same_capitals(form, surface)


def _same_capitals(form: str, surface: str) -> bool:
    return all(a.isupper() == b.isupper() for a, b in zip(form, surface, strict=True))


class Gazetteer:
    """The forms of the entries, ready to be found. Pickles, so that worker processes need not build it again."""

    def __init__(self, entries: Iterable[GazetteerEntry], shapes: RuleFile, weights: Weights) -> None:
        self._weights = weights
        self._article = article = re.compile(shapes.expand("{own_article}"))
        forms: dict[str, list[Form]] = {}
        for entry in entries:
            doubtful = {_bare(form, entry.canonical, article) for form in entry.needs_context}
            for text in dict.fromkeys(
                _bare(form, entry.canonical, article) for form in entry.forms if is_name(form, entry.canonical)
            ):
                sure = text not in doubtful and len(text) > 1
                form = Form(fold_typography(text), entry.canonical, entry.type, entry.kind, entry.source, sure)
                forms.setdefault(fold_key(form.text), []).append(form)
        self._automaton = ahocorasick.Automaton()
        for key, same in forms.items():
            self._automaton.add_word(key, (len(key), tuple(same)))
        self._empty = not forms
        if forms:
            self._automaton.make_automaton()

    def find(self, document: Document) -> tuple[Evidence, ...]:
        """One piece of evidence a form and type, sorted; what lies inside a longer form that is sure is left out."""
        if self._empty:
            return ()
        found: list[Evidence] = []
        covered = 0
        for start, end, forms in sorted(self._hits(document.folded), key=lambda hit: (hit[0], -hit[1])):
            if end <= covered:
                continue
            out = stands_out(document, start, end)
            voices = self._level([self._evidence(start, end, form, out) for form in _one_a_type(forms, document.folded)])
            covered = end if any(voice.sure for voice in voices) else covered
            found += voices
        return tuple(found)

    def _hits(self, folded: str) -> list[tuple[int, int, tuple[Form, ...]]]:
        key = fold_key(folded)
        last = len(key) - 1
        hits = []
        for end, (length, forms) in self._automaton.iter(key):
            start = end - length + 1
            if (end < last and key[end + 1].isalnum()) or (start and _inside_word(folded, start)):
                continue
            surface = folded[start : end + 1]
            if allowed := tuple(form for form in forms if allows(form.text, surface, self._article)):
                hits.append((start, end + 1, allowed))
        return hits

    def _level(self, voices: list[Evidence]) -> list[Evidence]:
        """The voices, those for a company and for its product of one name brought near: the sentence decides between them."""
        makers = [voice for voice in voices if voice.type in MAKER_AND_PRODUCT]
        if {voice.type for voice in makers} != set(MAKER_AND_PRODUCT) or not any(voice.sure for voice in makers):
            return voices
        near = {True: self._weights.known_likelier, False: self._weights.known_either}
        return [replace(v, weight=near[v.weight >= self._weights.known], sure=True) if v in makers else v for v in voices]

    def _evidence(self, start: int, end: int, form: Form, out: bool) -> Evidence:
        doubtful = self._weights.known_apart if out else self._weights.known_ambiguous
        weight, sure = self._weights.known if form.sure else doubtful, form.sure or out
        return Evidence(start, end, form.type, "gazetteer", f"gazetteer-{form.source}", weight, form.canonical, sure, whole=True)


def is_name(form: str, canonical: str) -> bool:
    """False for a description (« fonds souverain norvégien »): no capital, and not the canonical name in lower case."""
    return form != form.lower() or fold_key(form).split(" ")[0] == fold_key(canonical).split(" ")[0]


def _bare(form: str, canonical: str, article: re.Pattern[str]) -> str:
    """The form without an article that is not the name's own: « l'Assemblée » → « Assemblée », but « La Poste » stays."""
    start = article.match(form)
    bare = form[start.end() :] if start else form
    own = article.match(canonical) is not None
    return form if own or not bare[:1].isupper() or form[0].isupper() else bare


def _inside_word(folded: str, start: int) -> bool:
    """True where `start` is no word's beginning: « Rhin » in « outre-Rhin », but not « Twitter » in « ex-Twitter »."""
    before = folded[start - 1]
    if before != "-":
        return before.isalnum() or before == "_"
    prefix = folded[max(0, start - 12) : start - 1].replace("'", " ").rpartition(" ")[2]
    return prefix.islower() and len(prefix) > LONGEST_PREFIX


def _one_a_type(forms: tuple[Form, ...], folded: str) -> list[Form]:
    """The likeliest form of each type: a sure one, then one whose full name the text gives (CMA), then the first in the data."""
    best: dict[EntityType, Form] = {}
    for form in sorted(forms, key=lambda f: (not f.sure, len(forms) > 1 and f.canonical not in folded)):
        best.setdefault(form.type, form)
    return list(best.values())


def stands_out(document: Document, start: int, end: int) -> bool:
    """True for a word of two letters or more with a capital of its own: within a sentence, no other capital beside it."""
    folded = document.folded
    if end - start < 2 or not folded[start].isupper() or starts_sentence(document, start):
        return False
    if folded[end : end + 1] == " " and folded[end + 1 : end + 2].isupper():
        return False
    before = folded[max(0, start - 30) : start - 1].rpartition(" ")[2] if folded[start - 1] == " " else ""
    return not before[:1].isupper() or not before[-1].isalnum() or starts_sentence(document, start - 1 - len(before))
