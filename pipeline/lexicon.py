"""The only reader of `pipeline/data`: loads, validates, compiles once, freezes.

A rule file is YAML 1.2 with these keys:

    about       one line: what the file finds
    published   the publication date that examples are read against (EDTF), where they need one
    atoms       named fragments of regular expressions, composed by `{name}` in atoms that follow and in patterns
    rules       a list of rules, see `Rule`

Regular expressions are matched against folded text (`text.fold_typography`), where all spaces are U+0020 and all
apostrophes U+0027. `{name}` inserts an atom; `{slot:name}` inserts it as the named group `slot`. Quantifiers (`{2,4}`)
stay what they are, as atom names do not start with a digit. An atom is an expression, a list of words, or the words of
`words/<name>.yaml`: `currency: {words: currencies, of: [names, symbols]}`.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from pipeline.errors import DataError
from pipeline.model import ENTITY_TYPES, EntityType

DATA = Path(__file__).parent / "data"
_INSERT = re.compile(r"\{(?:(?P<slot>[a-z_]\w*):)?(?P<atom>[a-z_]\w*)\}")
_MARK = re.compile(r"\[(?P<span>[^\[\]]+)\](?:\((?P<value>[^()]*)\))?")


class Example(BaseModel):
    """A sentence in which the rule must fire: each expected span in brackets, its value behind in parentheses.

    `Elle lève [15 M€](15000000 EUR) [lundi](2024-02-26).` A value may be left out where only the span matters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    published: str | None = None

    @property
    def plain(self) -> str:
        """The sentence without its marks."""
        return _MARK.sub(lambda mark: mark["span"], self.text)

    @property
    def expected(self) -> tuple[tuple[int, int, str | None], ...]:
        """The marked spans as (start, end, value) in `plain`; at least one, or ValueError."""
        spans, taken = [], 0
        for mark in _MARK.finditer(self.text):
            start = mark.start() - taken
            spans.append((start, start + len(mark["span"]), mark["value"]))
            taken += len(mark[0]) - len(mark["span"])
        if not spans:
            raise ValueError(f"no [marked] span in {self.text!r}")
        return tuple(spans)


