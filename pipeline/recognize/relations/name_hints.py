"""What a name tells by itself, or by the gazetteer: whether a man or a woman bears it, what kind of body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pipeline.lexicon import Lexicon
from pipeline.lexicon.expressions import any_of
from pipeline.text import fold_name

Gender = Literal["masculine", "feminine"]
GENDERS: tuple[Gender, ...] = ("masculine", "feminine")
BodyKind = Literal["company", "authority", "association", "media", "any"]
_NAMED_KINDS: tuple[BodyKind, ...] = ("authority", "association", "media")
_T = TypeVar("_T")


class NameHints:
    """The given names, kinds and words of names of the lexicon; built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        words: Mapping[str, Any] = lexicon.words["antecedents"]
        self._genders = _genders(lexicon.words["names_given"])
        self._endings: tuple[tuple[Gender, re.Pattern[str]], ...] = tuple(
            (gender, re.compile(rf"(?:{'|'.join(words['given_endings'][gender])})$")) for gender in GENDERS
        )
        self._named: dict[BodyKind, re.Pattern[str]] = {
            kind: re.compile(rf"\b(?:{any_of(map(fold_name, words[f'{kind}_names']))})s?\b") for kind in _NAMED_KINDS
        }
        kinds: Mapping[str, BodyKind] = {kind: body for body, ks in words["gazetteer_kinds"].items() for kind in ks}
        self._kinds = _by_form(lexicon, kinds)
        self._callings = _by_form(lexicon, {kind: frozenset(nouns) for kind, nouns in words["gazetteer_nouns"].items()})

    def gender(self, name: str) -> Gender | None:
        """The gender that a full name's first word tells (« Nora Belkacem » → feminine), None where it does not."""
        words = name.split()
        return self._genders.get(fold_name(words[0])) if len(words) > 1 else None

    def gender_by_ending(self, name: str) -> Gender | None:
        """The gender that the ending of a full name's first word makes likely (« Ormeline » → feminine)."""
        first, _, rest = name.partition(" ")
        return next((gender for gender, ending in self._endings if rest and ending.search(first.lower())), None)

    def kind_of_body(self, name: str) -> BodyKind:
        """The kind of an organisation, by the gazetteer, else by its name's words, else a company."""
        key = fold_name(name)
        if kind := self._kinds.get(key):
            return kind
        return next((kind for kind, names in self._named.items() if names.search(key)), "company")

    def is_medium(self, name: str) -> bool:
        """True for a newspaper, agency, radio or television that the gazetteers know (« Agence France-Presse »)."""
        return self.kind_of_body(name) == "media"

    def knows_body(self, name: str) -> bool:
        """True where the gazetteer or the name's own words tell what kind of organisation it is."""
        key = fold_name(name)
        return key in self._kinds or any(names.search(key) for names in self._named.values())

    def may_be_called(self, name: str, noun: str) -> bool:
        """True where an organisation of the gazetteer goes by that noun (« la banque publique » for Bpifrance)."""
        return noun in self._callings.get(fold_name(name), ())


def _by_form(lexicon: Lexicon, by_kind: Mapping[str, _T]) -> dict[str, _T]:
    """What goes with the kind of each organisation of the gazetteer, by each form of its name, folded."""
    return {
        fold_name(form): by_kind[entry.kind]
        for entry in lexicon.gazetteer
        if entry.type == "ORG" and entry.kind is not None and entry.kind in by_kind
        for form in entry.forms
    }


def _genders(given: Mapping[str, Any]) -> dict[str, Gender]:
    """The gender of each given name that stands in one list alone."""
    lists = {kind: {fold_name(name) for name in given[kind]} for kind in ("male", "female", "either")}
    genders: dict[str, Gender] = {}
    masculine, feminine = lists["male"] - lists["either"], lists["female"] - lists["either"]
    genders.update(dict.fromkeys(masculine - feminine, "masculine"))
    genders.update(dict.fromkeys(feminine - masculine, "feminine"))
    return genders
