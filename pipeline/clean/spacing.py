"""Line ends, invisible characters and runs of spaces → edits; letters with loose accents become one character.

No-break spaces, quotation marks and apostrophes stay as they are: recognizers read the folded text.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from pipeline.clean.draft import Edit

_LINE_END = r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_INVISIBLE = r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]+"
_SPACES = r"[ \t\xa0\u2000-\u200a\u202f\u3000]{2,}"
_ACCENTED = r"[^\W\d_][\u0300-\u036f]+"
_LIGATURE = r"[\ufb00-\ufb04]"
_ANY = re.compile(
    f"(?P<line_end>{_LINE_END})|(?P<invisible>{_INVISIBLE})|(?P<spaces>{_SPACES})"
    f"|(?P<accented>{_ACCENTED})|(?P<ligature>{_LIGATURE})"
)


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


_WRAPPED_SHARE = 0.6
_WRAP_WIDTHS = range(45, 125)
_OPEN_END = re.compile(r"[^\s.!?…:;»”\")\]]$")


def find_wraps(text: str) -> list[Edit]:
    """The edits that make one line of each paragraph that was broken at a fixed width (mails, dispatches).

    A text counts as wrapped where most of its lines end in mid-sentence, near one width, and none is much longer.
    """
    lines = text.split("\n")
    filled = [line.rstrip() for line in lines if line.strip()]
    if len(filled) < 4 or (width := max(map(len, filled))) not in _WRAP_WIDTHS:
        return []
    full = [line for line in filled if len(line) > 0.75 * width and _OPEN_END.search(line)]
    if len(full) < _WRAPPED_SHARE * len(filled):
        return []
    edits, place = [], 0
    for line, following in pairwise(lines):
        place += len(line) + 1
        if len(line) + len(following.split(" ")[0]) >= 0.85 * width and following.strip() and following[0].isalnum():
            edits.append(Edit(place - 1, place, " "))
    return edits
