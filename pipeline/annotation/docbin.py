"""spaCy's DocBin: a group of spans for each list of the article in `doc.spans`, names also as `doc.ents` for training.

Tokens are those of spaCy's French, cut further where a span begins or ends, so that every span is one of whole tokens. What a
Doc has no room for stands in `doc.user_data["veille"]`. On the way back `doc.spans` is read, `doc.ents` is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.annotation.marks import LABEL_KEYS, LAYER_OF, Mark, Marked

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BESIDE = "veille"


def write_docbin(articles: Sequence[Marked], to: Path) -> None:
    """One .spacy file, a Doc an article."""
    import spacy
    from spacy.tokens import DocBin

    french = spacy.blank("fr")
    DocBin(docs=[_doc(marked, french) for marked in articles], store_user_data=True).to_disk(to)


def read_docbin(path: Path) -> Iterator[Marked]:
    """The articles of the file."""
    import spacy
    from spacy.tokens import DocBin

    for doc in DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("fr").vocab):
        beside = json.loads(doc.user_data.get(BESIDE, "{}"))
        spans = [span for layer in LABEL_KEYS if layer in doc.spans for span in doc.spans[layer]]
        marks = tuple(Mark(span.id_ or None, span.start_char, span.end_char, span.label_) for span in spans)
        yield Marked(beside.get("doc_id", ""), doc.text, marks, beside.get("origin"))


def _doc(marked: Marked, french: Language) -> Doc:
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    words, spaces = _words(marked, french)
    doc = Doc(french.vocab, words=words, spaces=spaces)
    for layer in LABEL_KEYS:
        marks = [mark for mark in marked.marks if LAYER_OF[mark.label] == layer]
        spans = [doc.char_span(m.start, m.end, label=m.label, span_id=m.id or "") for m in marks]
        doc.spans[layer] = [span for span in spans if span is not None]
    doc.set_ents(filter_spans(list(doc.spans["entities"])))
    doc.user_data[BESIDE] = json.dumps({"doc_id": marked.doc_id, "origin": marked.origin}, ensure_ascii=False)
    return doc


def _words(marked: Marked, french: Language) -> tuple[list[str], list[bool]]:
    """The tokens and whether a space follows each: the tokenizer's, cut at the bounds of marks."""
    cuts = {bound for mark in marked.marks for bound in (mark.start, mark.end)}
    words: list[str] = []
    spaces: list[bool] = []
    for token in french.tokenizer(marked.text):
        end = token.idx + len(token.text)
        bounds = [token.idx, *sorted(cut for cut in cuts if token.idx < cut < end), end]
        words += [marked.text[a:b] for a, b in pairwise(bounds)]
        spaces += [*(False for _ in bounds[2:]), bool(token.whitespace_)]
        if token.whitespace_ and end + 1 in cuts and end in cuts and _is_marked_alone(marked, end):
            spaces[-1] = False
            words.append(" ")
            spaces.append(False)
    return words, spaces


def _is_marked_alone(marked: Marked, start: int) -> bool:
    return any(mark.start == start for mark in marked.marks)
