"""Workers of this machine come with rules and model."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.engine.forking import METHOD

CODE = """
import distributed
from pipeline.engine.cluster import local_cluster, tools_of
from pipeline.engine.forking import prepare
from pipeline.settings import Settings

prepare(Settings(workers=2), None)
with local_cluster(2) as two, distributed.Client(two) as client:
    print(sorted(info.currsize for info in client.run(tools_of.cache_info).values()))
"""


@pytest.mark.skipif(METHOD != "forkserver", reason="this system cannot fork")
def test_workers_have_rules_and_model_from_the_start() -> None:
    """The fresh process has no fork server of another test."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[1, 1]\n", "")
