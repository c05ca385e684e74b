"""The published schema is the one that the models give."""

from __future__ import annotations

from pathlib import Path

from pipeline.workbench.schema import rule_schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "rules.schema.json"


def test_the_published_schema_is_that_of_the_models() -> None:
    """Renew it with `veille rules schema > docs/rules.schema.json`."""
    assert PUBLISHED.read_text(encoding="utf-8") == rule_schema()
