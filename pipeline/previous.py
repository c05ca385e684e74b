"""What an earlier run left for the next one: its entities, its mentions, and what people decided since."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.deduplicate.decisions import FILE, Decision, load_decisions
from pipeline.deduplicate.ids import Previous
from pipeline.deduplicate.retired import NONE_RETIRED, Retired
from pipeline.errors import UsageError
from pipeline.model import Entity, Issue
from pipeline.tables.read import files_of, read_summary, whole

RETIRED = "retired.csv"
_RETIRED = ("entity", "names")


@dataclass(frozen=True)
class Past:
    """The folder of the earlier run, where there was one; what people decided since, and the file that it stands in."""

    folder: Path | None
    decisions: tuple[Decision, ...] = ()
    decided_in: Path | None = None


@dataclass(frozen=True)
class Earlier:
    """The earlier run: the files of its entities and mentions, and the ids of entities that it named no more."""

    entities: Sequence[Path] = ()
    mentions: Sequence[Path] = ()
    retired: Retired = NONE_RETIRED


def find_past(out: Path, previous: Path | None = None) -> Past:
    """The run that wrote `previous`, else the one that wrote `out` before.

    Decisions are those of `out`, else those of `previous`. Raises DataError for decisions that contradict each other, and
    UsageError for a `previous` that holds no run.
    """
    files = [folder / FILE for folder in (out, previous) if folder is not None and (folder / FILE).exists()]
    decided_in = files[0] if files else None
    decisions = load_decisions(decided_in) if decided_in else ()
    source = previous or out
    if previous is not None and not has_run(previous):
        raise UsageError(f"{previous} holds no entities: give the folder of an earlier run")
    return Past(source if has_run(source) else None, decisions, decided_in)


def read_earlier(source: Path | None) -> Earlier:
    """The run that wrote `source`; nothing where there was none."""
    if source is None:
        return Earlier()
    return Earlier(files_of(source, "entities"), files_of(source, "mentions"), load_retired(source / RETIRED))


def previous_of(entities: pa.Table) -> Iterator[Previous]:
    """The earlier entities of these rows, of which few are in Python at a time."""
    for few in entities.to_batches(max_chunksize=2048):
        for row in few.to_pylist():
            known = Entity(row["entity_id"], row["type"], row["name"], tuple(row["aliases"]), former_ids=tuple(row["former_ids"]))
            yield Previous(known, row["first_published"])


def has_run(folder: Path) -> bool:
    """Whether there are entities that a run can go on with; those of a redacted run have no names to know them by."""
    if not ((folder / "entities.parquet").exists() or (folder / "entities").is_dir()):
        return False
    return not read_summary(folder).get("redacted")


def load_retired(path: Path) -> Retired:
    """The retired ids that stand in the file; none where there is no file."""
    if not path.exists():
        return NONE_RETIRED
    with path.open(encoding="utf-8", newline="") as file, whole(path, mend="remove it: ids that were retired may come back then"):
        rows = csv.DictReader(file, strict=True)
        if rows.fieldnames != list(_RETIRED):
            raise ValueError(f"its columns are not {', '.join(_RETIRED)}")
        return Retired({row["entity"]: frozenset(row["names"].split()) for row in rows})


def keep_retired(retired: Retired, out: Path) -> None:
    """Write the ids that are retired now into the folder, where the next run finds them; no file where there are none.

    To be called before the tables are replaced: a run that is killed between the two loses nothing.
    """
    if not retired.names:
        (out / RETIRED).unlink(missing_ok=True)
        return
    staged = out / f"{RETIRED}.new"
    with staged.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_RETIRED)
        writer.writerows((key, " ".join(sorted(names))) for key, names in retired.names.items())
    staged.replace(out / RETIRED)


def keep_decisions(past: Past, out: Path) -> None:
    """Copy the decisions that a run obeyed into its own folder, where later runs find them; a file that is there stays."""
    if past.decided_in is not None and not (out / FILE).exists():
        staged = out / f"{FILE}.new"
        staged.write_bytes(past.decided_in.read_bytes())
        staged.replace(out / FILE)


def idle_issues(idle: Iterable[Decision]) -> Iterator[Issue]:
    """One issue for each decision that names no entity of the corpus, so that a slip of the pen does not pass in silence."""
    for decision in idle:
        which = f"line {decision.line} ({decision.left}, {decision.right}, {decision.judgement})"
        detail = f"{which} names what no article names; check the ids, or leave it for articles to come"
        yield Issue(FILE, "merge", "decision-idle", detail, fatal=False)
