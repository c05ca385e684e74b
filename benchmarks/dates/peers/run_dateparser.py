"""dateparser's `search_dates`: it gives the words without their place, and a moment without its precision."""

from __future__ import annotations

import datetime as dt
import json
import sys

from dateparser.search import search_dates


def find(text: str, published: str | None) -> list[dict[str, object]]:
    base = dt.datetime.fromisoformat((published + "-01-01"[len(published) - 4 :]) if published else "2024-01-01")
    found, behind = [], 0
    for words, moment in search_dates(text, languages=["fr"], settings={"RELATIVE_BASE": base}) or []:
        start = text.find(words, behind)
        behind = start + len(words)
        found.append({"start": start, "end": behind, "kind": "date", "value": moment.date().isoformat()})
    return found


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps({"id": case["id"], "found": find(case["text"], case["published"])}))
