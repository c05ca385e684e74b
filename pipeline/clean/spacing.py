"""Line ends, invisible characters and runs of spaces → edits; letters with loose accents become one character.

No-break spaces, quotation marks and apostrophes stay as they are: recognizers read the folded text.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from pipeline.clean.draft import Edit

_LINE_END = r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_LINE_ENDS = re.compile(_LINE_END)
_INVISIBLE = r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]+"
_SPACES = r"[ \t\xa0\u2000-\u200a\u202f\u3000]{2,}"
_ACCENTED = r"[^\W\d_][\u0300-\u036f]+"
_LIGATURE = r"[\ufb00-\ufb04]"
_ANY = re.compile(
    f"(?P<line_end>{_LINE_END})|(?P<invisible>{_INVISIBLE})|(?P<spaces>{_SPACES})"
    f"|(?P<accented>{_ACCENTED})|(?P<ligature>{_LIGATURE})"
)


def find_line_ends(text: str) -> list[Edit]:
    """The edits that leave one kind of line end: what reads marks at the ends of lines needs them before all other spacing."""
    return [Edit(match.start(), match.end(), "\n") for match in _LINE_ENDS.finditer(text)]


def find_spacing(text: str) -> list[Edit]:
    """The edits that leave one kind of line end, no invisible character and no run of spaces (« Mistral  AI »)."""
    edits = []
    for match in _ANY.finditer(text):
        replacement = _replacement(match)
        if replacement != match[0]:
            edits.append(Edit(match.start(), match.end(), replacement))
    return edits


def _replacement(match: re.Match[str]) -> str:
    if match["line_end"]:
        return "\n"
    if match["invisible"]:
        return ""
    if match["spaces"]:
        return next((space for space in match[0] if space in "\xa0\u202f"), " ")
    return unicodedata.normalize("NFC" if match["accented"] else "NFKC", match[0])


FEWEST_LINES = 4
"""A text of fewer lines shows no width."""

WIDTHS = range(45, 125)
"""Characters at which programs break lines: mails at 72, dispatches at 60 to 80, terminals at 120."""

RUNNING_SHARE = 0.4
"""How many of the full lines must run on in lower case below: in a list of headlines hardly any does."""


def find_wraps(text: str) -> list[Edit]:
    """The edits that make one line of each paragraph that was broken at a fixed width (mails, dispatches).

    A line is full where the first word of the next one would have made it too wide. A text counts as wrapped where full
    lines run on in lower case.
    """
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if len(filled) < FEWEST_LINES or (width := max(len(line.rstrip()) for line in filled)) not in WIDTHS:
        return []
    breaks, place = [], 0
    for line, following in pairwise(lines):
        place += len(line) + 1
        if following[:1].isalnum() and len(line) + len(following.split(" ")[0]) >= width:
            breaks.append(place - 1)
    running = sum(text[place + 1].islower() for place in breaks)
    if len(breaks) < FEWEST_LINES - 1 or running < RUNNING_SHARE * len(breaks):
        return []
    return [Edit(place, place + 1, " ") for place in breaks]
