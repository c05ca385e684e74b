"""What a question needs of the rules: those of the run, or on a worker those that this one has loaded itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pipeline.deduplicate.index import Guide
from pipeline.settings import Settings


@dataclass(frozen=True)
class Lent:
    """The guide of a run `here`. What travels to a worker is but how to load it there, and what its rules must be (`made_of`)."""

    made_of: str
    settings: Settings
    today: dt.date | None = None
    here: Guide | None = None

    @property
    def guide(self) -> Guide:
        """The guide of this process. Raises UsageError where its rules are not those of the run."""
        if self.here is not None:
            return self.here
        from pipeline.engine.cluster import tools_made_of  # one process does without the library
        from pipeline.engine.forking import made_by

        return tools_made_of(self.made_of, *made_by(self.settings, self.today)).guide

    def __reduce__(self) -> tuple[Any, ...]:
        return Lent, (self.made_of, self.settings, self.today)
