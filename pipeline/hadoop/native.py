"""HDFS by its own protocol (`hdfs://`), without Java."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from hdfs_native.fsspec import HdfsFileSystem


class Hdfs(HdfsFileSystem):
    """The files of HDFS. hdfs-native's own driver raises RuntimeError for most of what a server refuses, and its streams cannot
    be read into a buffer or by lines."""

    def __init__(self, *arguments: Any, **options: Any):
        if self._cached:  # fsspec gives the same object for the same address
            return
        super().__init__(*arguments, **options)
        self.client: Any = _Client(self.client)

    def _open(self, path: str, mode: str = "rb", *arguments: Any, **options: Any) -> Any:
        stream = super()._open(path, mode, *arguments, **options)
        return io.BufferedReader(Stream(stream), io.DEFAULT_BUFFER_SIZE * 128) if mode == "rb" else stream


class _Client:
    """A client that raises OSError where it cannot do what is asked."""

    def __init__(self, client: Any):
        self._client = client

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._client, name)
        return lambda *arguments, **options: _told(method, *arguments, **options)


class Stream(io.RawIOBase):
    """What a file holds."""

    def __init__(self, reader: Any):
        self._reader = reader

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = _told(self._reader.read, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._reader.seek(offset, whence)
        return self.tell()

    def tell(self) -> int:
        return self._reader.tell()  # type: ignore[no-any-return]


def _told(method: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    try:
        return method(*arguments, **options)
    except RuntimeError as error:
        raise OSError(str(error).partition("\\n")[0]) from error
