"""The work on a batch of articles, as a worker does it: rows in, rows out, nothing kept but the loaded rules and model.

What an article yields hangs on its row alone: its words, the lines of it that are furniture, the names that the corpus agrees on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from pipeline.about import model_fingerprint
from pipeline.clean import RepeatedLines
from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.copies import fingerprint
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.local_names import read_local_names
from pipeline.extract import Extractor, outside
from pipeline.lexicon import Lexicon
from pipeline.model import Document, Extraction, Issue
from pipeline.recognize.corpus_vote import count_votes, openings, revise
from pipeline.settings import Settings
from pipeline.store.articles import ARTICLES, read_article
from pipeline.store.findings import FINDINGS, TELLINGS, finding_row, read_finding, refused_row, telling_row
from pipeline.tables.rows import Row

TO_FIND = pa.schema([*ARTICLES, ("source", pa.string()), ("finding", pa.string()), ("repeated", pa.list_(pa.uint64()))])
"""An article to read, the key of its finding, and the lines of it that are furniture."""
TO_REVISE = pa.schema(
    [
        *FINDINGS,
        ("article_id", pa.string()),
        ("telling", pa.string()),
        ("agreed", pa.list_(pa.struct([("form", pa.string()), ("type", pa.string())]))),
    ]
)
"""A finding to revise, the key of the telling to come, and the forms that the corpus agrees on."""


DECIDING = ("max_article_chars", "refuse_languages")
"""The settings on which hangs what an article yields, beside its own words."""


def made_of(lexicon: Lexicon, settings: Settings) -> str:
    """What every finding of a run is made of, beside the article: version, rules, model and settings."""
    decided = [getattr(settings, name) for name in DECIDING]
    return json.dumps([version("veille"), lexicon.fingerprint, model_fingerprint(), *decided])


class Tools:
    """All that a worker loads once: the recognizers, and what merging reads names with."""

    def __init__(self, lexicon: Lexicon, settings: Settings, *, today: dt.date | None):
        self.today, self.made_of = today, made_of(lexicon, settings)
        self.extractor = Extractor(lexicon, settings, today=today)
        self.guide = Guide.load(lexicon)


def find(batch: pa.Table, tools: Tools) -> tuple[pa.Table, pa.Table]:
    """The findings of the articles (`TO_FIND`), and their tellings as long as the corpus changes nothing."""
    findings: list[Row] = []
    documents: dict[str, Document] = {}
    for row in batch.to_pylist():
        repeated = RepeatedLines(frozenset((row["publisher"], line) for line in row["repeated"]))
        cleaned = tools.extractor.clean(read_article(row, row["source"]), repeated=repeated)
        issues = (cleaned,) if isinstance(cleaned, Issue) else cleaned.issues
        key = dated_key(row["finding"], tools.today) if any(i.code == "bad_date" for i in issues) else row["finding"]
        if isinstance(cleaned, Issue):
            findings.append(refused_row(key, cleaned))
        else:
            documents[key] = cleaned
    tellings = []
    for key, found in zip(documents, tools.extractor.find(list(documents.values())), strict=True):
        findings.append(_finding(key, found))
        tellings.append(_telling(telling_key(key), found, tools))
    return pa.Table.from_pylist(findings, schema=FINDINGS), pa.Table.from_pylist(tellings, schema=TELLINGS)


def revise_names(batch: pa.Table, tools: Tools) -> pa.Table:
    """The tellings of the findings (`TO_REVISE`) under the names that the corpus agrees on."""
    return pa.Table.from_pylist([_revised(row, tools) for row in batch.to_pylist()], schema=TELLINGS)


def finding_key(made_of: str, article: str, repeated: Sequence[int]) -> str:
    """The key of what is found in an article; `made_of` stands for rules, model and settings."""
    return _digest([made_of, article, list(repeated)])


def dated_key(key: str, today: dt.date | None) -> str:
    """The key of a finding that hangs on the day of the run: a date in it lay in the future then."""
    return f"{key}-{today}"


def telling_key(finding: str, agreed: Mapping[str, str] | None = None) -> str:
    """The key of what is told of a finding's names where the corpus agrees on those forms."""
    return _digest([finding, sorted((agreed or {}).items())])


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _finding(key: str, found: Extraction) -> Row:
    document, names = found.document, found.mentions
    return finding_row(
        key,
        found,
        votes=count_votes(document, names),
        opened=openings(document, names),
        marks=fingerprint(document.article_id, None, document.text),
    )


def _telling(key: str, found: Extraction, tools: Tools) -> Row:
    told = tools.extractor.relate(found)
    return telling_row(key, told, read_local_names(ArticleNames.of(told), tools.guide))


def _revised(row: dict[str, Any], tools: Tools) -> Row:
    found = read_finding(row["article_id"], row)
    agreed = {form["form"]: form["type"] for form in row["agreed"]}
    names = outside((date.mention for date in found.dates), revise(found.document, found.mentions, agreed))
    if names == found.mentions:
        return {"key": row["telling"], "same_as": telling_key(row["key"])}
    return _telling(row["telling"], replace(found, mentions=names), tools)
