"""`veille rules`: write, check, prove, try, explain and count rules."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.common import USAGE, Rules, failing, printing, read_settings, reporting

if TYPE_CHECKING:
    from pipeline.errors import DataError
    from pipeline.lexicon import Lexicon

app = typer.Typer(help="Write, check, prove, try, explain and count rules.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="[DIR]", help="A folder of rules (default: the one that veille.toml names, else the built-in rules)."),
]


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The rule's id, in lower case with hyphens: org-unicorn.")],
    theme: Annotated[str, typer.Option("--theme", help="What it is about: the stem of a built-in rule file.")] = (
        "names_organisations"
    ),
    folder: Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder of your own rules.")] = Path("my-rules"),
) -> None:
    """Write a commented rule to start from. Example: veille rules new org-unicorn --theme names_organisations"""
    from pipeline.workbench.skeleton import write_skeleton

    with failing(reporting()):
        typer.echo(write_skeleton(name, theme=theme, folder=folder))


@app.command()
def check(folder: Folder = None) -> None:
    """Tell every mistake in a folder of rules: file:line:column, what is wrong, and the likely mend.

    Example: veille rules check my-rules/
    """
    from pipeline.lexicon import load_lexicon
    from pipeline.workbench.check import check_folder, read_folder

    with failing(reporting()):
        folder, built_in = _chosen(folder), load_lexicon()
        read = read_folder(folder, built_in)
        mistakes = check_folder(read, built_in, time.process_time)
    rules = sum(len(file.rules) for file in read.own.values())
    _finish(mistakes, f"{rules} rules and {len(read.gazetteer)} entries of gazetteers are well")


@app.command("test")
def prove(
    folder: Folder = None,
    watch: Annotated[bool, typer.Option("--watch", help="Run again whenever a file of the folder is saved.")] = False,
) -> None:
    """Run every example and refusal of a folder's rules. Example: veille rules test my-rules/ --watch"""
    from pipeline.lexicon import DATA, load_lexicon
    from pipeline.lexicon.folders import find_folder

    with failing(reporting()):
        folder, built_in = _chosen(folder), load_lexicon()
        root = find_folder(folder) if folder else DATA
        while watch:
            seen = _saved(root)
            try:
                _test(folder, built_in if folder else load_lexicon())
            except typer.Exit:
                typer.echo("…")
            while _saved(root) == seen:
                time.sleep(0.3)
        _test(folder, built_in)


@app.command()
def schema() -> None:
    """Print the format of rule files as JSON Schema, for editors that complete and check YAML."""
    from pipeline.workbench.schema import rule_schema

    typer.echo(rule_schema(), nl=False)


@app.command("try")
def try_it(
    pattern: Annotated[str, typer.Argument(metavar="PATTERN", help="A regular expression, with atoms: 'licorne {capital}'.")],
    corpus: Annotated[str, typer.Argument(metavar="CORPUS", help="A file or folder of articles.")],
    theme: Annotated[str, typer.Option("--theme", help="The theme whose atoms the pattern may use.")] = "names",
    most: Annotated[int, typer.Option("--most", help="Show so many hits.")] = 50,
    rules: Rules = None,
) -> None:
    """Show where a pattern matches, in context. Example: veille rules try 'licorne {capital}' corpus/"""
    from itertools import islice

    from pipeline.lexicon import load_lexicon
    from pipeline.workbench.trial import try_pattern

    with failing(reporting()):
        settings = read_settings(rules, inputs=[corpus])
        hits = try_pattern(pattern, corpus, theme=theme, lexicon=load_lexicon(settings.rules), settings=settings)
        shown = list(islice(hits, most))
    for hit in shown:
        typer.echo(f"{hit.article_id}:{hit.start}: {hit.before}⟦{hit.text}⟧{hit.after}")
    typer.echo(f"{len(shown)} hits" + (", there may be more (--most)" if len(shown) == most else ""), err=True)


