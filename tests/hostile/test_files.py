"""Files made to harm: each is refused by an issue or an error that says why, and the articles beside it are read."""

from __future__ import annotations

import ast
import gzip
import io
import os
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import DataError, UsageError
from pipeline.lexicon.documents import load_yaml
from pipeline.lexicon.gazetteer import load_gazetteer
from pipeline.model import Article, Issue
from pipeline.read import find_sources, read_articles, read_source
from pipeline.settings import Settings

GOOD = "Le Sénat a voté mardi."
LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
BOMB = "a: &a [x, x]\n" + "".join(
    f"{n}: &{n} [{', '.join(f'*{m}' for _ in range(9))}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True)
)


def read(*inputs: Path, **settings: int) -> list[str]:
    """What becomes of the inputs: the ids of articles, the codes of issues."""
    items = read_articles(list(inputs), settings=Settings(**settings))  # type: ignore[arg-type]
    return [item.article_id if isinstance(item, Article) else item.code for item in items]


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parquet(rows: int) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": pa.array([GOOD * 100] * rows).dictionary_encode()}), buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.txt.gz", gzip.compress(b"\n" * 30_000_000), "too_large", id="a packed file without end"),
        pytest.param("a.zip", zipped({f"{n}.txt": b" " * 9_000_000 for n in range(3)}), "too_large", id="an archive without end"),
        pytest.param("a.zip", zipped({"b.zip": zipped({"c.txt": b"x"})}), "unreadable", id="an archive in an archive"),
        pytest.param("a.parquet", parquet(20_000), "too_large", id="a table of one value a million times"),
        pytest.param("a.xml", f"<!DOCTYPE r [<!ENTITY l0 'ha'>{LAUGHS}]><rss>&l9;</rss>".encode(), "empty", id="laughs"),
        pytest.param("a.csv", b'id,text\n1,"' + b"a" * 3_000_000, "1", id="a quotation mark that nobody closes"),
    ],
)
def test_a_file_that_swells_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    found = read(tmp_path)
    assert (code in found, found[-1], len(found) < 20_000) == (True, "z", True)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x; {good}</p>', id="a page"),
        pytest.param(
            '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "/etc/passwd">]><html><p>&x; {good}</p></html>', id="XHTML"
        ),
    ],
)
def test_entities_from_outside_are_not_fetched(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.html").write_text(content.replace("{good}", GOOD * 9), encoding="utf-8")
    [article] = read_articles([tmp_path], settings=Settings())
    assert isinstance(article, Article)
    assert (GOOD in article.text, "root:" in article.text) == (True, False)


def test_a_feed_fetches_no_entities(tmp_path: Path) -> None:
    item = f"<item><guid>g</guid><description>&x; {GOOD}</description></item>"
    feed = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>{item}</channel></rss>'
    (tmp_path / "a.rss").write_text(feed, encoding="utf-8")
    items = list(read_articles([tmp_path], settings=Settings()))
    assert not any("root:" in item.text for item in items if isinstance(item, Article))
    assert len(items) == 1


def test_tags_inside_tags_without_end_are_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 100_000 + GOOD, encoding="utf-8")
    item = f"<item><guid>g</guid><description><![CDATA[{'<b>' * 50_000}{GOOD}]]></description></item>"
    (tmp_path / "b.rss").write_text(f"<rss version='2.0'><channel>{item}</channel></rss>", encoding="utf-8")
    assert len(read(tmp_path)) == 2


def test_pipes_and_devices_are_no_files(tmp_path: Path) -> None:
    """Inside a folder they are passed over; named, they are an error, and nobody waits for them."""
    os.mkfifo(tmp_path / "tube.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    assert read(tmp_path) == ["z"]
    for name in ("tube.txt", "zero.txt"):
        with pytest.raises(UsageError, match="pipe or a device"):
            find_sources([tmp_path / name])


def test_links_that_lead_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "sub" / "z.txt").write_text(GOOD, encoding="utf-8")
    assert read(tmp_path) == ["sub/z"]
    with pytest.raises(UsageError):
        find_sources([tmp_path / "a.txt"])


def test_a_file_that_goes_before_it_is_read_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    [source] = find_sources([tmp_path])
    source.path.unlink()
    [issue] = read_source(source, Settings())
    assert (isinstance(issue, Issue) and issue.code) == "unreadable"


def test_a_file_that_grows_while_it_is_read_is_cut_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    [source] = find_sources([tmp_path])
    with source.path.open("a", encoding="utf-8") as more:
        more.write("a" * 2000)
    [issue] = read_source(source, Settings(max_file_bytes=1000))
    assert (isinstance(issue, Issue) and issue.code) == "too_large"


def test_any_name_of_a_file_makes_an_id_that_can_be_written(tmp_path: Path) -> None:
    for name in (b"deux\nlignes.txt", b"octet-\xff.txt", "\u202egauche.txt".encode(), b"'; DROP TABLE.txt"):
        (tmp_path / os.fsdecode(name)).write_text(GOOD, encoding="utf-8")
    found = read(tmp_path)
    assert sorted(found) == sorted(["deux\nlignes", "octet-\ufffd", "\u202egauche", "'; DROP TABLE"])
    assert all(key.encode("utf-8") for key in found)


def test_aliases_of_aliases_are_no_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\n{BOMB}author: *i\n---\n{GOOD}", encoding="utf-8")
    assert read(tmp_path) == ["bad_front_matter", "a"]


def test_aliases_of_aliases_are_no_rules(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BOMB, encoding="utf-8")
    with pytest.raises(DataError, match=r"a.yaml:2:8: alias \*a in an alias"):
        load_yaml(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text("a: &a [x]\nb: *a\n", encoding="utf-8")
    assert load_yaml(tmp_path / "b.yaml")["b"] == ["x"]


def test_a_character_that_yaml_does_not_know_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"about: a\nrules: \x00[]\n")
    with pytest.raises(DataError, match=r"a.yaml:2:8: character U\+0000"):
        load_yaml(tmp_path / "a.yaml")


def test_a_gazetteer_in_another_charset_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"canonical,type\nCaf\xe9,ORG\n")
    with pytest.raises(DataError, match=r"a.csv:.*not UTF-8 .*save the file as UTF-8"):
        list(load_gazetteer(tmp_path / "a.csv"))


def test_nothing_is_unpickled() -> None:
    """No module imports a library that runs what a file says, and arrays are loaded without it."""
    pipeline = Path(__file__).parents[2] / "pipeline"
    for path in sorted(pipeline.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {"pickle", "cloudpickle", "dill", "marshal", "shelve", "joblib"} & {name.split(".")[0] for name in imported}
        assert "allow_pickle" not in path.read_text(encoding="utf-8")
