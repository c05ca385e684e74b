"""`veille train` and `veille train-events`: the weights that ship in the package, made anew from their data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import failing, reporting

OWN = (Path("corpus/gold/develop.jsonl"), Path("corpus/gold/train.jsonl"))
OF_EVENTS = (Path("corpus/gold/train.jsonl"),)


def train(
    winer: Annotated[Path, typer.Option("--winer", metavar="FILE", help="train.jsonl of WiNER-fr.")],
    popcorn: Annotated[Path, typer.Option("--popcorn", metavar="FILE", help="train.json of POPCORN.")],
    own: Annotated[
        list[Path] | None,
        typer.Option(
            "--own", metavar="FILE", help="Gold file of this project, else develop and train of corpus/gold. Repeatable."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to write; else in the package itself.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Fixes chance: the same seed and data give the same network.")] = 1,
    measure: Annotated[
        list[Path] | None, typer.Option("--measure", metavar="FILE", help="Gold file for the card's scores. Repeatable.")
    ] = None,
) -> None:
    """Train the network that finds names, and write its model card.

    Takes about fourteen minutes of one core. The data sets are named, with licences, in the model card.
    """
    from pipeline.recognize.network import MODEL
    from pipeline.train import train as fit

    console = reporting()
    with failing(console):
        scores = fit(
            winer=winer, popcorn=popcorn, own=tuple(own or OWN), out=out or MODEL, seed=seed, measure=tuple(measure or ())
        )
    for name, layers in scores.items():
        console.print(name, ", ".join(f"{layer} {value:.3f}" for layer, value in layers.items()), highlight=False)


def train_events(
    own: Annotated[
        list[Path] | None,
        typer.Option("--own", metavar="FILE", help="Gold file of this project, else train of corpus/gold. Repeatable."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where to write; else in the package itself.")] = None,
) -> None:
    """Train what tells the words of a sentence that tell of an event, and write what it was made of.

    Takes half a minute. It learns from the proof of the rules of events as well: train anew when it changes.
    """
    from pipeline.recognize.network import MODEL
    from pipeline.workbench.event_words import learn_events

    console = reporting()
    with failing(console):
        count = learn_events(tuple(own or OF_EVENTS), out=out or MODEL)
    console.print(f"{count} triggers learned", highlight=False)
