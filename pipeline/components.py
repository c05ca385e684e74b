"""Our recognizers as spaCy components, for people who have a spaCy pipeline and want nothing else of ours.

    nlp = spacy.blank("fr")
    nlp.add_pipe("veille_dates", config={"published": "2024-03-01"})
    doc = nlp("La réunion a eu lieu lundi dernier.")
    [(span.text, span.label_, span.id_) for span in doc.spans["veille_dates"]]  # [("lundi dernier", "DATE", "2024-02-26")]
    doc.user_data["veille_dates"]                                               # the typed values: DateReading

spaCy finds `veille_names`, `veille_amounts` and `veille_dates` by the entry points of this package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.amounts import AmountFinder
from pipeline.clean.plain import plain_document
from pipeline.dates import DateFinder
from pipeline.lexicon import load_lexicon
from pipeline.model import Amount, DateReading, Mention
from pipeline.recognize.model import NameModel
from pipeline.recognize.names import NameRecognizer

Value = Mention | Amount | DateReading
Find = Callable[[str, str | None], Sequence[Value]]


class SpanComponent:
    """Adds `doc.spans[key]`, widened to whole tokens, and the typed values as `doc.user_data[key]`.

    A span's label is the type or kind in capitals, its id what it means: EDTF, « 15000000 EUR », a canonical name; empty where
    that is unknown. `published` holds for every text that has no `doc.user_data["published"]` of its own.
    """

    def __init__(self, key: str, find: Find, *, published: str | None = None):
        self._key, self._find, self._published = key, find, published

    def __call__(self, doc: Doc) -> Doc:
        """The document with its spans."""
        values = self._find(doc.text, doc.user_data.get("published", self._published))
        spans = []
        for value in values:
            mention = value if isinstance(value, Mention) else value.mention
            label = (value.type if isinstance(value, Mention) else value.kind).upper()
            bounds = mention.start, mention.end
            span = doc.char_span(*bounds, label=label, span_id=_meaning(value), alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[self._key] = spans
        doc.user_data[self._key] = tuple(values)
        return doc


def _meaning(value: Value) -> str:
    if isinstance(value, Mention):
        return value.canonical or ""
    if isinstance(value, DateReading):
        return value.value or ""
    bounds = f"{value.min:f}" if value.min == value.max else f"{value.min:f}..{value.max:f}"
    return f"{bounds} {value.unit}" if value.unit else bounds


@Language.factory("veille_dates", default_config={"published": None})
def create_dates(nlp: Language, name: str, published: str | None) -> SpanComponent:  # noqa: ARG001 — spaCy's signature
    """Dates, durations and recurrences."""
    finder = DateFinder()
    return SpanComponent("veille_dates", lambda text, day: finder.find(text, published=day), published=published)


@Language.factory("veille_amounts", default_config={"published": None})
def create_amounts(nlp: Language, name: str, published: str | None) -> SpanComponent:  # noqa: ARG001 — spaCy's signature
    """Sums of money, percentages and quantities; in euros too where `published` is a day with a rate."""
    finder = AmountFinder()
    return SpanComponent("veille_amounts", lambda text, day: finder.find(text, published=day), published=published)


@Language.factory("veille_names")
def create_names(nlp: Language, name: str) -> SpanComponent:  # noqa: ARG001 — spaCy's signature
    """Organisations, people, places, products and laws."""
    recognizer = NameRecognizer(load_lexicon(), NameModel())
    return SpanComponent("veille_names", lambda text, _: next(recognizer.find([plain_document(text)])))
