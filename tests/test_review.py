"""Reviewing, deciding and comparing runs, as a person does it on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.compare import compare_runs
from pipeline.tables.read import read_arrow

ARTICLES = {
    "a": "Vélora lève 15 millions d'euros. « Nous recrutons », dit Anne Kerval, directrice générale de Vélora.",
    "b": "Le groupe Vélora Énergie recrute à Lyon. « Nous recrutons », dit Hugo Kerval, directeur de Vélora Énergie.",
    "c": "Anne Kerval quitte Vélora. Selon Mme Kerval, la société Ostrane reprend Vélora, qui emploie 300 personnes.",
}


def veille(*arguments: str | Path, typed: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed, env={"COLUMNS": "160"})
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run on the three articles."""
    folder = tmp_path_factory.mktemp("review")
    rows = "".join(
        json.dumps({"id": key, "text": text, "published": f"2024-03-0{n}"}) + "\n"
        for n, (key, text) in enumerate(ARTICLES.items(), 1)
    )
    (folder / "articles.jsonl").write_text(rows, encoding="utf-8")
    assert veille("run", folder / "articles.jsonl", "--out", folder / "first", "-q") == (0, "", "")
    return folder / "first"


@pytest.fixture
def out(first: Path, tmp_path: Path) -> Path:
    """A copy of that run, to decide on."""
    return Path(shutil.copytree(first, tmp_path / "out"))


def entities(folder: Path) -> dict[str, str]:
    return {row["entity_id"]: row["name"] for row in read_arrow(folder, "entities").to_pylist()}


