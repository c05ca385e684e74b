"""quantulum3: English rules, tried on French."""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")
from quantulum3 import parser  # noqa: E402

CODES = {"euro": "EUR", "dollar": "USD", "pound sterling": "GBP", "japanese yen": "JPY", "yuan": "CNY", "bitcoin": "BTC"}


def find(text):
    found = []
    for hit in parser.parse(text):
        if hit.unit.name == "percentage":
            kind, unit = "percent", "PCT"
        elif hit.unit.entity.name == "currency":
            kind, unit = "money", CODES.get(hit.unit.name, hit.unit.name)
        elif hit.unit.entity.name == "dimensionless":
            kind, unit = "number", None
        else:
            kind, unit = "quantity", hit.unit.name
        start, end = hit.span
        found.append({"start": start, "end": end, "kind": kind, "min": str(hit.value), "max": str(hit.value), "unit": unit})
    return found


texts = json.load(sys.stdin)
find("15 euros")
start = time.perf_counter()
found = [find(text) for text in texts]
json.dump({"found": found, "seconds": time.perf_counter() - start}, sys.stdout)
