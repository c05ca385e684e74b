"""Is this French? By its function words; where they do not settle it, py3langid is asked (loaded on first need)."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from pipeline.errors import ArticleError
from pipeline.lexicon import Lexicon
from pipeline.text import fold_typography

READ = 4000
"""Characters that are looked at: more do not change the answer."""

SURE_SHARE = 0.22
"""French news has 0.35 to 0.5 of these words, Spanish and Italian below 0.15: above this nobody needs a model."""

FEWEST_WORDS = 12
"""Shorter texts cannot be told by anybody; they are taken for French."""

SURE_PROBABILITY = 0.9
"""None of 6,845 sentences of French Wikinews is refused at this, and one sentence of nine neighbouring languages each is."""

_WORD = re.compile(r"[^\W\d_]+")


class LanguageGuard:
    """Tells French from other languages. Built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._french = frozenset(str(word) for word in lexicon.words["languages"]["french"])

    def check(self, text: str, *, refuse: bool) -> str:
        """The ISO 639-1 code of the text's language. Raises ArticleError `not_french` where `refuse` is set."""
        language = self.language_of(text)
        if language != "fr" and refuse:
            detail = f"the article is written in {language!r}; remove it, or set refuse_languages to false to keep it"
            raise ArticleError("not_french", detail, stage="clean")
        return language

    def language_of(self, text: str) -> str:
        """The ISO 639-1 code of the language of a text; `fr` where it cannot be told."""
        words = _WORD.findall(fold_typography(text[:READ]).lower())
        if len(words) < FEWEST_WORDS or sum(word in self._french for word in words) >= SURE_SHARE * len(words):
            return "fr"
        code, probability = self._model.classify(text[:READ])
        return str(code) if probability >= SURE_PROBABILITY else "fr"

    @cached_property
    def _model(self) -> Any:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
