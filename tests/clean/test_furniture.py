"""What stands around an article goes, by rules that prove themselves; what belongs to it stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.clean.draft import Draft, apply_edits
from pipeline.clean.furniture import FurnitureFinder
from pipeline.lexicon import Example, Rule, load_lexicon
from pipeline.publication import read_published

HEADLINE = "Saint-Évran éteint ses caméras"
BODY = (
    "Le conseil municipal de Saint-Évran a voté mardi la fin de l'expérience, par dix-neuf voix contre quatorze, au terme d'un "
    "débat de trois heures pendant lequel personne n'a quitté la salle."
)
_MARK = re.compile(r"\[[^\[\]]+\](?:\([^()]*\))?(?: - )?")
LEXICON = load_lexicon()
FINDER = FurnitureFinder(LEXICON)
RULES = [rule for theme in ("publication", "boilerplate") for rule in LEXICON.rules[theme].rules]
EXAMPLES = [pytest.param(rule, example, id=f"{rule.id}: {example.plain}") for rule in RULES for example in rule.marked]
REFUSALS = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in RULES for text in rule.refusals]


def placed(rule: Rule, text: str) -> str:
    """The text where a rule of that scope acts: first of all, below the headline, or after the body."""
    if rule.assigns["scope"] in ("header", "label"):
        return f"{text}\n{HEADLINE}\n\n{BODY}"
    if rule.assigns["scope"] in ("beside", "keep"):
        return f"{HEADLINE}\n{text}\n\n{BODY}"
    return f"{HEADLINE}\n\n{BODY}\n\n{text}"


def squeezed(text: str) -> str:
    return "".join(text.split())


def cleaned(text: str) -> str:
    return apply_edits(Draft.of(text), FINDER.find(text).edits).text.strip()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_goes_and_tells_what_it_says(rule: Rule, example: Example) -> None:
    """The marked spans go and nothing else does, but what only tells a day stays; values are those of the marks."""
    text = placed(rule, example.plain)
    found = FINDER.find(text)
    told = {*(read_published(value) for _, value in found.said), ", ".join(found.authors)}
    stays = rule.assigns["scope"] == "keep"
    left = example.plain if stays else _MARK.sub("", example.text)
    assert squeezed(cleaned(text)) == squeezed(placed(rule, left))
    assert {value for *_, value in example.expected if value} <= told


@pytest.mark.parametrize(("rule", "text"), REFUSALS)
def test_a_refusal_stays(rule: Rule, text: str) -> None:
    assert cleaned(placed(rule, text)) == placed(rule, text)


def test_a_rule_that_the_quick_filter_does_not_know_acts_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "boilerplate.yaml").write_text(
        "about: own\nrules:\n  - id: motto\n    finds: furniture\n    pattern: 'Le vent (?=porte)porte tout'\n"
        "    assigns: {scope: line}\n    examples: ['[Le vent porte tout]']\n",
        encoding="utf-8",
    )
    finder = FurnitureFinder(load_lexicon([tmp_path]))
    assert [edit.rule for edit in finder.find(f"{HEADLINE}\n\n{BODY}\n\nLe vent porte tout").edits] == ["motto"]
