"""The answer to « who is meant »: a mention of the article, or nobody, with a reason."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model import Mention

NAMED = (
    "named beside the words",
    "subject of the clause",
    "named within the description",
    "named behind the description",
)
"""The reasons of a resolution that takes the name that stands there."""


class Resolution(NamedTuple):
    """The mention that somebody's words stand for, or None; `reason` says why in one line.

    `guessed`: nothing in the article says that it is called so, it only stands out most.
    """

    mention: Mention | None
    reason: str
    guessed: bool = False


def name_of(mention: Mention) -> str:
    """The name under which mentions of the same thing count as one: the full name where it is known."""
    return mention.canonical or mention.text
