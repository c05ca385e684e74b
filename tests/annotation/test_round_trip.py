"""Annotations go out to every tool and come back: the same bytes where nobody changed them, the change where somebody did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin

from pipeline.annotation.files import FORMATS, Format, export_annotations, import_annotations
from pipeline.errors import DataError, UsageError

TEXT = "🚀 Lumio lève 15 M€.\r\n« Nous\nirons\u00a0loin », dit Nora Belkacem, PDG de Lumio-Nubéo\u2028 lundi.  \n"


def item(words: str, **said: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **said}


ARTICLES = [
    {
        "doc_id": "a/b c:é",
        "published": "2024-03-01",
        "genre": "news",
        "text": TEXT,
        "entities": [
            item("Nora Belkacem", type="PER", canonical="Nora Belkacem"),
            item("Lumio", type="ORG", canonical="Lumio"),
            item("Lumio-Nubéo", type="ORG", canonical="Lumio-Nubéo"),
            item("Nubéo", type="ORG", canonical="Nubéo"),
        ],
        "amounts": [item("15 M€", kind="money", min="15000000", max="15000000", unit="EUR", qualifier=None)],
        "dates": [item("lundi", kind="date", value="2024-02-26")],
        "quotes": [item("Nous\nirons\u00a0loin", speaker="Nora Belkacem")],
        "roles": [
            {"person": "Nora Belkacem", "role": "PDG", "org": "Lumio", "start": 66, "end": 69},
            {"person": "X", "role": "Y"},
        ],
        "events": [item("lève", type="funding", agents=[], targets=["Lumio"], amount="15000000 EUR", date=None)],
    },
    {"doc_id": "empty", "text": " ", "entities": []},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES), encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_nobody_changed_comes_back_byte_for_byte(fmt: Format, gold: Path, tmp_path: Path) -> None:
    out = export_annotations(gold, fmt, tmp_path / "out" / f"first.{'jsonl' if fmt in ('doccano', 'prodigy') else fmt}")
    assert import_annotations([out], tmp_path / "back.jsonl", fmt=fmt) == 2
    assert (tmp_path / "back.jsonl").read_bytes() == gold.read_bytes()
    again = export_annotations(tmp_path / "back.jsonl", fmt, tmp_path / "again" / out.name)
    assert content(again) == content(out)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_gold_of_the_corpus_comes_back_byte_for_byte(fmt: Format, tmp_path: Path) -> None:
    gold = Path(__file__).parents[2] / "corpus" / "gold" / "develop.jsonl"
    out = export_annotations(gold, fmt, tmp_path / fmt)
    import_annotations([out], tmp_path / "back.jsonl", fmt=fmt)
    assert (tmp_path / "back.jsonl").read_bytes() == gold.read_bytes()


def _moved_in_doccano(path: Path) -> None:
    rows = rows_of(path)
    for number, entity in enumerate(rows[0]["entities"]):
        entity["id"] = 900 + number  # doccano gives ids of its own
    rows[0]["entities"][1]["label"] = "PRODUCT"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _moved_in_prodigy(path: Path) -> None:
    rows = rows_of(path)
    rows[0]["spans"][1]["label"] = "PRODUCT"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _moved_in_label_studio(path: Path) -> None:
    tasks = json.loads(path.read_text(encoding="utf-8"))
    tasks[0]["annotations"][0]["result"][1]["value"]["labels"] = ["PRODUCT"]
    path.write_text(json.dumps(tasks), encoding="utf-8")


def _moved_in_brat(path: Path) -> None:
    file = path / "a%2Fb c%3A%C3%A9.ann"
    file.write_bytes(file.read_bytes().replace(b"ORG 2 7\t", b"PRODUCT 2 7\t"))


def _moved_in_conll(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Lumio\t2\t7\tB-ORG", b"Lumio\t2\t7\tB-PRODUCT"))


def _moved_in_docbin(path: Path) -> None:
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("fr").vocab))
    group = docs[0].spans["entities"]
    changed = docs[0].char_span(2, 7, label="PRODUCT", span_id=group[1].id_)
    docs[0].spans["entities"] = [group[0], changed, *list(group)[2:]]
    DocBin(docs=docs, store_user_data=True).to_disk(path)


@pytest.mark.parametrize(
    ("fmt", "change"),
    [
        ("brat", _moved_in_brat),
        ("doccano", _moved_in_doccano),
        ("label-studio", _moved_in_label_studio),
        ("prodigy", _moved_in_prodigy),
        ("conll", _moved_in_conll),
        ("spacy", _moved_in_docbin),
    ],
)
def test_what_was_changed_in_a_tool_is_changed_and_nothing_else(
    fmt: Format, change: Callable[[Path], None], gold: Path, tmp_path: Path
) -> None:
    out = export_annotations(gold, fmt, tmp_path / "out")
    change(out)
    import_annotations([out], tmp_path / "back.jsonl", fmt=fmt)
    first, second = rows_of(tmp_path / "back.jsonl")
    expected = json.loads(json.dumps(ARTICLES[0]))
    expected["entities"][1]["type"] = "PRODUCT"
    assert (first, second) == (expected, ARTICLES[1])


def test_a_mark_that_is_new_gets_an_item_and_one_that_is_gone_loses_it(gold: Path, tmp_path: Path) -> None:
    out = export_annotations(gold, "prodigy", tmp_path / "out.jsonl")
    rows = rows_of(out)
    rows[0]["spans"] = [s for s in rows[0]["spans"] if s["label"] not in ("ORG", "money")] + [
        {"start": 14, "end": 16, "label": "percent"}
    ]
    rows[1]["answer"] = "reject"
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert import_annotations([out], tmp_path / "back.jsonl") == 1
    back = json.loads((tmp_path / "back.jsonl").read_text(encoding="utf-8"))
    assert [entity["text"] for entity in back["entities"]] == ["Nora Belkacem"]
    nothing = {"min": None, "max": None, "unit": None, "qualifier": None}
    assert back["amounts"] == [{"start": 14, "end": 16, "text": TEXT[14:16], "kind": "percent", **nothing}]


def test_a_text_that_the_tool_changed_is_told(gold: Path, tmp_path: Path) -> None:
    out = export_annotations(gold, "doccano", tmp_path / "out.jsonl")
    out.write_text(out.read_text(encoding="utf-8").replace("🚀 Lumio", "🚀  Lumio"), encoding="utf-8")
    with pytest.raises(UsageError, match="the text is not the one that was exported"):
        import_annotations([out], tmp_path / "back.jsonl")


def test_a_label_of_somebody_else_is_told(gold: Path, tmp_path: Path) -> None:
    out = export_annotations(gold, "prodigy", tmp_path / "out.jsonl")
    out.write_text(out.read_text(encoding="utf-8").replace('"label": "PER"', '"label": "PERSON"'), encoding="utf-8")
    with pytest.raises(UsageError, match="no label 'PERSON'; there are ORG, PER"):
        import_annotations([out], tmp_path / "back.jsonl")


@pytest.mark.parametrize("form", ["label-studio", "doccano", "prodigy", "conll", "spacy"])
@pytest.mark.parametrize(
    "content", [b"\xe9", b'{"texte": 1}', b"[1]", b"# newdoc = Lumio"], ids=["latin-1", "fields", "list", "words"]
)
def test_a_file_that_no_tool_wrote_is_named(form: Format, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(content)
    with pytest.raises(DataError, match="odd"):
        assert import_annotations([tmp_path / "odd"], tmp_path / "back.jsonl", fmt=form) > 0
