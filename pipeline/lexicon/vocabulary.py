"""What a theme's rules may find, read and assign: the words that its built-in rules use, which are those its reader knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.errors import DataError, nearest
from pipeline.lexicon.documents import Place
from pipeline.lexicon.model import Rule
from pipeline.model import ENTITY_TYPES

SILENT = ("nothing", "no-quotation")
"""What rules find that only keep others away."""
_FREE = {"dates": ("value",), "names": ("kind",)}
"""What a rule may assign in words of its own: a date its value, a name the kind of its entity."""
_SHARED = {"names": {"reach": ("far",)}}
"""What the rules of all names themes may assign, whether or not one of them does."""
_CLOSED = ("events", "boilerplate", "publication", "names")
"""The themes in which all that is assigned is in words that the reader knows."""


def unknown_words(theme: str, rule: Rule, known: Sequence[Rule], place: Place) -> Iterator[DataError]:
    """A mistake for each word of the rule that nothing of its theme understands; `known` are the theme's other rules."""
    yield from _unknown_kind(theme, rule, known, place)
    yield from _unknown_interpreter(theme, rule, known, place)
    yield from _unknown_assigned(theme, rule, known, place)


def _unknown_kind(theme: str, rule: Rule, known: Sequence[Rule], place: Place) -> Iterator[DataError]:
    finds = tuple(dict.fromkeys((*(r.finds for r in known), *(ENTITY_TYPES if _family(theme) == "names" else ()))))
    if rule.finds not in finds:
        yield place.wrong(f"rule {rule.id!r} finds {rule.finds!r}, which {theme} does not know", mend=nearest(rule.finds, finds))


def _unknown_interpreter(theme: str, rule: Rule, known: Sequence[Rule], place: Place) -> Iterator[DataError]:
    reads = tuple(dict.fromkeys(r.reads for r in known if r.reads))
    if rule.reads and rule.reads not in reads:
        mend = nearest(rule.reads, reads) if reads else "leave it out"
        yield place.wrong(f"rule {rule.id!r} reads {rule.reads!r}, which nothing interprets", mend=mend)
    if theme == "amounts" and not rule.reads and rule.finds not in SILENT:
        yield place.wrong(f"rule {rule.id!r} names no interpreter for its numbers", mend=f"add one: reads: {reads[0]}")


def _unknown_assigned(theme: str, rule: Rule, known: Sequence[Rule], place: Place) -> Iterator[DataError]:
    free, shared = _FREE.get(_family(theme), ()), _SHARED.get(_family(theme), {})
    keys = tuple(dict.fromkeys((*(key for r in known for key in r.assigns), *shared, *free)))
    for key, value in rule.assigns.items():
        if key not in keys:
            yield place.wrong(f"rule {rule.id!r} assigns {key!r}, which {theme} does not know", mend=nearest(key, keys))
        elif key not in free and _family(theme) in _CLOSED:
            used = (word for r in known for word in r.assigns.get(key, "").split())
            words = tuple(dict.fromkeys((*used, *shared.get(key, ()))))
            for word in value.split():
                if word not in words:
                    what = f"rule {rule.id!r} assigns {key} {word!r}, which {theme} does not know"
                    yield place.wrong(what, mend=nearest(word, words))
    for key in known[0].assigns if known else ():
        if key not in rule.assigns and all(key in r.assigns for r in known):
            yield place.wrong(
                f"rule {rule.id!r} does not assign {key!r}, as all of {theme} do", mend=f"add it to assigns: {key}: …"
            )


def _family(theme: str) -> str:
    return "names" if theme.startswith("names_") else theme
