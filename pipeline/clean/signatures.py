"""Names alone on a line above or below the body (« Jo Lan », « JO LAN, à Vannes ») that nothing else says who wrote, and of those
whom the last line presents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.clean.zones import Line

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'-]+"
_LONGEST_PORTRAIT = 260
"""Characters of a line that presents the author; a longer one is told for its own sake."""


class SignatureFinder:
    """Finds such lines. Built once from the words of `names_given.yaml` and `layout.yaml`, and the trades that sign."""

    def __init__(self, given: Mapping[str, Any], layout: Mapping[str, Any], trade: str) -> None:
        self._given = frozenset(name.casefold() for names in given.values() if isinstance(names, list) for name in names)
        name = rf"(?P<name>(?P<given>{_CAPITAL}) (?:(?:{layout['particles']}) )*{_CAPITAL}(?: {_CAPITAL})?)"
        self._name = re.compile(rf"{name}(?P<place>,? (?:{layout['at']}) [A-ZÀ-ÖØ-Þ][\w' -]{{1,30}})?")
        self._portrait = re.compile(rf"{name} (?:est (?:{trade})\b|(?:{layout['presents']})\b)")

    def find(self, lines: Sequence[Line]) -> Iterator[str]:
        """The names in such lines, outside the body: they begin with a given name, and the body tells of nobody so called."""
        body = [index for index, line in enumerate(lines) if line.is_body]
        if not body:
            return
        for index in (*range(1, body[0]), *range(body[-1] + 1, len(lines))):
            match = self._name.fullmatch(lines[index].text.rstrip("."))
            if match and match["given"].casefold() in self._given and not _is_told_of(match["name"], lines, body):
                yield match["name"]

    def find_portrait(self, lines: Sequence[Line]) -> Iterator[str]:
        """The name with which the last line of the article begins, where it presents somebody of whom no other line of the body
        tells (« Jo Lan est sociologue. »)."""
        last = next((index for index in reversed(range(1, len(lines))) if not lines[index].is_furniture), None)
        match = self._portrait.match(lines[last].text) if last and len(lines[last].text) <= _LONGEST_PORTRAIT else None
        body = [index for index, line in enumerate(lines) if line.is_body and index != last]
        if match and body and match["given"].casefold() in self._given and not _is_told_of(match["name"], lines, body):
            yield match["name"]


def _is_told_of(name: str, lines: Sequence[Line], body: Sequence[int]) -> bool:
    surname = name.rpartition(" ")[2].casefold()
    return any(surname in lines[index].text.casefold() for index in (0, *body))
