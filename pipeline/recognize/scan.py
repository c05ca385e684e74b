"""A theme's rules as one scanner: where in a text a rule matches, in time linear in the length of the text.

Three passes, each cheaper than what it saves:

1. One RE2 automaton of all rules runs over a *shadow* of the text: one byte a character, lower case, no accents. It finds
   the places where some rule may match, at the speed of a DFA, whatever the number of rules.
2. At such a place an RE2 set says which rules may match there.
3. Those rules alone are tried with `re`, on the text itself, with their contexts.

The automaton sees a superset of each rule: accents and case are folded, group names and lookarounds are left out of it, but
for what must stand right behind the span (a closing lookahead, or `after`), which spares the third pass most places. A rule's
context is tried with case. The pattern of a rule that ignores case is written in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import re2

from pipeline.lexicon import Rule, RuleFile
from pipeline.lexicon.conditions import BESIDE, Conditions, Surroundings, surroundings
from pipeline.lexicon.expressions import with_closing_lookahead, with_few_repeats, without_lookarounds
from pipeline.model import Document
from pipeline.text import fold_accents

LONGEST = 200
"""Characters that the set of rules is shown from a candidate's start: no rule spans more."""

_MEMORY = 1 << 30
"""Bytes that an automaton may take: a bound, not a cost. A theme that outgrew it would be searched fifty times more slowly."""
_UNKNOWN = "?"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Seen(NamedTuple):
    """One text as rules see it: folded, in lower case, and what lies around."""

    folded: str
    lowered: str
    around: Surroundings


def see(document: Document) -> Seen:
    """The document as rules see it."""
    return Seen(document.folded, lowered(document.folded), surroundings(document))


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matches at `start:end`, with what its named groups captured (and what the rule assigns)."""

    start: int
    end: int
    rule: Rule
    parts: Mapping[str, str]


def compile_rules(file: RuleFile) -> Scanner:
    """The scanner of one theme's rules, compiled once (`compile_rules(lexicon.rules["dates"])`)."""
    return Scanner(tuple(CompiledRule(file, rule) for rule in file.rules))


class Scanner:
    """Finds the spans of a theme's rules. At one place the higher priority wins, then the longer span, then file order.

    Between places the one that starts first wins, and the next is sought behind its end: a rule that `finds: nothing`
    thus keeps what it covers from all others. No span starts inside a word or number, nor ends inside one.
    """

    def __init__(self, rules: tuple[CompiledRule, ...]):
        order = sorted(range(len(rules)), key=lambda index: (-rules[index].rule.priority, index))
        self.rules = tuple(rules[index] for index in order)
        options, shadows = _options(), [rule.shadow for rule in self.rules]
        # Every shadow has a space in front, so that « not inside a word » is « behind a character that is no letter or digit ».
        self.automaton = re2.compile(b"[^a-z0-9](?:" + b"|".join(shadows) + b")", options)
        re2.purge()  # it would keep the automaton, and all that this learns, when nobody else does any more
        self._here = re2.Set.MatchSet(options)
        for shadow in shadows:
            self._here.Add(shadow)
        self._here.Compile()

    def scan(self, document: Document) -> Iterator[Hit]:
        """The hits in the document, from left to right, none overlapping another; rules that find nothing are left out."""
        shadow, seen = b" " + shadow_of(document.folded), see(document)
        position = 0
        while place := self.automaton.search(shadow, position):
            start = place.start()
            hit = self._best(seen, start, shadow[start + 1 : start + 1 + LONGEST + BESIDE])
            position = hit.end if hit else start + 1
            if hit and hit.rule.finds != "nothing":
                yield hit

    def _best(self, seen: Seen, start: int, shadow: bytes) -> Hit | None:
        best: tuple[CompiledRule, re.Match[str]] | None = None
        for index in sorted(self._here.Match(shadow) or ()):
            rule = self.rules[index]
            if best and rule.rule.priority < best[0].rule.priority:
                break
            match = rule.match(seen, start)
            if match and (best is None or match.end() > best[1].end()):
                best = rule, match
        return Hit(start, best[1].end(), best[0].rule, best[0].parts(seen.folded, best[1])) if best else None


class CompiledRule:
    """One rule ready to be tried at a place. Compiled at its first use: most texts need few of the rules."""

    def __init__(self, file: RuleFile, rule: Rule):
        self.rule, self._file = rule, file
        self.shadow = _shadow_pattern(file.pattern(rule), behind=file.expand(rule.after) if rule.after else "")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # A span does not end inside a word: « 12 mar » is no date of « 12 marchands ».
        return re.compile(rf"(?:{self._file.pattern(self.rule)})(?!(?<=\w)\w)")

    @cached_property
    def _conditions(self) -> Conditions:
        return Conditions(self._file, self.rule)

    def match(self, seen: Seen, start: int) -> re.Match[str] | None:
        """The match that starts at `start`, whose context holds."""
        folded = seen.folded
        found = self._pattern.match(seen.lowered if self.rule.ignore_case else folded, start)
        inside = start and folded[start - 1].isalnum() and folded[start].isalnum()
        if not found or inside or found.end() == start:
            return None
        return found if self._conditions.hold(folded, start, found.end(), seen.around) else None

    def parts(self, folded: str, match: re.Match[str]) -> Mapping[str, str]:
        """What the named groups captured, as the text has it, and the rule's constant parts."""
        spans = [(name, *match.span(name)) for name in match.re.groupindex]
        return {**self.rule.assigns, **{name: folded[start:end] for name, start, end in spans if start >= 0}}


def shadow_of(text: str) -> bytes:
    """The text as one byte a character: ASCII, lower case, without accents; what Latin-1 lacks is « ? » (« Été » → b"ete").

    « œ » is a letter all the same: b"o".
    """
    return text.replace("œ", "o").replace("Œ", "o").encode("latin-1", "replace").translate(_SHADOW)


def _shadow_byte(code: int) -> int:
    folded = fold_accents(chr(code)).lower()
    return ord(folded) if len(folded) == 1 and folded.isascii() else ord(_UNKNOWN)


_SHADOW = bytes(_shadow_byte(code) for code in range(256))


def _shadow_pattern(pattern: str, *, behind: str) -> bytes:
    r"""The rule's expression for the automaton: no names, no lookarounds, no accents (`(?P<m>août)(?! \d)` → `(?:aout)`).

    A lookahead that closes the pattern is kept as a group, else what must stand `behind` (`contre (?= \d)` → `contre (?: \d)`).
    Where that looks for an end with `$`, which RE2 reads otherwise, it is left out.
    """
    whole = with_closing_lookahead(pattern)
    if whole == pattern and behind and "$" not in behind:
        whole = f"(?:{pattern})(?:{behind})"
    bare = re.sub(r"\(\?P<\w+>", "(?:", with_few_repeats(without_lookarounds(whole))).replace(r"\Z", r"\z")
    return b"(?:" + _BEYOND_ASCII.sub(lambda c: re.escape(chr(shadow_of(c[0])[0])), bare).encode() + b")"


def _options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.case_sensitive = False
    options.longest_match = False
    options.max_mem = _MEMORY
    options.log_errors = False
    return options


def lowered(text: str) -> str:
    """The text in lower case, offsets kept."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
