"""Peak memory of a whole run, of few articles and of many: it is to stay flat.

    python -m benchmarks.speed.memory [--articles 5000 50000]

Articles are short and made up; each brings names that no other has beside names that return, so that the distinct names grow
with the corpus as they do in the news. Each run is a process of its own, which reads, finds, merges and writes everything.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from compileall import compile_dir
from pathlib import Path

ROOT = Path(__file__).parents[2]
BEGINNINGS = ("Bre", "Cor", "Dal", "Fen", "Gal", "Lor", "Mar", "Nol", "Pra", "Sol", "Tar", "Ver", "Vil", "Zan")
MIDDLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")
ENDINGS = ("dor", "lane", "mont", "nis", "quet", "rel", "sac", "tier", "val", "xan")
GIVEN = ("Anne", "Bruno", "Claire", "Denis", "Élodie", "Fabien", "Hélène", "Julien", "Karine", "Louis", "Marion", "Yann")
SENTENCES = (
    "La start-up {new} a levé {sum} millions d'euros auprès de {old} {day}, a annoncé {person}, sa directrice générale.",
    "{person}, PDG de {new}, veut recruter {sum} ingénieurs d'ici fin 2025 à {town}.",
    "« Nous allons doubler nos équipes à {town} », a déclaré {person}, directeur général de {new}.",
    "La Cnil a infligé une amende de {sum} millions d'euros à {old} le {number} mars {year}.",
    "{new} a signé un partenariat avec {old}, selon {person}.",
    "L'éditeur {old} rachète {new}, fondée à {town} en {year}, pour {sum} millions de dollars.",
)
TOWNS = ("Nantes", "Lyon", "Brest", "Grenoble", "Lille", "Rennes", "Bordeaux", "Bruxelles")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")


def name(number: int) -> str:
    """An invented name for each number (17 → « Coribadordor »)."""
    number, first = divmod(number, len(BEGINNINGS))
    number, last = divmod(number, len(ENDINGS))
    middles = [MIDDLES[number % len(MIDDLES)]]
    while number := number // len(MIDDLES):
        middles.append(MIDDLES[number % len(MIDDLES)])
    return BEGINNINGS[first] + "".join(middles) + ENDINGS[last]


def articles(count: int) -> Iterator[dict[str, str]]:
    """`count` articles of four sentences, in each of which stand a company and a person that are new."""
    draw = random.Random(20261122)
    for number in range(count):
        day = f"{2015 + number % 10}-{1 + number // 10 % 12:02}-{1 + number // 120 % 28:02}"
        named = {"new": name(2 * number), "person": f"{draw.choice(GIVEN)} {name(2 * number + 1)}"}
        said = [
            sentence.format(
                **named,
                old=name(2 * int(number * draw.random() ** 3)),
                town=draw.choice(TOWNS),
                day=draw.choice(DAYS),
                sum=draw.randint(2, 900),
                number=draw.randint(2, 30),
                year=draw.randint(1990, 2023),
            )
            for sentence in draw.sample(SENTENCES, 4)
        ]
        yield {"id": f"a{number:07}", "published": day, "text": " ".join(said)}


def write_articles(rows: Iterable[Mapping[str, str]], path: Path) -> Path:
    """The file that holds the articles, as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def measure_run(inputs: Sequence[Path], out: Path) -> dict[str, float]:
    """Peak memory in MB, processor seconds, entities and the seconds of each stage of a run: of its whole process.

    It finds its code compiled, as it is where veille is installed, be Python forbidden to write it or not.
    """
    compile_dir(ROOT / "pipeline", quiet=1)
    given = [*map(str, inputs), "--out", str(out), "--workers", "1", "--quiet"]
    run = subprocess.Popen([sys.executable, "-m", "pipeline", "run", *given], cwd=ROOT)
    _, status, used = os.wait4(run.pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(code, run.args)
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    measured = {"peak MB": used.ru_maxrss / 1024, "processor s": used.ru_utime + used.ru_stime}
    return {**measured, "entities": told["rows"]["entities"], **told["seconds"]}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[5_000, 50_000])
    counts = parser.parse_args(arguments).articles
    measured = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            measured.append(measure_run([write_articles(articles(count), Path(folder) / "in.jsonl")], Path(folder) / "out"))
    print(f"| articles | {' | '.join(measured[0])} | against {counts[0]} |\n|---:|{'---:|' * (len(measured[0]) + 1)}")
    for count, figures in zip(counts, measured, strict=True):
        ratio = figures["peak MB"] / measured[0]["peak MB"]
        print(f"| {count} | {' | '.join(f'{figure:.0f}' for figure in figures.values())} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
