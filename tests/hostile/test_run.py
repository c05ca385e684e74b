"""`veille run` on a folder of hostile files: it ends, says what it refused, and writes nowhere else."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli import app
from tests.hostile.test_files import BOMB, GOOD, zipped

GOOD_ROW = {"id": "../../ailleurs", "text": f"{GOOD} La société Ostrea AI a levé 12 M€."}


def test_hostile_files_are_refused_and_the_others_run(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "bomb.txt.gz").write_bytes(gzip.compress(b"\n" * 30_000_000))
    (corpus / "out.zip").write_bytes(zipped({"../../../evil.txt": GOOD.encode(), "b.zip": zipped({"c.txt": b"x"})}))
    (corpus / "bomb.md").write_text(f"---\n{BOMB}author: *i\n---\n{GOOD}", encoding="utf-8")
    (corpus / "long.txt").write_text("1" * 1_000_000, encoding="utf-8")
    (corpus / "rows.jsonl").write_text(json.dumps(GOOD_ROW), encoding="utf-8")
    (corpus / "loop").symlink_to(corpus)
    os.mkfifo(corpus / "tube.txt")
    done = CliRunner().invoke(app, ["run", str(corpus), "--out", str(tmp_path / "out"), "--json"])
    articles = json.loads(done.stdout)["articles"]
    assert (done.exit_code, articles["read"], articles["written"], articles["refused"]) == (3, 6, 3, 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "out"]
