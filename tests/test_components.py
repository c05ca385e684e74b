"""Our recognizers inside somebody else's spaCy pipeline, found by their names."""

from __future__ import annotations

from decimal import Decimal

import pytest
import spacy

SENTENCE = "Réunie lundi dernier pendant deux heures, Lumio a levé 15 M€ auprès de Bpifrance."


@pytest.mark.parametrize(
    ("component", "config", "expected"),
    [
        pytest.param(
            "veille_dates",
            {"published": "2024-03-01"},
            [("lundi dernier", "DATE", "2024-02-26"), ("deux heures", "DURATION", "PT2H")],
            id="dates",
        ),
        pytest.param("veille_amounts", {}, [("15 M€", "MONEY", "15000000 EUR")], id="amounts"),
        pytest.param("veille_names", {}, [("Lumio", "ORG", ""), ("Bpifrance", "ORG", "Bpifrance")], id="names"),
    ],
)
def test_a_component_gives_spans_with_their_meaning(
    component: str, config: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe(component, config=config)

    doc = nlp(SENTENCE)

    assert [(span.text, span.label_, span.id_) for span in doc.spans[component]] == expected


def test_a_component_keeps_the_typed_values() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("veille_amounts")

    (amount,) = nlp(SENTENCE).user_data["veille_amounts"]

    assert (amount.min, amount.max, amount.unit) == (Decimal(15_000_000), Decimal(15_000_000), "EUR")


def test_a_text_may_bring_its_own_publication_date() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("veille_dates", config={"published": "2024-03-01"})
    doc = nlp.make_doc("Elle a démissionné hier.")
    doc.user_data["published"] = "2020-01-01"

    assert [span.id_ for span in nlp(doc).spans["veille_dates"]] == ["2019-12-31"]
