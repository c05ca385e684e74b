"""Addresses (`s3://bucket/new/`, `hdfs://…`, `memory://…`), which fsspec opens, beside paths of this machine."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError

HIDDEN = ".veille"
"""What a run keeps in its folder beside the tables."""
CURRENT, SETS, STORE = "current.json", "sets", "store"
"""The same at an address."""
HADOOP = ("hdfs", "viewfs", "webhdfs")
"""The protocols of HDFS, which knows folders and renames."""
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", **dict.fromkeys(HADOOP, "hdfs")}
"""The extra of veille that brings the driver of an address."""
_FAULTS = {"botocore.exceptions": "BotoCoreError", "google.auth.exceptions": "GoogleAuthError", "gcsfs.retry": "HttpError"}
"""What drivers raise, beside OSError, where credentials are missing or nobody answers: class by module."""


def is_address(place: Path | str) -> bool:
    """Whether the place is an address rather than a path of this machine."""
    return "://" in str(place)


def is_of_a_run(names: Collection[str]) -> bool:
    """Whether a folder that holds these names is one that a run wrote its tables to."""
    return HIDDEN in names or {CURRENT, SETS, STORE}.issubset(names)


def faults(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """The errors by which the drivers in use say that they cannot reach an address, and `more`."""
    return OSError, *more, *(getattr(sys.modules[module], name) for module, name in _FAULTS.items() if module in sys.modules)


@contextmanager
def opening(address: str) -> Iterator[None]:
    """Raise UsageError where there is no driver for the address, with what to install, and where the driver cannot reach it."""
    protocol = address.partition("://")[0]
    try:
        if protocol in HADOOP:
            from pipeline.hadoop import make_ready

            make_ready(protocol)
        yield
    except faults() as error:
        raise UsageError(f"{address} cannot be reached: {error}") from error
    except (ImportError, ValueError) as error:
        extra = _EXTRAS.get(protocol)
        mend = f"pip install 'veille[{extra}]'" if extra else str(error)
        raise UsageError(f"{address} cannot be opened: {mend}") from error
