"""Reasons to take two full names for one thing. Each function looks at all names once, through keys: cost grows with n log n."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.keys import MergingWords, initials, is_acronym, read_person, squash, strip_legal_form
from pipeline.lexicon import GazetteerEntry
from pipeline.text import fold_name

Name = tuple[str, str]
SMALL_BLOCK = 50
"""Blocks of more names than this are not compared pair by pair: a surname that fifty people share identifies nobody."""


@dataclass(frozen=True)
class Known:
    """The gazetteer, by type and folded form."""

    entries: Mapping[tuple[str, str], GazetteerEntry]

    @classmethod
    def of(cls, gazetteer: Iterable[GazetteerEntry]) -> Known:
        """The first entry to claim a form has it; a form that two entries claim and that needs context is nobody's."""
        claims: dict[tuple[str, str], dict[str, GazetteerEntry]] = defaultdict(dict)
        for entry in gazetteer:
            for form in entry.forms:
                claims[entry.type, fold_name(form)].setdefault(entry.canonical, entry)
        return cls({key: next(iter(found.values())) for key, found in claims.items() if len(found) == 1})

    def entry(self, name: Name) -> GazetteerEntry | None:
        """What the gazetteer knows under that name."""
        return self.entries.get((name[0], fold_name(name[1])))


@dataclass(frozen=True)
class Names:
    """All distinct full names of a corpus, sorted, with what helps to compare them."""

    names: Sequence[Name]
    known: Known
    words: MergingWords
    neighbours: Mapping[Name, frozenset[Name]]


Feature = Callable[[Names], Iterator[Evidence]]


def _same_key(names: Names, key: Callable[[Name], str | None], score: float, reason: str) -> Iterator[Evidence]:
    first: dict[tuple[str, str], Name] = {}
    for name in names.names:
        if value := key(name):
            other = first.setdefault((name[0], value), name)
            if other != name:
                yield Evidence(other, name, score, f"{name[1]} is {other[1]}: {reason}")


def same_letters(names: Names) -> Iterator[Evidence]:
    """The same name but for case, accents, hyphens and punctuation (« Autorité de la Concurrence »)."""
    return _same_key(names, lambda name: fold_name(name[1]), 1.0, "the same letters")


def same_entry(names: Names) -> Iterator[Evidence]:
    """Two forms of one gazetteer entry (« PPE » and « Parti populaire européen »)."""
    first: dict[tuple[str, str], Name] = {}
    for name in names.names:
        if entry := names.known.entry(name):
            other = first.setdefault((entry.type, entry.canonical), name)
            if other != name:
                yield Evidence(other, name, 0.99, f"alias of {entry.canonical} in gazetteer {entry.source}")


def same_without_spaces(names: Names) -> Iterator[Evidence]:
    """The same name written apart (« Open AI », « OpenAI »); names of six letters or more."""
    apart = lambda name: key if name[0] != "PER" and len(key := squash(name[1])) >= 6 else None  # noqa: E731
    return _same_key(names, apart, 0.95, "the same letters without spaces")


def same_without_legal_form(names: Names) -> Iterator[Evidence]:
    """The same company with and without its legal form (« Alphabet Inc »)."""
    bare = lambda name: strip_legal_form(name[1], names.words) if name[0] == "ORG" else None  # noqa: E731
    return _same_key(names, bare, 0.95, "the same but for the legal form")


def person_with_initials(names: Names) -> Iterator[Evidence]:
    """One surname, and given names that fit (« K. Zenner », « Kai Zenner »), where only one person fits."""
    blocks: dict[str, list[Name]] = defaultdict(list)
    for name in names.names:
        if name[0] == "PER":
            blocks[read_person(name[1], names.words).surname].append(name)
    for surname, block in sorted(blocks.items()):
        if 1 < len(block) <= SMALL_BLOCK:
            people = {name: read_person(name[1], names.words) for name in block}
            for name, person in people.items():
                fuller = [o for o, p in people.items() if p.fits(person) and sum(map(len, p.given)) > sum(map(len, person.given))]
                distinct = {people[o] for o in fuller}
                if fuller and all(a.fits(b) for a in distinct for b in distinct):
                    what = "initials fit" if person.given else "the only one of that surname"
                    yield Evidence(
                        fuller[0], name, 0.9 if person.given else 0.7, f"{name[1]} is {fuller[0][1]}: {surname}, {what}"
                    )


