"""Names that an article says to be one thing's old and new name: « Vélora (ex-Brumeval) »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.deduplicate.article import ArticleNames, name_of
from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.keys import MergingWords
from pipeline.deduplicate.known import Known


def find_renamings(article: ArticleNames, known: Known, words: MergingWords) -> Iterator[Evidence]:
    """One piece of evidence, new name first, for each pair of names that a phrase of renaming ties."""
    if not article.text:
        return
    ordered = sorted(article.mentions, key=lambda m: m.start)
    for first, second in pairwise(ordered):
        if first.type != second.type or second.start - first.end > 60:
            continue
        between = article.between(first, second)
        for rule in words.renamed:
            if re.fullmatch(rule["pattern"], between):
                new, old = (first, second) if rule["first"] == "new" else (second, first)
                when = f" ({article.published})" if article.published else ""
                reason = f"{new.text} was called {old.text}, says article {article.article_id}{when}"
                yield Evidence(name_of(new, known), name_of(old, known), 0.9, reason)
