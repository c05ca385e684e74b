"""Every rule proves itself: its examples and refusals, run against whatever reads the theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.lexicon import RuleFile

Found = Sequence[tuple[int, int, str]]
"""What a text yields: (start, end, value) in order, values in the notation of the rule files, `null` where unknown."""


def check_examples(file: RuleFile, find: Callable[[str, str | None], Found]) -> None:
    """Fail, naming rule and sentence, unless each example yields its marked spans and no other, and each refusal nothing.

    `find(text, published)` is given the sentence without its marks. A span marked without a value is compared by its place.
    """
    failures = [*_failed_examples(file, find), *_failed_refusals(file, find)]
    assert not failures, "\n".join(failures)


def _failed_examples(file: RuleFile, find: Callable[[str, str | None], Found]) -> list[str]:
    failures = []
    for rule in file.rules:
        for example in rule.marked:
            found = find(example.plain, example.published or file.published)
            expected = example.expected
            values = [value if value is not None else got for (_, _, value), got in _pair(expected, found)]
            if [(start, end) for start, end, _ in expected] != [(s, e) for s, e, _ in found] or values != [v for *_, v in found]:
                shown = [(example.plain[start:end], value) for start, end, value in found]
                failures.append(f"{file.path.name}, {rule.id}: {example.text!r} gives {shown}")
    return failures


def _failed_refusals(file: RuleFile, find: Callable[[str, str | None], Found]) -> list[str]:
    failures = []
    for rule in file.rules:
        for text in rule.refusals:
            if found := find(text, file.published):
                shown = [(text[start:end], value) for start, end, value in found]
                failures.append(f"{file.path.name}, {rule.id}: {text!r} gives {shown}, it should give nothing")
    return failures


def _pair(expected: Sequence[tuple[int, int, str | None]], found: Found) -> list[tuple[tuple[int, int, str | None], str | None]]:
    values: list[str | None] = [value for *_, value in found]
    values += [None] * (len(expected) - len(values))
    return list(zip(expected, values, strict=False))
