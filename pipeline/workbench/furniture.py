"""The proof of furniture rules: their sentences are put where the rule acts in an article, and cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.clean.draft import Draft, apply_edits
from pipeline.clean.furniture import FurnitureFinder
from pipeline.lexicon import Lexicon, Rule, RuleFile, load_words
from pipeline.publication import read_published
from pipeline.workbench.proof import Failure

_MARK = re.compile(r"\[[^\[\]]+\](?:\([^()]*\))?(?: - )?")


class FurnitureProof:
    """Examples go and leave what is not marked; refusals stay as they are. Called with a file and one of its rules."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._finder = FurnitureFinder(lexicon)
        page = load_words("cast_page")
        self._headline, self._body = page["headline"], page["body"]

    def __call__(self, _: RuleFile, rule: Rule) -> Iterator[Failure]:
        for example in rule.marked:
            text = self._placed(rule, example.plain)
            left = example.plain if rule.assigns["scope"] == "keep" else _MARK.sub("", example.text)
            cleaned = self._cleaned(text)
            if _squeezed(cleaned) != _squeezed(self._placed(rule, left)):
                yield Failure(rule, example.text, f"leaves {cleaned!r}")
            elif untold := [value for *_, value in example.expected if value and value not in self._told(text)]:
                yield Failure(rule, example.text, f"does not tell {untold[0]!r}")
        for refusal in rule.refusals:
            text = self._placed(rule, refusal)
            if (cleaned := self._cleaned(text)) != text:
                yield Failure(rule, refusal, f"is taken out, which leaves {cleaned!r}")

    def _placed(self, rule: Rule, text: str) -> str:
        """The text where a rule of that scope acts: first of all, below the headline, or after the body."""
        if rule.assigns["scope"] in ("header", "label"):
            return f"{text}\n{self._headline}\n\n{self._body}"
        if rule.assigns["scope"] in ("beside", "keep"):
            return f"{self._headline}\n{text}\n\n{self._body}"
        return f"{self._headline}\n\n{self._body}\n\n{text}"

    def _cleaned(self, text: str) -> str:
        return apply_edits(Draft.of(text), self._finder.find(text).edits).text.strip()

    def _told(self, text: str) -> set[str | None]:
        found = self._finder.find(text)
        return {*(read_published(value) for _, value in found.said), ", ".join(found.authors)}


def _squeezed(text: str) -> str:
    return "".join(text.split())
