"""Reasons to take two full names for one thing: each feature says by which keys names meet, and what they tell of each other.

Cost grows with n log n: names are compared where they share a key, and no more than `SMALL_BLOCK` of them pair by pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.deduplicate.blocks import Asked, Candidate, Feature, if_shared, same_key
from pipeline.deduplicate.clusters import Evidence
from pipeline.deduplicate.index import Guide
from pipeline.deduplicate.keys import law_key, may_be_one, read_person, squash, strip_legal_form
from pipeline.deduplicate.known import Name, why_known
from pipeline.deduplicate.slips import is_slip, slip_keys
from pipeline.text import fold_name

SMALL_BLOCK = 50
"""Blocks of more names than this are not compared pair by pair: a surname that fifty people share identifies nobody."""
ENOUGH_IN_COMMON = 2
"""A slip of the pen is read where the two names stand beside as many same others, in different articles."""


def _letters(name: Name, guide: Guide) -> str:
    """The folded name; where the gazetteer has several of it, case tells (« AfD » the party, « AFD » the agency)."""
    return name[1] if _is_doubtful(name, guide) else fold_name(name[1])


def _is_doubtful(name: Name, guide: Guide) -> bool:
    return len(guide.known.claimants(name)) > 1 and not guide.known.entry(name)


SAME_LETTERS = same_key("letters", _letters, score=1.0, reason="the same letters")
"""The same name but for case, accents, hyphens and punctuation (« Autorité de la Concurrence »)."""


def _spelled_out(name: Name, guide: Guide) -> str | None:
    person = read_person(name[1], guide.words) if name[0] == "PER" else None
    return f"{' '.join(person.given)} | {person.surname}" if person and person.is_spelled_out else None


SAME_PERSON = same_key("person", _spelled_out, score=0.95, reason="the same person but for a title")
"""The same given name and surname but for a title (« Dr Solène Kerbrat »)."""


def _known_as(name: Name, guide: Guide) -> Iterator[str]:
    entry = guide.known.entry(name)
    if entry and entry.canonical != name[1]:
        yield f"{entry.type} {entry.canonical}"


def _same_entry(_: str, names: Sequence[Name], guide: Guide) -> Iterator[Candidate]:
    for name in names:
        if entry := guide.known.entry(name):
            yield Candidate("entry", entry.type, entry.canonical, name[1], 0.99, why_known(name[1], entry))


SAME_ENTRY = Feature("entry", _known_as, _same_entry, tells_alone=True)
"""A form of a gazetteer entry (« PPE », « Twitter »), tied to the entry's own name."""


def _squashed(name: Name, __: Guide) -> str | None:
    return key if name[0] != "PER" and len(key := squash(name[1])) >= 6 else None


SAME_WITHOUT_SPACES = same_key("spaces", _squashed, score=0.95, reason="the same letters without spaces")
"""The same name written apart (« Open AI », « OpenAI »); names of six letters or more."""


def _bare(name: Name, guide: Guide) -> str | None:
    is_company = name[0] == "ORG" and not _is_doubtful(name, guide)
    return strip_legal_form(name[1], guide.words) if is_company else None


SAME_WITHOUT_LEGAL_FORM = same_key("form", _bare, score=0.95, reason="the same but for the legal form")
"""The same company with and without its legal form (« Alphabet Inc »)."""


def _title(name: Name, guide: Guide) -> str | None:
    return law_key(name[1], guide.words) if name[0] == "LAW" else None


SAME_LAW = same_key("law", _title, score=0.95, reason="the same law but for what it is called on its way")
"""One law as a bill and as an act, or by its number (« proposition de loi Marnier », « loi Marnier »)."""


def _surname(name: Name, guide: Guide) -> Iterator[str]:
    if name[0] == "PER":
        yield read_person(name[1], guide.words).surname


def _fuller_names(surname: str, names: Sequence[Name], guide: Guide) -> Iterator[Candidate]:
    if len(names) > SMALL_BLOCK:
        return
    people = {name: read_person(name, guide.words) for _, name in names}
    lengths = {name: sum(map(len, person.given)) for name, person in people.items()}
    for name, person in people.items():
        fuller = [o for o, p in people.items() if may_be_one(p, person, guide.words) and lengths[o] > lengths[name]]
        distinct = {people[other] for other in fuller}
        if not fuller or not all(may_be_one(a, b, guide.words) for a in distinct for b in distinct):
            continue
        told = f"{name} is {fuller[0]}: {surname}, {'given names fit' if person.given else 'the only one of that surname'}"
        if person.given:
            yield Candidate("initials", "PER", fuller[0], name, 0.9, told)
        else:
            yield from (Candidate("initials", "PER", fuller[0], name, 0.7, told, "PER", other) for other in fuller)


PERSON_WITH_INITIALS = Feature("initials", _surname, _fuller_names, if_shared)
"""One surname, and given names that fit (« K. Zenner », « Kai Zenner »), where only one person fits.

A surname alone needs a name in common beside the two: « Franco » is not James Franco.
"""


def _without_tail_or_head(name: Name, guide: Guide) -> Iterator[str]:
    if name[0] == "ORG":
        folded = fold_name(name[1])
        yield folded
        first, *rest = folded.split() or [""]
        if rest and rest[-1] in guide.words.company_tails:
            yield " ".join((first, *rest[:-1]))
        if rest and first in guide.words.company_heads:
            yield " ".join(rest)


