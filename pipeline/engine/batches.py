"""The work on a batch of articles, as a worker does it: rows in, rows out, nothing kept but the loaded rules and model.

What an article yields depends on its row alone: its words, its lines that are furniture, the names that the corpus agrees on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import pyarrow as pa

from pipeline.clean import RepeatedLines, outlet_of
from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.copies import fingerprint
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.local_names import read_local_names
from pipeline.engine.stages import Stages, dated_key
from pipeline.extract import Extractor, Teller, outside
from pipeline.lexicon import Lexicon
from pipeline.model import Document, Extraction, Issue, Mention
from pipeline.recognize.corpus_vote import count_votes, openings, revise
from pipeline.settings import Settings
from pipeline.store.articles import ARTICLES, read_article
from pipeline.store.findings import (
    FINDINGS,
    TELLINGS,
    document_row,
    found_row,
    read_amounts,
    read_dates,
    read_document,
    read_found_names,
    refused_row,
    same_document,
    telling_row,
)
from pipeline.tables.rows import Row

TO_FIND = pa.schema([*ARTICLES, ("source", pa.string()), ("document", pa.string()), ("repeated", pa.list_(pa.uint64()))])
"""An article to read, the key of its document, and the lines of it that are furniture."""
TO_FIND_AGAIN = pa.schema([*FINDINGS, ("article_id", pa.string())])
"""A finding whose document holds, and names or dates may."""
TO_TELL = pa.schema(
    [
        *FINDINGS,
        ("article_id", pa.string()),
        ("telling", pa.string()),
        ("is_told", pa.bool_()),
        ("agreed", pa.list_(pa.struct([("form", pa.string()), ("type", pa.string())]))),
    ]
)
"""A finding to tell of, the key of the telling to come, whether that of the finding alone is there, and the forms that the
corpus agrees on."""

_BAD_DATE = "bad_date"


class Tools:
    """All that a worker loads once: what finds, what tells of what is found, and what merging reads names with.

    The `stages` and `guide` of the lexicon are made where they are not known already.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        settings: Settings,
        *,
        today: dt.date | None,
        stages: Stages | None = None,
        guide: Guide | None = None,
    ):
        self.settings, self.today, self.stages = settings, today, stages or Stages.of(lexicon, settings)
        self.extractor = Extractor(lexicon, settings, today=today)
        self.teller, self.guide = Teller(lexicon), guide or Guide.load(lexicon)

    def to_tell(self) -> Tools:
        """What `tell` needs of them: what finds takes seven eighths of the memory."""
        few = copy(self)
        del few.extractor
        return few


def find(batch: pa.Table, tools: Tools) -> tuple[pa.Table, pa.Table]:
    """The findings of the articles (`TO_FIND`), and their tellings as long as the corpus changes nothing."""
    refused: list[Row] = []
    cleaned: list[tuple[Row, Document]] = []
    for row in batch.to_pylist():
        article = read_article(row, row["source"])
        repeated = RepeatedLines(frozenset((outlet_of(article), line) for line in row["repeated"]))
        document = tools.extractor.clean(article, repeated=repeated)
        issues = (document,) if isinstance(document, Issue) else document.issues
        is_dated = any(issue.code == _BAD_DATE for issue in issues)
        key = dated_key(row["document"], tools.today) if is_dated else row["document"]
        if isinstance(document, Issue):
            refused.append(refused_row(key, document))
        else:
            marks = fingerprint(document.text)
            cleaned.append((document_row(key, document, marks), document))
    names = tools.extractor.find_names([document for _, document in cleaned])
    found = [
        (row, document, named, tools.extractor.read(document, named))
        for (row, document), named in zip(cleaned, names, strict=True)
    ]
    return _kept(found, refused, tools)


def find_again(batch: pa.Table, tools: Tools) -> tuple[pa.Table, pa.Table]:
    """The findings of documents (`TO_FIND_AGAIN`), of which names and dates are taken where the same rules found them."""
    rows = batch.to_pylist()
    refused = [same_document(row) for row in rows if row["text"] is None]
    documents = [(row, read_document(row["article_id"], row)) for row in rows if row["text"] is not None]
    unnamed = [document for row, document in documents if row["named_by"] != tools.stages.named]
    names = tools.extractor.find_names(unnamed) if unnamed else iter(())
    found = []
    for row, document in documents:
        same = row["named_by"] == tools.stages.named
        named = read_found_names(document, row) if same else next(names)
        dates = read_dates(row) if same and row["dated_by"] == tools.stages.dated else None
        found.append((same_document(row), document, named, tools.extractor.read(document, named, dates=dates)))
    return _kept(found, refused, tools)


def tell(batch: pa.Table, tools: Tools) -> pa.Table:
    """The tellings of the findings (`TO_TELL`) under the names that the corpus agrees on."""
    same: list[Row] = []
    untold: list[tuple[str, Extraction]] = []
    for row in batch.to_pylist():
        key, found = _revised(row, tools)
        if key != row["telling"]:
            same.append({"key": row["telling"], "same_as": key})
        if key == row["telling"] or not row["is_told"]:
            untold.append((key, found))
    related = tools.teller.relate_all([found for _, found in untold])
    told = (_telling(key, one, tools) for (key, _), one in zip(untold, related, strict=True))
    return pa.Table.from_pylist([*same, *told], schema=TELLINGS)


def _kept(
    found: Sequence[tuple[Row, Document, Sequence[Mention], Extraction]], refused: Sequence[Row], tools: Tools
) -> tuple[pa.Table, pa.Table]:
    """The rows to keep: of each document its finding, and its telling."""
    by = {"named_by": tools.stages.named, "dated_by": tools.stages.dated}
    findings = [{**row, **by, "key": tools.stages.finding_key(row["document"])} for row in refused]
    tellings = []
    related = tools.teller.relate_all([extraction for *_, extraction in found])
    for (row, document, names, extraction), told in zip(found, related, strict=True):
        key, sure = tools.stages.finding_key(row["document"]), extraction.mentions
        more = found_row(extraction, names, votes=count_votes(document, sure), opened=openings(document, sure))
        findings.append({**row, **by, **more, "key": key})
        tellings.append(_telling(tools.stages.telling_key(key), told, tools))
    return pa.Table.from_pylist(findings, schema=FINDINGS), pa.Table.from_pylist(tellings, schema=TELLINGS)


def _telling(key: str, told: Extraction, tools: Tools) -> Row:
    return telling_row(key, told, read_local_names(ArticleNames.of(told), tools.guide))


def _revised(row: Mapping[str, Any], tools: Tools) -> tuple[str, Extraction]:
    """What was found, with the names revised, and the key of its telling: that of the finding alone where no name changes."""
    document, dates = read_document(row["article_id"], row), read_dates(row)
    days = tuple(date.mention for date in dates)
    names = outside(days, read_found_names(document, row))
    revised = outside(days, revise(document, names, {form["form"]: form["type"] for form in row["agreed"]}))
    key = row["telling"] if revised != names else tools.stages.telling_key(row["key"])
    return key, Extraction(document, revised, read_amounts(row), dates)
