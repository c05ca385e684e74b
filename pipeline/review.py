"""What a person should decide about a run's entities, and the decisions written down."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.deduplicate.decisions import FILE, IN_ARTICLE, Decision, load_decisions, reference, save_decision
from pipeline.deduplicate.doubts import Doubt, Profile, find_doubts
from pipeline.deduplicate.keys import MergingWords
from pipeline.errors import UsageError
from pipeline.lexicon import load_words
from pipeline.tables.read import read_arrow
from pipeline.text import fold_name

_WEAK = 0.75
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One side of a question: the name, what is known of it, how often it stands where, and sentences that name it."""

    reference: str
    name: str
    about: str
    n_mentions: int
    n_articles: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Are these two one? With the reason to ask."""

    doubt: Doubt
    left: Card
    right: Card


class Review:
    """The entities of one run and the decisions on them. Raises UsageError for a folder that holds no run."""

    def __init__(self, out: Path):
        self.path = out / FILE
        self.entities: dict[str, dict[str, Any]] = {row["entity_id"]: row for row in read_arrow(out, "entities").to_pylist()}
        self._texts = {
            row["article_id"]: row["text"] for row in read_arrow(out, "articles").select(["article_id", "text"]).to_pylist()
        }
        self._mentions: Mapping[str, list[dict[str, Any]]] = _by_entity(out)
        self._roles = _functions(out)

    def questions(self) -> Iterator[Question]:
        """The pairs in doubt that nobody has judged: names linked on little evidence, people of two functions that may be two
        people, entities that may be one."""
        judged = {frozenset((d.left, d.right)) for d in load_decisions(self.path) if d.judgement != "name"}
        for doubt in (*self._weak_links(), *self._two_functions(), *find_doubts(self._profiles(), _words())):
            if frozenset((doubt.left, doubt.right)) not in judged:
                yield Question(doubt, self._card(doubt.left, doubt.left), self._card(doubt.right, doubt.left))

    def decide(self, decision: Decision) -> Decision:
        """The decision, written to the file. Raises UsageError for entities that are not there, DataError for a contradiction."""
        self.entity(decision.left)
        if decision.judgement != "name" and decision.right == reference(decision.right):
            self.entity(decision.right)
        return save_decision(self.path, decision)

    def entity(self, text: str) -> Mapping[str, Any]:
        """The entity of that id, former id or name. Raises UsageError with the nearest ids."""
        text = text.partition(IN_ARTICLE)[0]
        try:
            key = reference(text)
        except ValueError as error:
            raise UsageError(str(error)) from error
        for row in self.entities.values():
            if key == row["entity_id"] or key in row["former_ids"]:
                return row
            if key != text and any(key == reference(f"{row['type']}:{name}") for name in (row["name"], *row["aliases"])):
                return row
        near = difflib.get_close_matches(key, self.entities, n=3)
        raise UsageError(f"no entity {text} in {self.path.parent}" + (f"; did you mean {', '.join(near)}?" if near else ""))

    def part_of(self, text: str, name: str) -> str:
        """How a decision speaks of one of an entity's names. Raises UsageError where the entity does not go by it."""
        row = self.entity(text)
        if name not in row["aliases"]:
            what = "is what the entity is called; split its other names off" if name == row["name"] else "is none of its names"
            raise UsageError(f"{name!r} {what}: {' | '.join(row['aliases']) or 'it has no other'}")
        return f"{row['type']}:{name}"

    def part_in(self, text: str, article: str) -> str:
        """How a decision speaks of what one article means by an entity's name. Raises UsageError where it does not name it."""
        row = self.entity(text)
        named = [m["text"] for m in self._mentions[row["entity_id"]] if m["article_id"] == article]
        if not named:
            raise UsageError(f"no article {article!r} names {row['entity_id']}; see the column article_id of the table mentions")
        return f"{row['type']}:{max(named, key=lambda name: (len(name), name))}{IN_ARTICLE}{article}"

    def _profiles(self) -> Iterator[Profile]:
        for key, row in self.entities.items():
            yield Profile(key, row["type"], row["name"], row["n_mentions"], known=row["kind"] is not None)

    def _weak_links(self) -> Sequence[Doubt]:
        weak: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for key, mentions in self._mentions.items():
            for mention in mentions:
                if (
                    mention["score"] <= _WEAK
                    and mention["text"] != self.entities[key]["name"]
                    and "decided" not in mention["reason"]
                ):
                    weak[key, f"{mention['type']}:{mention['text']}"][mention["reason"]] += 1
        told = {pair: min(reasons, key=lambda r: (-reasons[r], r)) for pair, reasons in weak.items()}
        order = sorted(told, key=lambda pair: (-weak[pair].total(), pair))
        return [Doubt(left, right, _WEAK, told[left, right], merged=True) for left, right in order]

    def _two_functions(self) -> Iterator[Doubt]:
        """People whom one article gives a function that has no word and no organisation in common with those before it."""
        for key, by_article in sorted(self._roles.items()):
            (first, (told, known)), *others = sorted(by_article.items())
            for article, (role, words) in others:
                if known.isdisjoint(words):
                    reason = f"{self.entities[key]['name']} is « {told} » in {first} and « {role} » in {article}"
                    yield Doubt(key, self.part_in(key, article), 0.5, reason, merged=True)
                    break

    def _card(self, text: str, home: str) -> Card:
        if text in self.entities:
            row, mentions = self.entities[text], self._mentions.get(text, [])
            about = ", ".join(filter(None, (row["kind"], row["country"], " | ".join(row["aliases"]))))
            return Card(text, row["name"], about, row["n_mentions"], row["n_articles"], self._sentences(mentions))
        name, _, article = text.partition(":")[2].partition(IN_ARTICLE)
        mentions = [m for m in self._mentions.get(home, []) if (m["article_id"] == article if article else m["text"] == name)]
        articles = {mention["article_id"] for mention in mentions}
        return Card(text, name, f"linked to {home} by the run", len(mentions), len(articles), self._sentences(mentions))

    def _sentences(self, mentions: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
        by_article = {mention["article_id"]: mention for mention in reversed(mentions)}
        return tuple(_around(self._texts[key], m["start"], m["end"]) for key, m in sorted(by_article.items())[:_MOST_SENTENCES])


def _by_entity(out: Path) -> dict[str, list[dict[str, Any]]]:
    columns = ["mention_id", "article_id", "type", "text", "start", "end", "entity_id"]
    links = {row["mention_id"]: row for row in read_arrow(out, "links").to_pylist()}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_arrow(out, "mentions").select(columns).to_pylist():
        link = links[row["mention_id"]]
        found[row["entity_id"]].append({**row, "score": link["score"], "reason": link["reason"]})
    return found


def _functions(out: Path) -> Mapping[str, Mapping[str, tuple[str, frozenset[str]]]]:
    """By person and article the first function there, and the words and organisations of all of them."""
    found: dict[str, dict[str, tuple[str, frozenset[str]]]] = defaultdict(dict)
    small = _words().small_words
    for row in read_arrow(out, "roles").to_pylist():
        words = frozenset((*fold_name(row["role"]).split(), row["org_entity_id"] or "")) - small - {""}
        role, before = found[row["person_entity_id"]].get(row["article_id"], (row["role"], frozenset()))
        found[row["person_entity_id"]][row["article_id"]] = role, before | words
    return found


def _around(text: str, start: int, end: int) -> str:
    """The sentence around a mention, cut where it is long, the mention in brackets of its own."""
    first = max(text.rfind("\n", 0, start) + 1, text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0, start - 120)
    stops = [stop for stop in (text.find("\n", end), text.find(". ", end) + 1) if stop > 0]
    last = min((*stops, end + 120, len(text)))
    return f"{text[first:start]}[{text[start:end]}]{text[end:last]}".strip()


def _words() -> MergingWords:
    return MergingWords.read({name: load_words(name) for name in ("merging", "names_given")})
