"""The tools compared, each in an environment of its own, and how one is asked for its findings."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from benchmarks.amounts.marks import Found

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@dataclass(frozen=True, slots=True)
class Tool:
    """A peer: its script, and what it needs (`packages` from PyPI for `python`, or from npm where that is node)."""

    name: str
    script: str
    packages: tuple[str, ...] = ()
    python: str | None = None
    optional: bool = False


TOOLS = (
    Tool("veille", "veille.py"),
    Tool("Recognizers-Text JS 1.3", "recognizers.js", ("@microsoft/recognizers-text-suite@1.3.1",), "node"),
    Tool("price-parser 0.5", "price.py", ("price-parser==0.5.1",), "python3"),
    Tool("quantulum3 0.10", "quantulum.py", ("quantulum3==0.10.0",), "python3"),
    Tool("Duckling (pyduckling-native 0.1)", "duckling_fr.py", ("pyduckling-native==0.1.0",), "python3.8", optional=True),
)


def install(tool: Tool, folder: Path) -> list[str]:
    """The command that runs the tool, its environment made below `folder`. Raises OSError or CalledProcessError."""
    if tool.python is None:
        return [sys.executable, str(HERE / "peers" / tool.script)]
    if shutil.which(tool.python) is None:
        raise FileNotFoundError(f"{tool.python} is not installed")
    home = folder / tool.script.partition(".")[0]
    if tool.python == "node":
        home.mkdir(parents=True, exist_ok=True)
        _run(["npm", "install", "--silent", "--no-fund", "--prefix", str(home), *tool.packages])
        shutil.copy(HERE / "peers" / tool.script, home / tool.script)
        return ["node", str(home / tool.script)]
    if not (home / "bin" / "python").exists():
        _run([tool.python, "-m", "venv", str(home)])
    _run([str(home / "bin" / "pip"), "install", "--quiet", *tool.packages])
    return [str(home / "bin" / "python"), str(HERE / "peers" / tool.script)]


def ask(command: list[str], texts: list[str]) -> tuple[list[list[Found]], float]:
    """The tool's findings for each text, and the seconds it took. Raises OSError, CalledProcessError or ValueError."""
    answer = _run(command, json.dumps(texts))
    said = json.loads(answer)
    return [[found for item in items if (found := _read(item))] for items in said["found"]], said["seconds"]


def _run(command: list[str], text: str | None = None) -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT, timeout=600)
    return done.stdout


def _read(item: dict[str, object]) -> Found | None:
    """A finding as a tool wrote it, None where its value is no number."""
    try:
        low, high = Decimal(str(item["min"])), Decimal(str(item["max"]))
    except InvalidOperation:
        return None
    unit = item["unit"]
    return Found(
        int(str(item["start"])), int(str(item["end"])), str(item["kind"]), low, high, None if unit is None else str(unit)
    )
