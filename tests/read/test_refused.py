"""Whatever cannot be read gives one clear issue, and the others go on."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.model import Article, Issue
from pipeline.read import read_articles
from pipeline.settings import Settings
from tests.read.given import PAGE, read, write


def _table(text: bytes) -> bytes:
    """A Parquet file of one row, whose text is of these bytes."""
    texts = pa.Array.from_buffers(pa.string(), 1, pa.array([text]).buffers())
    file = io.BytesIO()
    pq.write_table(pa.table({"id": ["x"], "text": texts}), file)
    return file.getvalue()


NO_UTF8 = _table(b"Le S\xe9nat a vot\xe9.")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.txt", b"", "empty", id="an empty file"),
        pytest.param("a.txt", bytes(range(256)) * 3, "binary", id="a binary file"),
        pytest.param("a.txt", b"%PDF-1.7 ...", "binary", id="a PDF that is called text"),
        pytest.param("a.txt", bytes(range(128, 256)) * 3, "unknown_encoding", id="no charset reads it"),
        pytest.param("a.txt", b"a" * 1001, "too_large", id="larger than a file may be"),
        pytest.param("a.docx", b"PK", "unknown_format", id="a format that is not read"),
        pytest.param("a.html", b"<html></html>", "no_text", id="a page without text"),
        pytest.param("a.jsonl", b"\n\n", "empty", id="no line"),
        pytest.param("a.jsonl", b"{'id': 1}", "bad_json", id="a line that is not JSON"),
        pytest.param("a.jsonl", b"[1, 2]", "bad_json", id="a line that is no object"),
        pytest.param("a.jsonl", b'{"id": "x", "sujet": "y"}', "missing_field", id="no text"),
        pytest.param("a.jsonl", b'{"id": "x", "text": 3}', "bad_field", id="a text that is a number"),
        pytest.param("a.jsonl", b'{"text": "' + b"a" * 30000 + b'"}', "too_long", id="a line without end"),
        pytest.param("a.csv", b"id,titre\n1,x\n", "missing_field", id="a table without text"),
        pytest.param("a.parquet", b"PAR1 is not enough", "unreadable", id="broken Parquet"),
        pytest.param("a.parquet", NO_UTF8, "unreadable", id="a table whose text is no UTF-8"),
        pytest.param("a.jsonl.gz", gzip.compress(b'{"text": "a"}' * 99)[:30], "unreadable", id="half a packed file"),
        pytest.param("a.jsonl.zst", b"no zstd", "unreadable", id="not packed at all"),
        pytest.param("a.zip", b"no zip", "unreadable", id="no archive"),
        pytest.param("a.wacz", b"no zip", "unreadable", id="no web package"),
        pytest.param("a.warc", b"no warc\r\n\r\n", "unreadable", id="no web archive"),
        pytest.param("a.xml", b"<a>b</a>", "bad_feed", id="no feed"),
        pytest.param("a.rss", b"<rss version='2.0'><channel></channel></rss>", "empty", id="a feed without entries"),
        pytest.param("a.csv", b"id,text\n", "empty", id="a table without rows"),
        pytest.param("a.zip", b"PK\x05\x06" + b"\0" * 18, "empty", id="an archive without files"),
        pytest.param("a.wacz", b"PK\x05\x06" + b"\0" * 18, "empty", id="a web package without files"),
        pytest.param(
            "a.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 \r\n\r\n",
            "unreadable",
            id="a record without address",
        ),
    ],
)
def test_what_cannot_be_read_is_one_issue(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    write(tmp_path, name, content)
    write(tmp_path, "z.txt", "Le Sénat a voté.")
    issue, other = read(tmp_path, max_file_bytes=1000, max_article_chars=1000)
    assert isinstance(issue, Issue)
    assert (issue.source, issue.stage, issue.code, issue.fatal) == ((tmp_path / name).as_posix(), "read", code, True)
    assert len(issue.detail) > 20
    assert isinstance(other, Article)


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "bombe.txt.gz", gzip.compress(b" " * 30_000_000))
    [issue] = read(tmp_path)
    assert isinstance(issue, Issue)
    assert issue.code == "too_large"


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", '{"id": "1", "text": "Un."}\nnon\n{"id": "2", "text": "Deux."}\n')
    assert [getattr(item, "article_id", None) or item.code for item in read(tmp_path)] == ["1", "bad_json", "2"]  # type: ignore[union-attr]


def test_a_file_of_rows_that_cannot_be_read_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "vide.jsonl"
    file.write_text('{"id": "a", "text": ""}\n' * 5 + '{"id": "b", "text": "Lumio recrute."}\n', encoding="utf-8")
    items = list(read_articles([file], settings=Settings(max_refused_rows=3)))
    assert [item.code for item in items if isinstance(item, Issue)] == ["missing_field"] * 3 + ["too_many_refused"]
    assert len(items) == 4


def test_the_issue_of_a_row_names_its_id(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", '{"id": "x", "title": "Un titre"}')
    [issue] = read(tmp_path)
    assert (issue.article_id, getattr(issue, "code", None)) == ("x", "missing_field")


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        (
            '{"id": "b", "text": "Le Sénat", bad}',
            "line 2 is not JSON (Expecting property name enclosed in double quotes: column 33)",
        ),
        ("null", "line 2 is no object; give one with a field `text`"),
    ],
)
def test_the_issue_of_a_line_says_where_in_the_file_it_is(tmp_path: Path, line: str, detail: str) -> None:
    write(tmp_path, "a.jsonl", '{"id": "1", "text": "Un."}\n' + line)
    [_, issue] = read(tmp_path)
    assert isinstance(issue, Issue)
    assert issue.detail.removesuffix("; one object a line") == detail


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.txt", content)
    return buffer.getvalue()


def locked(archive: bytes) -> bytes:
    """The archive with the flag « encrypted » set on its first member."""
    central = archive.index(b"PK\x01\x02") + 8
    return archive[:central] + b"\x01" + archive[central + 1 :]


@pytest.mark.parametrize(
    "archive",
    [
        pytest.param(zipped(a=b"Un texte.", b=b"Deux.").replace(b"PK\x03\x04", b"PK\x03\x05", 1), id="a broken header"),
        pytest.param(locked(zipped(a=b"Un texte.", b=b"Deux.")), id="a password"),
    ],
)
def test_a_damaged_file_in_an_archive_does_not_stop_the_others(tmp_path: Path, archive: bytes) -> None:
    write(tmp_path, "p.zip", archive)
    issue, article = read(tmp_path)
    assert isinstance(issue, Issue)
    assert (issue.code, issue.source, issue.fatal) == ("unreadable", (tmp_path / "p.zip").as_posix() + "!a.txt", True)
    assert article.article_id == "p/b"


def test_the_files_of_an_archive_share_one_bound(tmp_path: Path) -> None:
    write(tmp_path, "bombe.zip", zipped(a=b"a" * 6_000_000, b=b"b" * 6_000_000, c=b"c" * 6_000_000))
    codes = [item.code if isinstance(item, Issue) else item.article_id for item in read(tmp_path)]
    assert codes == ["bombe/a", "too_large", "too_large"]


@pytest.mark.parametrize("written", ["hier", "2099-01-01", "1970-01-01", "2024-13-45"])
def test_a_date_that_cannot_be_is_an_issue_and_the_article_goes_on(tmp_path: Path, written: str) -> None:
    write(tmp_path, "a.jsonl", json.dumps({"id": "x", "text": "Un.", "published": written}))
    issue, article = read(tmp_path)
    assert isinstance(issue, Issue)
    assert (issue.code, issue.fatal, issue.article_id) == ("bad_date", False, "x")
    assert isinstance(article, Article)
    assert article.published is None


def test_a_page_of_tomorrow_is_doubted(tmp_path: Path) -> None:
    write(tmp_path, "page.html", PAGE.replace("2024-03-12", "2031-03-12"))
    issue, article = read(tmp_path)
    assert isinstance(issue, Issue)
    assert (issue.code, issue.article_id, issue.fatal) == ("bad_date", "page", False)
    assert isinstance(article, Article)
    assert article.published is None
