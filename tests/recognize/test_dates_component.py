"""The date reader inside a spaCy pipeline."""

from __future__ import annotations

import spacy

from pipeline.dates import DateFinder
from pipeline.recognize.dates_component import DateComponent


def test_dates_are_spans_with_their_value_as_id() -> None:
    component = DateComponent(DateFinder(), published="2024-03-01")

    doc = component(spacy.blank("fr")("Réunie lundi dernier pendant deux heures, elle revient un lundi."))

    assert [(span.text, span.label_, span.id_) for span in doc.spans["veille_dates"]] == [
        ("lundi dernier", "DATE", "2024-02-26"),
        ("deux heures", "DURATION", "PT2H"),
    ]


def test_a_text_may_bring_its_own_publication_date() -> None:
    doc = spacy.blank("fr")("Elle a démissionné hier.")
    doc.user_data["published"] = "2020-01-01"

    DateComponent(DateFinder(), published="2024-03-01")(doc)

    assert [span.id_ for span in doc.spans["veille_dates"]] == ["2019-12-31"]


def test_the_component_is_found_by_its_name() -> None:
    nlp = spacy.blank("fr")

    nlp.add_pipe("veille_dates", config={"published": "2024-03-01"})
    doc = nlp("Le vote a eu lieu hier.")

    assert [span.id_ for span in doc.spans["veille_dates"]] == ["2024-02-29"]
