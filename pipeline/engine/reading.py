"""Inputs → deliveries: each file is read once and then again only when its bytes have changed."""

from __future__ import annotations

import datetime as dt
import hashlib
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.about import code_fingerprint
from pipeline.address import faults
from pipeline.lexicon import Lexicon, Part
from pipeline.model import Article, Issue
from pipeline.read.articles import read_source
from pipeline.read.sources import STDIN, Source, find_sources
from pipeline.settings import Settings
from pipeline.store.articles import article_key, article_rows
from pipeline.store.corpus import Deliveries, by_stamp, with_column
from pipeline.store.keys import key_column
from pipeline.store.segments import Segments

CODE = ("errors.py", "lexicon", "model", "publication.py", "read", "store/articles.py", "text.py")
"""What reads a file beside the settings: where it changes, files are read again, and nothing else if they still say the same."""
_UNHEEDED = {"rules", "batch_size", "workers", "parallel_from", "scheduler", "part_rows", "wait", "bounds"}
AT_A_TIME = 512
"""Articles held in memory while inputs are read."""


class Reader:
    """Reads files into the store of articles, which keeps each once, whatever file it stands in."""

    def __init__(
        self,
        store: Segments,
        settings: Settings,
        lexicon: Lexicon,
        *,
        today: dt.date | None = None,
        counted: Callable[[int], None] = lambda _: None,
    ):
        """`counted(count)` is called with how many articles are new by now."""
        self._store, self._settings, self._today, self._counted = store, settings, today, counted
        self._new = 0
        heeded = settings.model_dump(mode="json", exclude=_UNHEEDED)
        self._read_by = (code_fingerprint(*CODE), Part(words=("fields",)).fingerprint(lexicon), sorted(heeded.items()))
        self._waiting: dict[str, Article] = {}

    def read(self, inputs: Sequence[Path | str], known: pa.Table) -> pa.Table:
        """What each file of `inputs` gives, whether it is read now or was `known` before."""
        turn = 1 + (pc.max(known["turn"]).as_py() or 0)
        read, earlier, again = Deliveries(turn), by_stamp(known, self._store.known), array("q")
        for source in find_sources(inputs):
            stamp = self._stamp(source)
            if stamp and stamp in earlier:
                again.append(earlier[stamp])
            else:
                read.open(source.name, stamp)
                self._read(source, read)
        self._flush()
        before = known.take(pa.array(again, pa.int64()))
        return pa.concat_tables([with_column(before, "turn", pa.array([turn] * len(again), pa.int32())), read.table()])

    def _read(self, source: Source, read: Deliveries) -> None:
        for item in read_source(source, self._settings, self._today):
            if isinstance(item, Issue):
                read.refuse(item)
            else:
                key = article_key(item)
                read.add(item.article_id, key, len(item.text))
                self._waiting[key] = item
                if len(self._waiting) >= AT_A_TIME:
                    self._flush()

    def _stamp(self, source: Source) -> str | None:
        """What tells the file's content, and all by which it is read, from others; None for what can be read once or never."""
        if source.name == STDIN:
            return None
        try:
            with source.path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except faults():  # reading it says what is wrong
            return None
        return hashlib.sha256(repr((source.name, source.key, content, self._read_by)).encode()).hexdigest()

    def _flush(self) -> None:
        """Have the articles stored that are not yet."""
        is_held = self._store.known.holds(key_column(self._waiting))
        new = [article for article, held in zip(self._waiting.values(), is_held, strict=True) if not held]
        self._store.add(article_rows(new))
        self._waiting = {}
        self._new += len(new)
        self._counted(self._new)
