"""Corrections in gold become the proof of one's own rules: what a rule should find an example, what it should not a refusal.

A rule takes what its theme reads. Its hit that the gold confirms is an example; its hit in a sentence of which the gold knows
nothing is a refusal, beside other things an example of those alone; and what the gold has and a run does not find is an example
of the one rule that is for it — the rule that came nearest, of those that find its kind. Nothing is written unless asked, and no
sentence twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipeline.clean.plain import plain_document
from pipeline.errors import UsageError
from pipeline.extract import Extractor
from pipeline.gold import read_gold
from pipeline.lexicon import Example, Lexicon, Rule, RuleFile, load_words
from pipeline.model import Document, Extraction
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
            if theme in RELATIONS:
                file, own = folder.lexicon.rules[theme], folder.own[theme].rules
                adopted += prove_relations(file, own, article, found, votes, folder.lexicon)
            else:
                adopted += _of_theme(theme, folder, article, found, votes)
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


def _of_theme(
    theme: str, folder: Folder, article: Mapping[str, Any], found: Extraction, votes: Sequence[Vote]
) -> Iterator[Adopted | LeftOut]:
    family = family_of(theme)
    layer, key = LAYERS[family]
    items = [item for item in article.get(layer, ()) if "start" in item]
    gold = {(item["start"], item["end"], item[key]) for item in items}
    own = {rule.id: rule for rule in folder.own[theme].rules}
    hits = [vote for vote in votes if vote.rule_id in own]
    for vote in hits:
        right = (vote.start, vote.end, vote.kind) in gold
        marked = items if family != "names" else [i for i in items if (i["start"], i["end"]) == (vote.start, vote.end)]
        yield from _sentence(theme, own[vote.rule_id], right, vote.start, found.document, marked)
    there = {(m.start, m.end, m.type) for m in _mentions(family, found)}
    for start, end, kind in sorted(gold - there - {(vote.start, vote.end, vote.kind) for vote in hits}):
        rules = [rule for rule in own.values() if rule.finds == kind]
        if nearest := find_nearest(folder.lexicon.rules[theme], rules, start, found, folder.lexicon):
            marked = items if family != "names" else [i for i in items if (i["start"], i["end"]) == (start, end)]
            yield from _sentence(theme, nearest, True, start, found.document, marked)


def _mentions(family: str, found: Extraction) -> Iterator[Any]:
    if family == "names":
        yield from found.mentions
    else:
        yield from (reading.mention for reading in (found.amounts if family == "amounts" else found.dates))


def _sentence(
    theme: str, rule: Rule, right: bool, at: int, document: Document, items: Sequence[Mapping[str, Any]]
) -> Iterator[Adopted | LeftOut]:
    """The sentence of the offset as proof; why not where its own brackets would be read as marks."""
    span = document.sentences[document.sentence_at(at)]
    text = document.text[span.start : span.end]
    if "[" in text or "]" in text or "\n" in text:
        yield LeftOut(theme, rule.id, " ".join(text.split()), "brackets and line ends cannot stand in an example")
        return
    dated = document.published if family_of(theme) == "dates" else None
    inside = [item for item in items if span.start <= item["start"] and item["end"] <= span.end]
    if not right and (family_of(theme) == "names" or not inside):
        yield Adopted(theme, rule.id, "refusal", text)
        return
    for item in sorted(inside, key=lambda item: -item["start"]):
        start, end = item["start"] - span.start, item["end"] - span.start
        value = _value(rule, item)
        text = f"{text[:start]}[{text[start:end]}]" + (f"({value})" if value else "") + text[end:]
    yield Adopted(theme, rule.id, "example", text, dated)


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