class Rule(BaseModel):
    """One rule, with its proof: sentences in which it must fire and sentences in which it must not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Stable kebab-case name, unique over all files.")
    finds: str = Field(description="What it finds: an entity type, amount or date kind, event type, quote, role, furniture.")
    pattern: str | None = Field(None, description="A regular expression over folded text, with atoms.")
    phrases: tuple[str, ...] = Field((), description="Instead of a pattern: literal phrases, matched at word bounds.")
    before: str | None = Field(None, description="A regular expression that must match right before the span.")
    after: str | None = Field(None, description="A regular expression that must match right after the span.")
    unless_before: str | None = Field(None, description="A regular expression that must not match right before the span.")
    unless_after: str | None = Field(None, description="A regular expression that must not match right after the span.")
    reads: str | None = Field(None, description="The interpreter that gives the captured parts their value.")
    assigns: Mapping[str, str] = Field(default_factory=dict, description="Constant parts that a hit carries.")
    stands: Literal["before", "after"] | None = Field(
        None, description="The pattern or phrases are a cue that stands right before or after the span, not the span itself."
    )
    weight: float = Field(1.0, description="How strongly the rule votes where evidence is added up, in log odds.")
    priority: int = Field(50, ge=0, le=100, description="Where two rules want overlapping spans, the higher one wins.")
    ignore_case: bool = Field(False, description="Match without regard to case.")
    examples: tuple[Example | str, ...] = Field((), description="Marked sentences in which the rule must fire.")
    refusals: tuple[str, ...] = Field((), description="Sentences in which the rule must not fire.")
    note: str | None = None
    since: str | None = None

    @property
    def marked(self) -> tuple[Example, ...]:
        """The examples, those written as plain strings included."""
        return tuple(Example(text=e) if isinstance(e, str) else e for e in self.examples)


@dataclass(frozen=True)
class RuleFile:
    """One theme's rules, with atoms expanded: `pattern(rule)` is ready for `re`."""

    path: Path
    about: str
    published: str | None
    atoms: Mapping[str, str]
    rules: tuple[Rule, ...]
    lines: Mapping[str, int]

    def expand(self, pattern: str) -> str:
        """The pattern with every atom put in; an unknown atom is a DataError."""
        return _expand(pattern, self.atoms, self.path)

    def pattern(self, rule: Rule) -> str:
        """The rule's expression: its pattern, or its phrases at word bounds, longest first."""
        if rule.pattern is not None:
            return self.expand(rule.pattern)
        phrases = "|".join(re.escape(p) for p in sorted(rule.phrases, key=lambda p: (-len(p), p)))
        return rf"(?<!\w)(?:{phrases})(?!\w)"


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One known thing. `needs_context` lists the forms that are also common words or other things' names."""

    canonical: str
    type: EntityType
    kind: str | None
    country: str | None
    since: str | None
    aliases: tuple[str, ...]
    needs_context: frozenset[str]
    former: tuple[tuple[str, str | None], ...]
    wikidata: str | None
    source: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form under which the thing may stand: canonical name, aliases, former names."""
        return (self.canonical, *self.aliases, *(name for name, _ in self.former))


@dataclass(frozen=True)
class Lexicon:
    """All data of a run. `rules` by theme (the file's stem), `gazetteer` in file order, `words` by list name."""

    rules: Mapping[str, RuleFile]
    gazetteer: tuple[GazetteerEntry, ...]
    words: Mapping[str, Mapping[str, Any]]
    fingerprint: str

    @cached_property
    def rule_ids(self) -> frozenset[str]:
        return frozenset(rule.id for file in self.rules.values() for rule in file.rules)


def load_lexicon(folders: tuple[Path, ...] = ()) -> Lexicon:
    """The built-in data and then each of `folders`, whose rules replace those of the same id. Raises DataError."""
    roots = (DATA, *folders)
    rules: dict[str, RuleFile] = {}
    gazetteer: list[GazetteerEntry] = []
    words: dict[str, Mapping[str, Any]] = {}
    digest = hashlib.sha256()
    for root in roots:
        for path in _data_files(root):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
            if path.parent.name == "gazetteers":
                gazetteer += load_gazetteer(path)
            elif path.parent.name == "rules":
                rules[path.stem] = _override(rules.get(path.stem), load_rules(path, rules.get(path.stem)))
            else:
                words[path.stem] = MappingProxyType(_load_yaml(path))
    _refuse_repeated_ids(rules)
    return Lexicon(MappingProxyType(rules), tuple(gazetteer), MappingProxyType(words), digest.hexdigest()[:16])


def load_words(name: str) -> Mapping[str, Any]:
    """One of the built-in word lists, for those who need no other data. Raises DataError."""
    return MappingProxyType(_load_yaml(DATA / "words" / f"{name}.yaml"))


def load_rules(path: Path, base: RuleFile | None = None) -> RuleFile:
    """One rule file; `base` lends its atoms to a file that extends it. Raises DataError with line and mend."""
    raw = _load_yaml(path)
    _refuse_unknown(path, raw, ("about", "published", "atoms", "rules"))
    atoms = dict(base.atoms) if base else {}
    for name, fragment in (raw.get("atoms") or {}).items():
        atoms[name] = _expand(_alternatives(_words_of(fragment, path)), atoms, path)
    rules: list[Rule] = []
    lines: dict[str, int] = {}
    for index, item in enumerate(raw.get("rules") or ()):
        line = raw["rules"].lc.item(index)[0] + 1
        rule = _read_rule(path, item, line)
        if rule.id in lines:
            raise DataError(
                path, f"rule id {rule.id!r} stands on line {lines[rule.id]} already", line=line, mend="give it an id of its own"
            )
        rules.append(rule)
        lines[rule.id] = line
    file = RuleFile(
        path, raw.get("about") or "", raw.get("published"), MappingProxyType(atoms), tuple(rules), MappingProxyType(lines)
    )
    for rule in rules:
        _compile(file, rule)
    return file


def load_gazetteer(path: Path) -> Iterator[GazetteerEntry]:
    """The entries of one CSV file; an unknown type, or a form that repeats without needing context, is a DataError.

    « CMA » may stand for a company and for an authority of one file where both entries list it under needs_context.
    """
    columns = ("canonical", "type", "kind", "country", "since", "aliases", "needs_context", "former", "wikidata")
    seen: dict[tuple[str, str], int] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        for name in reader.fieldnames or ():
            if name not in columns:
                raise DataError(path, f"unknown column {name!r}", line=1, mend=_nearest(name, columns))
        for row in reader:
            entry = _read_entry(path, {k: (v or "").strip() for k, v in row.items()}, reader.line_num)
            for form in dict.fromkeys(form for form in entry.forms if form not in entry.needs_context):
                first = seen.setdefault((form, entry.type), reader.line_num)
                if first != reader.line_num:
                    raise DataError(
                        path, f"alias {form!r} stands on line {first} already", line=reader.line_num, mend="keep one of them"
                    )
            yield entry


def _read_entry(path: Path, row: Mapping[str, str], line: int) -> GazetteerEntry:
    if row["type"] not in ENTITY_TYPES:
        raise DataError(path, f"unknown type {row['type']!r}", line=line, mend=_nearest(row["type"], ENTITY_TYPES))
    if not row["canonical"]:
        raise DataError(path, "an entry without a canonical name", line=line)
    aliases, needs_context = _cells(row, "aliases"), frozenset(_cells(row, "needs_context"))
    former = tuple((name, since or None) for name, _, since in (item.partition("@") for item in _cells(row, "former")))
    forms = {row["canonical"], *aliases, *(name for name, _ in former)}
    if stray := sorted(needs_context - forms):
        raise DataError(path, f"needs_context names {stray[0]!r}, which is no form of {row['canonical']!r}", line=line)
    return GazetteerEntry(
        canonical=row["canonical"],
        type=row["type"],
        kind=row.get("kind") or None,
        country=row.get("country") or None,
        since=row.get("since") or None,
        aliases=aliases,
        needs_context=needs_context,
        former=former,
        wikidata=row.get("wikidata") or None,
        source=path.name,
    )


def _cells(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in row.get(column, "").split("|") if part.strip())


def _data_files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        raise DataError(root, "no such folder of rules")
    for folder, suffix in (("gazetteers", ".csv"), ("rules", ".yaml"), ("words", ".yaml")):
        yield from sorted((root / folder).glob(f"*{suffix}"))


def _load_yaml(path: Path) -> Any:
    try:
        data = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise DataError(
            path, str(error.problem), line=mark.line + 1 if mark else None, column=mark.column + 1 if mark else None
        ) from error
    if not data:
        raise DataError(path, "the file is empty")
    return data


def _read_rule(path: Path, item: Any, line: int) -> Rule:
    _refuse_unknown(path, item, tuple(Rule.model_fields))
    try:
        rule = Rule.model_validate(item)
        for example in rule.marked:
            _ = example.expected
    except (ValidationError, ValueError) as error:
        what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) + ": " if isinstance(error, ValidationError) else ""
        raise DataError(path, f"{where}{what}", line=line) from error
    if (rule.pattern is None) == (not rule.phrases):
        raise DataError(path, f"rule {rule.id!r} needs either a pattern or phrases", line=line)
    return rule


