"""Where pages lie, and the name index that the search box reads: all of it plain files, found without a server."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.report.facts import Facts
from pipeline.text import fold_name

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_PLAIN = re.compile(r"[a-z0-9]{2}")
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def file_name(key: str) -> str:
    """A file name for an id, safe on every disk and short (« org:mistral-ai » → `org-mistral-ai-1b2c3d4e`)."""
    plain = _NOT_PLAIN.sub("-", fold_name(key)).strip("-")[:60]
    return f"{plain}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def entity_page(entity_id: str) -> str:
    """The page of an entity, from the report's folder."""
    return f"e/{file_name(entity_id)}.html"


def article_page(article_id: str) -> str:
    """The page of an article, from the report's folder."""
    return f"a/{file_name(article_id)}.html"


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web; None for `javascript:` and all else that should be no link."""
    try:
        return url if url and urlsplit(url).scheme.lower() in ("http", "https") else None
    except ValueError:
        return None


def show_controls(value: object) -> object:
    """Text with the characters that would reorder or hide its neighbours written out (« ⟨U+202E⟩ »); other values as they are."""
    if not isinstance(value, str) or not _REORDERING.search(value):
        return value
    return type(value)(_REORDERING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value))


def name_shards(facts: Facts) -> dict[str, str]:
    """The search index as scripts by path: names and aliases under the first two letters of each of their words.

    `names.js` says which there are. All hold JSON in a script: a page on disk may load a script, but not fetch a file.
    """
    shards: dict[str, list[list[object]]] = defaultdict(list)
    for entity in sorted(facts.entities.values(), key=lambda e: (-e["n_articles"], e["name"], e["entity_id"])):
        entry = [show_controls(entity["name"]), entity["type"], entity_page(entity["entity_id"]), entity["n_articles"]]
        folded = [_fold(name) for name in (entity["name"], *entity["aliases"])]
        for key in _keys(folded):
            shards[key].append([*entry, "\n".join(folded)])
    scripts = {f"names/{key}.js": f'veilleNames("{key}", {_safe_json(entries)});\n' for key, entries in sorted(shards.items())}
    return {"names.js": f"const veilleKeys = new Set({_safe_json(sorted(shards))});\n", **scripts}


def _fold(name: str) -> str:
    """The name as the search box folds what is typed into it (`fold` in report.js)."""
    return fold_name(name).replace("œ", "oe").replace("æ", "ae")


def _keys(names: Iterable[str]) -> list[str]:
    """The scripts in which names are looked up: two letters of each word, `other` for words outside a–z and 0–9."""
    words = (word for name in names for word in name.split() if len(word) > 1)
    return sorted({word[:2] if _PLAIN.match(word) else "other" for word in words})


def _safe_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
