"""A rule's context: what must and what must not stand beside its span, in its sentence and in its article.

Every family of rules tries the same conditions in the same way, whatever its rules see: plain text, or text in which names
are signs. Looking is bounded, so that no condition costs more than its rule: beside a span `BESIDE` characters, in a sentence
`SENTENCE`, in an article `ARTICLE`, and in an article each expression once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.lexicon.expressions import Expression
from pipeline.lexicon.model import Context, Rule, RuleFile
from pipeline.model import Document

BESIDE = 90
"""Characters beside a span that `before` and `after` see: ten words or so."""
SENTENCE = 1500
"""Characters of a sentence that are looked at: no sentence is longer, but for lists without stops."""
ARTICLE = 50_000
"""Characters of an article that are looked at."""

_ORDER = ("after", "before", "same_sentence", "same_article")
"""What costs least is tried first."""


class Surroundings:
    """What lies around the matches of one article's rules, asked for only where a rule has a condition on it.

    `sentence` gives the text of the sentence in which a match starts at an offset, `article` the text of all of it, both as the
    rules see them.
    """

    def __init__(self, sentence: Callable[[int], str], article: Callable[[], str]) -> None:
        self._sentence, self._article = sentence, article
        self._text: str | None = None
        self._told: dict[Expression, bool] = {}

    def sentence_tells(self, expression: Expression, start: int) -> bool:
        """True where the expression matches anywhere in the sentence of the offset."""
        return expression.compiled.search(self._sentence(start)[:SENTENCE]) is not None

    def article_tells(self, expression: Expression) -> bool:
        """True where the expression matches anywhere in the article."""
        if expression not in self._told:
            self._text = self._article()[:ARTICLE] if self._text is None else self._text
            self._told[expression] = expression.compiled.search(self._text) is not None
        return self._told[expression]


def surroundings(document: Document) -> Surroundings:
    """What lies around matches in the folded text of the document."""

    def sentence(start: int) -> str:
        span = document.sentences[document.sentence_at(start)]
        return document.folded[span.start : span.end]

    return Surroundings(sentence, lambda: document.folded)


class _Condition(NamedTuple):
    name: str
    key: str
    wanted: bool
    expression: Expression


class Conditions:
    """The context of one rule."""

    def __init__(self, file: RuleFile, rule: Rule) -> None:
        self._all = tuple(_conditions(file, rule))

    def hold(self, text: str, start: int, end: int, around: Surroundings) -> bool:
        """True where every condition holds for the span of the text."""
        return self.failing(text, start, end, around) is None

    def failing(self, text: str, start: int, end: int, around: Surroundings) -> str | None:
        """The first condition that fails, as the rule file names it (« unless before »); None where all hold."""
        for name, key, wanted, expression in self._all:
            if key == "after":
                found = expression.compiled.match(text, end, end + BESIDE) is not None
            elif key == "before":
                found = expression.compiled.search(text, max(0, start - BESIDE), start) is not None
            elif key == "same_sentence":
                found = around.sentence_tells(expression, start)
            else:
                found = around.article_tells(expression)
            if found is not wanted:
                return name
        return None


def _conditions(file: RuleFile, rule: Rule) -> Iterator[_Condition]:
    for key in _ORDER:
        for context, wanted in ((rule, True), (rule.unless, False)):
            written = getattr(context, key)
            if written is not None:
                expression = file.expand(written)
                name = Context.model_fields[key].alias or key
                bound = Expression(rf"(?:{expression})\Z" if key == "before" else expression)
                yield _Condition(name if wanted else f"unless {name}", key, wanted, bound)
