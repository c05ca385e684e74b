"""What ends a process from outside, an interrupt or a request to terminate: told apart from all else, and held back where it
would do harm.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

ENDING = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}


class Stopped(KeyboardInterrupt):
    """Somebody sent this signal."""

    def __init__(self, number: int):
        super().__init__(number)
        self.signal = signal.Signals(number)


@contextmanager
def stoppable() -> Iterator[None]:
    """Raises Stopped where a signal ends the block, whatever comes out of it: DuckDB has an error of its own for a query that was
    interrupted."""
    came: list[int] = []

    def stop(number: int, _: Any) -> None:
        came.append(number)
        raise Stopped(number)

    with _handled(stop):
        try:
            yield
        except BaseException as error:
            if came:
                raise Stopped(came[0]) from error
            raise


@contextmanager
def held_back() -> Iterator[None]:
    """A signal comes when the block is done: a library may abort where it is interrupted as it is loaded."""
    came: list[int] = []
    with _handled(lambda number, _: came.append(number)):
        yield
    for number in came[:1]:
        signal.raise_signal(number)


@contextmanager
def _handled(handler: Callable[[int, Any], object]) -> Iterator[None]:
    """What is ignored stays so: a shell has its jobs in the background hear of no interrupt."""
    heard = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
    usual = {number: signal.signal(number, handler) for number in heard}
    try:
        yield
    finally:
        for number, handled in usual.items():
            signal.signal(number, handled)
