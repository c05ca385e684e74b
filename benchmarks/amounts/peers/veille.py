"""veille itself, through its public door."""

import json
import sys
import time

from pipeline.amounts import AmountFinder

finder = AmountFinder()


def find(text):
    return [
        {"start": a.mention.start, "end": a.mention.end, "kind": a.kind, "min": f"{a.min:f}", "max": f"{a.max:f}", "unit": a.unit}
        for a in finder.find(text)
    ]


texts = json.load(sys.stdin)
for text in texts:
    find(text)  # rules are compiled at their first use
start = time.perf_counter()
found = [find(text) for text in texts]
json.dump({"found": found, "seconds": time.perf_counter() - start}, sys.stdout)
