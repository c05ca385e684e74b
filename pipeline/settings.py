"""What a run may be told, with its one default each. An unknown key is an error."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The frozen settings of a run; the only place in which defaults stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Path, ...] = Field((), description="Folders of further rules and gazetteers, read after the built-in ones.")
    max_article_chars: int = Field(2_000_000, gt=0, description="Longer articles are refused (code too_long).")
    max_file_bytes: int = Field(200_000_000, gt=0, description="Larger files of one article are refused (code too_large).")
    max_unpacked_bytes: int = Field(4_000_000_000, gt=0, description="A packed file that unpacks to more is refused.")
    max_unpack_ratio: int = Field(
        250, gt=0, description="A packed file that unpacks to more than this times its size is refused."
    )
    refuse_languages: bool = Field(True, description="Refuse articles that are not French; else they are only marked.")
    batch_size: int = Field(64, gt=0, description="Articles handed to the name recognizer at a time.")
    wait: float = Field(0, ge=0, description="Seconds to wait for another run that writes to the same folder.")
