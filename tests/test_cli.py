"""The command as its users meet it: what it prints where, and the code it leaves with."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.tables.folder import locked
from pipeline.tables.read import read_arrow

ARTICLE = "Lumio lève 15 millions d'euros, a annoncé lundi sa directrice générale, Anne Kerval."


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """`--log json` speaks for its process; here all commands share one, so what it set is undone."""
    root, ours, hook = logging.getLogger(), logging.getLogger("veille"), sys.excepthook
    handlers, levels = root.handlers[:], (root.level, ours.level)
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "lumio.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def veille(*arguments: str | Path, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin, env={"COLUMNS": "120"})
    return result.exit_code, result.stdout, result.stderr


def test_run_reports_on_standard_error_and_leaves_with_0(article: Path, tmp_path: Path) -> None:
    code, out, err = veille("run", article.parent, "--out", tmp_path / "out")
    assert (code, out) == (0, "")
    assert "1 read, 1 new, 0 refused" in err
    assert (tmp_path / "out" / "amounts.parquet").exists()


def test_a_run_that_finds_no_article_says_so(tmp_path: Path) -> None:
    """It leaves with 0: a night without news is none that failed."""
    (tmp_path / "in").mkdir()
    code, _, err = veille("run", tmp_path / "in", "--out", tmp_path / "out")
    assert (code, "no article was found" in err) == (0, True)


def test_run_prints_its_summary_as_json_on_standard_output(article: Path, tmp_path: Path) -> None:
    code, out, err = veille("run", article, "--out", tmp_path / "out", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["articles"] == {"read": 1, "written": 1, "refused": 0, "copies": 0}
    assert json.loads(out) == json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))


def test_run_reads_json_lines_from_standard_input(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": i, "text": f"{ARTICLE} {i}"}) + "\n" for i in ("a", "b"))
    code, out, _ = veille("run", "-", "--out", tmp_path / "out", "--json", stdin=rows)
    assert (code, json.loads(out)["articles"]["written"]) == (0, 2)


def test_evaluate_prints_the_scores_and_shows_every_error_on_a_page(article: Path, tmp_path: Path) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out"
    missing = {"start": 6, "end": 10, "text": "lève", "type": "PRODUCT", "canonical": "Lève"}
    row = {"doc_id": "lumio", "text": ARTICLE, "entities": [missing], "amounts": [], "dates": []}
    gold.write_text(json.dumps({**row, "quotes": [], "roles": [], "events": []}) + "\n", encoding="utf-8")
    veille("run", article.parent, "--out", out, "--quiet")
    code, printed, said = veille("evaluate", gold, out)
    assert code == 0
    assert "1 missed" in next(line for line in printed.splitlines() if line.startswith("PRODUCT"))
    assert said == f"every error in its sentence: {out / 'errors.html'}\n"
    assert "lève" in (out / "errors.html").read_text(encoding="utf-8")


def test_quiet_says_nothing(article: Path, tmp_path: Path) -> None:
    assert veille("run", article, "--out", tmp_path / "out", "--quiet") == (0, "", "")


def test_refused_articles_leave_with_3(article: Path, tmp_path: Path) -> None:
    (article.parent / "empty.txt").write_bytes(b"")
    code, _, err = veille("run", article.parent, "--out", tmp_path / "out")
    assert code == 3
    assert "1 refused" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("run", "nowhere/", "--out", "out"), "no such file or folder: nowhere/", id="no such input"),
        pytest.param(("run", "-", "--out", "out", "--rules", "nowhere"), "nowhere: no such folder of rules", id="no such rules"),
        pytest.param(("evaluate", "gold.jsonl", "nowhere"), "nowhere", id="no such outputs"),
        pytest.param(("evaluate", "nowhere.jsonl", "out"), "no such gold file: nowhere.jsonl", id="no such gold"),
        pytest.param(("explain",), "give either a file or --text", id="nothing to explain"),
    ],
)
def test_wrong_usage_leaves_with_2_and_says_why(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gold.jsonl").write_text("", encoding="utf-8")
    code, out, err = veille(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_explain_marks_spans_and_says_who_found_them() -> None:
    code, out, _ = veille("explain", "--text", ARTICLE, "--published", "2024-03-01")
    assert code == 0
    assert "[15 millions d'euros|money]" in out
    assert "15000000 EUR" in out
    assert "2024-02-26" in out
    assert "per:anne-kerval at org:lumio" in out


def test_schema_prints_every_table() -> None:
    code, out, _ = veille("schema", "--json")
    assert code == 0
    assert {"articles", "mentions", "entities", "links", "amounts", "dates", "quotes", "roles", "events", "issues"} <= set(
        json.loads(out)
    )


def test_version_names_model_and_rules() -> None:
    code, out, _ = veille("--version")
    assert code == 0
    assert out.startswith("veille ")
    assert ", model " in out
    assert ", rules " in out


def test_the_log_is_one_json_object_a_line(article: Path, tmp_path: Path) -> None:
    (article.parent / "empty.txt").write_bytes(b"")
    code, out, err = veille("run", article.parent, "--out", tmp_path / "out", "--log", "json")
    lines = [json.loads(line) for line in err.splitlines()]
    assert (code, out) == (3, "")
    assert [line["event"] for line in lines if line["event"] not in ("progress", "stage started", "stage done")] == [
        "run started",
        "refused",
        "run done",
    ]
    assert {"time", "level"} <= set.intersection(*(set(line) for line in lines))
    assert (lines[-1]["articles"]["refused"], lines[-1]["new"]["articles"], lines[-1]["rows"]["amounts"]) == (1, 1, 1)


def test_a_run_out_of_bounds_leaves_with_4_in_log_and_metrics(article: Path, tmp_path: Path) -> None:
    (article.parent / "veille.toml").write_text("bounds.min_articles = 2\n", encoding="utf-8")
    code, _, err = veille(
        "run", article.parent, "-o", tmp_path / "out", "--log", "json", "--metrics", tmp_path / "new" / "veille.prom"
    )
    last = json.loads(err.splitlines()[-1])
    assert (code, last["event"], last["code"]) == (4, "failed", 4)
    assert "1 articles written, bounds.min_articles is 2" in last["message"]
    assert "veille_run_exit_code 4\n" in (tmp_path / "new" / "veille.prom").read_text(encoding="utf-8")
    assert not (tmp_path / "out" / "articles.parquet").exists()


@pytest.mark.parametrize("name", ["", "article.txt/veille.prom", "a" * 300], ids=["folder", "below a file", "too long"])
def test_a_run_that_cannot_write_its_metrics_does_not_begin(article: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "article.txt").touch()
    code, _, err = veille("run", article.parent, "-o", tmp_path / "out", "--metrics", tmp_path / name)
    assert (code, err.count("\n"), str(tmp_path) in err) == (5, 1, True)
    assert not (tmp_path / "out").exists()


def test_the_command_line_wins_over_the_settings_file(article: Path, tmp_path: Path) -> None:
    (article.parent / "veille.toml").write_text("bounds.min_articles = 2\n", encoding="utf-8")
    assert veille("run", article.parent, "-o", tmp_path / "out", "--set", "bounds.min_articles=1", "-q") == (0, "", "")


def test_a_folder_in_use_leaves_with_6(article: Path, tmp_path: Path) -> None:
    with locked(tmp_path / "out"):
        code, _, err = veille("run", article, "--out", tmp_path / "out")
    assert code == 6
    assert "is writing there; wait for it (--wait SECONDS)" in err


def test_redact_writes_tables_without_names(article: Path, tmp_path: Path) -> None:
    veille("run", article, "--out", tmp_path / "out", "-q")
    (tmp_path / "key").write_text("sixteen bytes or more", encoding="utf-8")
    assert veille("redact", tmp_path / "out", "--to", tmp_path / "public", "--redact-key", tmp_path / "key") == (0, "", "")
    [row] = read_arrow(tmp_path / "public", "articles").to_pylist()
    assert "Kerval" not in row["text"]
    assert "Lumio" in row["text"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--to", "out"], "give another folder"), (["--to", "public", "--redact-key", "short"], "no secret of 16 bytes or more")],
)
def test_redact_refuses_what_would_not_protect(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("short").write_text("abc", encoding="utf-8")
    code, _, err = veille("redact", "out", *arguments)
    assert (code, message in err) == (2, True)
