"""An expression piece by piece, so that one can say how far it reads and what it wants next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.lexicon import Rule, RuleFile
from pipeline.lexicon.token_expressions import token_expression

_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[a-z_][\w:]*\}|.", re.DOTALL)
"""An escape, a class, an atom or one character."""
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)")
_LETTER, _LETTERS = re.compile(r"[\w'-]"), re.compile(r"[\w' -]+")
_ASIDE = re.compile(r"\(\?<?[=!]")
_TIMES = re.compile(r"(?:[*+?]|\{\d*,?\d*\})[?+]?")


@dataclass(frozen=True, slots=True)
class Reading:
    """How far an expression reads from a place: how many pieces it has, those that read, the offset at which they end, and the
    piece that does not read."""

    pieces: int
    done: tuple[str, ...]
    end: int
    wanted: str

    @property
    def read(self) -> int:
        return len(self.done)

    @property
    def is_whole(self) -> bool:
        return self.read == self.pieces


@dataclass(frozen=True)
class Stepper:
    """One rule's pattern, ready to be read piece by piece; each of its alternatives is a way of its own."""

    file: RuleFile
    rule: Rule
    flags: int = 0
    _ways: tuple[tuple[str, ...], ...] = field(init=False)
    _compiled: dict[tuple[int, int], re.Pattern[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ways", tuple(_ways(self.rule)))

    def read(self, text: str, start: int) -> Reading:
        """The farthest reading from `start`, whole ones before others."""
        readings = (self._along(number, text, start) for number in range(len(self._ways)))
        return max(readings, key=lambda reading: (reading.is_whole, reading.end, reading.read))

    def _along(self, number: int, text: str, start: int) -> Reading:
        way, end = self._ways[number], start
        for count in range(1, len(way) + 1):
            match = self._prefix(number, count).match(text, start)
            if match is None:
                return Reading(len(way), way[: count - 1], end, way[count - 1])
            end = match.end()
        return Reading(len(way), way, end, "")

    def _prefix(self, number: int, count: int) -> re.Pattern[str]:
        if (number, count) not in self._compiled:
            written = self._ways[number][:count]
            if self.rule.tokens:
                expression = self.file.expand(token_expression(self.rule.tokens[:count]))
            else:
                expression = self.file.expand("".join(written))
            self._compiled[number, count] = re.compile(expression, self.flags)
        return self._compiled[number, count]


def _ways(rule: Rule) -> Iterator[tuple[str, ...]]:
    if rule.tokens:
        yield tuple(str(token.model_dump(by_alias=True, exclude_unset=True)) for token in rule.tokens)
    elif rule.pattern is not None:
        yield from split_pattern(rule.pattern)
    for phrase in rule.phrases:
        yield tuple(re.escape(part) for part in re.findall(r"\S+\s*", phrase))


def split_pattern(pattern: str) -> Iterator[tuple[str, ...]]:
    """The alternatives of an expression, each as its pieces: `le {day}(?: de)? ?{month}|hier` → two of them.

    A piece is a word, an atom or a group, with what says how often it stands; what looks aside stands with the piece it follows.
    """
    whole = _GROUP.match(pattern)
    if whole and _end_of_piece(pattern, 0) == len(pattern) and pattern.endswith(")"):
        yield from split_pattern(pattern[whole.end() : -1])
        return
    pieces: list[str] = []
    at = 0
    while at < len(pattern):
        end = _end_of_piece(pattern, at)
        piece = pattern[at:end]
        if piece == "|":
            yield tuple(_joined(pieces))
            pieces = []
        else:
            pieces.append(piece)
        at = end
    yield tuple(_joined(pieces))


def _end_of_piece(pattern: str, at: int) -> int:
    depth = 0
    for token in _PIECE.finditer(pattern, at):
        depth += (token[0] == "(") - (token[0] == ")")
        if depth <= 0:
            times = _TIMES.match(pattern, token.end())
            return times.end() if times and token[0] != "|" else token.end()
    return len(pattern)


def _joined(pieces: Sequence[str]) -> Iterator[str]:
    """Letters that stand in a row make a word; a space and a look aside belong to what stands before them."""
    word = ""
    for piece in pieces:
        letters = _LETTER.fullmatch(piece) and (not word or _LETTERS.fullmatch(word))
        if letters or (word and (piece == " " or _ASIDE.match(piece))):
            word += piece
        else:
            if word:
                yield word
            word = piece
    if word:
        yield word
