"""The date reader as a spaCy component, for people who have a spaCy pipeline and want nothing else of ours.

    nlp = spacy.blank("fr")
    nlp.add_pipe("veille_dates", config={"published": "2024-03-01"})
    doc = nlp("La réunion a eu lieu lundi dernier.")
    [(span.text, span.label_, span.id_) for span in doc.spans["veille_dates"]]  # [("lundi dernier", "DATE", "2024-02-26")]

spaCy finds the component and the reader by the entry points of this package.
"""

from __future__ import annotations

from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.model import DateReading

KEY = "veille_dates"


class DateSource(Protocol):
    """What reads the dates of a text: `pipeline.dates.DateFinder`."""

    def find(self, text: str, *, published: str | None = None) -> tuple[DateReading, ...]: ...


@Language.factory(KEY, default_config={"published": None, "finder": {"@misc": "veille.DateFinder.v1"}})
def create_dates(
    nlp: Language,  # noqa: ARG001  spaCy asks for this name
    name: str,  # noqa: ARG001  and for this one
    published: str | None,
    finder: DateSource,
) -> DateComponent:
    """The component; `published` holds for every text that has no `doc.user_data["published"]` of its own."""
    return DateComponent(finder, published=published)


class DateComponent:
    """Adds `doc.spans["veille_dates"]`: labels DATE, DURATION and SET, the EDTF or ISO 8601 value as `id_` (empty: unknown)."""

    def __init__(self, finder: DateSource, *, published: str | None = None):
        self._finder, self._published = finder, published

    def __call__(self, doc: Doc) -> Doc:
        """The document with its dates, each widened to whole tokens."""
        spans = []
        for reading in self._finder.find(doc.text, published=doc.user_data.get("published", self._published)):
            bounds = reading.mention.start, reading.mention.end
            span = doc.char_span(*bounds, label=reading.kind.upper(), span_id=reading.value or "", alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[KEY] = spans
        return doc
