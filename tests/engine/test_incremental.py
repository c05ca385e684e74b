"""Adding, changing and forgetting articles: the tables are those of one run over everything, whatever came when."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.engine import corpus, plan, reading
from pipeline.engine.batches import Tools, find, find_again, tell
from pipeline.errors import UsageError
from pipeline.job import forget, run
from pipeline.lexicon import load_lexicon
from pipeline.read.articles import pieces_of
from pipeline.settings import Settings
from pipeline.store import segments
from pipeline.tables.read import read_arrow, read_table
from pipeline.tables.schemas import TABLES

Row = Mapping[str, Any]
NEWS = (
    "{name} lève {sum} millions d'euros auprès de Brumeval Capital, annonce lundi Anne Kerval, directrice générale de {name}.",
    "La Cnil a infligé {sum} millions d'euros d'amende à {name} le 3 avril 2024. « Nous ferons appel », a déclaré Anne Kerval.",
    "Le député Yves Marnier salue l'arrivée de {name} à Nantes, où la société ouvrira {sum} postes avant la fin de l'année.",
    "Selon Anne Kerval, {name} vise {sum} millions d'euros de chiffre d'affaires. Elle s'exprimait mardi devant la presse.",
)
FOOTER = "La Gazette du Cormoran, journal de la côte"


def article(number: int) -> Row:
    name, text = ("Orbello", "Lumio", "Tribor", "Vannelle")[number % 4], NEWS[number // 4 % 4]
    body = text.format(name=name, sum=number + 3)
    return {"id": f"a{number:02}", "text": f"{body}\n\n{FOOTER}", "outlet": "La Gazette", "published": f"2024-04-{number + 1:02}"}


ARTICLES = [article(number) for number in range(16)]


def write(path: Path, rows: Sequence[Row]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path.name


def tables(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.parquet").read_bytes() for name in TABLES}


LEXICON = load_lexicon()
TOOLS = cache(lambda: Tools(LEXICON, Settings(), today=None))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, and rules and model that are loaded once for all tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.job.load_lexicon", lambda _: LEXICON)
    monkeypatch.setattr("pipeline.job.Tools", lambda *_, **__: TOOLS())


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that are found or told anew, in order."""
    done: list[str] = []

    def watched(job: Any, column: str) -> Any:
        def watching(batch: Any, tools: Any) -> Any:
            done.extend(f"{job.__name__} {key}" for key in batch[column].to_pylist())
            return job(batch, tools)

        return watching

    monkeypatch.setattr(plan, "find", watched(find, "article_id"))
    monkeypatch.setattr(plan, "find_again", watched(find_again, "article_id"))
    monkeypatch.setattr(plan, "tell", watched(tell, "article_id"))
    return done


def whole(rows: Sequence[Row]) -> dict[str, bytes]:
    """The tables of one run over everything."""
    files = {f"{row['id']}.jsonl": row for row in rows}
    run([write(Path(name), [row]) for name, row in files.items()], "whole")
    return tables(Path("whole"))


@pytest.mark.parametrize(
    "order", [range(16), range(15, -1, -1), [*range(8, 16), *range(8)]], ids=["forwards", "backwards", "halves"]
)
def test_articles_that_come_in_any_order_give_the_bytes_of_one_run(order: Sequence[int]) -> None:
    arriving = [write(Path(f"a{n:02}.jsonl"), [ARTICLES[n]]) for n in order]
    for start in (0, 6, 10):
        run(arriving[start : {0: 6, 6: 10, 10: 16}[start]], "out")
    assert tables(Path("out")) == whole(ARTICLES)


def test_a_repeated_run_does_nothing_again(work: list[str]) -> None:
    file = write(Path("in.jsonl"), ARTICLES)
    run([file], "out")
    first = tables(Path("out"))
    work.clear()
    run([file], "out")
    assert (work, tables(Path("out"))) == ([], first)


