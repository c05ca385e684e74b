"""The corpus: its files and gold are what its marked articles say, and what a run reads is what the gold counts in."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus.build import HALVES, HERE, TRAIN, build, read_part
from corpus.doubts import find_doubts
from corpus.marks import MarkError, gold_layers, parse_marks
from pipeline.model import Article
from pipeline.read.articles import read_articles
from pipeline.settings import Settings

GENRES = {
    "blog", "communiqué", "décryptage", "dépêche", "entretien", "newsletter", "presse locale", "quotidien économique",
    "rapport", "tribune",
}  # fmt: skip
PRESENT = [half for half in HALVES if any((HERE / "marked" / half).glob("*.txt"))]
LAYERS = ("entities", "amounts", "dates", "quotes", "roles", "events")


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return build()


@pytest.fixture(scope="module")
def read() -> dict[str, Article]:
    items = list(read_articles([HERE], settings=Settings()))
    assert [item for item in items if not isinstance(item, Article)] == []
    return {item.article_id: item for item in items if isinstance(item, Article)}


def gold(half: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / "gold" / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_rebuilding_gives_the_committed_files(built: dict[str, bytes]) -> None:
    plain = {name: content for name, content in built.items() if not name.endswith(".parquet")}
    assert {name: (HERE / name).read_bytes() for name in plain} == plain


def test_nothing_else_stands_beside_the_built_files(built: dict[str, bytes]) -> None:
    standing = {path.relative_to(HERE).as_posix() for half in (*PRESENT, "gold") for path in (HERE / half).iterdir()}
    assert standing == built.keys() - {".veilleignore"}


def test_parquet_bundles_hold_the_committed_rows_and_are_reproducible(built: dict[str, bytes]) -> None:
    bundles = {name: content for name, content in built.items() if name.endswith(".parquet")}
    again = build()
    assert bundles == {name: again[name] for name in bundles}
    for name, content in bundles.items():  # the bytes also name the version of pyarrow
        assert pq.read_table(io.BytesIO(content)).equals(pq.read_table(HERE / name))


@pytest.mark.parametrize("half", PRESENT)
def test_each_half_holds_thirty_varied_articles(half: str) -> None:
    pieces = read_part(half)
    assert len(pieces) == 30
    assert sum(piece.front["invented"] for piece in pieces) >= 15
    assert {piece.kind for piece in pieces} == {"txt", "md", "html", "jsonl", "csv", "parquet"}
    assert {piece.front["genre"] for piece in pieces} == GENRES
    assert {piece.front["published"][:4] for piece in pieces if piece.front["published"]} == {str(y) for y in range(2019, 2027)}


def test_articles_to_train_on_are_read_by_no_run() -> None:
    assert {f"gold/{TRAIN}.jsonl"} == {name for name in build() if name.split("/")[0] == TRAIN or Path(name).stem == TRAIN}
    assert not {a["doc_id"] for a in gold(TRAIN)} & {a["doc_id"] for half in PRESENT for a in gold(half)}


@pytest.mark.parametrize("half", [*PRESENT, TRAIN])
def test_every_span_of_the_gold_says_its_text(half: str) -> None:
    for article in gold(half):
        spans = [item for layer in ("entities", "amounts", "dates", "quotes") for item in article[layer]]
        assert [article["text"][s["start"] : s["end"]] for s in spans] == [s["text"] for s in spans]
        assert [article["text"][r["start"] : r["end"]] for r in article["roles"]] == [r["role"] for r in article["roles"]]


@pytest.mark.parametrize("half", PRESENT)
def test_every_layer_is_there_in_strength(half: str) -> None:
    counts = {layer: sum(len(article[layer]) for article in gold(half)) for layer in LAYERS}
    assert {layer for layer, count in counts.items() if count < 60} == set()


@pytest.mark.parametrize("half", PRESENT)
def test_a_run_reads_the_very_texts_that_the_gold_counts_in(half: str, read: dict[str, Article]) -> None:
    expected = {article["doc_id"]: article["text"] for article in gold(half)}
    assert {name: read[name].text for name in expected} == expected


def test_a_run_reads_the_articles_of_the_gold_and_no_others(read: dict[str, Article]) -> None:
    assert read.keys() == {article["doc_id"] for half in PRESENT for article in gold(half)}


def test_marks_become_offsets_and_other_angle_brackets_stay() -> None:
    marked = parse_marks('Si a < b, <ORG c="Ravelin SAS">Ravelin</ORG> gagne <money v="10..20 EUR" q="about">10 à 20 €</money>.')
    assert marked.text == "Si a < b, Ravelin gagne 10 à 20 €."
    layers = {name: rows for name, rows in gold_layers(marked).items() if rows}
    assert layers == {
        "entities": [{"start": 10, "end": 17, "text": "Ravelin", "type": "ORG", "canonical": "Ravelin SAS"}],
        "amounts": [
            {"start": 24, "end": 33, "text": "10 à 20 €", "kind": "money", "min": "10", "max": "20"}
            | {"unit": "EUR", "qualifier": "about"}
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<ORG>Ravelin</PER>", "a.txt:1: </PER> where </ORG> of line 1 was expected"),
        ("Un\n<ORG>Ravelin", "a.txt:2: <ORG> is never closed"),
        ("</ORG>", "a.txt:1: </ORG> where no closing tag was expected"),
        ('<ORG name="x">Ravelin</ORG>', "a.txt:1: <ORG> has no attribute 'name'"),
        ("<ORG c=x>Ravelin</ORG>", 'a.txt:1: <ORG c=x> is not written attribute="value"'),
        ("<money>10 €</money>", "a.txt:1: <money> lacks its attribute 'v'"),
        ('<money v="10 €">10 €</money>', "a.txt:1: <money> '10 €': unit '€' is none of a money"),
        ('<date v="2024-13">x</date>', "a.txt:1: <date> 'x': '2024-13' is not EDTF"),
        ('<duration v="7 mois">x</duration>', "a.txt:1: <duration> 'x': '7 mois' is not an ISO 8601 duration"),
        ('<quote s="">il dit</quote>', "a.txt:1: <quote> 'il dit': a quote stands between quotation marks"),
        ("<ORG>la <LOC>France</LOC></ORG>", "a.txt:1: <ORG> 'la France': a name holds no other name"),
        ("<ORG> Ravelin</ORG>", "a.txt:1: <ORG> ' Ravelin': a span is not empty, has no outer spaces and stays in its line"),
        ('<event t="fine" g="Ravelin">x</event>', "a.txt:1: <event> 'x': 'Ravelin' is no entity of the article"),
        ('<event t="party">x</event>', "a.txt:1: <event> 'x': 'party' is none of the event types"),
        ('<event t="fine" d="2024">x</event>', "a.txt:1: <event> 'x': date '2024' is none of its paragraph"),
    ],
)
def test_marks_that_cannot_be_right_are_refused_with_their_place(source: str, message: str) -> None:
    with pytest.raises(MarkError) as refusal:
        parse_marks(source, name="a.txt")
    assert str(refusal.value) == message


def test_unmarked_names_numbers_days_and_quotations_are_doubts() -> None:
    marked = parse_marks("<ORG>Ravelin</ORG> se tait.\nMardi, Ravelin a dit « rien à dire ».", name="a.txt")
    assert find_doubts(marked) == [
        "a.txt: calendar Ravelin se tait.⏎[Mardi], Ravelin a dit « rien à dire ",
        "a.txt: capital Ravelin se tait.⏎Mardi, [Ravelin] a dit « rien à dire ».",
        "a.txt: name Ravelin se tait.⏎Mardi, [Ravelin] a dit « rien à dire ».",
        "a.txt: quotation  tait.⏎Mardi, Ravelin a dit « [rien à dire] ».",
    ]


def test_the_corpus_reads_its_own_marks_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "develop").mkdir()
    head = "---\nid: 2024-03-02-a\npublished: 2024-03-02\ngenre: blog\ninvented: true\nformat: txt\n---\n"
    (tmp_path / "develop" / "2024-03-02-a.txt").write_text(head + "<LOC>Lille</LOC> dort.\n", encoding="utf-8")
    assert build(tmp_path)["develop/2024-03-02-a.txt"] == b"Lille dort.\n"
