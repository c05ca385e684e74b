"""The rule format as JSON Schema, for editors to complete and check rule files while they are written."""

from __future__ import annotations

import json

from pipeline.lexicon import RuleDocument


def rule_schema() -> str:
    """The schema of a rule file (draft 2020-12), made from the model that reads it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **RuleDocument.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
