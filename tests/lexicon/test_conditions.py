"""The context of a rule: beside its span, in its sentence, in its article, wanted or barred."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_rules
from pipeline.lexicon.conditions import Conditions, surroundings

TEXT = "La plateforme grandit. Ostrea recrute à Lyon depuis mars.\nElle vend un logiciel."


@pytest.mark.parametrize(
    ("context", "failing"),
    [
        pytest.param("before: '[.] '", None, id="before"),
        pytest.param("before: Lyon", "before", id="not before"),
        pytest.param("after: ' {verb}'", None, id="after, with an atom"),
        pytest.param("unless: {after: ' recrute'}", "unless after", id="unless after"),
        pytest.param("same sentence: Lyon", None, id="same sentence"),
        pytest.param("same sentence: logiciel", "same sentence", id="not of the sentence"),
        pytest.param("unless: {same sentence: depuis}", "unless same sentence", id="unless same sentence"),
        pytest.param("same article: logiciel", None, id="same article"),
        pytest.param("unless: {same article: plateforme}", "unless same article", id="unless same article"),
        pytest.param("same article: Brumeline", "same article", id="not of the article"),
    ],
)
def test_the_first_condition_that_fails_is_named(context: str, failing: str | None, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    rule = f"  - id: ostrea\n    finds: ORG\n    pattern: Ostrea\n    {context}\n"
    path.write_text(f"atoms: {{verb: recrute}}\nrules:\n{rule}", encoding="utf-8")
    file, document = load_rules(path), plain_document(TEXT)
    start = TEXT.index("Ostrea")
    conditions = Conditions(file, file.rules[0])
    assert conditions.failing(document.folded, start, start + 6, surroundings(document)) == failing
