"""Gold files: an annotated article a line, in the format that `corpus/README.md` describes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.edited import read_edited
from pipeline.errors import DataError, UsageError


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a gold file, one JSON object a line. Only a line feed ends one: U+2028 may stand in a text.

    Raises UsageError for a file that is not there, DataError for a line that is no article.
    """
    if not path.is_file():
        raise UsageError(f"no such gold file: {path}")
    for number, line in enumerate(read_edited(path).split("\n"), 1):
        if line.strip():
            try:
                article = json.loads(line)
                article["doc_id"], article["text"]
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(path, f"not a gold article: {error}", line=number) from error
            yield article
