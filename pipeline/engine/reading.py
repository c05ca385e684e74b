"""Inputs → deliveries: each file is read once and then again only when its bytes have changed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.about import code_fingerprint
from pipeline.lexicon import Lexicon, Part
from pipeline.model import Article, Issue
from pipeline.read.articles import read_source
from pipeline.read.sources import STDIN, Source, find_sources
from pipeline.settings import Settings
from pipeline.store.articles import article_key, article_rows
from pipeline.store.corpus import Delivery, Item, by_stamp
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
        """`counted(count)` is called with each article that is new."""
        self._store, self._settings, self._today, self._counted = store, settings, today, counted
        self._new = 0
        heeded = settings.model_dump(mode="json", exclude=_UNHEEDED)
        self._read_by = (code_fingerprint(*CODE), Part(words=("fields",)).fingerprint(lexicon), sorted(heeded.items()))
        self._held = set(store.keys()["key"].to_pylist())
        self._waiting: list[Article] = []

    def read(self, inputs: Sequence[Path | str], known: Sequence[Delivery]) -> list[Delivery]:
        """What each file of `inputs` gives, whether it is read now or was `known` before."""
        turn = 1 + max((delivery.turn for delivery in known), default=0)
        earlier = by_stamp(known)
        found = [replace(self._deliver(source, earlier), turn=turn) for source in find_sources(inputs)]
        self._flush()
        return found

    def _deliver(self, source: Source, earlier: Mapping[str, Delivery]) -> Delivery:
        stamp = self._stamp(source)
        before = earlier.get(stamp) if stamp else None
        if before and all(item.key in self._held for item in before.items):
            return before
        items, issues = [], []
        for item in read_source(source, self._settings, self._today):
            if isinstance(item, Issue):
                issues.append(item)
            else:
                items.append(self._keep(item))
        return Delivery(source.name, stamp, 0, tuple(items), tuple(issues))

    def _stamp(self, source: Source) -> str | None:
        """What tells the file's content, and all by which it is read, from others; None for what can be read only once."""
        if source.name == STDIN:
            return None
        with source.path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        return hashlib.sha256(repr((source.name, source.key, content, self._read_by)).encode()).hexdigest()

    def _keep(self, article: Article) -> Item:
        key = article_key(article)
        if key not in self._held:
            self._held.add(key)
            self._new += 1
            self._counted(self._new)
            self._waiting.append(article)
            if len(self._waiting) >= AT_A_TIME:
                self._flush()
        return Item(article.article_id, key, len(article.text))

    def _flush(self) -> None:
        self._store.add(article_rows(self._waiting))
        self._waiting = []
