"""Within one article: each short form finds the full name it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.deduplicate.keys import MergingWords, PersonName, initials, is_acronym, read_person
from pipeline.model import Mention
from pipeline.text import fold_name


@dataclass(frozen=True, slots=True)
class FullName:
    """The full name that a mention stands for, how sure that is, and why."""

    type: str
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """An article's full names by what their short forms would be; mentions in the order of the text."""

    words: MergingWords
    people: dict[str, list[tuple[int, Mention, PersonName]]] = field(default_factory=lambda: defaultdict(list))
    openings: dict[str, dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))
    acronyms: dict[tuple[str, str], dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, mentions: Sequence[Mention], words: MergingWords) -> ArticleIndex:
        """The index of an article's names."""
        index = cls(words)
        for mention in sorted(mentions, key=lambda m: m.start):
            index._add(mention)
        return index

    def _add(self, mention: Mention) -> None:
        parts = fold_name(mention.text).split()
        if mention.type == "PER":
            person = read_person(mention.text, self.words)
            if person.is_full:
                self.people[person.surname].append((mention.start, mention, person))
        elif mention.type == "ORG":
            for length in range(1, len(parts)):
                self.openings[" ".join(parts[:length])].setdefault(" ".join(parts), mention)
        if len(parts) > 1:
            self.acronyms[mention.type, initials(mention.text, self.words)].setdefault(" ".join(parts), mention)


Step = Callable[[Mention, ArticleIndex], FullName | None]


def full_names(mentions: Sequence[Mention], words: MergingWords) -> tuple[FullName, ...]:
    """One full name a mention, in their order; the first of `STEPS` that knows one decides."""
    index = ArticleIndex.of(mentions, words)
    return tuple(_full_name(mention, index) for mention in mentions)


def _full_name(mention: Mention, index: ArticleIndex) -> FullName:
    for step in STEPS:
        if full := step(mention, index):
            return full
    return FullName(mention.type, mention.text, 0.8, f"named {mention.text}")


def proposed(mention: Mention, _: ArticleIndex) -> FullName | None:
    """What the recognizer says it stands for."""
    if not mention.canonical or mention.canonical == mention.text:
        return None
    return FullName(mention.type, mention.canonical, 0.95, f"{mention.canonical}, by {mention.method} {mention.rule_id}")


def surname(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The person last named in full by that surname (« Zenner » after « Kai Zenner »), else the first named so later on."""
    if mention.type != "PER":
        return None
    short = read_person(mention.text, index.words)
    longer = [e for e in index.people.get(short.surname, ()) if len(e[1].text) > len(mention.text) and e[2].fits(short)]
    if not longer:
        return None
    before = bisect_left(longer, mention.start, key=lambda entry: entry[0])
    full = longer[max(0, before - 1)][1]
    alone = len({entry[2] for entry in longer}) == 1
    return FullName("PER", full.text, 0.95 if alone else 0.7, f"surname of {full.text} in the same article")


def first_words(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The one organisation whose full name goes on where this one stops (« Mistral » with « Mistral AI »).

    A full name that comes only later counts where it adds nothing but a legal form or a word such as « AI », « Group ».
    """
    if mention.type != "ORG" or is_acronym(mention.text):
        return None
    short = fold_name(mention.text)
    longer = index.openings.get(short, {})
    if len(longer) != 1:
        return None
    ((name, full),) = longer.items()
    tail = set(name[len(short) :].split())
    if full.start > mention.start and not tail <= index.words.company_tails | index.words.legal_forms:
        return None
    return FullName("ORG", full.text, 0.9, f"first words of {full.text} in the same article")


def spelled(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The one name of the article whose initials spell this acronym (« PPE » with « Parti populaire européen »)."""
    if not is_acronym(mention.text):
        return None
    longer = index.acronyms.get((mention.type, fold_name(mention.text.replace(".", ""))), {})
    if len(longer) != 1:
        return None
    (full,) = longer.values()
    return FullName(mention.type, full.text, 0.9, f"initials of {full.text} in the same article")


STEPS: tuple[Step, ...] = (proposed, surname, first_words, spelled)
