"""`veille entities`: look at doubtful pairs and decide who is who."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.cli.common import failing, now, printing, reporting

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.deduplicate.decisions import Decision, Judgement
    from pipeline.review import Card, Question, Review

app = typer.Typer(help="Decide who is who: review doubtful pairs, merge, split and rename entities.", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the run; decisions.csv stands in it.")]
Who = Annotated[str | None, typer.Option("--who", help="Who decides (default: the user of this machine).")]
Why = Annotated[str, typer.Option("--why", help="Why, for those who read the decision later.")]
Reference = Annotated[
    str, typer.Argument(metavar="ENTITY", help="An entity id (org:mistral-ai), or a type and name (ORG:Mistral AI).")
]
OUTPUTS = Path("outputs")
ANSWERS: dict[str, Literal["same", "different", "unsure", "skip", "quit"]] = {
    "s": "same",
    "d": "different",
    "u": "unsure",
    "k": "skip",
    "q": "quit",
}


@app.command()
def review(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the run to review.")] = OUTPUTS,
    who: Who = None,
    most: Annotated[int | None, typer.Option("--most", help="Stop after so many pairs.")] = None,
) -> None:
    """Walk through the doubtful pairs; answers are kept as they are given, so you may stop and go on at any time.

    Example: veille entities review outputs/
    """
    from itertools import islice

    from pipeline.review import Review

    console, decided = printing(), 0
    with failing(reporting()):
        session = Review(out)
        questions = list(islice(session.questions(), most))
        for number, question in enumerate(questions, 1):
            _show(console, question, f"{number} of {len(questions)}")
            answer = _ask()
            if answer == "quit":
                break
            if answer != "skip":
                _decide(session, (question.doubt.left, question.doubt.right), answer, who=who, why=question.doubt.reason)
                decided += 1
    console.print(f"{decided} decided; {len(questions) - decided} pairs left to look at. The next run obeys {session.path}.")


@app.command()
def merge(left: Reference, right: Reference, out: Out = OUTPUTS, who: Who = None, why: Why = "") -> None:
    """Decide that two entities are one. Example: veille entities merge org:mistral org:mistral-ai"""
    _command(out, (left, right), "same", who=who, why=why)


@app.command()
def split(
    entity: Reference,
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="The names that are not this entity's.")] = None,
    article: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="An article that means another thing of the same name.")
    ] = None,
    out: Out = OUTPUTS,
    who: Who = None,
    why: Why = "",
) -> None:
    """Decide that names are not this entity's, or that articles mean another one by its name.

    Examples: veille entities split org:google "Google Ireland"; veille entities split per:anne-lefebvre --article 2024-03-lumio
    """
    from pipeline.errors import UsageError
    from pipeline.review import Review

    with failing(reporting()):
        session = Review(out)
        others = [session.part_in(entity, key) for key in article or ()]
        parts = [session.part_of(entity, name) for name in names or ()] + others[:1]
        if not parts:
            raise UsageError("give the names that are not this entity's, or --article with an article that means another one")
        for part in parts:
            _report(session, _decide(session, (entity, part), "different", who=who, why=why))
        for part in others[1:]:
            _report(session, _decide(session, (others[0], part), "same", who=who, why=why))


@app.command()
def rename(
    entity: Reference,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to go by.")],
    out: Out = OUTPUTS,
    who: Who = None,
    why: Why = "",
) -> None:
    """Decide what an entity is called; its id stays. Example: veille entities rename org:meta "Meta Platforms" """
    _command(out, (entity, name), "name", who=who, why=why)


def _command(out: Path, pair: tuple[str, str], judgement: Judgement, *, who: str | None, why: str) -> None:
    from pipeline.review import Review

    with failing(reporting()):
        session = Review(out)
        _report(session, _decide(session, pair, judgement, who=who, why=why))


def _decide(session: Review, pair: tuple[str, str], judgement: Judgement, *, who: str | None, why: str) -> Decision:
    from pipeline.deduplicate.decisions import Decision

    when = now().date().isoformat()
    return session.decide(Decision(*pair, judgement, who or getpass.getuser(), when, why))


def _report(session: Review, decision: Decision) -> None:
    typer.echo(f"{decision.left} {decision.judgement} {decision.right}: {session.path} line {decision.line}, for the next run")


def _ask() -> Literal["same", "different", "unsure", "skip", "quit"]:
    while True:
        try:
            typed = typer.prompt("[s]ame, [d]ifferent, [u]nsure, s[k]ip, [q]uit", default="k").strip().lower()
        except typer.Abort:
            typer.echo()  # the question has no end of its line yet
            return "quit"
        if answer := ANSWERS.get(typed, typed if typed in ANSWERS.values() else None):
            return answer


def _show(console: Console, question: Question, place: str) -> None:
    from rich.table import Table

    taken = "the run took them for one" if question.doubt.merged else "the run took them for two"
    table = Table(title=f"{place}: {question.doubt.reason} ({taken})", title_justify="left", show_lines=True)
    for card in (question.left, question.right):
        table.add_column(f"{card.name}  {card.reference}", ratio=1)
    table.add_row(*(_facts(card) for card in (question.left, question.right)))
    table.add_row(*("\n".join(f"· {sentence}" for sentence in card.sentences) for card in (question.left, question.right)))
    console.print(table, markup=False)


def _facts(card: Card) -> str:
    counts = f"{card.n_mentions} mention{'s' * (card.n_mentions != 1)} in {card.n_articles} article{'s' * (card.n_articles != 1)}"
    return counts + (f"\n{card.about}" if card.about else "")
