"""Reasons to take two full names for one thing. Each function looks at all names once, through keys: cost grows with n log n."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.deduplicate.clusters import Evidence, Groups
from pipeline.deduplicate.gathered import Beside
from pipeline.deduplicate.keys import (
    MergingWords,
    PersonName,
    is_acronym,
    law_key,
    may_be_one,
    read_person,
    squash,
    strip_legal_form,
)
from pipeline.deduplicate.known import Known, Name, why_known
from pipeline.deduplicate.slips import is_slip, slip_keys
from pipeline.text import fold_name

SMALL_BLOCK = 50
"""Blocks of more names than this are not compared pair by pair: a surname that fifty people share identifies nobody."""
ENOUGH_IN_COMMON = 2
"""A slip of the pen is read where the two names stand beside as many same others, in different articles."""


@dataclass(frozen=True)
class Names:
    """All distinct full names of a corpus, sorted, with what helps to compare them: what stands beside them, what they are."""

    names: Sequence[Name]
    known: Known
    words: MergingWords
    beside: Beside
    roles: Mapping[Name, Collection[str]]

    def has(self, name: Name) -> bool:
        """True where some article names it in full."""
        return self.beside.count(name) > 0

    def company_of(self, name: Name) -> frozenset[Name]:
        """The names that stand in an article with this one."""
        return self.beside.company_of(name)

    def shared(self, left: Name, right: Name) -> Sequence[Name]:
        """The names that stand in an article with the one and in an article with the other, sorted."""
        return sorted(self.company_of(left) & self.company_of(right))

    def person(self, name: Name) -> PersonName:
        """The parts of a person's name."""
        return read_person(name[1], self.words)


Feature = Callable[[Names], Iterator[Evidence]]


def _same_key(names: Names, key: Callable[[Name], str | None], score: float, reason: str) -> Iterator[Evidence]:
    first: dict[Name, Name] = {}
    for name in names.names:
        if value := key(name):
            other = first.setdefault((name[0], value), name)
            if other != name:
                yield Evidence(other, name, score, f"{name[1]} is {other[1]}: {reason}")


def same_letters(names: Names) -> Iterator[Evidence]:
    """The same name but for case, accents, hyphens and punctuation (« Autorité de la Concurrence »)."""
    return _same_key(names, lambda name: _letters(name, names.known), 1.0, "the same letters")


def _letters(name: Name, known: Known) -> str:
    """The folded name; where the gazetteer has several of it, case tells (« AfD » the party, « AFD » the agency)."""
    return name[1] if _is_doubtful(name, known) else fold_name(name[1])


def _is_doubtful(name: Name, known: Known) -> bool:
    return len(known.claimants(name)) > 1 and not known.entry(name)


def same_person(names: Names) -> Iterator[Evidence]:
    """The same given name and surname but for a title (« Dr Solène Kerbrat »)."""

    def key(name: Name) -> str | None:
        person = names.person(name) if name[0] == "PER" else None
        return f"{' '.join(person.given)} | {person.surname}" if person and person.is_spelled_out else None

    return _same_key(names, key, 0.95, "the same person but for a title")


def same_entry(names: Names) -> Iterator[Evidence]:
    """A form of a gazetteer entry (« PPE », « Twitter »), tied to the entry's own name."""
    for name in names.names:
        entry = names.known.entry(name)
        if entry and entry.canonical != name[1]:
            yield Evidence((entry.type, entry.canonical), name, 0.99, why_known(name[1], entry))


def same_without_spaces(names: Names) -> Iterator[Evidence]:
    """The same name written apart (« Open AI », « OpenAI »); names of six letters or more."""

    def letters(name: Name) -> str | None:
        return key if name[0] != "PER" and len(key := squash(name[1])) >= 6 else None

    return _same_key(names, letters, 0.95, "the same letters without spaces")


