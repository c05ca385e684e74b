"""Bytes → text: by byte-order mark, UTF-8, declaration, else by what reads best."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:\?xml[^>]{0,80}encoding|meta[^>]{0,120}charset)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What browsers read under these names (WHATWG Encoding): a page that says ISO-8859-1 means Windows-1252."""

_CANDIDATES = ("cp1252", "utf_16_le", "utf_16_be", "mac_roman", "cp850", "iso8859_15", "cp1250")
_FRENCH = frozenset("àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’‘“”…–—€°·•²™®\u00a0\u202f\n\r\t")
"""Beyond ASCII, what French is written with (Unicode CLDR, exemplar characters of `fr`)."""

_FRENCH_SHARE = 0.9
"""Charset-normalizer takes short Windows-1252 for Windows-1250 (« ŕ »); a reading this French needs no such guess."""

_STRAY_SHARE = 0.2
"""A file is still UTF-8 where fewer than a fifth of its non-ASCII stretches were pasted in from elsewhere."""

_BINARY_STARTS = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b\x1a\x08"))
_BINARY_SHARE = 0.01
"""Control characters that a text may hold, as a share: a stray one is a scar of some conversion."""

_STRAY = re.compile("[\udc80-\udcff]+")
_HALVES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`; `declared` is the charset that came with it. Raises ArticleError: empty, binary, unknown_encoding."""
    if not data.strip():
        raise ArticleError("empty", "the file holds no text; remove it or fetch it again", stage="read")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) if name == "utf-8" else 0 :].decode(name, errors="replace")
    if _is_binary(data):
        raise ArticleError("binary", "the file is not text; give the article as .txt, .md, .html or .jsonl", stage="read")
    for charset in ("utf-8", declared, _declared_in(data)):
        if charset and (text := _strictly(data, charset)) is not None:
            return text
    return _mixed_utf8(data) or _guessed(data)


def without_halves(text: str) -> str:
    """The text with every half of a surrogate pair (JSON can hold one) replaced by U+FFFD, offsets kept."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def _is_binary(data: bytes) -> bool:
    head = data[:65536]
    if head.startswith(_BINARY_STARTS):
        return True
    nulls = head.count(0)
    if nulls and (head[::2].count(0) > 0.3 * len(head) / 2 or head[1::2].count(0) > 0.3 * len(head) / 2):
        return nulls > 0.6 * len(head)  # UTF-16 without a mark: every other byte of Latin text is 0
    return len(head) - len(head.translate(None, _CONTROLS)) > _BINARY_SHARE * len(head)


def _declared_in(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _strictly(data: bytes, name: str) -> str | None:
    """The text if `data` is wholly in the charset `name`, which may be unknown."""
    try:
        known = codecs.lookup(name).name
        return data.decode(_WEB_NAMES.get(known, known))
    except (LookupError, UnicodeDecodeError):
        return None


def _mixed_utf8(data: bytes) -> str | None:
    """The text of UTF-8 with a few stretches of Windows-1252 in it; None where UTF-8 is the exception."""
    escaped = data.decode("utf-8", errors="surrogateescape")
    strays = sum(len(stray[0]) for stray in _STRAY.finditer(escaped))
    text = _STRAY.sub(lambda stray: stray[0].encode("utf-8", "surrogateescape").decode("cp1252", errors="replace"), escaped)
    accented = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if strays <= _STRAY_SHARE * accented else None


def _guessed(data: bytes) -> str:
    shares = {name: _french_share(text) for name in _CANDIDATES if (text := _strictly(data, name)) is not None}
    name = max(shares, key=lambda name: shares[name], default=None)
    if name and shares[name] >= _FRENCH_SHARE:
        return data.decode(name)
    import charset_normalizer  # few files need it

    best = charset_normalizer.from_bytes(data, cp_isolation=list(_CANDIDATES)).best()
    if best is None:
        raise ArticleError(
            "unknown_encoding", "no known charset reads this file as text; convert it to UTF-8 (iconv -t UTF-8)", stage="read"
        )
    return str(best)


def _french_share(text: str) -> float:
    """How much of what is not printable ASCII in `text` is written in French, 0..1."""
    strange = [character for character in text if not " " <= character <= "~"]
    return sum(character in _FRENCH for character in strange) / max(1, len(strange))