def company_short_form(names: Names) -> Iterator[Evidence]:
    """The one longer company name that adds but « AI », « Group » and the like (« Mistral », « Mistral AI »)."""
    tails, heads = names.words.company_tails, names.words.company_heads
    longer: dict[str, list[Name]] = defaultdict(list)
    for name in names.names:
        parts = fold_name(name[1]).split() if name[0] == "ORG" else []
        if len(parts) > 1 and parts[-1] in tails:
            longer[" ".join(parts[:-1])].append(name)
        if len(parts) > 1 and parts[0] in heads:
            longer[" ".join(parts[1:])].append(name)
    for name in names.names:
        if name[0] == "ORG" and len(fulls := longer.get(fold_name(name[1]), [])) == 1:
            yield Evidence(fulls[0], name, 0.85, f"{name[1]} is the only short form of {fulls[0][1]}")


def acronym_of_one(names: Names) -> Iterator[Evidence]:
    """The one name whose initials spell an acronym of three letters or more that appears beside it in an article."""
    full: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in names.names:
        if " " in name[1] and name[0] in ("ORG", "LAW"):
            full[name[0], initials(name[1], names.words)].append(name)
    for name in names.names:
        if len(name[1]) >= 3 and is_acronym(name[1]) and not names.known.entry(name):
            spelled = full.get((name[0], fold_name(name[1])), [])
            if len(spelled) == 1 and spelled[0] in names.neighbours.get(name, frozenset()):
                yield Evidence(spelled[0], name, 0.85, f"{name[1]} spells the initials of {spelled[0][1]} alone")


def misspelling(names: Names) -> Iterator[Evidence]:
    """A name of two words that differs from one known company in at most two letters of one word (« Alpha Alpha »).

    Both must be spoken of with the same others, or the right form must be the gazetteer's.
    """
    right: dict[tuple[str, int, str], list[Name]] = defaultdict(list)
    for key, entry in names.known.entries.items():
        if key[0] == "ORG" and key[1] == fold_name(entry.canonical):
            for place, word in _outer_words(key[1]):
                right["ORG", place, word].append(("ORG", entry.canonical))
    for name in names.names:
        if name[0] != "ORG" or names.known.entry(name):
            continue
        near = [
            o
            for place, word in _outer_words(fold_name(name[1]))
            for o in right.get(("ORG", place, word), ())
            if _is_slip(name[1], o[1])
        ]
        if len(set(near)) == 1:
            yield Evidence(near[0], name, 0.75, f"{name[1]} is a misspelling of {near[0][1]}, known to gazetteer")


def _outer_words(folded: str) -> Iterator[tuple[int, str]]:
    parts = folded.split()
    if len(parts) == 2:
        yield 0, parts[0]
        yield 1, parts[1]


def _is_slip(name: str, right: str) -> bool:
    left_words, right_words = fold_name(name).split(), fold_name(right).split()
    differing = [(a, b) for a, b in zip(left_words, right_words, strict=True) if a != b]
    if len(differing) != 1:
        return False
    ((a, b),) = differing
    return min(len(a), len(b)) >= 4 and a[0] == b[0] and DamerauLevenshtein.distance(a, b) <= 2


FEATURES: tuple[Feature, ...] = (
    same_letters,
    same_entry,
    same_without_spaces,
    same_without_legal_form,
    person_with_initials,
    company_short_form,
    acronym_of_one,
    misspelling,
)
