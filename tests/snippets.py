"""The snippets of a page of the docs, run as a reader would: in order, in one folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"(?:<!-- not run: (?P<why>[^>]+) -->\n)?^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (?P<path>[\w./-]+\.(?:yaml|toml|csv|py))\n")


@dataclass(frozen=True)
class Snippet:
    """One fenced block: `sh` and `python` run, `console` is run and compared, a file named in its first line is written."""

    language: str
    code: str

    def run(self, folder: Path) -> None:
        """Do in `folder` what the block says. Raises AssertionError where it fails or prints something else."""
        if self.language == "sh":
            shell(self.code, folder)
        elif self.language == "python":
            call([sys.executable, "-c", self.code], folder)
        elif self.language == "console":
            for command, expected in transcript(self.code):
                printed = shell(command, folder)
                assert printed_as(expected, printed), f"$ {command}\n{printed}"
        elif named := FILE.match(self.code):
            path = folder / named["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.code, encoding="utf-8")


def snippets(page: str) -> Iterator[Snippet]:
    """The blocks of a page, without those under `<!-- not run: why -->`."""
    for match in FENCE.finditer(page):
        if not match["why"]:
            yield Snippet(match["language"], match["code"])


def transcript(code: str) -> Iterator[tuple[str, str]]:
    """(command, what it prints) of a console block."""
    for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def printed_as(expected: str, printed: str) -> bool:
    """Whether `printed` is as expected, spaces aside, with « … » for any text; nothing expected is no claim."""
    parts = [re.escape(" ".join(part.split())) for part in expected.split("…")]
    return not expected.strip() or re.fullmatch(".*".join(parts), " ".join(printed.split())) is not None


def shell(command: str, folder: Path) -> str:
    """What a command prints; exit codes other than 0 and 3 (some articles refused) fail."""
    return call(["bash", "-euc", command], folder)


def call(command: list[str], folder: Path) -> str:
    paths = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env={**os.environ, **paths, "COLUMNS": "160"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in (0, 3), f"{command[-1]}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr
