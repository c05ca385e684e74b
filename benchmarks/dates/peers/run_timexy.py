"""timexy: TIMEX3 values for dates and durations; it has no reference date."""

from __future__ import annotations

import json
import re
import sys

import spacy
from timexy import Timexy  # noqa: F401  registers the component

NLP = spacy.blank("fr")
NLP.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})


def find(text: str) -> list[dict[str, object]]:
    found = []
    for entity in NLP(text).ents:
        value = re.search(r'value="([^"]*)"', entity.kb_id_)
        kind = "duration" if 'type="DURATION"' in entity.kb_id_ else "date"
        written = value[1][:10] if value and kind == "date" else value[1] if value else None
        found.append({"start": entity.start_char, "end": entity.end_char, "kind": kind, "value": written})
    return found


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps({"id": case["id"], "found": find(case["text"])}))
