"""What a run may be told, with its one default each. An unknown key is an error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat

Counted = Literal["mentions", "amounts", "dates", "quotes", "statements", "roles", "events", "claims"]


class Bounds(BaseModel):
    """What a run must yield, or it fails and replaces nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_articles: int = Field(0, ge=0, description="Articles written, at least.")
    max_refused: float = Field(
        1, ge=0, le=1, description="Share of the articles read that is refused, at most (0.05: one in twenty)."
    )
    min_rows_per_article: Mapping[Counted, NonNegativeFloat] = Field(
        {}, description="Rows an article, at least, by table: { mentions = 5.0, amounts = 0.3 }."
    )
    max_rows_per_article: Mapping[Counted, NonNegativeFloat] = Field({}, description="Rows an article, at most, by table.")
    measure_new_from: int = Field(
        20, gt=0, description="From so many new articles in a run on, the bounds on rows must hold for these alone as well."
    )


class Settings(BaseModel):
    """The frozen settings of a run; the only place in which defaults stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Path, ...] = Field((), description="Folders of further rules and gazetteers, read after the built-in ones.")
    max_article_chars: int = Field(300_000, gt=0, description="Longer articles are refused (code too_long).")
    max_density: float = Field(
        0.6,
        gt=0,
        le=1,
        description="Words, signs and line ends a character, at most, of an article of 10 000 characters or more; denser ones "
        "are refused (code not_prose). Prose has 0.2.",
    )
    max_file_bytes: int = Field(200_000_000, gt=0, description="Larger files of one article are refused (code too_large).")
    max_unpacked_bytes: int = Field(4_000_000_000, gt=0, description="A packed file that unpacks to more is refused.")
    max_unpack_ratio: int = Field(
        250, gt=0, description="A packed file that unpacks to more than this times its size is refused."
    )
    max_refused_rows: int = Field(
        50_000,
        gt=0,
        description="Where so many articles of one file cannot be read, the rest of it is refused (code too_many_refused).",
    )
    refuse_languages: bool = Field(True, description="Refuse articles that are not French; else they are only marked.")
    batch_size: int = Field(64, gt=0, description="Articles worked on at a time.")
    workers: int = Field(1, gt=0, description="Processes that read articles; `veille run` takes one a core unless it is told.")
    parallel_from: int = Field(500, gt=0, description="With fewer articles than this to read, one process reads them all.")
    scheduler: str | None = Field(None, description="Address of a Dask scheduler whose workers are to read the articles.")
    part_rows: int = Field(500_000, gt=0, description="Rows of a file at most: a longer table is a folder of files.")
    wait: float = Field(0, ge=0, description="Seconds to wait for another run that writes to the same folder.")
    bounds: Bounds = Field(Bounds(), description="What a run must yield, or it fails and replaces nothing.")
