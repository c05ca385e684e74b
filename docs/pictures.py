"""The pictures of README.md, made from the corpus: an article's page in a browser, and a plot of the notebook.

python docs/pictures.py     writes docs/pictures/; needs Debian's chromium, and the extra dev
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from nbformat import NotebookNode
from playwright.sync_api import sync_playwright
from running import ROOT, run_notebook

from pipeline.report.addresses import article_page
from pipeline.report.site import write_report

PICTURES = ROOT / "docs" / "pictures"
ARTICLE = "2020-07-20-tribune-privacy-shield"
RELATIVE_DATE = "Jeudi dernier"
PLOT = "First to last article"


def main() -> None:
    """Write both pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        book = run_notebook("analyse", Path(folder))
        (PICTURES / "plot.svg").write_text(plot(book), encoding="utf-8")
        photograph(write_report(Path(folder)).parent / article_page(ARTICLE))


def photograph(page: Path) -> None:
    """The top of an article's page, with the value of a span that is pointed at."""
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 900, "height": 620})
        view.goto(page.as_uri())
        view.get_by_text(RELATIVE_DATE).first.hover()
        view.wait_for_timeout(400)
        view.screenshot(path=PICTURES / "article.png")
        browser.close()


def plot(book: NotebookNode) -> str:
    """The plot of the notebook under that title, as SVG."""
    drawn = next(cell for cell in book.cells if cell.cell_type == "code" and PLOT in cell.source)
    svg: str = drawn.outputs[0]["data"]["image/svg+xml"]
    return svg


if __name__ == "__main__":
    main()