def same_without_legal_form(names: Names) -> Iterator[Evidence]:
    """The same company with and without its legal form (« Alphabet Inc »)."""

    def bare(name: Name) -> str | None:
        company = name[0] == "ORG" and not _is_doubtful(name, names.known)
        return strip_legal_form(name[1], names.words) if company else None

    return _same_key(names, bare, 0.95, "the same but for the legal form")


def same_law(names: Names) -> Iterator[Evidence]:
    """One law as a bill and as an act, or by its number (« proposition de loi Marnier », « loi Marnier »)."""

    def title(name: Name) -> str | None:
        return law_key(name[1], names.words) if name[0] == "LAW" else None

    return _same_key(names, title, 0.95, "the same law but for what it is called on its way")


def person_with_initials(names: Names) -> Iterator[Evidence]:
    """One surname, and given names that fit (« K. Zenner », « Kai Zenner »), where only one person fits.

    A surname alone needs a name in common beside the two: « Franco » is not James Franco.
    """
    blocks: dict[str, list[Name]] = defaultdict(list)
    for name in names.names:
        if name[0] == "PER":
            blocks[names.person(name).surname].append(name)
    for surname, block in sorted(blocks.items()):
        if 1 < len(block) <= SMALL_BLOCK:
            people = {name: names.person(name) for name in block}
            for name, person in people.items():
                fuller = [o for o, p in people.items() if may_be_one(p, person, names.words) and _length(p) > _length(person)]
                distinct = {people[o] for o in fuller}
                if fuller and all(may_be_one(a, b, names.words) for a in distinct for b in distinct):
                    what = "given names fit" if person.given else "the only one of that surname"
                    score = 0.9 if person.given else 0.7
                    if not person.given and not any(names.shared(name, other) for other in fuller):
                        continue
                    yield Evidence(fuller[0], name, score, f"{name[1]} is {fuller[0][1]}: {surname}, {what}")


def _length(person: PersonName) -> int:
    return sum(map(len, person.given))


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
        fulls = longer.get(fold_name(name[1]), []) if name[0] == "ORG" else []
        if fulls and len({fold_name(full[1]) for full in fulls}) == 1:
            yield Evidence(fulls[0], name, 0.85, f"{name[1]} is the only short form of {fulls[0][1]}")


def branch(names: Names) -> Iterator[Evidence]:
    """A company and its branch in a country, where both stand in one article (« Deliveroo France »)."""
    companies = {fold_name(name[1]): name for name in names.names if name[0] == "ORG"}
    for name in names.names:
        stem, _, country = fold_name(name[1]).rpartition(" ") if name[0] == "ORG" else ("", "", "")
        if stem in companies and country in names.words.branches and companies[stem] in names.company_of(name):
            yield Evidence(companies[stem], name, 0.85, f"{name[1]} is the branch of {companies[stem][1]}")


def product_with_maker(names: Names) -> Iterator[Evidence]:
    """A product with its maker's name and without (« Vélora Kestrel », « Kestrel »), beside one another or beside the maker."""
    makers = {fold_name(name[1]): name for name in names.names if name[0] == "ORG"}
    products = {fold_name(name[1]): name for name in names.names if name[0] == "PRODUCT"}
    found: dict[Name, list[tuple[Name, Name]]] = defaultdict(list)
    for name in names.names:
        parts = fold_name(name[1]).split() if name[0] == "PRODUCT" else []
        for length in range(1, min(len(parts), 4)):
            maker, bare = makers.get(" ".join(parts[:length])), products.get(" ".join(parts[length:]))
            if maker and bare and len(bare[1]) >= 4 and not bare[1][0].isdigit():
                found[bare].append((name, maker))
    for bare, fulls in sorted(found.items()):
        (full, maker), beside = fulls[0], names.company_of(bare)
        if len(fulls) == 1 and (full in beside or maker in beside):
            yield Evidence(full, bare, 0.85, f"{bare[1]} is {full[1]}: {maker[1]} makes it")


