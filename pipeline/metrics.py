"""A run in figures for a monitor: the text format of Prometheus, as node_exporter's textfile collector reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any


def metrics_text(summary: Mapping[str, Any], *, code: int, end: datetime) -> str:
    """The metrics of a run that left with `code`; `summary` is what stands in `run.json`, empty where the run failed.

    >>> print(metrics_text({}, code=4, end=datetime.fromtimestamp(0, UTC)), end="")
    # HELP veille_run_exit_code 0 well, 3 some articles refused, else failed.
    # TYPE veille_run_exit_code gauge
    veille_run_exit_code 4
    # HELP veille_run_end_timestamp_seconds When the run ended.
    # TYPE veille_run_end_timestamp_seconds gauge
    veille_run_end_timestamp_seconds 0
    """
    new = {"": summary["new"]["articles"]} if summary else {}
    return "".join(
        (
            *_metric("run_exit_code", "0 well, 3 some articles refused, else failed.", {"": code}),
            *_metric("run_end_timestamp_seconds", "When the run ended.", {"": int(end.timestamp())}),
            *_metric("articles", "Articles by what became of them.", _labelled("state", summary.get("articles", {}))),
            *_metric("new_articles", "Articles that no run before has read, or not with these words.", new),
            *_metric("rows", "Rows written by table.", _labelled("table", summary.get("rows", {}))),
            *_metric("stage_seconds", "Time by stage.", _labelled("stage", summary.get("seconds", {}))),
        )
    )


def _labelled(label: str, values: Mapping[str, float]) -> dict[str, float]:
    return {f'{{{label}="{name}"}}': value for name, value in values.items()}


def _metric(name: str, about: str, values: Mapping[str, float]) -> Iterator[str]:
    if values:
        yield f"# HELP veille_{name} {about}\n# TYPE veille_{name} gauge\n"
    for labels, value in values.items():
        yield f"veille_{name}{labels} {value}\n"
