"""What hostile texts cost, by the character, against prose of the same length: at most three times as much.

python -m benchmarks.hostile.run                     a hundred thousand characters each (about four minutes)
python -m benchmarks.hostile.run --size 290000       as long as an article may be
python -m benchmarks.hostile.run --only digits       some of them
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.hostile.attacks import PARAGRAPH, build_attacks, french_prose
from pipeline.deduplicate.copies import fingerprint, word_runs
from pipeline.deduplicate.entities import ArticleNames, resolve_entities
from pipeline.extract import Extractor, Teller
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import Article, Document
from pipeline.settings import Settings

MOST = 3.0
"""How much more than prose a character may cost."""

PATIENCE = 300
"""Seconds after which an attack has won."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds by stage, the greatest memory of the process, and what became of the article."""

    seconds: Mapping[str, float]
    megabytes: int
    ended: str

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


def spend(extractor: Extractor, teller: Teller, lexicon: Lexicon, text: str) -> Cost:
    """What all stages cost on one article."""
    spent: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        done = work()
        spent[stage] = time.process_time() - start
        return done

    document = timed("clean", lambda: extractor.clean(Article("a", "a.txt", text)))
    if isinstance(document, Document):
        found = timed("find", lambda: list(extractor.find([document])))
        found = timed("relate", lambda: [teller.relate(one) for one in found])
        names = [ArticleNames("a", one.mentions, one.document.text, None) for one in found]
        timed("merge", lambda: resolve_entities(names, lexicon))
        timed("copies", lambda: (fingerprint(document.text), word_runs(document.text)))
    ended = "read" if isinstance(document, Document) else document.code
    return Cost(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, ended)


def apart(work: Callable[[], Cost]) -> Cost | None:
    """What `work` says, done in a process of its own; None where it is not done in time."""

    def tell(end: Connection) -> None:
        end.send(work())
        os._exit(0)

    ours, theirs = get_context("fork").Pipe(duplex=False)
    child = get_context("fork").Process(target=tell, args=(theirs,))
    child.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(PATIENCE) else None
    except EOFError:
        return None
    finally:
        child.kill()
        child.join()


def main() -> int:
    """Measure, print, and say by the exit code whether all attacks stay below the bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    lexicon = load_lexicon()
    extractor, teller = Extractor(lexicon, Settings()), Teller(lexicon)
    spend(extractor, teller, lexicon, PARAGRAPH)
    prose = french_prose(options.size)
    measure = apart(lambda: spend(extractor, teller, lexicon, prose))
    assert measure is not None
    each = measure.total / len(prose)
    print(line("prose", len(prose), measure, 1.0))
    worst = 0.0
    for name, make in build_attacks(options.size):
        if options.only and name not in options.only:
            continue
        text = make()
        cost = apart(lambda text=text: spend(extractor, teller, lexicon, text))  # type: ignore[misc]
        ratio = cost.total / len(text) / each if cost else float("inf")
        worst = max(worst, ratio)
        print(line(name, len(text), cost, ratio), flush=True)
    return int(worst > MOST)


def line(name: str, size: int, cost: Cost | None, ratio: float) -> str:
    """One line of the report."""
    if cost is None:
        return f"{name:24}{size:>10}  not done in {PATIENCE} seconds, or killed"
    stages = "  ".join(f"{stage} {seconds:.2f}" for stage, seconds in cost.seconds.items() if seconds >= 0.05)
    mark = " <<<" if ratio > MOST else ""
    return f"{name:24}{size:>10}{cost.total:>9.2f} s{ratio:>8.2f} x{cost.megabytes:>7} MB  {cost.ended:10} {stages}{mark}"


if __name__ == "__main__":
    sys.exit(main())
