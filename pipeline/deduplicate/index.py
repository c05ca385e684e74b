"""An article's full names by what their short forms would be, and what a step says of a mention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.deduplicate.apart import find_apart
from pipeline.deduplicate.article import ArticleNames, name_of
from pipeline.deduplicate.keys import MergingWords, PersonName, read_person, spellings
from pipeline.deduplicate.known import Known, Name
from pipeline.lexicon import GazetteerEntry, Lexicon, Part
from pipeline.model import Mention
from pipeline.text import fold_name

MERGING = Part(words=("merging", "names_given"), gazetteer=True)
_NEAR = 12
"""Characters between a name and what brackets or an apposition put beside it."""


@dataclass(frozen=True, slots=True)
class FullName:
    """The full name that a mention stands for, how sure that is, and why.

    `carries` is True where the short form stands for the same thing in other articles, unless one of them says otherwise.
    """

    type: str
    name: str
    score: float
    reason: str
    carries: bool = False

    @property
    def key(self) -> Name:
        return self.type, self.name


@dataclass(frozen=True, slots=True)
class Guide:
    """What every article is read with: the word lists, the gazetteer, and its names of two words by each of them."""

    words: MergingWords
    known: Known
    halves: Mapping[tuple[int, str], Sequence[str]]

    @classmethod
    def load(cls, lexicon: Lexicon) -> Guide:
        """The guide that a lexicon gives."""
        part = MERGING.of(lexicon)
        words = MergingWords.read(part.words)
        known = Known.of(part.gazetteer, words.body_heads)
        halves: dict[tuple[int, str], set[str]] = defaultdict(set)
        for (kind, folded), entries in known.claims.items():
            parts = folded.split()
            if kind == "ORG" and len(parts) == 2 and folded == fold_name(entries[0].canonical):
                halves[0, parts[0]].add(entries[0].canonical)
                halves[1, parts[1]].add(entries[0].canonical)
        return cls(words, known, {key: tuple(sorted(names)) for key, names in halves.items()})


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """An article's full names by what their short forms would be; mentions in the order of the text.

    `people` holds who is named in full, by surname and by what is written; `usual` the names written more than once, by type;
    `introductions` what the text ties an acronym to, as far as anybody asked; `near` the neighbours of the mention that
    starts there; `apart` the names that the article uses as two.
    """

    article: ArticleNames
    guide: Guide
    people: dict[str, dict[str, tuple[PersonName, list[Mention]]]] = field(default_factory=lambda: defaultdict(dict))
    given: dict[str, dict[PersonName, Mention]] = field(default_factory=lambda: defaultdict(dict))
    openings: dict[Name, dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))
    heads: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    acronyms: dict[Name, dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[Name, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    usual: dict[str, dict[str, Mention]] = field(default_factory=lambda: defaultdict(dict))
    introductions: dict[Name, Mapping[str, Mention]] = field(default_factory=dict)
    near: dict[int, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    apart: frozenset[tuple[Name, Name]] = frozenset()

    @classmethod
    def of(cls, article: ArticleNames, guide: Guide) -> ArticleIndex:
        """The index of an article's names."""
        index = cls(article, guide, apart=frozenset(find_apart(article, guide.known, guide.words)))
        ordered = sorted(article.mentions, key=lambda m: m.start)
        for left, right in pairwise(ordered):
            if 0 < right.start - left.end < _NEAR:
                index.near[left.start].append(right)
                index.near[right.start].append(left)
        for mention in ordered:
            same = index.places[mention.type, fold_name(mention.text)]
            same.append(mention)
            if len(same) > 1:
                index.usual[mention.type] |= {each.text: each for each in (same if len(same) == 2 else [mention])}
            if mention.type == "PER":
                index._add_person(mention)
            else:
                for written in dict.fromkeys((mention.text, name_of(mention, guide.known)[1])):
                    index._add_name(mention, written)
        return index

    def _add_person(self, mention: Mention) -> None:
        person = read_person(mention.text, self.guide.words)
        if person.is_full:
            self.people[person.surname.split()[-1]].setdefault(mention.text, (person, []))[1].append(mention)
            self.given[" ".join(person.given)].setdefault(person, mention)
        if person.is_spelled_out:
            for spelling in spellings(mention.text, self.guide.words):
                self.acronyms["PER", spelling].setdefault(fold_name(mention.text), mention)

    def _add_name(self, mention: Mention, written: str) -> None:
        parts = fold_name(written).split()
        if len(parts) > 1 and mention.type == "ORG" and " ".join(parts) not in self.guide.words.no_short_form:
            for length in (1, 2):
                self.heads[" ".join(parts[:length])].append(mention)
        for length in range(1, len(parts)):
            self.openings[mention.type, " ".join(parts[:length])].setdefault(" ".join(parts), mention)
        for spelling in spellings(written, self.guide.words):
            self.acronyms[mention.type, spelling].setdefault(" ".join(parts), mention)

    def name(self, mention: Mention) -> str:
        """The name under which a full name merges."""
        return name_of(mention, self.guide.known)[1]

    def entry(self, mention: Mention) -> GazetteerEntry | None:
        """The one known thing of that name."""
        return self.guide.known.entry((mention.type, mention.text))

    def are_apart(self, one: Mention, other: Mention) -> bool:
        """True where the article uses the two names side by side, as two things."""
        left, right = sorted((name_of(one, self.guide.known), name_of(other, self.guide.known)))
        return (left, right) in self.apart

    def agree(self, short: Mention, full: Mention) -> bool:
        """False where the gazetteer knows the two as two things."""
        ours = self.guide.known.claimants((short.type, short.text))
        theirs = self.guide.known.entry(name_of(full, self.guide.known))
        return not ours or theirs is None or theirs.canonical in {entry.canonical for entry in ours}
