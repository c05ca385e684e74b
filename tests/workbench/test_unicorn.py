"""A researcher's rule, from the skeleton to the table: « licorne » before a company gives its entity a kind."""

from __future__ import annotations

from pathlib import Path

from pipeline.clean.plain import plain_document
from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.entities import resolve_entities
from pipeline.lexicon import load_lexicon
from pipeline.recognize.names import NameRecognizer

RULE = """rules:
  - id: org-unicorn-before
    finds: ORG
    stands: before
    phrases: [licorne, licornes]
    weight: 2.6
    assigns: {reach: far, kind: unicorn}
    examples: ["La licorne nantaise [Salicorne](unicorn) recrute."]
"""


def test_a_rule_gives_its_entity_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "rules" / "names_organisations.yaml"
    path.parent.mkdir()
    path.write_text(RULE, encoding="utf-8")
    lexicon = load_lexicon((tmp_path,))
    document = plain_document("La licorne lyonnaise Ostrea recrute. Le groupe Brumeline lui répond.")
    (first, second) = NameRecognizer(lexicon).resolve(document)
    assert (first.text, dict(first.parts)) == ("Ostrea", {"kind": "unicorn"})
    entities = resolve_entities([ArticleNames("a", (first, second))], lexicon).entities
    assert {entity.name: entity.kind for entity in entities} == {"Brumeline": None, "Ostrea": "unicorn"}
