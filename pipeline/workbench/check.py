"""What is wrong with a folder of rules: every mistake with its file, line and column, and the likely mend.

Reading a folder finds what no run would start with. What follows here finds rules that are read and do no good: that bring no
proof, that others always win over, that a word list repeats, that take for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.about import data_files
from pipeline.errors import DataError
from pipeline.lexicon import DATA, GazetteerEntry, Lexicon, Rule, RuleFile, load_gazetteer, load_rules
from pipeline.lexicon.documents import Place, load_yaml
from pipeline.lexicon.folders import find_folder, override, unread
from pipeline.lexicon.vocabulary import SILENT
from pipeline.recognize.context import THEMES as NAMES
from pipeline.recognize.context import ContextRules
from pipeline.workbench.cost import Clock, find_costly
from pipeline.workbench.rivals import find_rivals
from pipeline.workbench.themes import FURNITURE, THEMES, Readers, make_chunker


@dataclass(frozen=True)
class Folder:
    """A folder of rules as far as it could be read, with the mistakes met on the way.

    `own` are its rule files with their own rules alone, `lexicon` is what a run with it would see.
    """

    root: Path
    own: Mapping[str, RuleFile]
    gazetteer: tuple[GazetteerEntry, ...]
    lexicon: Lexicon
    mistakes: tuple[DataError, ...]


def read_folder(root: Path | None, built_in: Lexicon) -> Folder:
    """The folder read to its end, whatever is wrong with it; None is the folder of the built-in data."""
    if root is None:
        return Folder(DATA, built_in.rules, built_in.gazetteer, built_in, ())
    mistakes: list[DataError] = []
    own: dict[str, RuleFile] = {}
    entries: list[GazetteerEntry] = []
    words = dict(built_in.words)
    folder = find_folder(root)
    for path in data_files(folder):
        try:
            if path.suffix == ".csv":
                entries += load_gazetteer(path, report=mistakes.append)
            elif path.parent.name == "words":
                words[path.stem] = load_yaml(path)
            else:
                own[path.stem] = load_rules(path, built_in.rules.get(path.stem), report=mistakes.append)
        except DataError as error:
            mistakes.append(error)
    rules = {**built_in.rules, **{theme: override(built_in.rules.get(theme), file) for theme, file in own.items()}}
    lexicon = Lexicon(rules, (*built_in.gazetteer, *entries), words, built_in.fingerprint)
    return Folder(folder, own, tuple(entries), lexicon, tuple(mistakes))


def check_folder(folder: Folder, built_in: Lexicon, clock: Clock) -> tuple[DataError, ...]:
    """All that is wrong with the folder, in order of files and lines; nothing for one that is fit to use."""
    found, readers = [*folder.mistakes, *_repeated_cues(folder)], Readers(folder.lexicon)
    for theme, file in folder.own.items():
        found += _check_theme(theme, file, folder, readers)
        for rule in file.rules:
            found += _check_cost(file, rule, clock)
    if folder.root != DATA:
        found += _repeated_forms(folder, built_in)
    return tuple(sorted(found, key=lambda error: (error.path, error.line or 0, error.column or 0)))


def _check_theme(theme: str, file: RuleFile, folder: Folder, readers: Readers) -> Iterator[DataError]:
    if theme not in THEMES:
        if file.rules:
            yield unread(file.path, THEMES)
        return
    for rule in file.rules:
        place = file.places[rule.id]
        if not rule.examples and not (rule.finds in SILENT and rule.refusals):
            yield place.wrong(
                f"rule {rule.id!r} brings no example", mend="add one: examples: ['Elle lève [15 M€](15000000 EUR).']"
            )
        yield from _elsewhere(theme, rule, place, folder.lexicon)
    yield from _repeated_phrases(file)
    if theme not in FURNITURE:
        yield from find_rivals(theme, file, folder.lexicon, readers)


def _elsewhere(theme: str, rule: Rule, place: Place, lexicon: Lexicon) -> Iterator[DataError]:
    """A mistake for an id that a rule of another theme has: it would not be replaced, and ids are unique."""
    for other, file in lexicon.rules.items():
        if other != theme and any(r.id == rule.id for r in file.rules):
            yield place.wrong(f"rule id {rule.id!r} stands in {other}.yaml already", mend="give it an id of its own")


def _repeated_phrases(file: RuleFile) -> Iterator[DataError]:
    """A mistake for a phrase that stands twice in one file: of two rules for it, both without a context, one is never asked."""
    seen: dict[tuple[str | None, bool, str], str] = {}
    for rule in file.rules:
        for phrase in rule.phrases:
            key = rule.stands, bool(rule.contexts), phrase
            if first := seen.get(key):
                where = "twice in it" if first == rule.id else f"in {first!r} already"
                yield file.places[rule.id].wrong(f"rule {rule.id!r}: phrase {phrase!r} stands {where}", mend="keep one of them")
            seen[key] = rule.id


def _repeated_cues(folder: Folder) -> Iterator[DataError]:
    """A mistake for a cue before a name that a file of another theme has too: the one read first is never asked.

    « application du » and « application de la » are one cue, as articles are folded away. A folder's own rule may take a cue from
    one of the built-in data: that is how it wins.
    """
    context = ContextRules(folder.lexicon, make_chunker(folder.lexicon))
    seen: dict[tuple[bool, tuple[str, ...]], tuple[str, str]] = {}
    for theme in (theme for theme in NAMES if theme in folder.own):
        file = folder.own[theme]
        for rule in (rule for rule in file.rules if rule.stands == "before"):
            for phrase in rule.phrases:
                cue = bool(rule.contexts), tuple(context.cues.fold_words(phrase))
                there, first = seen.setdefault(cue, (theme, rule.id))
                if there != theme:
                    what = f"rule {rule.id!r}: phrase {phrase!r} takes the place of one of {first!r} in {there}.yaml"
                    yield file.places[rule.id].wrong(what, mend="keep one of them, or give one a context")


def _check_cost(file: RuleFile, rule: Rule, clock: Clock) -> Iterator[DataError]:
    expressions = ((" ".join(way), file.expand(written)) for way, written in rule.contexts)
    found_by = () if rule.phrases else (("tokens" if rule.tokens else "pattern", file.pattern(rule)),)
    for name, expression in (*found_by, *expressions):
        if cost := find_costly(expression, clock):
            mend = "let two repetitions not compete for the same characters, or bound them: {1,5}"
            yield file.places[rule.id].wrong(f"rule {rule.id!r}: {name} is of catastrophic cost: {cost}", mend=mend)


def _repeated_forms(folder: Folder, built_in: Lexicon) -> Iterator[DataError]:
    """A mistake for a form that the built-in gazetteers give to another thing of the type."""
    owners = {(form, e.type): e for e in built_in.gazetteer for form in e.forms if form not in e.needs_context}
    for entry in folder.gazetteer:
        for form in dict.fromkeys(form for form in entry.forms if form not in entry.needs_context):
            owner = owners.get((form, entry.type))
            if owner and owner.canonical != entry.canonical:
                what = f"alias {form!r} of {entry.canonical!r} is a form of {owner.canonical!r} in the built-in {owner.source}"
                yield DataError(
                    folder.root / "gazetteers" / entry.source, what, mend="list it under needs_context, or leave it out"
                )