def test_a_file_is_read_again_where_veille_reads_in_another_way(work: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else is done where it still says the same."""
    file = write(Path("in.jsonl"), ARTICLES[:2])
    run([file], "out")
    work.clear()
    read: list[str] = []
    monkeypatch.setattr(reading, "pieces_of", lambda source, *rest: read.append(source.name) or pieces_of(source, *rest))
    run([file], "out", settings=Settings(workers=3, batch_size=7))
    assert read == []
    monkeypatch.setattr(reading, "code_fingerprint", lambda *_: "other")
    run([file], "out")
    assert (read, work) == (["in.jsonl"], [])


def test_new_articles_cost_themselves_and_what_they_change(work: list[str]) -> None:
    run([write(Path("old.jsonl"), ARTICLES[:15])], "out")
    work.clear()
    run([write(Path("new.jsonl"), ARTICLES[15:])], "out")
    assert [job for job in work if job.startswith("find ")] == ["find a15"]


def test_a_line_that_comes_to_be_repeated_goes_from_all_articles_that_hold_it(work: list[str]) -> None:
    run([write(Path("old.jsonl"), ARTICLES[:3])], "out")
    before = run([], "out")["articles"].to_pylist()
    assert all(FOOTER in row["text"] for row in before)
    work.clear()
    after = run([write(Path("new.jsonl"), ARTICLES[3:4])], "out")["articles"].to_pylist()
    assert not any(FOOTER in row["text"] for row in after)
    assert sorted(work)[:4] == ["find a00", "find a01", "find a02", "find a03"]


def test_an_article_that_changed_takes_the_place_of_the_old_one() -> None:
    run([write(Path("old.jsonl"), ARTICLES)], "out")
    changed = {**ARTICLES[2], "text": ARTICLES[9]["text"]}
    found = run([write(Path("new.jsonl"), [changed])], "out")
    assert found.summary["articles"] == {"read": 16, "written": 16, "refused": 0, "copies": 1}
    assert {row["article_id"]: row["source"] for row in found["articles"].to_pylist()}["a02"] == "new.jsonl"


def test_an_article_that_has_gone_from_its_file_stays() -> None:
    run([write(Path("in.jsonl"), ARTICLES[:3])], "out")
    found = run([write(Path("in.jsonl"), ARTICLES[:1])], "out")
    assert found["articles"]["article_id"].to_pylist() == ["a00", "a01", "a02"]


def test_what_is_wrong_with_a_file_holds_until_it_is_read_again() -> None:
    Path("bad.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    run(["bad.jsonl"], "out")
    assert run([write(Path("in.jsonl"), ARTICLES[:1])], "out")["issues"]["code"].to_pylist() == ["missing_field"]
    write(Path("bad.jsonl"), ARTICLES[1:2])
    assert run(["bad.jsonl"], "out").summary["articles"] == {"read": 2, "written": 2, "refused": 0, "copies": 0}


def test_what_is_forgotten_leaves_the_tables_of_the_others_and_no_word_of_it() -> None:
    run([write(Path(f"a{n:02}.jsonl"), [ARTICLES[n]]) for n in range(16)], "out")
    forget(["a05", "a11"], "out")
    files = [path for path in Path("out/.veille").rglob("*.parquet") if path.is_file()]
    kept = [str(pq.read_table(path).to_pylist()) for path in files]
    assert not [text for text in kept if "'a05'" in text or "'a11'" in text or ARTICLES[5]["text"][:60] in text]
    left = [row for row in ARTICLES if row["id"] not in ("a05", "a11")]
    expected = whole(left)
    assert {name: content for name, content in tables(Path("out")).items() if content != expected[name]} == {}


def test_nothing_can_be_forgotten_that_is_not_there() -> None:
    run([write(Path("in.jsonl"), ARTICLES[:1])], "out")
    with pytest.raises(UsageError, match="holds no article zz"):
        forget(["zz"], "out")


def test_what_was_done_before_a_crash_is_not_done_again(work: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that breaks off while it merges has found all articles."""
    file = write(Path("in.jsonl"), ARTICLES)

    def broken(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.job.merge", broken)
        with pytest.raises(KeyboardInterrupt):
            run([file], "out")
    work.clear()
    run([file], "out")
    assert work == []


def test_what_all_articles_are_asked_opens_few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings and tellings of a run come a batch at a time, each in a file of its own."""
    shown: list[tuple[str, int]] = []
    show_files = corpus.show_files

    def watching(base: Any, name: str, files: Sequence[Path]) -> None:
        shown.append((name, len(files)))
        show_files(base, name, files)

    monkeypatch.setattr(corpus, "show_files", watching)
    monkeypatch.setattr(segments, "MOST_SMALL", 4)
    run([write(Path("in.jsonl"), ARTICLES)], "out", settings=Settings(batch_size=2))
    tellings = [count for name, count in shown if name == "tellings"]
    assert ([count for name, count in shown if name == "findings"], [count <= 5 for count in tellings]) == ([1], [True])


def test_articles_of_which_nothing_is_kept_are_not_lost_in_silence() -> None:
    run([write(Path("old.jsonl"), ARTICLES[:2])], "out")
    shutil.rmtree("out/.veille/store")
    with pytest.raises(UsageError, match=r"give them again \(old.jsonl"):
        run([write(Path("new.jsonl"), ARTICLES[2:3])], "out")
    assert run(["old.jsonl", "new.jsonl"], "out").summary["articles"]["written"] == 3


def test_findings_that_are_damaged_are_made_again() -> None:
    file = write(Path("in.jsonl"), ARTICLES[:4])
    run([file], "out")
    before = tables(Path("out"))
    for path in Path("out/.veille/store").rglob("*.parquet"):
        if "articles" not in path.parts:
            path.write_bytes(path.read_bytes()[:-9])
    assert run([], "out").summary["made"] == {"cleaned": 4, "named": 4, "found": 4, "told": 4}
    assert tables(Path("out")) == before


def test_articles_that_are_damaged_are_asked_for_again() -> None:
    file = write(Path("in.jsonl"), ARTICLES[:4])
    run([file], "out")
    before = tables(Path("out"))
    for path in Path("out/.veille/store/articles").rglob("*.parquet"):
        path.write_bytes(b"PAR1")
    with pytest.raises(UsageError, match=r"give them again \(in.jsonl"):
        run([], "out")
    run([file], "out")
    assert tables(Path("out")) == before


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more"], ids=["empty", "cut"])
def test_a_damaged_list_of_articles_is_named_with_the_way_out(content: bytes) -> None:
    file = write(Path("in.jsonl"), ARTICLES[:2])
    run([file], "out")
    Path("out/.corpus.parquet").write_bytes(content)
    with pytest.raises(
        UsageError, match=r"corpus.parquet is damaged, or of another version .*: put it back .* give all articles again"
    ):
        run([], "out")
    Path("out/.corpus.parquet").unlink()
    assert run([file], "out").summary["articles"]["written"] == 2


def test_inputs_and_tables_may_be_addresses_in_an_object_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another machine goes on with what is kept there; the bytes are those of one run over everything."""
    MemoryFileSystem.store.clear()
    store = fsspec.filesystem("memory")
    for number, row in enumerate(ARTICLES):
        store.pipe(f"/bucket/new/{number % 2}/a{number:02}.jsonl", json.dumps(row, ensure_ascii=False).encode())
    made = []
    for night, inputs in enumerate(["memory://bucket/new/0", "memory://bucket/new/1/*.jsonl"]):
        monkeypatch.setenv("XDG_CACHE_HOME", str(Path(f"machine-{night}").absolute()))
        made.append(run([inputs], "memory://bucket/tables/").summary["made"]["cleaned"])
    assert made == [8, 8]
    run(["memory://bucket/new/"], "whole")
    assert {name: read_arrow("memory://bucket/tables/", name) for name in TABLES} == dict(run([], "whole"))
    forget(["a05"], "memory://bucket/tables")
    assert read_table("memory://bucket/tables", "articles")["article_id"].tolist() == [
        r["id"] for r in ARTICLES if r["id"] != "a05"
    ]
