"""Context rules: every rule proves itself on its own sentences, and cues reach as far as they should."""

from __future__ import annotations

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import Lexicon, Rule, load_lexicon
from pipeline.model import EntityType, Mention
from pipeline.recognize.chunks import Chunker
from pipeline.recognize.context import THEMES, ContextRules

LEXICON = load_lexicon()


def chunker(lexicon: Lexicon) -> Chunker:
    given = lexicon.words["names_given"]
    names = frozenset((*given["female"], *given["male"], *given["either"]))
    return Chunker(lexicon.rules["names"], lexicon.words["names"], names)


CHUNKER = chunker(LEXICON)
CONTEXT = ContextRules(LEXICON, CHUNKER)
RULES = [rule for theme in THEMES for rule in LEXICON.rules[theme].rules]


def evidence(text: str) -> list[tuple[str, str, str]]:
    document = plain_document(text)
    chunks = list(CHUNKER.find(document))
    context = CONTEXT.find(document, chunks)
    found = [(document.text[e.start : e.end], str(e.type), e.rule_id) for e in context.evidence]
    barred = zip(context.nothing, context.barring, strict=True)
    return sorted([*found, *((document.text[span.start : span.end], "none", rule) for span, rule in barred)])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_the_marked_spans_of_its_examples(rule: Rule) -> None:
    for example in rule.marked:
        expected = {(example.plain[start:end], rule.finds, rule.id) for start, end, _ in example.expected}
        assert expected <= set(evidence(example.plain)), example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_keeps_silent_where_it_must(rule: Rule) -> None:
    fired = {text: found for text in rule.refusals if (found := [e for e in evidence(text) if e[2] == rule.id])}
    assert not fired


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_brings_an_example_and_a_refusal(rule: Rule) -> None:
    assert rule.examples
    assert rule.refusals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La start-up Dolmio recrute.", ("Dolmio", "ORG", "org-kind-before")),
        ("La start-up vannetaise Dolmio recrute.", ("Dolmio", "ORG", "org-kind-before")),
        ("L'éditeur de logiciels de paie Dolmio recrute.", ("Dolmio", "ORG", "org-kind-before")),
        ("Le constructeur de petits satellites Dolmio recrute.", ("Dolmio", "ORG", "org-kind-before")),
        ("L'opérateur de câbles sous-marins Dolmio recrute.", ("Dolmio", "ORG", "org-kind-before")),
        ("Elle a quitté la présidence de la société Dolmio.", ("Dolmio", "ORG", "org-kind-before")),
        ("Le commissaire au Marché intérieur Tadeusz Wolniak a parlé.", ("Tadeusz Wolniak", "PER", "per-role-before")),
        ("Le corapporteur Tadeusz Wolniak a parlé.", ("Tadeusz Wolniak", "PER", "per-role-before")),
        ("L'assistant IA Grimoire arrive.", ("Grimoire", "PRODUCT", "product-service-before")),
        ("La start-up d'IA Dolmio recrute.", ("Dolmio", "ORG", "org-kind-before")),
        ("La console, Grimoire, arrive.", ("Grimoire", "PRODUCT", "product-kind-before")),
        ("La console – Grimoire – arrive.", ("Grimoire", "PRODUCT", "product-kind-before")),
        ("Que devient la console, Grimoire ?", ("Grimoire", "PRODUCT", "product-kind-before")),
    ],
    ids=[
        "next to it",
        "adjective",
        "complement",
        "complement with an adjective before its noun",
        "complement with an adjective in the plural",
        "behind an office",
        "office with a portfolio",
        "prefix",
        "noun in capitals",
        "complement in capitals",
        "between commas",
        "between dashes",
        "before a question mark",
    ],
)
def test_a_cue_reaches_its_name(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in evidence(text)


def test_what_is_apposed_is_what_the_first_noun_tells() -> None:
    assert evidence("La console du groupe, Grimoire, arrive.") == [("Grimoire", "PRODUCT", "product-kind-before")]


def test_a_verb_tells_nothing_of_a_complement() -> None:
    assert evidence("Dolmio licencie.") == [("Dolmio", "ORG", "org-deal-after")]
    assert evidence("L'éditeur de Dolmio licencie.") == [("Dolmio", "PRODUCT", "product-maker-before")]
    assert ("Dolmio", "ORG", "org-deal-after") in evidence("Le sort de Dolmio, dont le siège est à Metz, inquiète.")


@pytest.mark.parametrize(
    "text",
    [
        "La start-up veut racheter Dolmio.",
        "Une start-up dessine Dolmio.",
        "La start-up dirigée par Dolmio.",
        "Une start-up. Dolmio y croit.",
    ],
    ids=["a verb between", "a verb that ends as adjectives do", "another preposition", "a sentence's end"],
)
def test_a_cue_does_not_reach_over_what_is_no_complement(text: str) -> None:
    assert ("Dolmio", "ORG", "org-kind-before") not in evidence(text)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("La fibre manque dans la vallée du Sarment.", "LOC", "Sarment"),
        ("Ils se sont vus au château de l'Orvanne.", "LOC", "Orvanne"),
        ("La vallée du Sarment recrute.", "ORG", "vallée du Sarment"),
        ("L'école Polymar recrute.", "ORG", "Polymar"),
        ("Le projet de loi Brandivel avance.", "LAW", "loi Brandivel"),
        ("Le projet de loi visant à rire avance.", "LAW", "projet de loi visant à rire"),
    ],
    ids=["valley", "castle", "a body named so", "school", "bill", "bill by its aim"],
)
def test_a_common_noun_that_leads_a_name_in_stands_outside(text: str, kind: EntityType, name: str) -> None:
    document = plain_document(text)
    first = min(at for lead in ("vallée", "château", "école", "projet") if (at := text.find(lead)) >= 0)
    last = text.index(name) + len(name)
    start = CONTEXT.after_kind(document, Mention(first, last, text[first:last], kind, "model"))
    assert document.text[start:last] == name
