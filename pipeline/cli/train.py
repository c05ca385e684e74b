"""`veille train`: the network that ships in the package, made anew from its data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import failing, reporting

OWN = (Path("corpus/gold/develop.jsonl"), Path("corpus/gold/train.jsonl"))


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
