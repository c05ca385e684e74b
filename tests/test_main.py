"""The command ends at once when its work is done: all that wants to be called is, nothing is freed one by one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import atexit, sys, tempfile, threading, time, types
from pipeline.__main__ import main

class Kept:
    def __del__(self):
        print("freed")

def work():
    time.sleep(0.2)
    print("worked")

def app():
    global kept, folder
    kept, folder = Kept(), tempfile.TemporaryDirectory(dir=sys.argv[1])
    atexit.register(print, "closed")
    threading.Thread(target=work).start()
    print("written", end=" ")
    {end}

sys.modules["pipeline.cli"] = types.SimpleNamespace(app=app)
main()
"""


@pytest.mark.parametrize(
    ("end", "code", "freed", "said"),
    [
        pytest.param("sys.exit(0)", 0, "", "", id="all-well"),
        pytest.param("sys.exit(3)", 3, "", "", id="articles-refused"),
        pytest.param("sys.exit('gone')", 1, "freed\n", "gone\n", id="in-words"),
        pytest.param("raise KeyboardInterrupt", 130, "", "", id="interrupted-before-any-command"),
        pytest.param("1 / 0", 1, "freed\n", "ZeroDivisionError: division by zero\n", id="bug"),
    ],
)
def test_threads_end_and_what_is_to_be_closed_is(end: str, code: int, freed: str, said: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT.format(end=end), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, f"written worked\nclosed\n{freed}")
    assert done.stderr.endswith(said)
    assert not list(tmp_path.iterdir())


def test_the_exit_code_is_that_of_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "run", str(tmp_path / "none"), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("veille: ")
