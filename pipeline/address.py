"""Addresses (`s3://bucket/new/`, `hdfs://…`, `memory://…`), which fsspec opens, beside paths of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError

_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}
"""The extra of veille that brings the driver of an address."""


def is_address(place: Path | str) -> bool:
    """Whether the place is an address rather than a path of this machine."""
    return "://" in str(place)


@contextmanager
def opening(address: str) -> Iterator[None]:
    """Raise UsageError, with what to install, where there is no driver for the address."""
    try:
        yield
    except (ImportError, ValueError) as error:
        extra = _EXTRAS.get(address.partition("://")[0])
        mend = f"pip install 'veille[{extra}]'" if extra else str(error)
        raise UsageError(f"{address} cannot be opened: {mend}") from error
