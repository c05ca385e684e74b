"""Rule files: YAML read, validated and compiled, every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.about import DATA
from pipeline.errors import DataError, nearest
from pipeline.lexicon.documents import Map, Place, Report, load_yaml, place_of, refuse, refuse_unknown
from pipeline.lexicon.expressions import any_of
from pipeline.lexicon.model import Context, Rule, RuleDocument, RuleFile, expand_atoms
from pipeline.lexicon.token_expressions import token_expression
from pipeline.lexicon.tokens import NEEDS_A_TAGGER, Token
from pipeline.lexicon.vocabulary import unknown_words

Compiles = Callable[[str], object]


def proven(expression: str) -> None:
    """Nothing: the expression is one of the built-in rules, which the tests compile and a run compiles where it uses them."""


def load_rules(path: Path, base: RuleFile | None = None, *, report: Report = refuse, compiles: Compiles = re.compile) -> RuleFile:
    """One rule file; `base` lends it atoms and, where it has rules, tells what those of the file may say. Raises DataError.

    `report` is told of every mistake; where it does not raise, the rule that holds it is left out. `compiles` is asked whether
    an expression is one, and raises re.error where it is none.
    """
    return _Reader(path, report, compiles).read(base)


class _Reader:
    """Reads one rule file."""

    def __init__(self, path: Path, report: Report, compiles: Compiles) -> None:
        self._path, self._report, self._compiles = path, report, compiles

    def read(self, base: RuleFile | None) -> RuleFile:
        """The file, with the atoms of `base` before its own."""
        path, raw = self._path, load_yaml(self._path)
        if not isinstance(raw, Map):
            raise Place(path, 1, 1).wrong("not a rule file", mend="it holds about, atoms and rules")
        refuse_unknown(path, raw, tuple(RuleDocument.model_fields), self._report)
        atoms = self._atoms(raw, base)
        rules: dict[str, Rule] = {}
        places: dict[str, Place] = {}
        for index, item in enumerate(raw.get("rules") or ()):
            place = place_of(path, raw, "rules", index)
            rule = self._rule(item, place)
            if rule is None or not self._is_compiled(item, rule, atoms):
                continue
            if base and base.rules and (strange := list(unknown_words(path.stem, rule, base.rules, place))):
                for error in strange:
                    self._report(error)
                continue
            if rule.id in rules:
                what = f"rule id {rule.id!r} stands on line {places[rule.id].line} already"
                self._report(place_of(path, item, "id").wrong(what, mend="give it an id of its own"))
                continue
            rules[rule.id], places[rule.id] = rule, place
        about, published = raw.get("about") or "", raw.get("published")
        return RuleFile(path, about, published, MappingProxyType(atoms), tuple(rules.values()), MappingProxyType(places))

    def _atoms(self, raw: Map, base: RuleFile | None) -> dict[str, str]:
        atoms = dict(base.atoms) if base else {}
        lists: dict[str, Any] = {}
        for name, fragment in (raw.get("atoms") or {}).items():
            place = place_of(self._path, raw, "atoms", name)
            try:
                atoms[name] = expand_atoms(_alternatives(_words_of(fragment, lists, self._path, place)), atoms, place)
                self._compiles(atoms[name])
            except DataError as error:
                self._report(error)
            except (re.error, TypeError) as error:
                mend = "an atom is an expression, a list of words, or words of a list"
                self._report(place.wrong(f"atom {name!r}: {error}", mend=mend))
        return atoms

    def _rule(self, item: Any, place: Place) -> Rule | None:
        if not isinstance(item, Map):
            self._report(place.wrong("a rule is a mapping", mend="begin it with `- id:`"))
            return None
        if not self._keys_known(item):
            return None
        try:
            rule = Rule.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            mend = "put it in quotation marks" if first["type"] == "string_type" else None
            self._report(place_of(self._path, item, *first["loc"]).wrong(what, mend=mend))
            return None
        if not self._is_marked(item, rule):
            return None
        if sum((rule.pattern is not None, bool(rule.phrases), bool(rule.tokens))) != 1:
            self._report(place.wrong(f"rule {rule.id!r} needs one of pattern, phrases and tokens"))
            return None
        return rule

    def _keys_known(self, item: Map) -> bool:
        """True where the rule, its `unless` and its tokens have no key that is unknown."""
        tokens = item.get("tokens")
        parts: list[tuple[Any, type[BaseModel]]] = [(item, Rule), (item.get("unless"), Context)]
        parts += [(token, Token) for token in tokens] if isinstance(tokens, list) else []
        well = True
        for part, model in parts:
            if isinstance(part, Map):
                known = tuple(field.alias or name for name, field in model.model_fields.items())
                refuse_unknown(self._path, part, known, self._report, mends=NEEDS_A_TAGGER if model is Token else {})
                well = well and all(key in known for key in part)
        return well

    def _is_marked(self, item: Map, rule: Rule) -> bool:
        """True where every example marks a span."""
        well = True
        for number, example in enumerate(rule.marked):
            try:
                _ = example.expected
            except ValueError as error:
                place = place_of(self._path, item, "examples", number)
                self._report(place.wrong(str(error), mend="put the span in brackets: [15 €](15 EUR)"))
                well = False
        return well

    def _is_compiled(self, item: Map, rule: Rule, atoms: Mapping[str, str]) -> bool:
        """True where every expression of the rule is one, with its atoms in their places."""
        well = True
        for way, expression in (*_found_by(rule), *rule.contexts):
            place = place_of(self._path, item, *way)
            try:
                expanded = expand_atoms(expression, atoms, place)
                self._compiles(expanded)
                self._compiles(f"(?:{expanded})")  # as it stands in larger ones, where no `(?i)` may stand
            except re.error as error:
                self._report(place.wrong(f"rule {rule.id!r}: {error}"))
                well = False
            except DataError as error:
                self._report(error)
                well = False
        return well


def _found_by(rule: Rule) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The expressions that find the rule's spans, with the way to each; tokens one by one, to name the one that is wrong."""
    if rule.pattern is not None:
        yield ("pattern",), rule.pattern
    for number, token in enumerate(rule.tokens):
        yield ("tokens", number), token_expression((token,))
    if rule.tokens:
        yield ("tokens",), token_expression(rule.tokens)


