"""Every format gives articles; whatever cannot be read gives one clear issue, and the others go on."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.model import Article, Issue
from pipeline.read import read_articles
from pipeline.settings import Settings

TODAY = dt.date(2026, 1, 31)
PAGE = (
    '<html lang="fr"><head><title>Ondéval se trompe | La Gazette</title><meta property="og:title" content="Ondéval se trompe">'
    '<meta property="og:site_name" content="La Gazette"><meta name="author" content="Anaïs Kermadec">'
    '<meta property="article:published_time" content="2024-03-12T09:15:00+01:00"></head><body><nav><a href="/">Accueil</a></nav>'
    "<article><h1>Ondéval se trompe</h1><p>Les portiques loués par Ondéval ont compté vendredi des passages imaginaires pour "
    "une vingtaine de riverains du quai des Tanneurs, qui réclament des excuses.</p><p>Le syndicat a reçu le loueur lundi "
    "matin. Rien ne sera débité avant décembre, a-t-il juré.</p></article>"
    "<footer>Mentions légales</footer></body></html>"
)
PAGE_TEXT = (
    "Ondéval se trompe\nLes portiques loués par Ondéval ont compté vendredi des passages imaginaires pour une vingtaine de "
    "riverains du quai des Tanneurs, qui réclament des excuses.\nLe syndicat a reçu le loueur lundi matin. Rien ne sera débité "
    "avant décembre, a-t-il juré."
)


def read(folder: Path, **limits: int) -> list[Article | Issue]:
    return list(read_articles([folder], settings=Settings(**limits), today=TODAY))


def fields(item: Article | Issue) -> dict[str, Any]:
    """What the item says beyond the defaults, without the folder's path."""
    return {name: value for name, value in asdict(item).items() if value not in (None, (), "text") and name != "source"}


def write(folder: Path, name: str, content: str | bytes) -> None:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


ROW = {"id": "r1", "text": "Le Sénat a voté.", "published": "2024-02", "outlet": "Le Relais", "authors": ["Jo Lan"]}
EXPECTED_ROW = {
    "article_id": "r1",
    "text": "Le Sénat a voté.",
    "published": "2024-02",
    "published_from": "metadata",
    "outlet": "Le Relais",
    "authors": ("Jo Lan",),
}


def test_a_text_file_is_one_article(tmp_path: Path) -> None:
    write(tmp_path, "2024-03-12-senat.txt", "Le Sénat a voté.")
    [article] = read(tmp_path)
    assert fields(article) == {
        "article_id": "2024-03-12-senat",
        "text": "Le Sénat a voté.",
        "published": "2024-03-12",
        "published_from": "filename",
    }


@pytest.mark.parametrize(
    "front",
    [
        pytest.param("---\ntitle: Le vote\ndate: 2024-03-12 09:15:00\nauthor: Jo Lan\nlang: fr\n---\n", id="Jekyll"),
        pytest.param('+++\ntitle = "Le vote"\ndate = 2024-03-12T09:15:00Z\nauthors = ["Jo Lan"]\nlang = "fr"\n+++\n', id="Hugo"),
        pytest.param('{\n"title": "Le vote",\n"date": "2024-03-12",\n"author": "Jo Lan",\n"lang": "fr"\n}\n', id="Hugo, JSON"),
        pytest.param("---\nTitle: Le vote\npubDate: 2024-03-12\nauteur: Jo Lan\nlangue: fr\n---\n", id="other names and cases"),
        pytest.param("---\r\ntitle: Le vote\r\ndate: 2024-03-12\r\nauthor: Jo Lan\r\nlang: fr\r\n---\r\n", id="CRLF"),
        pytest.param('+++\rtitle = "Le vote"\rdate = 2024-03-12\rauthors = ["Jo Lan"]\rlang = "fr"\r+++\r', id="CR"),
        pytest.param(
            '---\ntitle: "Le vote"\ndate: 12/03/2024\nauthor:\n  - name: Jo Lan\n    orcid: 0\nlang: fr\n---\n', id="Quarto"
        ),
    ],
)
def test_front_matter_gives_the_fields_and_stays_in_the_text(tmp_path: Path, front: str) -> None:
    write(tmp_path, "vote.md", front + "\nLe **Sénat** a voté.")
    [article] = read(tmp_path)
    assert fields(article) == {
        "article_id": "vote",
        "text": front + "\nLe **Sénat** a voté.",
        "title": "Le vote",
        "published": "2024-03-12",
        "published_from": "metadata",
        "authors": ("Jo Lan",),
        "language": "fr",
        "format": "markdown",
    }


def test_a_page_gives_its_body_below_its_headline(tmp_path: Path) -> None:
    write(tmp_path, "page.html", PAGE)
    [article] = read(tmp_path)
    assert fields(article) == {
        "article_id": "page",
        "text": PAGE_TEXT,
        "title": "Ondéval se trompe",
        "published": "2024-03-12",
        "published_from": "html",
        "outlet": "La Gazette",
        "authors": ("Anaïs Kermadec",),
        "language": "fr",
    }


