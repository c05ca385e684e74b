"""How long each stage of a run takes, told by the clock that the run is given."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Clock = Callable[[], dt.datetime]


@dataclass
class Stopwatch:
    """Seconds spent by stage, none without a clock; a clock that is set back takes none away. Logs each stage as it begins."""

    clock: Clock | None
    seconds: Counter[str] = field(default_factory=Counter)
    _begun: set[str] = field(default_factory=set)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        if stage not in self._begun:
            self._begun.add(stage)
            logging.getLogger("veille").info("stage started", extra={"fields": {"stage": stage}})
        start = self.clock() if self.clock else None
        yield
        if self.clock and start:
            self.seconds[stage] += max(0.0, (self.clock() - start).total_seconds())  # type: ignore[assignment]
