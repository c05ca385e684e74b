"""What the docs show is true: every snippet runs, and the site builds without a warning."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.snippets import ROOT, call, printed_as, snippets

PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder after `make run`: some articles and their tables, the corpus and its tables."""
    folder = tmp_path_factory.mktemp("start")
    (folder / "articles").mkdir()
    for path in sorted((ROOT / "corpus" / "develop").glob("*.txt"))[:4]:
        shutil.copy(path, folder / "articles")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    for source, out in (("articles", "tables"), ("corpus", "outputs")):
        call([sys.executable, "-m", "pipeline", "run", source, "--out", out, "--quiet"], folder)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_every_snippet_runs(page: str, start: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(start, tmp_path / "reader", symlinks=True)
    for snippet in snippets((ROOT / page).read_text(encoding="utf-8")):
        snippet.run(folder)


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """`mkdocs build --strict` also follows every link and anchor between pages."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tables.html").exists()


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("1 rules hold\n", "1 rules  hold\n", True),
        ("entities 0 lost\n…\n", "entities 0 lost\nlinks 1 lost\n", True),
        ("entities 0 lost\n", "entities 1 lost\n", False),
    ],
)
def test_a_transcript_is_compared(expected: str, printed: str, same: bool) -> None:
    assert printed_as(expected, printed) is same
