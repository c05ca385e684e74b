"""What the other articles say: a name that many articles agree on is found and typed alike where one article hesitates.

Each article gives one voice a form (`count_votes`); voices are whole numbers and add up, so that neither the order of the
articles nor their distribution over workers changes the outcome (`settle`). `revise` then does one article on its own: what it
does depends on the forms that the article is open to (`openings`) and their types alone, so that nothing else makes it change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.model import Document, EntityType, Mention
from pipeline.recognize.boundaries import starts_sentence

Votes = Counter[tuple[str, EntityType]]
"""How many articles take a form for a type."""

FEWEST_ARTICLES, AGREEMENT, FEWEST_LETTERS = 3, 0.8, 4
"""A form is settled where so many articles take it for one type, they are that share of all that take it for a name, and it is
so long: shorter ones are words of several tongues."""
SURE, HESITANT = 0.85, 0.8
"""Scores from which a mention has a voice in the vote, and below which the vote may change it."""
AGREED = "agreed-by-corpus"
_WORD = re.compile(r"[^\W_]+")
_OPENING = re.compile(r"[^\W_]+(?:[\W_]+[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Openings:
    """What the corpus may change in an article: mentions of which it is not sure, and capitals that no mention holds.

    `words` are such words, each alone and with the next one.
    """

    hesitant: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


def count_votes(document: Document, mentions: Iterable[Mention]) -> Votes:
    """The article's voice for each form that it is sure of: 1 for the type taken most often. Counters add up."""
    taken: dict[str, Counter[EntityType]] = {}
    for mention in mentions:
        if mention.score is None or mention.score >= SURE:
            taken.setdefault(document.folded[mention.start : mention.end], Counter())[mention.type] += 1  # type: ignore[index]
    return Counter({(form, min(types, key=lambda t: (-types[t], t))): 1 for form, types in taken.items()})


def settle(votes: Votes) -> dict[str, tuple[EntityType, float]]:
    """The forms that at least three articles know, four in five of them for one type, with that share."""
    forms: dict[str, Counter[EntityType]] = {}
    for (form, entity_type), articles in sorted(votes.items()):
        forms.setdefault(form, Counter())[entity_type] += articles
    settled = {}
    for form, types in forms.items():
        best = min(types, key=lambda t: (-types[t], t))
        share = types[best] / types.total()
        if types[best] >= FEWEST_ARTICLES and share >= AGREEMENT and len(form) >= FEWEST_LETTERS:
            settled[form] = (best, share)
    return settled


def openings(document: Document, mentions: Iterable[Mention]) -> Openings:
    """What the corpus may change in the article; a form can be added where one of the `words` is its `opening`."""
    found = tuple(mentions)
    taken = {offset for mention in found for offset in range(mention.start, mention.end)}
    words, spans = set[str](), [match.span() for match in _WORD.finditer(document.folded)]
    for number, (start, _) in enumerate(spans):
        if start not in taken and document.folded[start].isupper():
            words |= {document.folded[start:stop] for _, stop in spans[number : number + 2]}
    hesitant = {(document.folded[m.start : m.end], m.type) for m in found if _hesitates(m)}
    return Openings(tuple(sorted(hesitant)), tuple(sorted(words)))


def opening(form: str) -> str | None:
    """The first two words of a form, with what stands between them (« Le Monde diplomatique » → « Le Monde »)."""
    match = _OPENING.match(form)
    return match[0] if match and form[0].isupper() else None


def revise(document: Document, mentions: Iterable[Mention], agreed: Mapping[str, EntityType]) -> tuple[Mention, ...]:
    """The mentions with hesitant types revised, and with the names added that the article's own evidence missed.

    The score of what is changed counts as many times as the share of articles that agree (see `agreed_score`).
    """
    revised = [_revised(document, mention, agreed) for mention in mentions]
    taken = {offset for mention in revised for offset in range(mention.start, mention.end)}
    free = [m for m in _missed(document, agreed) if taken.isdisjoint(range(m.start, m.end))]
    added: list[Mention] = []
    for mention in sorted(free, key=lambda m: (m.start, -m.end)):
        if not added or added[-1].end <= mention.start:
            added.append(mention)
    return tuple(sorted((*revised, *added), key=lambda mention: mention.start))


def agreed_score(score: float, share: float) -> float:
    """The score of a mention that `revise` changed, where that share of the articles agrees."""
    return round(score * share, 3)


def _hesitates(mention: Mention) -> bool:
    return mention.method in ("model", "consistency") and mention.score is not None and mention.score < HESITANT


def _revised(document: Document, mention: Mention, agreed: Mapping[str, EntityType]) -> Mention:
    known = agreed.get(document.folded[mention.start : mention.end])
    if not known or known == mention.type or not _hesitates(mention):
        return mention
    return replace(mention, type=known, method="consistency", rule_id=AGREED, score=1.0)


def _missed(document: Document, agreed: Mapping[str, EntityType]) -> Iterator[Mention]:
    for form, entity_type in sorted(agreed.items()):
        for match in re.finditer(rf"(?<![^\W_]){re.escape(form)}(?![^\W_])", document.folded):
            if _speaks_for_itself(document, match.start(), form):
                start, end = match.span()
                yield Mention(start, end, document.text[start:end], entity_type, AGREED, "consistency", HESITANT)


def _speaks_for_itself(document: Document, start: int, form: str) -> bool:
    """True for names of several words, and for single ones that do not owe their capital to the sentence."""
    return form[0].isupper() and (" " in form or not starts_sentence(document, start))
