"""Whatever comes in: nothing crashes, offsets and values hold, and each article ends in one place.

`make fuzz` tries many more inputs than a run of the tests does, and says how many.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.amounts import AmountFinder
from pipeline.clean import Cleaner
from pipeline.clean.plain import plain_document
from pipeline.dates import DateFinder
from pipeline.deduplicate.entities import ArticleNames, merge_names, read_local_names
from pipeline.deduplicate.index import Guide
from pipeline.errors import ArticleError, DataError
from pipeline.job import run
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.lexicon.gazetteer import load_gazetteer
from pipeline.lexicon.rules import load_rules
from pipeline.model import ENTITY_TYPES, Article, Issue, Mention
from pipeline.read import find_sources, read_source
from pipeline.recognize.quotes import QuoteRecognizer
from pipeline.report.site import write_report
from pipeline.settings import Settings
from tests.hostile.inputs import DAYS, EXAMPLES, PATCHES, PATIENCE, SOUND, TEXTS, TRIED, damaged, fuzzed

_POINT = r"(?:\.\.|\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]?|\d{2,3}X{1,2}[~?%]?)"
EDTF = re.compile(rf"{_POINT}(?:/{_POINT})?")
ISO_PERIOD = re.compile(r"P(?=.)(?:\d+(?:[.,]\d+)?[YMWD])*(?:T(?:\d+(?:[.,]\d+)?[HMS])+)?|R.*")
RULES = (
    "about: a\natoms: {who: '(?:Jo|Lan)', list: [a, b]}\nrules:\n  - id: r\n    finds: ORG\n    pattern: '{who} [A-Z]\\w+'\n"
    "    weight: 2.0\n    examples: ['[Jo Ponant] vote.']\n    refusals: ['Jo vote.']\n"
)
CSV = "canonical,type,kind,aliases,needs_context\nVoltigeur,ORG,company,Volti|VLT,\nOuessant,LOC,,,Ouessant\n"


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


@cache
def cleaner() -> Cleaner:
    return Cleaner(lexicon(), settings=Settings(refuse_languages=False))


@cache
def amounts() -> AmountFinder:
    return AmountFinder(lexicon())


@cache
def dates() -> DateFinder:
    return DateFinder(lexicon())


@cache
def quotes() -> QuoteRecognizer:
    return QuoteRecognizer(lexicon())


@cache
def guide() -> Guide:
    return Guide.load(lexicon())


@pytest.mark.parametrize("name", SOUND)
@fuzzed()
@given(patches=PATCHES)
def test_readers(name: str, patches: list[tuple[int, int, bytes]], tmp_path_factory: pytest.TempPathFactory) -> None:
    TRIED["files"] += 1
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / name).write_bytes(damaged(SOUND[name], patches))
    for source in find_sources([folder]):
        items = list(read_source(source, Settings()))
        assert items
        for item in items:
            assert isinstance(item, Article | Issue)
            assert repr(item).encode("utf-8")
            assert not isinstance(item, Article) or (item.article_id and item.text)


@fuzzed()
@given(source=TEXTS, kind=st.sampled_from(["text", "markdown"]))
@example(source=" \n", kind="text")
def test_cleaner(source: str, kind: str) -> None:
    TRIED["texts cleaned"] += 1
    try:
        document = cleaner().clean(Article("a", "a.txt", source, format=kind))  # type: ignore[arg-type]
    except ArticleError:
        return
    previous = (0, 0)
    for offset in range(len(document.text)):
        span = document.to_source.source_span(offset, offset + 1)
        assert previous[0] <= span[0] < span[1] <= len(source)
        previous = span
    ends = 0
    for sentence in document.sentences:
        assert ends <= sentence.start < sentence.end <= len(document.text)
        ends = sentence.end
    assert all(0 <= r.source_start <= r.source_end <= len(source) for r in document.removals)


@fuzzed()
@given(text=TEXTS, day=DAYS)
def test_amounts(text: str, day: str | None) -> None:
    TRIED["texts for amounts"] += 1
    for amount in amounts().find(text, published=day):
        mention = amount.mention
        assert text[mention.start : mention.end] == mention.text
        assert amount.min.is_finite()
        assert amount.max.is_finite()
        assert abs(amount.max) < Decimal(10) ** 32


@fuzzed()
@given(text=TEXTS, day=DAYS)
@example(text="dans 999999999 jours", day="2024-02-29")
def test_dates(text: str, day: str | None) -> None:
    TRIED["texts for dates"] += 1
    for reading in dates().find(text, published=day):
        mention = reading.mention
        assert text[mention.start : mention.end] == mention.text
        assert (reading.value is None) == (reading.reason is not None)
        if reading.value is not None:
            assert (EDTF if reading.kind == "date" else ISO_PERIOD).fullmatch(reading.value), reading
        if reading.start_date and reading.end_date:
            assert reading.start_date <= reading.end_date


@fuzzed()
@given(text=TEXTS)
def test_quotes(text: str) -> None:
    TRIED["texts for quotes"] += 1
    for quote in quotes().find(plain_document(text), ()):
        assert text[quote.start : quote.end] == quote.text.strip() == quote.text


@fuzzed()
@given(patches=PATCHES, name=st.sampled_from(["a.yaml", "a.csv"]))
def test_rule_loader(patches: list[tuple[int, int, bytes]], name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    TRIED["rule files"] += 1
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(damaged((RULES if name == "a.yaml" else CSV).encode(), patches))
    try:
        load_rules(path) if name == "a.yaml" else list(load_gazetteer(path))
    except DataError:
        return


NAMES = st.lists(
    st.tuples(
        st.sampled_from(
            ["Mesclun", "Mesclun AI", "MESCLUN", "Anne Kerval", "A. Kerval", "Kerval", "Cnil", "CNIL", "UE", "X", "’"]
        ),
        st.sampled_from(ENTITY_TYPES),
    ),
    min_size=1,
    max_size=8,
)


def named(key: str, names: list[tuple[str, str]]) -> ArticleNames:
    mentions, text = [], ""
    for name, kind in names:
        mentions.append(Mention(len(text), len(text) + len(name), name, kind, "rule"))
        text += f"{name}, "
    return ArticleNames(key, tuple(mentions), text)


@fuzzed()
@given(corpus=st.lists(NAMES, min_size=1, max_size=4), turned=st.randoms(use_true_random=False))
def test_merging(corpus: list[list[tuple[str, str]]], turned: object) -> None:
    """Every mention has an entity, and the order of the articles makes no difference."""
    TRIED["corpora merged"] += 1
    articles = [read_local_names(named(f"a{number}", names), guide()) for number, names in enumerate(corpus)]
    merged = merge_names(articles, guide())
    ids = {entity.entity_id for entity in merged.entities}
    assert len(ids) == len(merged.entities)
    for article in articles:
        assert {link.entity_id for link in merged.links(article)} <= ids
        assert len(article.numbers) == len(corpus[int(article.article_id[1:])])
    shuffled = list(articles)
    turned.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_names(sorted(shuffled, key=lambda a: a.article_id), guide()).entities == merged.entities


@fuzzed(examples=max(1, EXAMPLES // 50), patience=5 * PATIENCE)
@given(texts=st.lists(TEXTS, min_size=10, max_size=30), day=DAYS)
def test_the_whole_way_to_the_report(texts: list[str], day: str | None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Articles in are articles written and refused; every row's words stand where it says; the report has a page for each."""
    TRIED["articles run and reported"] += len(texts)
    folder = tmp_path_factory.mktemp("fuzz")
    rows = [json.dumps({"id": f"a{number}", "text": text, "published": day}) for number, text in enumerate(texts)]
    (folder / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    result = run([folder / "a.jsonl"], folder / "out", settings=Settings(refuse_languages=False))
    written = {row["article_id"]: row["text"] for row in result["articles"].to_pylist()}
    fatal = [row for row in result["issues"].to_pylist() if row["fatal"]]
    assert len(written) + len(fatal) == len(texts)
    for name in ("mentions", "amounts", "dates", "quotes", "statements", "roles", "events", "claims"):
        for row in result[name].to_pylist():
            assert written[row["article_id"]][row["start"] : row["end"]] == row["text"]
    write_report(folder / "out")
    assert len(list((folder / "out" / "report" / "a").glob("*.html"))) == len(written)


def test_an_input_that_hangs_is_a_fault() -> None:
    @fuzzed(examples=1, patience=0.2)
    @given(text=st.just("a" * 40))
    def hangs(text: str) -> None:
        re.match(r"(a|aa)+b", text)

    with pytest.raises(TimeoutError, match=r"not done after 0\.2 seconds"):
        hangs()
