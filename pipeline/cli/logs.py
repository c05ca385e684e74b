"""`--log json`: what a run does, one JSON object a line on standard error; `--metrics FILE`: its figures for a monitor."""

from __future__ import annotations

import errno
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from pipeline.cli.common import now

LOG = logging.getLogger("veille")
EVERY = 10.0
"""Seconds between two lines of progress."""


class JsonLines(logging.Formatter):
    """A record as one line: time, level, event, and the fields that came with it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": time, "level": record.levelname.lower(), "event": record.getMessage(), **getattr(record, "fields", {})}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_lines() -> Callable[[int, int, int], None]:
    """A callback that logs how far the run is, at most every ten seconds; from here on all goes to standard error as JSON lines.

    So do the warnings of Python and of libraries, and bugs with their traceback.
    """
    from importlib.metadata import version

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)
    LOG.setLevel(logging.INFO)
    sys.excepthook = lambda kind, error, trace: LOG.critical("bug", exc_info=(kind, error, trace))
    LOG.info("run started", extra={"fields": {"version": version("veille")}})
    last = now()

    def progress(done: int, total: int, refused: int) -> None:
        nonlocal last
        if done in (0, total) or (now() - last).total_seconds() >= EVERY:
            last = now()
            LOG.info("progress", extra={"fields": {"done": done, "total": total, "refused": refused}})

    return progress


def log_result(summary: Mapping[str, Any], issues: list[dict[str, Any]]) -> None:
    """Log each issue, each stage with its seconds, and at the end the counts."""
    for issue in issues:
        LOG.warning("refused" if issue["fatal"] else "issue", extra={"fields": issue})
    for stage, seconds in summary["seconds"].items():
        LOG.info("stage done", extra={"fields": {"stage": stage, "seconds": seconds}})
    done = {name: summary[name] for name in ("version", "rules", "model", "articles", "new", "rows")}
    LOG.info("run done", extra={"fields": done})


@contextmanager
def measured(file: Path | None) -> Iterator[dict[str, Any]]:
    """Where the run puts its summary; its metrics are in the file when the block ends, however it ends.

    Raises OutputError before that where the file cannot be written.
    """
    from pipeline.errors import OutputError
    from pipeline.metrics import metrics_text

    summary: dict[str, Any] = {}
    code = 1
    if file is not None:
        staged = file.with_name(f".{file.name}.new")
        try:
            if file.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            file.parent.mkdir(parents=True, exist_ok=True)
            staged.touch()
        except OSError as error:
            raise OutputError(f"the metrics cannot be written to {file}: {error.strerror}") from error
    try:
        yield summary
        code = 0
    except (typer.Exit, SystemExit) as end:
        code = int(getattr(end, "exit_code", None) or getattr(end, "code", None) or 0)
        raise
    finally:
        if file is not None:
            staged.write_text(metrics_text(summary, code=code, end=now()), encoding="utf-8")
            staged.replace(file)
