"""Where a name could stand: runs of words with a capital, cut where a name cannot go on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.lexicon import RuleFile
from pipeline.model import Document, Span
from pipeline.recognize.boundaries import with_own_article

ROMAN = re.compile(r"\b[IVXL]{2,}e?\b")
"""A number that is written like an acronym: « IV », « XXIe »."""
_TOKEN = re.compile(r"\S+")
REACH = 20
"""Characters before a word in which what it belongs to stands."""


class Chunker:
    """Finds runs of capitalised words; built from the word list `names`, which says what is no name."""

    def __init__(self, shapes: RuleFile, words: Mapping[str, Any], given_names: frozenset[str]) -> None:
        self._run = re.compile(shapes.expand("{run}"))
        self._article = re.compile(shapes.expand("(?:{elided_article})$"))
        self._of = re.compile(shapes.expand("(?:{of}|{software})\\Z"))
        self._own_article = re.compile(shapes.expand("{capital_article}"))
        self.given_names = given_names
        self._openers = frozenset(words["openers"])
        self._named_after = frozenset(words["named_after"])
        self.not_names = frozenset(word for group in words["not_names"] for word in group)
        self._titles = frozenset(words["titles"])
        self._common = frozenset(words["common_capitals"])
        self.complements = frozenset(words["complement_capitals"])
        self._nouns = frozenset(words["common_nouns"])

    def find(self, document: Document) -> Iterator[Span]:
        """The chunks of a document in order; « Selon Mme Quillien-Roux » gives « Quillien-Roux »."""
        for block in document.blocks:
            for match in self._run.finditer(document.folded, block.start, block.end):
                for span in self._cut(match):
                    yield Span(with_own_article(document.folded, span.start, self._own_article), span.end)

    def is_common(self, word: str) -> bool:
        """True where the word is none of a name's on its own: function words, « État », « PDG », weekdays, « XXIe »."""
        common = self.is_noun(word) or word in self._titles or (word.lower() in self.not_names and not _is_acronym(word))
        return common or ROMAN.fullmatch(word) is not None

    def is_noun(self, word: str) -> bool:
        """True for common nouns that are written with a capital: « État », « Internet », « PDG »."""
        return word in self._common or word.lower() in self._nouns

    def leads_in(self, folded: str, start: int, word: str) -> bool:
        """True where the word at `start` stands before a name and is none of it.

        Words that begin a sentence do (« Chez », « Selon », « Mardi »), and complements (« société de Bourse Malvaux »,
        « assistant IA Grimoire »); within a sentence one of the first begins a name (« le loueur Sans Amarre »).
        """
        return (word in self._openers and _begins(folded, start)) or (
            word in self.complements and self._of.search(folded, max(0, start - REACH), start) is not None
        )

    def _determined(self, folded: str, start: int) -> bool:
        """True for « IA » in « l'IA Claude », a common noun with its article before a name."""
        return self._article.search(folded, max(0, start - 2), start) is not None

    def _cut(self, match: re.Match[str]) -> Iterator[Span]:
        base = match.start()
        begins = _begins(match.string, base)
        tokens = [(base + t.start(), base + t.end(), t[0]) for t in _TOKEN.finditer(match[0])]
        run: list[tuple[int, int, str]] = []
        for token, following in zip(tokens, [*tokens[1:], None], strict=True):
            alone = not run and (following is None or self._determined(match.string, token[0]))
            opener = begins and token[2].lower() in self.not_names
            complement = token[2] in self.complements and self.leads_in(match.string, *token[::2])
            opens = not run and (opener or complement or (alone and self.is_common(token[2])))
            if opens or token[2] in self._titles:
                yield from _span(run)
                run = []
            elif run and following and self._begins_person(run[-1][2], token[2]):
                yield from _span(run)
                run = [token]
            else:
                run.append(token)
        yield from _span(run)

    def _begins_person(self, previous: str, word: str) -> bool:
        """True at « Brad » of « Microsoft Brad Smith »: a given name after a word that does not lead one in."""
        return word in self.given_names and previous not in self.given_names and previous not in self._named_after


def _is_acronym(word: str) -> bool:
    """True for « SES », which is no « ses »."""
    return len(word) > 2 and word.isupper()


def _begins(folded: str, start: int) -> bool:
    """True where a capital may be owed to the place: the start of a line, sentence or quotation, after a colon or dash."""
    before = folded[max(0, start - 3) : start].rstrip(" ")
    return not before or not (before[-1].isalnum() or before[-1] in ",'")


def _span(run: list[tuple[int, int, str]]) -> Iterator[Span]:
    if (run and not run[0][2][0].isdigit()) or len(run) > 1:
        yield Span(run[0][0], run[-1][1])
