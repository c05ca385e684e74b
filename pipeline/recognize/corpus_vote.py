"""What the other articles say: a name that many articles agree on is found and typed alike where one article hesitates.

Each article gives one voice a form (`count_votes`); voices are whole numbers and add up, so that neither the order of the
articles nor their distribution over workers changes the outcome. `CorpusVote` then revises each article on its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import ahocorasick

from pipeline.model import Document, EntityType, Mention
from pipeline.recognize.boundaries import starts_sentence

Votes = Counter[tuple[str, EntityType]]
"""How many articles take a form for a type."""

FEWEST_ARTICLES = 3
AGREEMENT = 0.8
SURE = 0.85
HESITANT = 0.8
FEWEST_LETTERS = 4


def count_votes(document: Document, mentions: Iterable[Mention]) -> Votes:
    """The article's voice for each form that it is sure of: 1 for the type taken most often. Counters add up."""
    taken: dict[str, Counter[EntityType]] = {}
    for mention in mentions:
        if mention.score is None or mention.score >= SURE:
            taken.setdefault(document.folded[mention.start : mention.end], Counter())[mention.type] += 1  # type: ignore[index]
    return Counter({(form, min(types, key=lambda t: (-types[t], t))): 1 for form, types in taken.items()})


class CorpusVote:
    """The outcome of the vote: the forms that at least three articles know, four in five of them for one type."""

    def __init__(self, votes: Votes) -> None:
        self._types: dict[str, tuple[EntityType, float]] = dict(_settled(votes))
        self._automaton = ahocorasick.Automaton()
        for form in sorted(self._types):
            self._automaton.add_word(form, form)
        if self._types:
            self._automaton.make_automaton()

    def apply(self, document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """The mentions with hesitant types revised, and with the names added that the article's own evidence missed."""
        revised = [self._revised(document, mention) for mention in mentions]
        taken = {offset for mention in revised for offset in range(mention.start, mention.end)}
        added = [m for m in self._missed(document) if taken.isdisjoint(range(m.start, m.end))]
        return tuple(sorted((*revised, *added), key=lambda mention: mention.start))

    def _revised(self, document: Document, mention: Mention) -> Mention:
        known = self._types.get(document.folded[mention.start : mention.end])
        hesitant = mention.method in ("model", "consistency") and mention.score is not None and mention.score < HESITANT
        if not known or not hesitant or known[0] == mention.type:
            return mention
        return replace(mention, type=known[0], method="consistency", rule_id="agreed-by-corpus", score=round(known[1], 3))

    def _missed(self, document: Document) -> Iterator[Mention]:
        if not self._types:
            return
        last = 0
        for end, form in self._automaton.iter_long(document.folded):
            start, stop = end - len(form) + 1, end + 1
            inside_word = document.folded[start - 1 : start].isalnum() or document.folded[stop : stop + 1].isalnum()
            if start < last or inside_word or not _speaks_for_itself(document, start, form):
                continue
            last = stop
            entity_type, share = self._types[form]
            yield Mention(
                start, stop, document.text[start:stop], entity_type, "agreed-by-corpus", "consistency", round(share * HESITANT, 3)
            )


def _settled(votes: Votes) -> Iterator[tuple[str, tuple[EntityType, float]]]:
    forms: dict[str, Counter[EntityType]] = {}
    for (form, entity_type), articles in sorted(votes.items()):
        forms.setdefault(form, Counter())[entity_type] += articles
    for form, types in forms.items():
        best = min(types, key=lambda t: (-types[t], t))
        share = types[best] / types.total()
        if types[best] >= FEWEST_ARTICLES and share >= AGREEMENT and len(form) >= FEWEST_LETTERS:
            yield form, (best, share)


def _speaks_for_itself(document: Document, start: int, form: str) -> bool:
    """True for names of several words, and for single ones that do not owe their capital to the sentence."""
    return form[0].isupper() and (" " in form or not starts_sentence(document, start))
