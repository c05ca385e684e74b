"""What « le texte », « le modèle » stand for: the laws and products that an article names."""

from __future__ import annotations

from pipeline.model import Document, Mention


class Things:
    """The laws and products of one article, ready to be asked for."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...]) -> None:
        self._document = document
        self._named = tuple(m for m in mentions if m.type in ("LAW", "PRODUCT"))

    def meant(self, offset: int, kind: str) -> Mention | None:
        """The one of that kind that a description at `offset` stands for: the nearest before, else the first."""
        alike = [m for m in self._named if m.type == kind]
        before = [m for m in alike if m.start < offset]
        return before[-1] if before else next(iter(alike), None)

    def last(self, offset: int) -> Mention | None:
        """The one that was named last before `offset`, in its sentence or the one before."""
        first = self._document.sentences[max(0, self._document.sentence_at(offset) - 1)].start
        return next((m for m in reversed(self._named) if first <= m.start < offset), None)
