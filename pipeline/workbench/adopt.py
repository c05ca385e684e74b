"""Corrections in gold become the proof of one's own rules: what a rule should find an example, what it should not a refusal.

A rule takes what its theme reads. Its hit that the gold confirms is an example; its hit in a sentence of which the gold knows
nothing is a refusal, beside other things an example of those alone; and what the gold has and a run does not find is an example
of the one rule that is for it — the rule that came nearest, of those that find its kind. Nothing is written unless asked, and no
sentence twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipeline.clean.plain import plain_document
from pipeline.errors import UsageError
from pipeline.extract import Extractor
from pipeline.gold import read_gold
from pipeline.lexicon import Example, Lexicon, Rule, RuleFile, load_words
from pipeline.model import Document, Extraction, Span
from pipeline.settings import Settings
from pipeline.workbench.adopt_relations import NO_LIST, RELATIONS, prove_relations
from pipeline.workbench.adopted import Adopted, LeftOut, find_nearest
from pipeline.workbench.check import Folder, read_folder
from pipeline.workbench.cost import Clock
from pipeline.workbench.sights import family_of
from pipeline.workbench.votes import Vote, Watchers

LAYERS = {"names": ("entities", "type"), "amounts": ("amounts", "kind"), "dates": ("dates", "kind")}
"""The families whose rules can be told from gold, the list of an article that they fill, and where an item says what it is."""


def find_proof(gold: Path, root: Path, lexicon: Lexicon, *, clock: Clock) -> tuple[Adopted | LeftOut, ...]:
    """The sentences of the gold that the rules of the folder should bring as proof and do not. Raises UsageError, DataError.

    Behind each that cannot be a proof stands why.
    """
    folder = read_folder(root, lexicon)
    if folder.mistakes:
        raise folder.mistakes[0]
    themes = [theme for theme in folder.own if family_of(theme) in (*LAYERS, *RELATIONS)]
    if not any(folder.own[theme].rules for theme in themes):
        raise UsageError(f"{root} has no rules that gold could prove: it marks neither furniture nor words")
    extractor, watchers = Extractor(folder.lexicon, Settings()), Watchers(folder.lexicon, clock)
    articles = list(read_gold(gold))
    documents = [plain_document(a["text"], published=a.get("published"), article_id=a["doc_id"]) for a in articles]
    adopted = list(_unmarked(folder))
    for article, found in zip(articles, extractor.find(documents), strict=True):
        votes = list(watchers.find(found))
        for theme in themes:
            prove = prove_relations if theme in RELATIONS else _prove_readings
            adopted += prove(theme, folder, article, found, votes)
    return tuple(one for one in dict.fromkeys(adopted) if not _is_known(one, folder.own[one.theme]))


def _unmarked(folder: Folder) -> Iterator[Adopted | LeftOut]:
    """The rules that find what gold has no list of: statements and furniture."""
    for theme, file in folder.own.items():
        for rule in file.rules:
            if family_of(theme) == "furniture" or (theme in RELATIONS and rule.finds == NO_LIST):
                yield LeftOut(theme, rule.id, "every sentence", "gold does not mark what it finds")


def write_proof(adopted: Sequence[Adopted], folder: Path) -> None:
    """Put each sentence behind those of its rule and its names into the cast, all else of the files left as it is."""
    _write_cast(dict.fromkeys(pair for one in adopted for pair in one.cast), folder / "words" / "cast.yaml")
    for theme in dict.fromkeys(one.theme for one in adopted):
        path = folder / "rules" / f"{theme}.yaml"
        yaml = _yaml()
        data = yaml.load(path.read_text(encoding="utf-8"))
        for one in (one for one in adopted if one.theme == theme):
            rule = next(rule for rule in data["rules"] if rule["id"] == one.rule_id)
            said = {"text": one.text, "published": one.published} if one.published else one.text
            rule.setdefault("examples" if one.kind == "example" else "refusals", []).append(said)
        _dump(yaml, data, path)


def _write_cast(names: Iterable[tuple[str, str]], path: Path) -> None:
    """Add the names that neither the built-in cast nor the folder's own has."""
    yaml = _yaml()
    cast = (yaml.load(path.read_text(encoding="utf-8")) if path.exists() else None) or {}
    known = {name for words in (load_words("cast"), cast) for listed in words.values() for name in listed}
    missing = [(kind, name) for kind, name in names if name not in known]
    if missing:
        for kind, name in missing:
            cast.setdefault(kind, []).append(name)
        path.parent.mkdir(exist_ok=True)
        _dump(yaml, cast, path)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes, yaml.width = True, 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dump(yaml: YAML, data: Any, path: Path) -> None:
    written = StringIO()
    yaml.dump(data, written)
    path.write_text(written.getvalue(), encoding="utf-8")


