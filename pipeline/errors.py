"""The errors that veille raises on purpose.

    VeilleError
    ├── DataError        a rule, gazetteer or settings file is wrong: names file, line, column and the likely mend
    ├── UsageError       the command or function was asked for something that cannot be (a folder that is not there)
    ├── OutputError      the output folder cannot be written (full disk, read-only); what it held is as it was
    │   └── BusyError    another run is writing there
    ├── BoundsError      the run yielded less than the settings expect; the tables of the run before are as they were
    └── ArticleError     one article cannot be used; becomes a row of `issues`, the other articles go on

Everything else that escapes is a bug, and `bug_in` adds the article's id to it on its way out.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class VeilleError(Exception):
    """The root of all errors that veille raises on purpose."""


class UsageError(VeilleError):
    """What was asked for cannot be done as asked."""


class OutputError(VeilleError):
    """The output folder cannot be written; the tables in it are as they were."""


class BusyError(OutputError):
    """Another run is writing to the output folder."""


class BoundsError(VeilleError):
    """A run yielded less than its settings expect of it; it replaced nothing."""


class DataError(VeilleError):
    """A data file is wrong. Reads `file:line:column: what is wrong (likely mend)`; lines and columns count from 1."""

    def __init__(
        self, path: Path | str, what: str, *, line: int | None = None, column: int | None = None, mend: str | None = None
    ):
        self.path, self.what, self.line, self.column, self.mend = str(path), what, line, column, mend
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {what}" + (f" ({mend})" if mend else ""))


class ArticleError(VeilleError):
    """One article cannot be used: `code` for machines, the message for people, with what to do about it."""

    def __init__(self, code: str, detail: str, *, stage: str):
        self.code, self.detail, self.stage = code, detail, stage
        super().__init__(detail)


def nearest(word: str, known: Sequence[str]) -> str:
    """What was likely meant: « did you mean 'finds'? », or what there is."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known[:12])}"


@contextmanager
def bug_in(article_id: str) -> Iterator[None]:
    """Add the article's id to any error that escapes the block."""
    try:
        yield
    except VeilleError:
        raise
    except Exception as error:
        error.add_note(f"while processing article {article_id!r}")
        raise
