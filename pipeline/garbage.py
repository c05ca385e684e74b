"""How often Python looks for garbage: what a run loads is a million objects that stay, and it would walk through them often."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000
"""Objects after which garbage is looked for: some megabytes."""


@contextmanager
def looking_for_garbage(after: int) -> Iterator[None]:
    """Garbage is looked for when so many objects more were made than went, never for 0. Python's 700 cost a run half a second."""
    usual = gc.get_threshold()
    gc.set_threshold(after, *usual[1:])  # gc.disable() would not last: srsly enables it again
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def making_what_stays() -> Iterator[None]:
    """Nobody looks for garbage while code, rules and model are loaded: of all that is made then nothing goes."""
    with looking_for_garbage(after=0):
        yield
        gc.freeze()
        gc.unfreeze()  # it is the oldest now: the first look for garbage among the young leaves it alone
