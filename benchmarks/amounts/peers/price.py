"""price-parser: one price a text, without its place; the place is that of its digits."""

import json
import sys
import time

from price_parser import Price

CODES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}


def find(text):
    price = Price.fromstring(text)
    if price.amount is None:
        return []
    start = max(text.find(price.amount_text or ""), 0)
    unit = CODES.get(price.currency, price.currency)
    value = str(price.amount)
    return [{"start": start, "end": start + len(price.amount_text), "kind": "money", "min": value, "max": value, "unit": unit}]


texts = json.load(sys.stdin)
start = time.perf_counter()
found = [find(text) for text in texts]
json.dump({"found": found, "seconds": time.perf_counter() - start}, sys.stdout)
