"""A piece of a file that can be read by itself: by who has opened the file, or by somebody else meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.read.fields import Reading


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a file or a page, not read yet. `format` names the module whose `read_piece` says what they hold.

    `contents` are the lines (None for one that is too long), of which that number is the `first`; or the page, which the archive
    that holds it knows under `url`, in that `charset`.
    """

    format: str
    reading: Reading
    contents: tuple[bytes | None, ...]
    first: int = 1
    url: str | None = None
    charset: str | None = None
