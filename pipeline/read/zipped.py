"""Zip archives (also WACZ packages) → their files, which together unpack to no more than one packed file of that size may."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from pipeline.errors import ArticleError
from pipeline.read.packing import BoundedStream, reading_packed, unpack_limit
from pipeline.settings import Settings

_ENCRYPTED = 0x1
"""The first flag of a zip member (APPNOTE.TXT 4.4.4)."""


class ZippedFiles:
    """The files of one zip archive. Raises ArticleError `unreadable` where the stream is none."""

    def __init__(self, stream: BinaryIO, settings: Settings) -> None:
        whole = stream if stream.seekable() else io.BytesIO(stream.read(settings.max_unpacked_bytes))
        self._left = unpack_limit(whole.seek(0, io.SEEK_END), settings)
        whole.seek(0)
        with reading_packed():
            self._archive = zipfile.ZipFile(whole)

    def files(self) -> list[zipfile.ZipInfo]:
        """The files by name, without hidden ones and the notes of macOS. Raises ArticleError `empty` where there is none."""
        infos = sorted(self._archive.infolist(), key=lambda info: info.filename)
        files = [info for info in infos if not info.filename.endswith("/") and not _is_hidden(PurePosixPath(info.filename))]
        if not files:
            raise ArticleError("empty", "the archive holds no file; remove it or fetch it again", stage="read")
        return files

    @contextmanager
    def opened(self, info: zipfile.ZipInfo) -> Iterator[BinaryIO]:
        """The bytes of one file. Raises ArticleError: unreadable, too_large (what the others took counts)."""
        if info.flag_bits & _ENCRYPTED:
            raise ArticleError("unreadable", "the file is locked by a password; unpack it yourself", stage="read")
        with reading_packed(), self._archive.open(info) as packed:
            bounded = BoundedStream(cast("BinaryIO", packed), self._left)
            try:
                yield cast("BinaryIO", io.BufferedReader(bounded))
            finally:
                self._left = max(0, self._left - bounded.count)


def _is_hidden(place: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in place.parts)
