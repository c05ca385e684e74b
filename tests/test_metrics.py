"""The figures of a run as Prometheus reads them."""

from __future__ import annotations

import datetime as dt

from pipeline.metrics import metrics_text

END = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)


def test_a_run_is_told_in_figures() -> None:
    summary = {
        "articles": {"read": 2, "written": 1},
        "new": {"articles": 1, "rows": {}},
        "rows": {"mentions": 26},
        "seconds": {"load": 1.5},
    }
    lines = [line for line in metrics_text(summary, code=3, end=END).splitlines() if not line.startswith("#")]
    assert lines == [
        "veille_run_exit_code 3",
        "veille_run_end_timestamp_seconds 1793502000",
        'veille_articles{state="read"} 2',
        'veille_articles{state="written"} 1',
        "veille_new_articles 1",
        'veille_rows{table="mentions"} 26',
        'veille_stage_seconds{stage="load"} 1.5',
    ]


def test_every_metric_is_described_once() -> None:
    text = metrics_text({"articles": {"read": 2, "written": 1}, "new": {"articles": 0, "rows": {}}}, code=0, end=END)
    assert text.count("# HELP veille_articles ") == text.count("# TYPE veille_articles gauge\n") == 1


def test_a_run_that_failed_has_its_code_and_time_alone() -> None:
    lines = [line for line in metrics_text({}, code=4, end=END).splitlines() if not line.startswith("#")]
    assert lines == ["veille_run_exit_code 4", "veille_run_end_timestamp_seconds 1793502000"]