def misspelling(names: Names) -> Iterator[Evidence]:
    """A rarer name one slip away from one other, which stands beside the same names (« Pantografe », « Pantographe »).

    Where the articles say what the two are (« PDG », « l'armateur »), it must be the same; then one name in common is enough.
    """
    blocks: dict[Name, list[Name]] = defaultdict(list)
    for name in names.names:
        if name[0] != "LOC":
            for key in slip_keys(name[1]):
                blocks[name[0], key].append(name)
    near: dict[Name, set[Name]] = defaultdict(set)
    for block in blocks.values():
        if 1 < len(block) <= SMALL_BLOCK:
            for rare, usual in _slips(block, names):
                near[rare].add(usual)
    for rare, rights in sorted(near.items()):
        if len(rights) == 1 and not names.known.entry(rare):
            (usual,) = rights
            if told := _same_context(rare, usual, names):
                yield Evidence(usual, rare, 0.75, f"{rare[1]} is a misspelling of {usual[1]}: {told}")


def _same_context(rare: Name, usual: Name, names: Names) -> str | None:
    """What the two names have about them alike; None where that is too little, or where they are two sorts of things."""
    shared, ours, theirs = names.shared(rare, usual), names.roles.get(rare, ()), names.roles.get(usual, ())
    roles = sorted(set(ours).intersection(theirs))
    if (ours and theirs and not roles) or len(shared) < ENOUGH_IN_COMMON - bool(roles):
        return None
    told = f"both beside {' and '.join(other[1] for other in shared[:ENOUGH_IN_COMMON])}"
    return f"{told}, both {roles[0]}" if roles else told


def _slips(block: Sequence[Name], names: Names) -> Iterator[tuple[Name, Name]]:
    for number, left in enumerate(block):
        for right in block[number + 1 :]:
            if is_slip(left[1], right[1], person=left[0] == "PER"):
                rare, usual = sorted((left, right), key=lambda n: (names.known.entry(n) is not None, names.beside.count(n), n))
                yield rare, usual


FEATURES: tuple[Feature, ...] = (
    same_letters,
    same_entry,
    same_without_spaces,
    same_without_legal_form,
    same_law,
    same_person,
    person_with_initials,
    company_short_form,
    branch,
    product_with_maker,
    misspelling,
)


def carried(short_forms: Mapping[Name, Iterable[Name]], groups: Groups, names: Names) -> Iterator[Evidence]:
    """Short forms that some article ties to a full name, standing alone in others, where all articles agree on the thing.

    A single word that is no acronym (« Chase ») needs a name in common beside the two.
    """
    for short in sorted(short_forms):
        fulls = sorted(short_forms[short])
        if not names.has(short) or short in fulls or names.known.claimants(short):
            continue
        agreed = len({groups.find(full) for full in fulls}) == 1 and not _goes_on_otherwise(short, fulls[0], groups)
        if agreed and (" " in short[1] or is_acronym(short[1]) or any(names.shared(short, full) for full in fulls)):
            yield Evidence(fulls[0], short, 0.85, f"{short[1]} stands for {fulls[0][1]} in another article")


def _goes_on_otherwise(short: Name, full: Name, groups: Groups) -> bool:
    """True where the short form is already taken for another longer name (« Groupe Brumeval », not « Brumeval Énergie »)."""
    root = groups.find(short)
    words = len(fold_name(short[1]).split())
    return root != groups.find(full) and any(len(fold_name(m[1]).split()) > words for m in groups.members(root))


def tell_apart(words: MergingWords) -> Callable[[Name, Name], bool]:
    """What refuses two people of two given names, whatever ties them."""

    def against(left: Name, right: Name) -> bool:
        if left[0] != "PER":
            return False
        a, b = read_person(left[1], words), read_person(right[1], words)
        return a.surname == b.surname and not may_be_one(a, b, words)

    return against
