"""Every format gives articles, and the same ones whatever the order."""

from __future__ import annotations

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
from tests.read.given import PAGE, read, write

PAGE_TEXT = (
    "Ondéval se trompe\nLes portiques loués par Ondéval ont compté vendredi des passages imaginaires pour une vingtaine de "
    "riverains du quai des Tanneurs, qui réclament des excuses.\nLe syndicat a reçu le loueur lundi matin. Rien ne sera débité "
    "avant décembre, a-t-il juré."
)


def fields(item: Article | Issue) -> dict[str, Any]:
    """What the item says beyond the defaults, without the folder's path."""
    return {name: value for name, value in asdict(item).items() if value not in (None, (), "text") and name != "source"}


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


def test_names_that_lead_out_of_an_archive_lose_what_leads_there(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("/etc/a.txt", "../../b.txt", "c/../../d.txt", "e\\..\\f.txt"):
            archive.writestr(name, f"Le texte de {name}.")
    write(tmp_path, "presse.zip", buffer.getvalue())
    articles = [item.article_id for item in read(tmp_path) if isinstance(item, Article)]
    assert sorted(articles) == ["presse/b", "presse/c/d", "presse/e/f", "presse/etc/a"]


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
