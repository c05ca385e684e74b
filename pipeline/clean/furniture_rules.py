"""The furniture rules of the lexicon, compiled: which rule knows a line, or a part of one, whole.

An RE2 set of all rules at once, each loosened (case, word bounds and long repetitions left open), turns body text away in
linear time; only what it lets through is tried with the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from pipeline.lexicon import Lexicon
from pipeline.lexicon.conditions import Conditions, Surroundings
from pipeline.lexicon.expressions import ESCAPE_OR_CLASS, NARROW_WORD, WIDE_WORD, with_few_repeats, without_lookarounds
from pipeline.model import Span

LONGEST = 400
"""Characters from which a line is never furniture as a whole; only its first and last parts are looked at."""

_STOP = r"[ .!…↑→»>*]*"
"""What may end a line of furniture, so that no rule has to say it."""

_LEAD = r"(?:[^\w\s«“\"'(\[©@#*=_~·•–—-]+ *|[-–—•] )?"
"""What may open one: arrows, pictograms, dashes."""

_GROUP_NAME = re.compile(r"\(\?P<\w+>")

Said = tuple[tuple[str, str], ...]
"""What furniture tells, as (slot, text): `published`, `updated`, `authors`."""


@dataclass(frozen=True)
class FurnitureRule:
    """One rule, its scope, which is where it may act (boilerplate.yaml names the scopes), and what must stand around it."""

    id: str
    scope: str
    pattern: str = r"(?!)"
    ignore_case: bool = False
    shows_release: bool = False
    conditions: Conditions | None = None

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern, compiled at its first use: most texts need few of the rules."""
        return re.compile(self.pattern, re.IGNORECASE if self.ignore_case else 0)

    def holds(self, text: str, span: Span, around: Surroundings) -> bool:
        """True where the rule's context holds for the span."""
        return self.conditions is None or self.conditions.hold(text, span.start, span.end, around)


REPEATED = FurnitureRule("repeated-line", "line")
"""Behind a line that stands in many articles of one outlet."""

ENCLOSED = FurnitureRule("enclosed-label", "line")
"""Behind a short line that furniture encloses at the end of a text."""

ADDRESS = FurnitureRule("reader-address", "weak")
"""Behind a line in which the publication speaks to its readers about itself."""

ABOVE = FurnitureRule("above-headline", "line")
"""Behind a short line above the headline (a rubric, a path)."""

AUTHOR = FurnitureRule("author-note", "weak")
"""Behind a line that holds or introduces the author whom a field or byline names."""


class FurnitureRules:
    """All furniture rules. Built once; body text is turned away by one expression that joins them."""

    def __init__(self, lexicon: Lexicon) -> None:
        rules = sorted(_compiled(lexicon), key=lambda rule: rule.scope == "beside")  # the weakest signs last
        self._whole = tuple(rule for rule in rules if rule.scope not in ("inline", "keep"))
        self._inline = tuple(rule for rule in rules if rule.scope == "inline")
        self._keep = tuple(rule for rule in rules if rule.scope == "keep")
        self._candidates = _loose_set([rule.pattern for rule in self._whole])
        self._any_inline = _joined(self._inline)

    def knows(self, folded: str, span: Span, around: Surroundings) -> tuple[FurnitureRule, Said] | None:
        """The rule that knows the `span` of a folded text from end to end, and what it tells; None where it is body."""
        if span.end - span.start > LONGEST:
            return None
        text = folded[span.start : span.end]
        for index in sorted(self._candidates.Match(text) or ()):
            rule = self._whole[index]
            if (match := rule.expression.fullmatch(text)) and rule.holds(folded, span, around):
                return rule, tuple((slot, value) for slot, value in match.groupdict().items() if value)
        return None

    def find_inline(self, folded: str, around: Surroundings) -> Iterator[tuple[Span, FurnitureRule]]:
        """What may be cut out of paragraphs (« (crédit : …) »), in order."""
        for match in self._any_inline.finditer(folded):
            span = Span(*match.span())
            for rule in self._inline:
                if rule.expression.fullmatch(match[0]) and rule.holds(folded, span, around):
                    yield span, rule
                    break

    def told_by(self, folded: str, line: Span, around: Surroundings) -> Said:
        """What an opening line tells that stays in the text (a dateline's day), as (rule id, text)."""
        holding = (rule for rule in self._keep if rule.holds(folded, line, around))
        matches = ((rule, rule.expression.match(folded[line.start : line.end])) for rule in holding)
        return tuple((rule.id, value) for rule, match in matches if match for value in match.groupdict().values() if value)


def _compiled(lexicon: Lexicon) -> Iterator[FurnitureRule]:
    for theme in ("publication", "boilerplate"):
        file = lexicon.rules[theme]
        for rule in file.rules:
            scope = rule.assigns["scope"]
            pattern = f"(?:{file.pattern(rule)})"
            framed = pattern if scope in ("inline", "keep") else f"{_LEAD}{pattern}{_STOP}"
            conditions = Conditions(file, rule) if rule.contexts else None
            yield FurnitureRule(rule.id, scope, framed, rule.ignore_case, rule.assigns.get("sign") == "release", conditions)


def _joined(rules: Sequence[FurnitureRule]) -> re.Pattern[str]:
    """One expression that matches where any of the rules does."""
    branches = []
    for rule in rules:
        plain = _GROUP_NAME.sub("(?:", rule.pattern)
        branches.append(f"(?i:{plain})" if rule.ignore_case else f"(?:{plain})")
    return re.compile("|".join(branches) or r"(?!)")


def _loose_set(patterns: Sequence[str]) -> Any:
    """The RE2 set that says which of `patterns` may match a whole text: surely all that do, and a few more."""
    options = re2.Options()
    options.case_sensitive, options.log_errors, options.max_mem = False, False, 1 << 27
    loose = re2.Set.FullMatchSet(options)
    for pattern in patterns:
        try:
            loose.Add(_loosened(pattern))
        except re2.error:  # what RE2 does not know (a reference back) may match anything
            loose.Add("(?s).*")
    loose.Compile()
    return loose


def _loosened(pattern: str) -> str:
    """A pattern that RE2 knows and that matches at least what `pattern` does."""
    unnamed = _GROUP_NAME.sub("(?:", without_lookarounds(pattern)).replace(r"\b", "")
    return ESCAPE_OR_CLASS.sub(lambda part: _loosened_part(part[0]), with_few_repeats(unnamed))


def _loosened_part(part: str) -> str:
    r"""An escape or a class, `\w` wider than it is: as narrow as may be in a class of what is left out."""
    if part.startswith("[^"):
        return part.replace(r"\w", NARROW_WORD)
    return f"[{WIDE_WORD}]" if part == r"\w" else part.replace(r"\w", WIDE_WORD) if part.startswith("[") else part
