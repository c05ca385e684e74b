"""The tables described for people and for programs, from the one place that defines them."""

from __future__ import annotations

import json

import pyarrow as pa

from pipeline.tables.schemas import TABLES
from pipeline.tables.table import Table

_FRICTIONLESS = {
    "int32": "integer",
    "double": "number",
    "bool": "boolean",
    "date32[day]": "date",
    "decimal128(38, 6)": "number",
}


def schema_markdown() -> str:
    """Every table with its columns, types and descriptions, as Markdown."""
    return "\n".join(_markdown(table) for table in TABLES.values())


def _markdown(table: Table) -> str:
    rows = "\n".join(f"| `{f.name}` | {type_name(f.type)} | {f.metadata[b'description'].decode()} |" for f in table.schema)
    return f"## {table.name}\n\n{table.about}\n\n| column | type | what |\n|---|---|---|\n{rows}\n"


def schema_json() -> str:
    """Every table as a Frictionless Table Schema, in one JSON object by table name."""
    return json.dumps({name: table_schema(table) for name, table in TABLES.items()}, ensure_ascii=False, indent=2)


def table_schema(table: Table) -> dict[str, object]:
    """The Frictionless Table Schema of one table."""
    fields = [
        {
            "name": f.name,
            "type": frictionless_type(f.type),
            "description": f.metadata[b"description"].decode(),
            "arrowType": type_name(f.type),
        }
        for f in table.schema
    ]
    keys = [
        {"fields": [name], "reference": {"resource": other, "fields": [column]}}
        for name, (other, column) in table.refers.items()
        if not pa.types.is_list(table.schema.field(name).type)
    ]
    return {
        "fields": fields,
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def type_name(kind: pa.DataType) -> str:
    """The short name of an Arrow type (`dictionary<int32, string>` → string)."""
    if pa.types.is_dictionary(kind):
        return "string (closed list)"
    if pa.types.is_list(kind):
        return f"list<{'string' if pa.types.is_string(kind.value_type) else 'struct'}>"
    return str(kind).replace("[day]", "")


def frictionless_type(kind: pa.DataType) -> str:
    """The Frictionless name of an Arrow type (`decimal128` → number); lists are `any`, as readers make arrays of them."""
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind):
        return "string"
    if pa.types.is_list(kind):
        return "any"
    return _FRICTIONLESS[str(kind)]
