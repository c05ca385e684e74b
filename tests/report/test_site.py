"""The report's files: every link leads somewhere, nothing of an article becomes markup, near-copies are left out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.report.addresses import article_page, entity_page, file_name, web_address
from pipeline.report.site import write_report
from tests.sample_run import PIRATE, write_sample

pytest.importorskip("jinja2", reason="comes with the extra report")


class Markup(HTMLParser):
    """The tags of a page, its ids and its plain text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def ids(self) -> set[str | None]:
        return {attributes["id"] for _, attributes in self.tags if "id" in attributes}

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(write_sample(tmp_path_factory.mktemp("sample"))).parent


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Markup]:
    return {path.resolve(): Markup(path) for path in sorted(site.rglob("*.html"))}


def links(pages: dict[Path, Markup]) -> Iterator[tuple[Path, str]]:
    for path, page in pages.items():
        for _, attributes in page.tags:
            for name in ("href", "src"):
                if attributes.get(name):
                    yield path, str(attributes[name])


def test_every_link_leads_to_a_page_and_a_place_on_it(pages: dict[Path, Markup]) -> None:
    broken = []
    for path, link in links(pages):
        if not link.startswith("https://www.wikidata.org/"):
            address, place = urldefrag(link)
            goal = (path.parent / unquote(address)).resolve() if address else path
            known = "=" in place or not place or (goal in pages and place in pages[goal].ids)
            if not goal.exists() or not known:
                broken.append((path.name, link))
    assert broken == []


def test_a_sum_and_its_currency_stand_in_one_line(site: Path) -> None:
    assert "2\u202f000\u202f000\u00a0USD</td>" in (site / "money.html").read_text(encoding="utf-8")


def test_every_number_leads_to_what_it_counts(site: Path, pages: dict[Path, Markup]) -> None:
    """Counts are links: on the overview, in the list of entities, and in an entity's own lines, bars and co-mentions."""
    counts = [a for a in pages[(site / "index.html").resolve()].tags if a[1].get("class") == "n"]
    assert counts
    assert {tag for tag, _ in counts} == {"a"}
    listed = pages[(site / "entities.html").resolve()].tags
    after = [listed[place + 1][0] for place, (tag, a) in enumerate(listed) if tag == "td" and a.get("class") == "num"]
    assert after
    assert set(after) == {"a"}
    entity = pages[(site / entity_page("org:lumio")).resolve()]
    bars = [a["href"] for tag, a in entity.tags if tag == "a" and ": " in (a.get("aria-label") or "")]
    assert bars
    assert {str(bar).removeprefix("#") for bar in bars} <= entity.ids


def test_nothing_runs_but_the_report_s_own_script(pages: dict[Path, Markup]) -> None:
    for page in pages.values():
        scripts = [attributes for tag, attributes in page.tags if tag == "script"]
        assert [str(s.get("src")).rpartition("/")[2] for s in scripts] == ["names.js", "report.js"]
        handlers = [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
        assert (handlers, [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "embed", "base")]) == ([], [])


def test_every_page_forbids_what_it_does_not_bring(pages: dict[Path, Markup]) -> None:
    for page in pages.values():
        (policy,) = [a["content"] for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
        assert policy is not None
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy


def test_no_address_but_web_and_own_pages_is_a_link(pages: dict[Path, Markup]) -> None:
    assert {link.partition(":")[0] for _, link in links(pages) if ":" in link} == set()


def test_hostile_words_stand_as_words(site: Path, pages: dict[Path, Markup]) -> None:
    page = pages[(site / article_page("hostile")).resolve()]
    assert "<script>document.title='taken'</script> \"><img src=x onerror=\"document.title='taken'\">" in page.text
    assert "⟨U+202E⟩txet desrever⟨U+202C⟩" in page.text
    assert PIRATE in pages[(site / entity_page("org:pirate")).resolve()].text


def test_the_search_index_holds_no_markup(site: Path) -> None:
    assert (site / "assets" / "names" / "pi.js").exists()
    scripts = [path for path in (site / "assets").rglob("*.js") if path.name != "report.js"]
    assert [path.name for path in scripts if re.search("[<>&]", path.read_text(encoding="utf-8"))] == []


def test_summaries_leave_near_copies_out_and_say_so(site: Path, pages: dict[Path, Markup]) -> None:
    overview = pages[(site / "index.html").resolve()].text
    for count in ("3 articles", "4 entities", "2 stories", "1 quotes", "2 sums of money", "1 refused"):
        assert count in overview
    assert "1 near-copy is left out of all counts and summaries" in overview
    assert "Lumio, la reprise" not in pages[(site / entity_page("org:lumio")).resolve()].text
    assert "98 % shared" in pages[(site / article_page("reprise")).resolve()].text


def test_what_is_denied_is_told_apart_from_facts(site: Path, pages: dict[Path, Markup]) -> None:
    text = pages[(site / article_page("hostile")).resolve()].text
    assert "no facts denied launch: " in text
    assert "Offices over time" in pages[(site / entity_page("org:lumio")).resolve()].text


def test_a_refused_article_is_listed_with_its_reason(site: Path, pages: dict[Path, Markup]) -> None:
    assert "vide.txt" in (text := pages[(site / "issues.html").resolve()].text)
    assert "the file is empty" in text


def test_a_report_is_replaced_and_nothing_else_is(site: Path, tmp_path: Path) -> None:
    before = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    again = write_report(site.parent).parent
    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == before
    (tmp_path / "letters").mkdir()
    with pytest.raises(UsageError, match="is no report"):
        write_report(site.parent, tmp_path / "letters")


def test_a_missing_library_is_said_with_its_remedy(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(UsageError, match=r"pip install 'veille\[report\]'"):
        write_report(site.parent, tmp_path / "new")


def test_the_command_prints_the_page_to_open(site: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", str(site.parent), "--to", str(tmp_path / "new")])
    assert (result.exit_code, result.stdout.strip()) == (0, str(tmp_path / "new" / "index.html"))
    assert CliRunner().invoke(app, ["report", str(tmp_path)]).exit_code == 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//x.fr", "http://[x", "", None]
)
def test_what_is_no_web_address(url: str | None) -> None:
    assert web_address(url) is None


def test_web_addresses_stay_as_they_are() -> None:
    assert web_address("https://exemple.fr/a?b=c") == "https://exemple.fr/a?b=c"


@pytest.mark.parametrize(("one", "other"), [("A/b", "a/b"), ("é", "e"), ("a" * 300, "a" * 301)], ids=["case", "accent", "long"])
def test_ids_that_differ_get_files_that_differ(one: str, other: str) -> None:
    assert file_name(one) != file_name(other)
    assert all(re.fullmatch(r"[a-z0-9-]{9,80}", file_name(name)) for name in (one, other, "../../etc", "con", ""))
