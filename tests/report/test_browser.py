"""The report as people use it: opened from disk in Chromium, by keyboard and mouse, light and dark, on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.report.addresses import article_page, entity_page
from pipeline.report.site import write_report
from tests.sample_run import PIRATE, write_sample

pytest.importorskip("jinja2", reason="comes with the extra report")
playwright = pytest.importorskip("playwright.sync_api", reason="comes with the extra dev")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")
TITLES = {"index.html": "Overview", "articles.html": "Articles", "entities.html": "Entities", "events.html": "Stories"}
PAGES = (
    *TITLES,
    "quotes.html",
    "money.html",
    "issues.html",
    article_page("levee"),
    article_page("hostile"),
    entity_page("org:lumio"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(write_sample(tmp_path_factory.mktemp("sample"))).parent


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test where a script does, where the policy is broken and where the network is asked."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.set_default_timeout(30_000)
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    yield page
    context.close()
    assert wrong == []


def go(page: Any, site: Path, path: str) -> None:
    page.goto((site / path).as_uri().replace("%23", "#"))


def shown(page: Any) -> list[str]:
    return [row.strip() for row in page.locator("#rows tbody tr:visible td:nth-child(2)").all_inner_texts()]


def address(page: Any) -> str:
    """What stands behind the # of the address."""
    return str(page.evaluate("location.hash.slice(1)"))


def test_search_finds_a_name_by_part_accent_and_alias_and_opens_it(page: Any, site: Path) -> None:
    go(page, site, "index.html")
    for typed, found in {"kerv": "Anne Kerval", "LIBERTÉS comm": "Commission nationale", "cnil": "Commission nationale"}.items():
        page.fill("#search", typed)
        playwright.expect(page.locator("#found li")).to_have_count(1)
        assert found in page.locator("#found").inner_text()
    page.fill("#search", "lum")
    playwright.expect(page.locator("#found li")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "found-0"
    page.keyboard.press("Enter")
    playwright.expect(page.locator("h1")).to_have_text("Lumio")


def test_search_says_when_it_finds_nothing(page: Any, site: Path) -> None:
    go(page, site, article_page("levee"))
    page.fill("#search", "zzz")
    playwright.expect(page.locator("#search-said")).to_have_text("0 names found")
    assert page.locator("#found").is_hidden()


def test_filters_narrow_the_list_and_live_in_the_address(page: Any, site: Path) -> None:
    go(page, site, "events.html")
    assert shown(page) == ["funding", "fine"]
    page.select_option("[name=type]", "fine")
    assert (shown(page), address(page)) == (["fine"], "type=fine")
    page.fill("[name=q]", "lumio")
    assert address(page) == "type=fine&q=lumio"
    page.reload()
    assert (shown(page), page.input_value("[name=q]")) == (["fine"], "lumio")
    assert page.locator(".said").inner_text() == "1 of 2 shown"
    page.click("text=Clear")
    assert (shown(page), address(page)) == (["funding", "fine"], "")


def test_a_bar_of_the_timeline_opens_the_articles_of_its_month(page: Any, site: Path) -> None:
    go(page, site, "index.html")
    page.locator("svg a[aria-label='2024-04: 2']").focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".said")).to_have_text("2 of 4 shown (2024-04)")


def test_from_article_to_entity_and_back_to_the_words(page: Any, site: Path) -> None:
    go(page, site, article_page("amende"))
    page.click(".text a.mark.org >> nth=1")
    playwright.expect(page.locator("h1")).to_have_text("Lumio")
    page.click("#events >> text=infligé")
    playwright.expect(page.locator("h1")).to_have_text("Une amende pour Lumio")
    assert page.locator(".text :target + .mark").inner_text().startswith("infligé")


def tip(mark: Any) -> str:
    return " ".join(mark.locator(".tip").inner_text().split())


def test_hover_and_focus_show_value_rule_and_entity(page: Any, site: Path) -> None:
    go(page, site, article_page("levee"))
    money = page.locator(".text .mark.money")
    assert money.locator(".tip").is_hidden()
    money.hover()
    assert tip(money) == "MONEY 15 000 000 EUR money"
    date = page.locator(".text .mark.date")
    date.focus()
    assert tip(date) == "DATE 2024-03-04 weekday"
    assert page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")
    page.keyboard.press("Escape")
    assert date.locator(".tip").is_hidden()
    name = page.locator(".text a.mark.org")
    name.hover()
    assert tip(name) == "ORG Lumio named Lumio rule r1"


def test_removed_words_can_be_hidden(page: Any, site: Path) -> None:
    go(page, site, article_page("levee"))
    removed = page.locator(".text del")
    assert (removed.inner_text().strip(), removed.get_attribute("title")) == ("Par Guy Lehéric", "removed by byline")
    page.uncheck("#cuts")
    assert removed.is_hidden()


@pytest.mark.parametrize("path", [article_page("hostile"), entity_page("org:pirate"), "articles.html", "entities.html"])
def test_hostile_text_is_text(page: Any, site: Path, path: str) -> None:
    go(page, site, path)
    page.wait_for_timeout(100)
    assert "taken" not in page.title() or "<script>" in page.title()
    assert page.locator("main img, main script, main b b").count() == 0
    assert page.locator("a[href^='javascript:' i]").count() == 0
    assert "<" in page.locator("main").inner_text()


def test_the_search_box_shows_a_hostile_name_as_text(page: Any, site: Path) -> None:
    go(page, site, "index.html")
    page.fill("#search", "pirate")
    playwright.expect(page.locator("#found a")).to_contain_text(PIRATE)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.partition(".")[0])
def test_nothing_that_axe_objects_to(page: Any, site: Path, path: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="comes with the extra dev")
    for scheme, width in (("light", 1200), ("dark", 1200), ("light", 360)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        go(page, site, path)
        found = axe.Axe().run(page, options={"preload": False}).response["violations"]
        assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.partition(".")[0])
def test_a_phone_shows_every_page_without_scrolling_sideways(page: Any, site: Path, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    go(page, site, path)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("path", ["events.html", "quotes.html", "money.html", "index.html", entity_page("org:lumio")])
def test_a_phone_shows_the_words_of_each_row_whole(page: Any, site: Path, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    go(page, site, path)
    boxes = [passage.bounding_box() for passage in page.locator("td .passage").all()]
    assert boxes
    assert [box for box in boxes if box["x"] < 0 or box["x"] + box["width"] > 360] == []


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page: Any, site: Path) -> None:
    go(page, site, "index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