def _prove_readings(
    theme: str, folder: Folder, article: Mapping[str, Any], found: Extraction, votes: Sequence[Vote]
) -> Iterator[Adopted | LeftOut]:
    family = family_of(theme)
    layer, key = LAYERS[family]
    items = [item for item in article.get(layer, ()) if "start" in item]
    gold = {(item["start"], item["end"], item[key]) for item in items}
    own = {rule.id: rule for rule in folder.own[theme].rules}
    hits = [vote for vote in votes if vote.rule_id in own]
    writer = _Writer(theme, found.document, items)
    for vote in hits:
        right = (vote.start, vote.end, vote.kind) in gold
        yield from writer.write(own[vote.rule_id], Span(vote.start, vote.end), right=right)
    there = {(m.start, m.end, m.type) for m in _mentions(family, found)}
    for start, end, kind in sorted(gold - there - {(vote.start, vote.end, vote.kind) for vote in hits}):
        rules = [rule for rule in own.values() if rule.finds == kind]
        if nearest := find_nearest(folder.lexicon.rules[theme], rules, start, found, folder.lexicon):
            yield from writer.write(nearest, Span(start, end), right=True)


def _mentions(family: str, found: Extraction) -> Iterator[Any]:
    if family == "names":
        yield from found.mentions
    else:
        yield from (reading.mention for reading in (found.amounts if family == "amounts" else found.dates))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the sentences of one article as proof of a theme's rules; `items` is what the gold has of the theme's family."""

    theme: str
    document: Document
    items: Sequence[Mapping[str, Any]]

    def write(self, rule: Rule, span: Span, *, right: bool) -> Iterator[Adopted | LeftOut]:
        """The sentence of the span as proof; why not where its own brackets would be read as marks."""
        whole = self.document.sentences[self.document.sentence_at(span.start)]
        text = self.document.text[whole.start : whole.end]
        if "[" in text or "]" in text or "\n" in text:
            yield LeftOut(self.theme, rule.id, " ".join(text.split()), "brackets and line ends cannot stand in an example")
            return
        family = family_of(self.theme)
        inside = [item for item in self.items if whole.start <= item["start"] and item["end"] <= whole.end]
        if family == "names":
            inside = [item for item in inside if (item["start"], item["end"]) == (span.start, span.end)]
        if not right and (family == "names" or not inside):
            yield Adopted(self.theme, rule.id, "refusal", text)
            return
        for item in sorted(inside, key=lambda item: -item["start"]):
            start, end = item["start"] - whole.start, item["end"] - whole.start
            value = _value(rule, item)
            text = f"{text[:start]}[{text[start:end]}]" + (f"({value})" if value else "") + text[end:]
        yield Adopted(self.theme, rule.id, "example", text, self.document.published if family == "dates" else None)


def _value(rule: Rule, item: Mapping[str, Any]) -> str | None:
    """The item's value in the notation of the rule files."""
    if "value" in item:
        return str(item["value"] or "null")
    if "min" in item:
        if item["min"] is None:
            return None
        bounds = item["min"] if item["min"] == item["max"] else f"{item['min']}..{item['max']}"
        return " ".join(part for part in (item["qualifier"], bounds, item["unit"] or "?") if part)
    return rule.assigns.get("kind")


def _is_known(one: Adopted | LeftOut, file: RuleFile) -> bool:
    if isinstance(one, LeftOut):
        return False
    rule = next(rule for rule in file.rules if rule.id == one.rule_id)
    if one.kind == "refusal":
        return one.text in rule.refusals
    return any(example.plain == Example(text=one.text).plain for example in rule.marked)
