"""Pairs of numbers → what they link, directly or through others."""

from __future__ import annotations

from typing import Any

import numpy as np


def joined(count: int, one: Any, other: Any) -> Any:
    """For each of so many things the first to which links lead, by place; a link stands in `one` and, in step, in `other`.

    Round by round each group that is known so far joins the first one that a link ties it to: in as many rounds as the longest
    chain has binary digits, all is joined.
    """
    one, other = np.asarray(one, dtype=np.int64), np.asarray(other, dtype=np.int64)
    first = np.arange(count, dtype=np.int64)
    while True:
        left, right = first[one], first[other]
        apart = left != right
        if not apart.any():
            return first
        one, other, left, right = one[apart], other[apart], left[apart], right[apart]
        np.minimum.at(first, np.maximum(left, right), np.minimum(left, right))
        while not np.array_equal(first, nearer := first[first]):
            first = nearer
