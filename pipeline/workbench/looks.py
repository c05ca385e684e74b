"""How near each rule came to a place: what it read there, and the condition or the piece of it that failed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.lexicon import Rule, RuleFile
from pipeline.lexicon.conditions import Conditions
from pipeline.model import Span
from pipeline.workbench.pieces import Reading, Stepper
from pipeline.workbench.sights import Sight, lines_of

BACK = {"amounts": 40, "dates": 40, "names": 60}
FAR_BACK = 150
"""Characters before the place at which a rule may begin: a relation stretches farther than a date."""
BEFORE_NAME = 90
_SHOWN = 20
_LEAST = 4
"""Characters that a rule of furniture must have read to have come near."""
_LONGEST = 60
"""Characters shown of what a rule read, or wants."""
_CLASS, _WORD = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\."), re.compile(r"[a-zà-ÿ]{4}")
_WORD_START = re.compile(r"(?<!\w)\S|(?<=')\w")


@dataclass(frozen=True, slots=True)
class Look:
    """One rule's look at the place.

    `distance` is 0 where it matched with its context, 1 where only a condition failed, 2 where it stopped on the way; `read` is
    how many characters it read.
    """

    rule: Rule
    distance: int
    read: int
    what: str


def look_over(file: RuleFile, rules: Iterable[Rule], sight: Sight, at: int, *, back: int, written: str) -> Iterator[Look]:
    """Each rule's best try at a place of the sight, of those that read as far as it. `written` is the document's text."""
    starts = [at - n for n in range(min(back, at) + 1) if _WORD_START.match(sight.text, at - n)]
    for rule in rules:
        stepper = Stepper(file, rule)
        tries = [look for start in starts if (look := _look(stepper, sight, start, at, written))]
        if tries:
            yield min(tries, key=lambda look: (look.distance, -look.read))


def _look(stepper: Stepper, sight: Sight, start: int, at: int, written: str) -> Look | None:
    rule = stepper.rule
    if not sight.is_open_to(rule, start):
        return None
    reading = stepper.read(sight.lower if rule.ignore_case else sight.text, start)
    if reading.end + (not reading.is_whole) <= at or reading.end == start:
        return None
    said = _words(sight, start, reading.end, written)
    if not reading.is_whole:
        following = written[sight.ending(reading.end) :][:_SHOWN]
        what = f"reads [{_cut(said)}], part {reading.read} of {reading.pieces}, then stops at « {_line(following)} »"
        return Look(rule, 2, len(said), f"{what} for want of {_cut(reading.wanted)}")
    failed = failed_condition(stepper.file, rule, sight, start, reading.end)
    what = f"reads [{_cut(said)}], priority {rule.priority}"
    return Look(rule, 1 if failed else 0, len(said), f"{what}, but {failed}" if failed else what)


def failed_condition(file: RuleFile, rule: Rule, sight: Sight, start: int, end: int) -> str | None:
    """The condition that fails, with what stands there: an « unless » holds, the others do not."""
    failing = Conditions(file, rule).failing(sight.text, start, end, sight.around)
    if failing is None:
        return None
    before, after = sight.text[max(0, start - _SHOWN) : start], sight.text[end : end + _SHOWN]
    there = {"before": f": « {_line(before)} » stands before it", "after": f": « {_line(after)} » stands behind it"}
    return f"{failing} {'holds' if failing.startswith('unless') else 'fails'}{there.get(failing.split()[-1], '')}"


def look_beside(file: RuleFile, rules: Iterable[Rule], sight: Sight, name: Span, *, voted: Container[str] = ()) -> Iterator[Look]:
    """How near the cues of the rules that stand before or after a name came to it; `voted` are the rules that spoke for it."""
    for rule in rules:
        look = _cue_before(file, rule, sight, name) if rule.stands == "before" else _cue_after(file, rule, sight, name)
        if look:
            yield replace(look, distance=0, what=f"{look.what}, weight {rule.weight}") if rule.id in voted else look


def _cue_before(file: RuleFile, rule: Rule, sight: Sight, name: Span) -> Look | None:
    line = sight.text.rfind("\n", 0, name.start) + 1
    window = max(line, name.start - BEFORE_NAME)
    cues = list(re.compile(file.pattern(rule), re.IGNORECASE).finditer(sight.text, window, name.start))
    if not cues:
        return None
    cue, between = cues[-1], sight.text[cues[-1].end() : name.start].strip()
    if failed := failed_condition(file, rule, sight, name.start, name.end):
        return Look(rule, 1, len(cue[0]), f"its cue [{cue[0]}] stands before it, but {failed}")
    if not between:
        return Look(rule, 0, len(cue[0]), f"its cue [{cue[0]}] stands before it")
    bridge = "adjectives and a complement" if rule.assigns.get("reach") == "far" else "nothing (without `reach: far`)"
    what = f"its cue [{cue[0]}] stands before it, parted from it by « {between} »; {bridge} may stand there"
    return Look(rule, 1, len(cue[0]) - len(between), what)


def _cue_after(file: RuleFile, rule: Rule, sight: Sight, name: Span) -> Look | None:
    spaced = name.end + (rule.tokens != () and sight.text[name.end : name.end + 1] == " ")
    reading = Stepper(file, rule).read(sight.text, spaced)
    said = sight.text[spaced : reading.end]
    if not said.strip():
        return None
    if not reading.is_whole:
        following = _line(sight.text[reading.end : reading.end + _SHOWN])
        what = f"reads [{said}] behind it, part {reading.read} of {reading.pieces}, then stops at « {following} »"
        return Look(rule, 2, len(said), f"{what} for want of {_cut(reading.wanted)}")
    failed = failed_condition(file, rule, sight, name.start, name.end)
    what = f"its cue [{said}] stands behind it"
    return Look(rule, 1 if failed else 0, len(said), f"{what}, but {failed}" if failed else what)


def look_at_line(file: RuleFile, sight: Sight, at: int) -> Iterator[Look]:
    """What the rules of furniture make of the line that holds the place: they know a line whole or not at all."""
    line = next((line for line in lines_of(sight) if line.start <= at < line.end), None)
    if line is None:
        return
    for rule in file.rules:
        reading = Stepper(file, rule, re.IGNORECASE if rule.ignore_case else 0).read(sight.text, line.start)
        said = sight.text[line.start : min(reading.end, line.end)]
        if len(said.strip()) < _LEAST or not (reading.is_whole or _says_words(file, reading)):
            continue
        rest = _line(sight.text[reading.end : line.end][:_SHOWN])
        if not reading.is_whole:
            what = f"reads [{_cut(said)}], part {reading.read} of {reading.pieces}, then stops at « {rest} »"
            yield Look(rule, 2, len(said), f"{what} for want of {_cut(reading.wanted)}")
        elif rest.strip(" .!…↑→»>*") and rule.assigns.get("scope") not in ("inline", "keep"):
            yield Look(rule, 2, len(said), f"reads [{_cut(said)}], but the line goes on: « {rest} »")
        else:
            failed = failed_condition(file, rule, sight, line.start, line.end)
            what = f"knows [{_cut(said)}], scope {rule.assigns['scope']}"
            yield Look(rule, 1 if failed else 0, len(said), f"{what}, but {failed}" if failed else what)


def _says_words(file: RuleFile, reading: Reading) -> bool:
    """True where what was read is words of the rule's own, not « anything at all » or a name."""
    return _WORD.search(_CLASS.sub("", file.expand("".join(reading.done)))) is not None


def _words(sight: Sight, start: int, end: int, written: str) -> str:
    return _line(written[sight.origin(start) : sight.ending(end)])


def _cut(text: str) -> str:
    """The text on one line, its middle left out where it is long."""
    line = _line(text.strip())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]}…{line[-_LONGEST // 2 :]}"


def _line(text: str) -> str:
    return text.replace("\n", "⏎")