def _compile(file: RuleFile, rule: Rule) -> None:
    for expression in (file.pattern(rule), rule.before, rule.after, rule.unless_before, rule.unless_after):
        try:
            re.compile(file.expand(expression or ""))
        except re.error as error:
            raise DataError(file.path, f"rule {rule.id!r}: {error}", line=file.lines[rule.id]) from error


def _refuse_unknown(path: Path, item: Any, known: tuple[str, ...]) -> None:
    for key in item:
        if key not in known:
            line, column = item.lc.key(key)
            raise DataError(path, f"unknown key {key!r}", line=line + 1, column=column + 1, mend=_nearest(key, known))


def _refuse_repeated_ids(rules: Mapping[str, RuleFile]) -> None:
    seen: dict[str, RuleFile] = {}
    for file in rules.values():
        for rule in file.rules:
            if first := seen.get(rule.id):
                raise DataError(file.path, f"rule id {rule.id!r} stands in {first.path.name} already", line=file.lines[rule.id])
            seen[rule.id] = file


def _override(base: RuleFile | None, new: RuleFile) -> RuleFile:
    if base is None:
        return new
    replaced = {rule.id for rule in new.rules}
    kept = tuple(rule for rule in base.rules if rule.id not in replaced)
    return RuleFile(
        new.path, base.about, base.published, new.atoms, kept + new.rules, MappingProxyType({**base.lines, **new.lines})
    )


def _expand(pattern: str, atoms: Mapping[str, str], path: Path) -> str:
    def insert(match: re.Match[str]) -> str:
        if match["atom"] not in atoms:
            raise DataError(path, f"unknown atom {match['atom']!r}", mend=_nearest(match["atom"], tuple(atoms)))
        group = f"?P<{match['slot']}>" if match["slot"] else "?:"
        return f"({group}{atoms[match['atom']]})"

    return _INSERT.sub(insert, pattern)


def _words_of(fragment: Any, path: Path) -> Any:
    """The keys or items of the word list's sections that an atom names; any other fragment as it is."""
    if not isinstance(fragment, Mapping):
        return fragment
    _refuse_unknown(path, fragment, ("words", "of"))
    folders = (path.parent.parent / "words", DATA / "words")
    lists = [file for folder in folders if (file := folder / f"{fragment['words']}.yaml").is_file()]
    if not lists:
        raise DataError(path, f"no word list {fragment['words']!r}", mend="it is the stem of a file of words/")
    words = _load_yaml(lists[0])
    if missing := [section for section in fragment["of"] if section not in words]:
        raise DataError(path, f"no section {missing[0]!r} in {lists[0].name}", mend=_nearest(missing[0], tuple(words)))
    return [word for section in fragment["of"] for word in words[section]]


def _alternatives(fragment: Any) -> str:
    """An atom is an expression, or a list of words (taken literally, longest first)."""
    if isinstance(fragment, str):
        return fragment
    return "|".join(re.escape(str(word)) for word in sorted(fragment, key=lambda w: (-len(str(w)), str(w))))


def _nearest(word: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known[:12])}"
