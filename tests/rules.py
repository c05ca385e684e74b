"""Every rule proves itself: its examples and refusals, run against whatever reads the theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.lexicon import RuleFile
from pipeline.workbench.proof import Found, prove_alone

Triples = Sequence[tuple[int, int, str]]
"""What a text yields: (start, end, value) in order, values in the notation of the rule files, `null` where unknown."""


def check_examples(file: RuleFile, find: Callable[[str, str | None], Triples]) -> None:
    """Fail, naming rule and sentence, unless each example yields its marked spans and no other, and each refusal nothing.

    `find(text, published)` is given the sentence without its marks. A span marked without a value is compared by its place.
    """
    prove = prove_alone(lambda text, published: [Found(*triple, "") for triple in find(text, published)])
    failures = [f"{file.path.name}, {f.rule.id}: {f.text!r} {f.what}" for rule in file.rules for f in prove(file, rule)]
    assert not failures, "\n".join(failures)
