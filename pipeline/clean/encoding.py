"""Damaged encodings → edits that restore the characters that were written.

UTF-8 that somebody read as a single-byte charset leaves sequences that no text holds by itself (« Ã© », « Ă© », « √© » for é,
« â€™ » for ’). The table of all such sequences, damaged once and twice, is made from the charsets; what it does not know
(emoji, other scripts) is left to ftfy, word by word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import product

import ftfy.bad_codecs
from ftfy.badness import is_bad

from pipeline.clean.draft import Edit

CHARSETS = ("sloppy-windows-1252", "latin-1", "sloppy-windows-1250", "mac-roman")
"""How UTF-8 gets misread, also twice. « Sloppy », as most tools do it: bytes that the charset leaves out become controls."""

RARE_CHARSETS = ("cp850", "cp437", "iso8859-2")
"""How it gets misread once."""

_RANGES = ((0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212))
_SINGLES = "ƒȘșȚțˆ˜\u2009\u200a\u200b\u202f\u2002\u2003™≈≠≤≥●■✓ﬁﬂ\ufeff"
_SPACES = str.maketrans("\xa0", " ")
_LOST = {"â€\ufffd": "”"}
"""What strict readers leave of a byte that Windows-1252 leaves out, where only one French character can have been meant."""

_CONTROLS = re.compile("[\x80-\x9f]")
_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")


class EncodingRepair:
    """Finds damaged characters. Built once: the table holds about six thousand sequences."""

    def __init__(self) -> None:
        self._sure = {**_sequences(), **_LOST}
        spaced = {damaged.translate(_SPACES): meant for damaged, meant in self._sure.items() if "\xa0" in damaged}
        self._likely = {damaged: meant for damaged, meant in spaced.items() if damaged not in self._sure}
        self._longest = max(map(len, self._sure))
        firsts, others = _class(s[0] for s in self._sure), _class(c for s in self._sure for c in s[1:] + " ")
        self._stretch = re.compile(f"{firsts}{others}+")

    def find(self, text: str) -> list[Edit]:
        """An edit for each damaged character, in order, named by what was misread as what (`encoding-utf8`, `-ftfy`, `-c1`).

        « Ã  » with a plain space is à only where the text is damaged elsewhere too.
        """
        if text.isascii():
            return []
        stretches = list(self._stretch.finditer(text))
        sure = [edit for found in stretches for edit in self._read(found[0], found.start(), self._sure)]
        if sure:
            everything = {**self._likely, **self._sure}
            sure = [edit for found in stretches for edit in self._read(found[0], found.start(), everything)]
        return _merged(sure, [*_by_ftfy(text), *_by_control(text)])

    def _read(self, stretch: str, offset: int, table: Mapping[str, str]) -> Iterator[Edit]:
        place = 0
        while place < len(stretch) - 1:
            for length in range(min(self._longest, len(stretch) - place), 1, -1):
                meant = table.get(stretch[place : place + length])
                if meant is not None:
                    yield Edit(offset + place, offset + place + length, meant, "encoding-utf8")
                    place += length
                    break
            else:
                place += 1


def _sequences() -> dict[str, str]:
    """Damaged sequence → character, for what French is written with and the Latin letters of its neighbours."""
    meant = [*(chr(code) for first, last in _RANGES for code in range(first, last + 1)), *_SINGLES]
    once = [(charset,) for charset in (*CHARSETS, *RARE_CHARSETS)]
    table: dict[str, str] = {}
    for path in (*once, *product(CHARSETS, repeat=2)):
        for character in meant:
            damaged = character
            for charset in path:
                damaged = damaged.encode("utf-8").decode(charset)
            table.setdefault(damaged, character)
    return table


def _by_ftfy(text: str) -> Iterator[Edit]:
    if not is_bad(text):
        return
    for word in _WORD.finditer(text):
        if is_bad(word[0]) and (fixed := ftfy.fix_encoding(word[0])) != word[0]:
            head = _shared(word[0], fixed)
            tail = _shared(word[0][head:][::-1], fixed[head:][::-1])
            if head + tail < len(word[0]):
                yield Edit(word.start() + head, word.end() - tail, fixed[head : len(fixed) - tail], "encoding-ftfy")


def _shared(first: str, second: str) -> int:
    """How many characters both begin with."""
    return next(
        (place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), min(len(first), len(second))
    )


def _by_control(text: str) -> Iterator[Edit]:
    """C1 controls are Windows-1252 read as Latin-1 (U+0092 for ’); those that Windows-1252 leaves out go."""
    for control in _CONTROLS.finditer(text):
        meant = control[0].encode("latin-1").decode("cp1252", errors="ignore")
        yield Edit(control.start(), control.end(), meant, "encoding-c1")


def _merged(sure: list[Edit], others: list[Edit]) -> list[Edit]:
    """Both in order; of two that overlap the sure one stays, else the one that begins first."""
    taken: list[Edit] = []
    starts = [edit.start for edit in sure]
    for edit in sorted(others, key=lambda edit: (edit.start, -edit.end)):
        place = bisect_left(starts, edit.end)
        overlaps_sure = place > 0 and sure[place - 1].end > edit.start
        if not overlaps_sure and not (taken and taken[-1].end > edit.start):
            taken.append(edit)
    return sorted([*sure, *taken], key=lambda edit: edit.start)


def _class(characters: Iterator[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(set(characters)))) + "]"