def _words_of(fragment: Any, lists: dict[str, Any], path: Path, place: Place) -> Any:
    """The keys or items of the word list's sections that an atom names; any other fragment as it is.

    `lists` keeps the word lists that were read, as many atoms are made of one.
    """
    if not isinstance(fragment, Mapping):
        return fragment
    refuse_unknown(path, fragment, ("words", "of"))
    if missing := [key for key in ("words", "of") if key not in fragment]:
        raise place.wrong(f"no key {missing[0]!r}", mend="write {words: currencies, of: [names]}")
    folders, name = (path.parent.parent / "words", DATA / "words"), str(fragment["words"])
    files = [file for folder in folders if (file := folder / f"{name}.yaml").is_file()]
    if not files:
        names = tuple(sorted({file.stem for folder in folders for file in folder.glob("*.yaml")}))
        raise place.wrong(f"no word list {name!r}", mend=nearest(name, names))
    words = lists[name] = lists.get(name) or load_yaml(files[0])
    if missing := [section for section in fragment["of"] if section not in words]:
        raise place.wrong(f"no section {missing[0]!r} in {files[0].name}", mend=nearest(missing[0], tuple(words)))
    return [word for section in fragment["of"] for word in words[section]]


def _alternatives(fragment: Any) -> str:
    """An atom is an expression, or a list of words (taken literally, longest first)."""
    if isinstance(fragment, str):
        return fragment
    return any_of(map(str, fragment))
