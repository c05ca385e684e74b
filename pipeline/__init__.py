"""veille: raw French tech-policy news into tidy tables.

    tables = pipeline.run(["articles/"], "tables/")          every table, also written to the folder
    frame = pipeline.read_table("tables/", "amounts")        one table as a pandas frame with Arrow types
    nlp = pipeline.load()                                    one article at a time:
    doc = nlp("Lumio a levé 15 M€ lundi.", published="2024-03-01")
    doc.mentions, doc.amounts, doc.dates, doc.quotes, doc.roles, doc.events

`pipeline.amounts.find` and `pipeline.dates.find` work alone. Each of these names is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline import amounts, dates
    from pipeline.extract import load
    from pipeline.job import run
    from pipeline.model import (
        Amount,
        Article,
        DateReading,
        Document,
        Entity,
        Event,
        Extraction,
        Issue,
        Link,
        Mention,
        Quote,
        Role,
        Span,
    )
    from pipeline.tables.read import read_table

_PLACES = {
    "amounts": "pipeline.amounts",
    "dates": "pipeline.dates",
    "load": "pipeline.extract:load",
    "read_table": "pipeline.tables.read:read_table",
    "run": "pipeline.job:run",
}
"""Where that stands which is no value of `pipeline.model`."""

__all__ = [
    "Amount",
    "Article",
    "DateReading",
    "Document",
    "Entity",
    "Event",
    "Extraction",
    "Issue",
    "Link",
    "Mention",
    "Quote",
    "Role",
    "Span",
    "amounts",
    "dates",
    "load",
    "read_table",
    "run",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    module, _, attribute = _PLACES.get(name, f"pipeline.model:{name}").partition(":")
    found = import_module(module)
    return getattr(found, attribute) if attribute else found