@app.command("why")
def explain_place(
    place: Annotated[str, typer.Argument(metavar="FILE:OFFSET", help="An offset in the cleaned text of the file's article.")],
    in_source: Annotated[bool, typer.Option("--source", help="The offset is one of the text as it came in.")] = False,
    rules: Rules = None,
) -> None:
    """Tell which rules looked at a place, what stopped the nearest, and which won. Example: veille rules why a.txt:120"""
    from pipeline.workbench.why import why

    with failing(reporting()):
        for line in why(place, read_settings(rules, inputs=[place.rpartition(":")[0]]), in_source=in_source):
            typer.echo(line)


@app.command()
def adopt(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold that people corrected: veille import writes it.")],
    folder: Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder of your own rules.")] = Path("my-rules"),
    write: Annotated[bool, typer.Option("--write", help="Write the sentences into the rules; else they are only shown.")] = False,
) -> None:
    """Turn corrections in gold into examples and refusals of your own rules; shows each, writes none without --write.

    Example: veille rules adopt gold.jsonl --in my-rules --write
    """
    from pipeline.lexicon import load_lexicon
    from pipeline.workbench.adopt import find_proof, write_proof
    from pipeline.workbench.adopted import Adopted

    with failing(reporting()):
        proof = find_proof(gold, folder, load_lexicon(), clock=time.process_time)
        adopted = [one for one in proof if isinstance(one, Adopted)]
        for one in proof:
            kind = one.kind if isinstance(one, Adopted) else f"left out, as {one.reason}"
            typer.echo(f"{one.rule_id}: {kind}: {one.text}")
        if write:
            write_proof(adopted, folder)
    done = "written; prove them: veille rules test" if write else "found; --write puts them into the rules"
    typer.echo(f"{len(adopted)} sentences {done}", err=True)


@app.command()
def stats(
    corpus: Annotated[str, typer.Argument(metavar="CORPUS|GOLD", help="Articles, or a gold file with marked ones.")],
    rules: Rules = None,
) -> None:
    """Count for each rule: hits, alone or not, conflicts, cost; on gold, precision and recall.

    Example: veille rules stats corpus/gold/develop.jsonl
    """
    from rich.table import Table

    from pipeline.lexicon import load_lexicon
    from pipeline.workbench.statistics import count_rules

    with failing(reporting()):
        settings = read_settings(rules, inputs=[corpus])
        rows = count_rules(corpus, load_lexicon(settings.rules), settings=settings, clock=time.process_time)
    table = Table(box=None, pad_edge=False)
    for column in ("rule", "hits", "alone", "overlaps", "conflicts", "precision", "recall", "ms/MB"):
        table.add_column(column, justify="left" if column == "rule" else "right")
    for row in rows:
        counts = map(str, (row.hits, row.alone, row.overlaps, row.conflicts))
        shares = (_share(row.right, row.hits), _share(row.right, row.wanted))
        table.add_row(row.rule_id, *counts, *shares, f"{row.milliseconds_per_megabyte:.1f}")
    printing().print(table)


def _share(part: int | None, whole: int | None) -> str:
    return f"{part / whole:.2f}" if part is not None and whole else ""


def _chosen(folder: Path | None) -> Path | None:
    """The folder that was given, else the one that the settings name; None for the built-in rules. Raises UsageError for two."""
    if folder is not None:
        return folder
    named = read_settings(None).rules
    if len(named) > 1:
        from pipeline.errors import UsageError

        raise UsageError(f"the settings name {len(named)} folders of rules: say which ({', '.join(map(str, named))})")
    return named[0] if named else None


def _test(folder: Path | None, built_in: Lexicon) -> None:
    from pipeline.workbench.check import read_folder
    from pipeline.workbench.prove import prove_folder

    read = read_folder(folder, built_in)
    proved = prove_folder(read)
    done = f"{proved.rules} rules hold in {proved.sentences} sentences"
    _finish((*read.mistakes, *proved.failures), done)


def _saved(root: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in sorted(root.rglob("*")) if path.suffix in (".yaml", ".csv")}


def _finish(mistakes: tuple[DataError, ...], done: str) -> None:
    """Print the mistakes and leave with 2, or say what is well."""
    for mistake in mistakes:
        typer.echo(str(mistake))
    if mistakes:
        typer.echo(f"{len(mistakes)} mistakes", err=True)
        raise typer.Exit(USAGE)
    typer.echo(done)
