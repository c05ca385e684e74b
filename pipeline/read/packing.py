"""Packed files (.gz, .zst) → a stream of what they hold, with bounds against files that unpack without end."""

from __future__ import annotations

import gzip
import io
import lzma
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import zstandard

from pipeline.address import faults
from pipeline.errors import ArticleError
from pipeline.read.sources import STDIN, Source
from pipeline.settings import Settings

FREE_BYTES = 10_000_000
"""Below this size a file may be packed as tightly as it likes (a page of blanks packs 1000 to 1)."""

_FAULTS = (EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, zipfile.BadZipFile, NotImplementedError)


class BoundedStream(io.RawIOBase):
    """A stream that raises ArticleError `too_large` as soon as more than `limit` bytes have been read from `inner`."""

    def __init__(self, inner: BinaryIO, limit: int) -> None:
        super().__init__()
        self._inner, self._limit, self.count = inner, limit, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self.count += len(data)
        if self.count > self._limit:
            detail = (
                f"the file unpacks to more than the {self._limit} bytes left to it (see max_unpack_ratio); unpack it yourself"
            )
            raise ArticleError("too_large", detail, stage="read")
        buffer[: len(data)] = data
        return len(data)


def unpack_limit(packed_bytes: int, settings: Settings) -> int:
    """How many bytes a packed file of that size may unpack to."""
    return min(settings.max_unpacked_bytes, max(FREE_BYTES, packed_bytes * settings.max_unpack_ratio))


@contextmanager
def open_source(source: Source, settings: Settings, content: bytes | None = None) -> Iterator[BinaryIO]:
    """The source's bytes, unpacked; `content` are those of the file, where they are there already.

    Raises ArticleError: too_large; unreadable.
    """
    if source.name == STDIN:
        yield sys.stdin.buffer
        return
    with reading_packed(), source.path.open("rb") if content is None else io.BytesIO(content) as opened:
        packed = io.BufferedReader(cast("io.RawIOBase", opened))  # drivers of object stores read no lines by size
        size = source.path.stat().st_size if content is None else len(content)
        yield unpacked(cast("BinaryIO", packed), source, settings, size=size)


@contextmanager
def reading_packed() -> Iterator[None]:
    """Turn what damaged files and unknown ways of packing raise into ArticleError `unreadable`."""
    try:
        yield
    except faults(*_FAULTS) as error:
        raise ArticleError(
            "unreadable", f"the file cannot be read ({error}); fetch it again, or let this user read it", stage="read"
        ) from error


def unpacked(packed: BinaryIO, source: Source, settings: Settings, *, size: int = 0) -> BinaryIO:
    """The stream of what `packed`, of `size` bytes, holds under the source's packing; a WARC unpacks itself."""
    if not source.packing or source.suffix == ".warc":
        return packed
    inner = gzip.GzipFile(fileobj=packed) if source.packing == ".gz" else zstandard.ZstdDecompressor().stream_reader(packed)
    return cast("BinaryIO", io.BufferedReader(BoundedStream(cast("BinaryIO", inner), unpack_limit(size, settings))))


def read_whole(stream: BinaryIO, settings: Settings) -> bytes:
    """All bytes of a file that holds one article. Raises ArticleError `too_large`."""
    data = stream.read(settings.max_file_bytes + 1)
    if len(data) > settings.max_file_bytes:
        raise ArticleError(
            "too_large",
            f"the file is larger than {settings.max_file_bytes} bytes; split it or raise max_file_bytes",
            stage="read",
        )
    return data