def test_rows_give_the_same_article_in_every_format(tmp_path: Path) -> None:
    line = json.dumps(ROW)
    table = pa.Table.from_pylist([ROW])
    buffer, archive = io.BytesIO(), io.BytesIO()
    pq.write_table(table, buffer)
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("r.jsonl", line)
    files = {
        "r.jsonl": line.encode(),
        "bom.jsonl": b"\xef\xbb\xbf" + line.encode(),
        "r.csv": b"Id;Text;Published;Outlet;Authors\r\nr1;Le S\xe9nat a vot\xe9.;02/2024;Le Relais;Jo Lan\r\n".replace(
            b"02/2024", b"2024-02"
        ),
        "r.tsv": "doc_id\ttext\tdate\toutlet\tauthor\nr1\tLe Sénat a voté.\t2024-02\tLe Relais\tJo Lan\n".encode(),
        "r.parquet": buffer.getvalue(),
        "r.jsonl.gz": gzip.compress(line.encode()),
        "r.jsonl.zst": zstandard.compress(line.encode()),
        "r.zip": archive.getvalue(),
    }
    for name, content in files.items():
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        write(folder, name, content)
        assert [fields(item) for item in read(folder)] == [EXPECTED_ROW], name


def test_a_feed_gives_its_entries(tmp_path: Path) -> None:
    write(
        tmp_path,
        "feed.xml",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Le Relais</title><language>fr</language><item>'
        "<title>Le vote</title>"
        "<link>https://relais.example/vote</link><guid>vote</guid><pubDate>Tue, 12 Mar 2024 09:15:00 +0100</pubDate>"
        "<description>&lt;p&gt;Le &lt;b&gt;Sénat&lt;/b&gt; a voté.&lt;/p&gt;&lt;p&gt;Enfin.&lt;/p&gt;</description>"
        "</item></channel></rss>",
    )
    [article] = read(tmp_path)
    assert fields(article) == {
        "article_id": "vote",
        "text": "Le vote\n\nLe Sénat a voté.\nEnfin.",
        "title": "Le vote",
        "published": "2024-03-12",
        "published_from": "metadata",
        "url": "https://relais.example/vote",
        "outlet": "Le Relais",
        "language": "fr",
    }


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # the writer's own
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wacz"])
def test_a_web_archive_gives_its_pages(tmp_path: Path, name: str) -> None:
    """Only pages that were fetched whole: images, redirects and requests are passed over."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=name != "a.warc")
    for url, status, kind, body in (
        ("https://gazette.example/2024/03/ondeval", "200 OK", "text/html; charset=windows-1252", PAGE.encode("cp1252")),
        ("https://gazette.example/logo.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://gazette.example/vieux", "301 Moved", "text/html", b"<p>parti</p>"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    content = buffer.getvalue()
    if name == "a.wacz":
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as members:
            members.writestr("archive/data.warc.gz", content)
        content = package.getvalue()
    write(tmp_path, name, content)
    [article] = read(tmp_path)
    assert isinstance(article, Article)
    assert (article.article_id, article.url) == ("https://gazette.example/2024/03/ondeval",) * 2
    assert article.text == PAGE_TEXT


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


@pytest.mark.parametrize("turned", [False, True], ids=["as written", "turned round"])
def test_of_articles_with_one_id_the_same_one_stays_in_any_order(tmp_path: Path, turned: bool) -> None:
    """The longest stays; of two that are equally long always the same."""
    rows = [json.dumps({"id": name, "text": text}) for name in ("x", "y") for text in ("Un.", "Six.", "Dix.")[name == "x" :]]
    rows.append(json.dumps({"id": "x", "text": "Le texte entier."}))
    write(tmp_path, "a.jsonl", "\n".join(reversed(rows) if turned else rows))
    kept = {item.article_id: item.text for item in read(tmp_path) if isinstance(item, Article)}
    refused = [(item.code, item.article_id, item.fatal) for item in read(tmp_path) if isinstance(item, Issue)]
    assert kept == {"x": "Le texte entier.", "y": "Six."}
    assert sorted(refused) == [("duplicate_id", "x", True)] * 2 + [("duplicate_id", "y", True)] * 2


def test_the_issue_of_a_row_names_its_id(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", '{"id": "x", "title": "Un titre"}')
    [issue] = read(tmp_path)
    assert (issue.article_id, getattr(issue, "code", None)) == ("x", "missing_field")


def test_names_that_lead_out_of_an_archive_lose_what_leads_there(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("/etc/a.txt", "../../b.txt", "c/../../d.txt", "e\\..\\f.txt"):
            archive.writestr(name, f"Le texte de {name}.")
    write(tmp_path, "presse.zip", buffer.getvalue())
    articles = [item.article_id for item in read(tmp_path) if isinstance(item, Article)]
    assert sorted(articles) == ["presse/b", "presse/c/d", "presse/e/f", "presse/etc/a"]


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


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(ROW).encode())))
    [article] = read_articles(["-"], settings=Settings())
    assert fields(article) == EXPECTED_ROW


def test_a_row_without_id_is_named_after_what_it_says(tmp_path: Path) -> None:
    """The id does not depend on the place of the row."""
    rows = [json.dumps({"text": text}) for text in ("Un.", "Deux.", "Trois.")]
    write(tmp_path, "a.jsonl", "\n".join(rows))
    forwards = {item.article_id for item in read(tmp_path)}
    write(tmp_path, "a.jsonl", "\n".join(reversed(rows)))
    assert {item.article_id for item in read(tmp_path)} == forwards
    assert len(forwards) == 3
