"""What a table is: its name, its key, its columns with their descriptions, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what a row is, its key and its Arrow schema (each field carries its description).

    `key` is empty where two rows may be the same but for their words, as in `issues`; `refers` is the table and column that a
    column's values, or the items of its lists, are found in.
    """

    name: str
    about: str
    key: tuple[str, ...]
    schema: pa.Schema

    @property
    def refers(self) -> Mapping[str, tuple[str, str]]:
        """The table and column that a column refers to (`speaker_entity_id` → entities, entity_id); its own key left out."""
        return {n: _REFERENCES[n] for n in self.schema.names if n in _REFERENCES and (self.name, n) not in _OWN}


def column(name: str, kind: pa.DataType, description: str) -> pa.Field:
    """A column with its description, which the Parquet files carry."""
    return pa.field(name, kind, metadata={"description": description})


def table(name: str, about: str, key: tuple[str, ...], *fields: pa.Field) -> Table:
    """The table of these columns."""
    return Table(name, about, key, pa.schema(fields, metadata={"table": name, "description": about}))


_REFERENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "article_id": ("articles", "article_id"),
        "duplicate_of": ("articles", "article_id"),
        "mention_id": ("mentions", "mention_id"),
        "entity_id": ("entities", "entity_id"),
        "speaker_entity_id": ("entities", "entity_id"),
        "person_entity_id": ("entities", "entity_id"),
        "org_entity_id": ("entities", "entity_id"),
        "agents": ("entities", "entity_id"),
        "targets": ("entities", "entity_id"),
        "amount_id": ("amounts", "amount_id"),
        "date_id": ("dates", "date_id"),
    }
)

_OWN = frozenset(
    {
        ("articles", "article_id"),
        ("mentions", "mention_id"),
        ("entities", "entity_id"),
        ("amounts", "amount_id"),
        ("dates", "date_id"),
        ("issues", "article_id"),
    }
)
"""Columns that are named like a reference and are none: the keys themselves, and refused articles, which stand nowhere else."""
