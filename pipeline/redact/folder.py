"""A run's folder, redacted."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.address import HIDDEN, is_address
from pipeline.deduplicate.decisions import FILE as DECISIONS
from pipeline.job import Progress, RunResult, no_progress, run
from pipeline.previous import RETIRED
from pipeline.redact.people import Placeholders, Row, find_people
from pipeline.redact.rows import Redaction
from pipeline.settings import Settings
from pipeline.stopwatch import Clock
from pipeline.store.corpus import FILE as DELIVERIES
from pipeline.store.segments import STORE
from pipeline.tables.derived import remove_derived
from pipeline.tables.folder import locked
from pipeline.tables.read import read_arrow, read_summary
from pipeline.tables.remote import mirrored
from pipeline.tables.schemas import TABLES
from pipeline.tables.write import replace_tables, to_arrow


def redact(folder: Path, to: Path, *, key: bytes | None = None) -> None:
    """Write the tables of `folder` to `to` with a placeholder for each person. Raises UsageError where `folder` holds no run."""
    rows = {name: read_arrow(folder, name).to_pylist() for name in TABLES}
    names = Placeholders(key or _key_of(rows["articles"]))
    redaction = Redaction(names, find_people(rows, names))
    redacted = {name: [redaction.row(name, row) for row in some] for name, some in rows.items()}
    replace_tables(
        {name: to_arrow(TABLES[name], some) for name, some in redacted.items()},
        to,
        run={**read_summary(folder), "redacted": ["PER"]},
    )
    _remove_names(to)


def run_redacted(
    inputs: Sequence[str],
    out: Path | str,
    *,
    settings: Settings,
    key: bytes | None = None,
    previous: Path | str | None = None,
    progress: Progress = no_progress,
    clock: Clock | None = None,
) -> RunResult:
    """What `run` gives, redacted: nothing that holds a person's name stays in `out`, neither tables nor what the run keeps."""
    if is_address(out):
        with mirrored(str(out), wait=settings.wait) as copy:
            return run_redacted(inputs, copy, settings=settings, key=key, previous=previous, progress=progress, clock=clock)
    out = Path(out)
    private = out / HIDDEN / "private"
    with locked(out, wait=settings.wait):
        shutil.rmtree(private, ignore_errors=True)
        try:
            private.mkdir()
            if (out / DECISIONS).is_file():
                shutil.copy(out / DECISIONS, private)
            result = run(inputs, private, settings=settings, previous=previous, progress=progress, clock=clock)
            redact(private, out, key=key)
        finally:
            if private.exists():
                shutil.rmtree(private)
        return RunResult({name: read_arrow(out, name) for name in result}, {**result.summary, "redacted": ["PER"]})


def _remove_names(out: Path) -> None:
    """Remove what a run without redaction left in the folder: what it kept for the next one, its pages and exports."""
    shutil.rmtree(out / HIDDEN / STORE, ignore_errors=True)
    for name in (DELIVERIES, RETIRED):
        (out / name).unlink(missing_ok=True)
    remove_derived(out)


def _key_of(articles: Iterable[Row]) -> bytes:
    return hashlib.sha256("".join(sorted(row["content_hash"] or "" for row in articles)).encode()).digest()
