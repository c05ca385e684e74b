"""No network at run time: every socket to elsewhere is refused to the process and to the processes that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = '''
import os
import sys

def refuse(event, arguments):
    """Fail and leave a trace wherever somebody asks for a name or talks to another machine."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"):
        place = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        host = place[0] if isinstance(place, tuple) else place
        if isinstance(place, tuple) or event.startswith("socket.get"):
            if host not in (None, "", "127.0.0.1", "::1", "localhost", "0.0.0.0"):
                with open(os.environ["GUARD_TRACE"], "a") as trace:
                    trace.write(f"{event} {host}\\n")
                raise OSError(f"no network: {host}")

sys.addaudithook(refuse)
'''
ARTICLE = "Lumio lève 15 millions d'euros, a annoncé lundi sa directrice générale, Anne Kerval."


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that must not reach out."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    root = Path(__file__).parent.parent
    paths = f"{tmp_path / 'guard'}{os.pathsep}{root}"
    return {**os.environ, "PYTHONPATH": paths, "GUARD_TRACE": str(tmp_path / "trace")}


def call(environment: dict[str, str], *arguments: str | Path) -> int:
    return subprocess.run([sys.executable, *map(str, arguments)], env=environment, check=False, capture_output=True).returncode


def test_the_guard_refuses_other_machines(guarded: dict[str, str], tmp_path: Path) -> None:
    assert call(guarded, "-c", "import urllib.request; urllib.request.urlopen('http://example.org')") == 1
    assert (tmp_path / "trace").read_text(encoding="utf-8") == "socket.getaddrinfo example.org\n"


def test_a_run_and_its_pages_need_no_network(guarded: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "lumio.txt").write_text(ARTICLE, encoding="utf-8")
    style = "<link rel=stylesheet href='https://example.org/a.css'>"
    page = f"<html><head>{style}</head><body><article><p>{ARTICLE}</p></article></body></html>"
    (tmp_path / "in" / "page.html").write_text(page, encoding="utf-8")
    out = tmp_path / "out"
    assert call(guarded, "-m", "pipeline", "run", tmp_path / "in", "--out", out) == 0
    assert call(guarded, "-m", "pipeline", "report", out) == 0
    assert call(guarded, "-m", "pipeline", "redact", out, "--to", tmp_path / "public") == 0
    assert not (tmp_path / "trace").exists()