def _only_longer_name(short: str, names: Sequence[Name], __: Guide) -> Iterator[Candidate]:
    longer = [name for _, name in names if fold_name(name) != short]
    if len(set(map(fold_name, longer))) == 1:
        for _, name in names:
            if fold_name(name) == short:
                yield Candidate("short", "ORG", longer[0], name, 0.85, f"{name} is the only short form of {longer[0]}")


COMPANY_SHORT_FORM = Feature("short", _without_tail_or_head, _only_longer_name)
"""The one longer company name that adds but « AI », « Group » and the like (« Mistral », « Mistral AI »)."""


def _without_country(name: Name, guide: Guide) -> Iterator[str]:
    if name[0] == "ORG":
        folded = fold_name(name[1])
        yield folded
        stem, _, country = folded.rpartition(" ")
        if country in guide.words.branches:
            yield stem


def _branches(company: str, names: Sequence[Name], __: Guide) -> Iterator[Candidate]:
    *_, whole = ["", *(name for _, name in names if fold_name(name) == company)]
    for _, name in names if whole else ():
        if fold_name(name) != company:
            yield Candidate("branch", "ORG", whole, name, 0.85, f"{name} is the branch of {whole}", "ORG", whole)


BRANCH = Feature("branch", _without_country, _branches)
"""A company and its branch in a country, where both stand in one article (« Deliveroo France »)."""


def _maker_and_product(name: Name, __: Guide) -> Iterator[str]:
    folded = fold_name(name[1])
    if name[0] == "ORG":
        yield f"maker {folded}"
    elif name[0] == "PRODUCT":
        yield f"product {folded}"
        parts = folded.split()
        for length in range(1, min(len(parts), 4)):
            yield f"maker {' '.join(parts[:length])}"
            yield f"product {' '.join(parts[length:])}"


def _makers_or_products(key: str, names: Sequence[Name], __: Guide) -> Iterator[Candidate]:
    """Products with a maker's name, each beside its maker; or those that end with the same product, each with that."""
    what, _, words = key.partition(" ")
    bare = [name for name in names if fold_name(name[1]) == words and name[0] == ("ORG" if what == "maker" else "PRODUCT")]
    if not bare:
        return
    kind, part = bare[-1]
    for _, full in (name for name in names if fold_name(name[1]) != words):
        if what == "maker":
            yield Candidate("product", "PRODUCT", full, full, 0.85, f"{part} makes it", kind, part)
        elif len(part) >= 4 and not part[0].isdigit():
            yield Candidate("product", "PRODUCT", full, part, 0.85, f"{part} is {full}", kind, full)


def with_makers(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of what is told of one product: the pairs with its name without its maker's, which must stand beside one of the two."""
    every = list(candidates)
    for pair in every:
        for made in every:
            whole = f"{fold_name(made.beside or '')} {fold_name(pair.right)}"
            if made.right == made.left != pair.right and whole == fold_name(pair.left):
                told = f"{pair.reason}: {made.reason}"
                yield pair._replace(reason=told)
                yield pair._replace(reason=told, beside_type=made.beside_type, beside=made.beside)


PRODUCT_WITH_MAKER = Feature("product", _maker_and_product, _makers_or_products)
"""A product with its maker's name and without (« Vélora Kestrel », « Kestrel »), beside one another or beside the maker."""


def _sounds(name: Name, __: Guide) -> Iterator[str]:
    if name[0] != "LOC":
        yield from (f"{name[0]} {key}" for key in slip_keys(name[1]))


def _slips(_: str, names: Sequence[Name], guide: Guide) -> Iterator[Candidate]:
    """Either way round: which name is the rarer one articles say."""
    if len(names) > SMALL_BLOCK:
        return
    for number, left in enumerate(names):
        for right in names[number + 1 :]:
            if is_slip(left[1], right[1], person=left[0] == "PER"):
                for (_, usual), rare in ((left, right), (right, left)):
                    if not guide.known.entry(rare):
                        kind, text = rare
                        yield Candidate("slip", kind, usual, text, 0.75, f"{text} is a misspelling of {usual}", kind, usual)


def _if_rarer_and_alike(asked: Sequence[Asked], guide: Guide) -> Evidence | None:
    """A slip of one usual name, where both stand beside the same."""

    def is_rarer(each: Asked) -> bool:
        kind, left, right = each.candidate[1:4]
        return (each.articles[1], right) < (each.articles[0], left) or guide.known.entry((kind, left)) is not None

    usual = {each.candidate.left: each for each in asked if is_rarer(each)}
    if len(usual) != 1:
        return None
    ((candidate, _, shared, _, (ours, theirs)),) = usual.values()
    roles = sorted(set(ours).intersection(theirs))
    if (ours and theirs and not roles) or len(shared) < ENOUGH_IN_COMMON - bool(roles):
        return None
    told = f"{candidate.reason}: both beside {' and '.join(shared[:ENOUGH_IN_COMMON])}"
    return candidate._replace(reason=f"{told}, both {roles[0]}" if roles else told).evidence


MISSPELLING = Feature("slip", _sounds, _slips, _if_rarer_and_alike)
"""A rarer name one slip away from one other, which stands beside the same names (« Pantografe », « Pantographe »).

Where the articles say what the two are (« PDG », « l'armateur »), it must be the same; then one name in common is enough.
"""

FEATURES: tuple[Feature, ...] = (
    SAME_LETTERS,
    SAME_ENTRY,
    SAME_WITHOUT_SPACES,
    SAME_WITHOUT_LEGAL_FORM,
    SAME_LAW,
    SAME_PERSON,
    PERSON_WITH_INITIALS,
    COMPANY_SHORT_FORM,
    BRANCH,
    PRODUCT_WITH_MAKER,
    MISSPELLING,
)