def judgements(folder: Path) -> list[list[str]]:
    lines = (folder / "decisions.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split(",")[:3] for line in lines]


def test_review_shows_both_sides_and_keeps_each_answer(out: Path) -> None:
    code, shown, _ = veille("entities", "review", out, "--who", "Ana", typed="maybe\nd\nq\n")
    assert code == 0
    assert "Vélora may be short for Vélora Énergie" in shown
    assert "mentions in 2 articles" in shown
    assert "· [Vélora] lève 15 millions d'euros." in shown
    assert judgements(out) == [["org:velora-energie", "org:velora", "different"]]


def test_review_goes_on_where_it_stopped(out: Path) -> None:
    veille("entities", "review", out, typed="u\nq\n")
    _, shown, _ = veille("entities", "review", out, typed="k\n" * 20)
    assert judgements(out) == [["org:velora-energie", "org:velora", "unsure"]]
    assert "may be short for" not in shown


def test_review_asks_about_one_name_with_two_functions(tmp_path: Path) -> None:
    texts = (
        "Anne Kerval, directrice générale de Vélora, recrute.",
        "La sénatrice Anne Kerval vote.",
        "La sénatrice Anne Kerval rit.",
    )
    rows = [json.dumps({"id": key, "text": text}) + "\n" for key, text in zip("abc", texts, strict=True)]
    (tmp_path / "articles.jsonl").write_text("".join(rows), encoding="utf-8")
    assert veille("run", tmp_path / "articles.jsonl", "--out", tmp_path / "out", "-q")[0] == 0
    _, shown, _ = veille("entities", "review", tmp_path / "out", "--who", "Ana", typed="d\nq\n")
    assert "Anne Kerval is « directrice générale » in a and « sénatrice » in b" in shown
    assert judgements(tmp_path / "out") == [["per:anne-kerval", "PER:Anne Kerval @ b", "different"]]


def test_the_next_run_obeys_and_diff_says_why(out: Path, first: Path) -> None:
    assert veille("entities", "merge", "org:velora", "ORG:Ostrane", "--out", out, "--who", "Ana", "--why", "bought")[0] == 0
    assert veille("entities", "rename", "org:velora", "Vélora Groupe", "--out", out, "--who", "Ana")[0] == 0
    assert veille("run", first.parent / "articles.jsonl", "--out", out, "-q")[0] == 0
    found = compare_runs(first, out)
    when = (out / "decisions.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[4]
    assert [(m.entity_id, m.name, m.former_ids) for m in found.merged] == [("org:velora", "Vélora Groupe", ("org:ostrane",))]
    assert f"decided by Ana on {when}, decisions.csv line 2: bought" in found.merged[0].cause
    assert [(r.entity_id, r.before, r.name) for r in found.renamed] == [("org:velora", "Vélora", "Vélora Groupe")]
    assert (found.split, found.tables["articles"].changed, found.tables["entities"].lost) == ((), 0, 1)


def test_split_names_its_heirs(out: Path, first: Path) -> None:
    assert veille("entities", "split", "per:anne-kerval", "Kerval", "--out", out, "--who", "Ana")[0] == 0
    assert veille("run", first.parent / "articles.jsonl", "--out", out, "-q")[0] == 0
    assert entities(out)["per:kerval"] == "Kerval"
    (split,) = compare_runs(first, out).split
    assert (split.entity_id, split.heirs) == ("per:anne-kerval", (("per:anne-kerval", 2), ("per:kerval", 1)))
    assert "not Anne Kerval, decided by Ana" in split.cause


def test_split_by_article_parts_two_people_of_one_name(out: Path, first: Path) -> None:
    shown = veille("entities", "split", "per:anne-kerval", "--article", "c", "--out", out, "--who", "Ana")[1]
    assert "per:anne-kerval different PER:Anne Kerval @ c" in shown
    assert veille("run", first.parent / "articles.jsonl", "--out", out, "-q")[0] == 0
    (split,) = compare_runs(first, out).split
    assert (split.entity_id, [heir for heir, _ in split.heirs]) == ("per:anne-kerval", ["per:anne-kerval-c", "per:anne-kerval"])


def test_a_contradiction_stops_the_command_and_the_run(out: Path, first: Path) -> None:
    path = out / "decisions.csv"
    path.write_text("left,right,judgement,who,when,why\norg:velora,org:ostrane,same,,,\n", encoding="utf-8")
    lines = "org:velora and org:ostrane are different here, but the same by line 2 (keep one of these lines)"
    path.write_text(path.read_text(encoding="utf-8") + "org:velora,org:ostrane,different,,,\n", encoding="utf-8")
    code, _, err = veille("run", first.parent / "articles.jsonl", "--out", out)
    assert (code, err) == (2, f"veille: {path}:3: {lines}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("merge", "org:velorra", "org:ostrane"), "did you mean org:velora", id="an id that is not there"),
        pytest.param(("merge", "Vélora", "org:ostrane"), "'Vélora' is no entity: write org:mistral-ai", id="a bare name"),
        pytest.param(("split", "org:velora", "Vélora"), "is what the entity is called", id="its own name"),
        pytest.param(("split", "org:velora", "Velorra"), "is none of its names", id="a name that it does not have"),
        pytest.param(("split", "org:velora"), "give the names that are not this entity's", id="nothing to split off"),
        pytest.param(
            ("split", "org:velora", "--article", "z"), "no article 'z' names org:velora", id="an article that is not there"
        ),
    ],
)
def test_what_cannot_be_decided_says_why(out: Path, arguments: tuple[str, ...], message: str) -> None:
    code, _, err = veille("entities", *arguments, "--out", out)
    assert (code, message in err, (out / "decisions.csv").exists()) == (2, True, False)


def test_diff_of_a_run_with_itself_is_empty(out: Path) -> None:
    code, shown, _ = veille("diff", out, out, "--json")
    found = json.loads(shown)
    assert (code, found["merged"], found["split"], found["renamed"], found["since"]) == (0, [], [], [], [])
    assert {tuple(rows.values())[:3] for rows in found["tables"].values()} == {(0, 0, 0)}


def test_diff_counts_rows_that_came(out: Path, first: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    row = {"id": "d", "text": "La société Ostrane recrute à Lyon, dit Anne Kerval.", "published": "2024-03-04"}
    more.write_text((first.parent / "articles.jsonl").read_text(encoding="utf-8") + json.dumps(row) + "\n", encoding="utf-8")
    assert veille("run", more, "--out", tmp_path / "later", "--previous", out, "-q")[0] == 0
    code, shown, _ = veille("diff", out, tmp_path / "later")
    assert code == 0
    assert "articles     1 rows added, 0 lost, 3 changed (source 3)" in shown
    assert "merged" not in shown
    assert "split" not in shown


def test_what_is_named_no_more_leaves_no_name_and_comes_back_with_its_id(out: Path, first: Path, tmp_path: Path) -> None:
    everything = first.parent / "articles.jsonl"
    one = tmp_path / "one.jsonl"
    one.write_text(everything.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    fewer, again = tmp_path / "fewer", tmp_path / "again"
    assert veille("run", one, "--out", fewer, "--previous", out, "-q")[0] == 0
    before, kept, retired = entities(out), entities(fewer), (fewer / "retired.csv").read_text(encoding="utf-8")
    assert kept.keys() < before.keys()
    assert len(retired.splitlines()) == 1 + len(before) - len(kept)
    assert not any(word in retired for word in ("Kerval", "kerval", "Ostrane", "ostrane", ":"))
    assert veille("run", everything, "--out", again, "--previous", fewer, "-q")[0] == 0
    assert (entities(again), (again / "retired.csv").exists()) == (before, False)


def test_previous_must_hold_a_run(tmp_path: Path, first: Path) -> None:
    code, _, err = veille("run", first.parent / "articles.jsonl", "--out", tmp_path / "x", "--previous", tmp_path)
    assert (code, err) == (2, f"veille: {tmp_path} holds no entities: give the folder of an earlier run\n")
