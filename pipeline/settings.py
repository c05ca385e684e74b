"""What a run may be told, with its one default each. An unknown key is an error."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """The frozen settings of a run; the only place in which defaults stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Path, ...] = Field((), description="Folders of further rules and gazetteers, read after the built-in ones.")
    max_article_chars: int = Field(2_000_000, gt=0, description="Longer articles are refused (code too_long).")
    refuse_languages: bool = Field(True, description="Refuse articles that are not French; else they are only marked.")
    batch_size: int = Field(64, gt=0, description="Articles handed to the name recognizer at a time.")
