"""Token patterns as regular expressions: what each key of a token says of the text of one token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.about import DATA
from pipeline.lexicon.documents import load_yaml
from pipeline.lexicon.tokens import Names, Size, Token, Words

MOST = 20
"""Tokens that `+` and `*` go on for at most."""

_UPPER, _LOWER = "[A-ZÀ-ÝŒ]", "[a-zà-ÿœ]"
_BEGIN, _END = r"(?<!\w)(?<!\w-)", r"(?!\w)(?!-\w)(?!'\w)"
_CLOSE = rf"(?:'(?=\w)|{_END})"
"""The end of a word, or the apostrophe that parts it from the next."""
_NUMBER = r"(?<!\w)(?<![^\W\d]-)(?<!\d[.,])\d+(?:[.,]\d+)*(?!\w)(?![.,]\d)"
_WORD = rf"{_BEGIN}\w+(?:-\w+)*{_CLOSE}"
_SIGN = r"(?!(?<=[^\W\d])[-'](?=\w))(?!(?<=\w)[-'](?=[^\W\d]))(?!(?<=\d)[.,](?=\d))[^\w\s]"
_ANY = f"(?:{_NUMBER}|{_WORD}|{_SIGN})"
_SHAPES = {"X": _UPPER, "x": _LOWER, "d": r"\d"}
_FLAGS = {
    "IS_ALPHA": rf"{_BEGIN}[^\W\d_]+{_END}",
    "IS_DIGIT": r"(?<!\w)(?<![^\W\d]-)(?<!\d[.,])\d+(?!\w)(?![.,]\d)",
    "IS_LOWER": rf"{_BEGIN}(?![\w-]*{_UPPER})(?=[\w-]*{_LOWER})\w+(?:-\w+)*{_CLOSE}",
    "IS_UPPER": rf"{_BEGIN}(?![\w-]*{_LOWER})(?=[\w-]*{_UPPER})\w+(?:-\w+)*{_CLOSE}",
    "IS_TITLE": rf"{_BEGIN}{_UPPER}{_LOWER}*(?:-{_UPPER}{_LOWER}*)*{_CLOSE}",
    "IS_PUNCT": rf"(?={_SIGN})[!-#%-*,-/:;?@\[-\]_{{}}¡§«·»¿…“”„–—-]",
    "IS_QUOTE": rf"(?={_SIGN})['\"«»“”„]",
    "IS_BRACKET": r"[()\[\]{}<>]",
    "IS_CURRENCY": r"[$£¥€¢]",
}
_ATOMS = {"PER": "person", "ORG": "body", "LOC": "place", "PRODUCT": "product", "LAW": "law"}
"""The atoms that themes which see names as signs call them by."""


def token_expression(tokens: Sequence[Token]) -> str:
    """The tokens in a row, as an expression whose atoms are still to be put in.

    [{LOWER: licorne}, {ATOM: capital}] → « licorne » in any case, then a space or none, then `{capital}`.
    """
    return "(?! )" + "".join(_placed(token, first=not number) for number, token in enumerate(tokens))


def _placed(token: Token, *, first: bool) -> str:
    """The token as often as it may stand, with the space before it, and its slot."""
    body, (least, most) = _body(token), _times(token.OP)
    if token.OP == "!":
        body = f"(?!{body}){_ANY}"
    repeated = body if most == 1 else f"{body}(?: ?{body}){{{max(least, 1) - 1},{most - 1}}}"
    if token.SLOT:
        repeated = f"(?P<{token.SLOT}>{repeated})"
    spaced = repeated if first else f" ?{repeated}"
    return f"(?:{spaced})?" if least == 0 else spaced


def _times(op: str) -> tuple[int, int]:
    """How often a token stands at least and at most: « {2,} » → (2, 20)."""
    if op in "!1?+*":
        return {"!": (1, 1), "1": (1, 1), "?": (0, 1), "+": (1, MOST), "*": (0, MOST)}[op]
    least, comma, most = op.strip("{}").partition(",")
    return int(least or 0), max(1, int(most or MOST) if comma else int(least))


def _body(token: Token) -> str:
    """One token: what is said of it is looked for ahead, and the most telling part of it is what is read."""
    wanted, barred = [*_wanted(token)], [*_barred(token)]
    read = wanted.pop(0) if wanted else _ANY
    return "(?:" + "".join((*(f"(?!{e})" for e in barred), *(f"(?={e})" for e in wanted), read)) + ")"


def _wanted(token: Token) -> Iterator[str]:
    """Expressions that the token must match, those that know best where it ends first."""
    if token.ATOM:
        yield f"{{{token.ATOM}}}"
    if token.ENT_TYPE:
        types = token.ENT_TYPE.IN if isinstance(token.ENT_TYPE, Names) else (token.ENT_TYPE,)
        yield "(?:" + "|".join(f"{{{_ATOMS[name]}}}" for name in types) + ")"
    for words, lower in ((token.ORTH, False), (token.TEXT, False), (token.LOWER, True)):
        if isinstance(words, str):
            yield _one_of((words,), lower=lower)
        elif words and words.IN:
            yield _one_of(words.IN, lower=lower)
        elif words and words.REGEX is not None:
            yield _matching(words.REGEX, lower=lower)
    if token.SHAPE:
        yield _shape(token.SHAPE)
    yield from (_flag(name) for name in (*_FLAGS, "LIKE_NUM") if getattr(token, name))
    if token.LENGTH is not None:
        size = token.LENGTH
        yield _long(size.least, size.most) if isinstance(size, Size) else _long(size, size)


def _barred(token: Token) -> Iterator[str]:
    """Expressions that the token must not match."""
    for words, lower in ((token.ORTH, False), (token.TEXT, False), (token.LOWER, True)):
        if isinstance(words, Words) and words.NOT_IN:
            yield _one_of(words.NOT_IN, lower=lower)
    yield from (_flag(name) for name in (*_FLAGS, "LIKE_NUM") if getattr(token, name) is False)


def _flag(name: str) -> str:
    return _FLAGS[name] if name in _FLAGS else f"(?:{_NUMBER}|{_one_of(_number_words(), lower=True)})"


def _number_words() -> tuple[str, ...]:
    words = load_yaml(DATA / "words" / "amounts.yaml")
    return tuple(word for section in ("few", "cardinals") for word in words[section])


def _one_of(words: Sequence[str], *, lower: bool) -> str:
    """The words as whole tokens, the longest first."""
    whole = "|".join(_whole(word) for word in sorted(words, key=lambda w: (-len(w), w)))
    return f"(?i:{whole})" if lower else f"(?:{whole})"


def _whole(word: str) -> str:
    begin = _BEGIN if word[:1].isalnum() else "" if word[1:] else f"(?={_SIGN})"
    return begin + re.escape(word) + (_END if word[-1:].isalnum() else "")


def _matching(expression: str, *, lower: bool) -> str:
    """A token in which the expression matches; only what is written ^ and $ is bound to its ends."""
    start, end = expression.startswith("^"), expression.endswith("$") and not expression.endswith("\\$")
    inner = expression[start : len(expression) - end]
    lead, tail = "" if start else r"[\w-]*?", "" if end else r"[\w-]*"
    whole = rf"(?:(?=\w){_BEGIN}{lead}|(?={_SIGN}))(?:{inner})(?:(?<=\w){tail}{_CLOSE}|(?<!\w))"
    return f"(?i:{whole})" if lower else whole


def _shape(shape: str) -> str:
    """« Xxxxx » → a capital and four small letters or more: runs of a kind are cut after four."""
    runs = ((kind, len(list(run))) for kind, run in groupby(shape))
    parts = (_SHAPES.get(kind, re.escape(kind)) + (f"{{{n}{',' if n == 4 else ''}}}") for kind, n in runs)
    return (_BEGIN if shape[0] in _SHAPES else "") + "".join(parts) + (_CLOSE if shape[-1] in _SHAPES else "")


def _long(least: int, most: int) -> str:
    """A token of so many characters."""
    elided = rf"{_BEGIN}[\w-]{{{max(least - 1, 1)},{max(most - 1, 1)}}}'(?=\w)"
    plain = rf"{_BEGIN}[\w-]{{{least},{most}}}{_END}"
    return f"(?:{'|'.join((*((_SIGN,) if least <= 1 else ()), elided, plain))})"
