"""What merging sees of an article: its names, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.deduplicate.keys import MergingWords
from pipeline.deduplicate.known import Known, Name
from pipeline.lexicon import GazetteerEntry
from pipeline.model import Extraction, Mention
from pipeline.text import fold_name, fold_typography, fold_words

_SENTENCE_END = re.compile(r"[.!?;:\n]\s")
_LAST_WORD = re.compile(r"(\w+)\.?\s*$")
_REACH = 80
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """An article's names in the order of its text. Without a text there is no context to read.

    `roles` are the functions that the article gives people, by (start, end) of the mention.
    """

    article_id: str
    mentions: tuple[Mention, ...]
    text: str = ""
    published: str | None = None
    roles: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Extraction) -> ArticleNames:
        """The names of an article of which all is found."""
        document = found.document
        roles = {(role.person.start, role.person.end): role.text for role in found.roles}
        return cls(document.article_id, found.mentions, document.text, document.published, roles)

    def between(self, first: Mention, second: Mention) -> str:
        """The text between two mentions, typography folded; a space where the text is not known."""
        return fold_typography(self.text[first.end : second.start]) if self.text else " "

    def left_of(self, mention: Mention) -> str:
        """The folded words before the mention, in its sentence."""
        before = self.text[max(0, mention.start - _REACH) : mention.start]
        return fold_words(_SENTENCE_END.split(before)[-1])

    def right_of(self, mention: Mention) -> str:
        """The folded words after the mention, in its sentence."""
        return fold_words(_SENTENCE_END.split(self.text[mention.end : mention.end + _REACH])[0])

    def roles_of(self, mention: Mention, words: MergingWords) -> frozenset[str]:
        """What the article says that the name is: the words of a person's function, what kind of body stands beside it.

        « PDG » of « Anne Kerbrat, PDG », « company » of « l'armateur Pantographe ».
        """
        if mention.type == "PER":
            return frozenset(fold_name(self.roles.get((mention.start, mention.end), "")).split()) - words.small_words
        if mention.type != "ORG":
            return frozenset()
        beside = (*self.left_of(mention).split()[-_BESIDE:], *self.right_of(mention).split()[:_BESIDE])
        return frozenset(words.nouns[word] for word in beside if word in words.nouns)

    def civility(self, mention: Mention, words: MergingWords) -> str | None:
        """The gender of the title before a name (« Mme » → female), None where there is none."""
        before = _LAST_WORD.search(self.text[max(0, mention.start - 16) : mention.start])
        return words.civilities.get(fold_name(before[1])) if before else None


def choose(mention: Mention, article: ArticleNames, known: Known, words: MergingWords) -> tuple[GazetteerEntry, str] | None:
    """The one of several known things of that name that the article means, and what says so; None where nothing does.

    « l'armateur CMA » is CMA CGM; « la CMA » in an article that names the Royaume-Uni is the Competition and Markets Authority.
    """
    found = [(*_support(entry, mention, article, known, words), entry) for entry in known.claimants((mention.type, mention.text))]
    best = max((score for score, _, _ in found), default=0)
    winners = [(entry, why) for score, why, entry in found if score == best]
    return winners[0] if best > 0 and len(winners) == 1 else None


def _support(
    entry: GazetteerEntry, mention: Mention, article: ArticleNames, known: Known, words: MergingWords
) -> tuple[float, str]:
    """How much of the article speaks for that entry (0: nothing), and the strongest of it in words."""
    given_up = any(
        fold_name(old) == fold_name(mention.text) and since and (article.published or "") > since for old, since in entry.former
    )
    voices = [] if given_up else list(_voices(entry, mention, article, known, words))
    _, why = max(voices, default=(0.0, ""))
    return sum(weight for weight, _ in voices), why


def _voices(
    entry: GazetteerEntry, mention: Mention, article: ArticleNames, known: Known, words: MergingWords
) -> Iterator[tuple[float, str]]:
    """What of the article speaks for that entry, each with its weight: more where it is said of the very mention."""
    here = fold_name(mention.text)
    for other in article.mentions:
        theirs = known.entry((other.type, other.text))
        if theirs and theirs.canonical == entry.canonical and fold_name(other.text) != here:
            yield 4.0, f"{other.text} in the same article"
            break
    near = f" {article.left_of(mention)} {article.right_of(mention)} "
    kind = words.kinds.get(entry.kind or "")
    if noun := next((n for n, group in words.nouns.items() if group == kind and f" {n} " in near), None):
        yield 2.0, f"« {noun} » beside it"
    behind = f"{article.right_of(mention)} "
    if adjective := next(
        (a for a, country in words.demonyms.items() if country == entry.country and behind.startswith(f"{a} ")), None
    ):
        yield 5.0, f"« {adjective} » behind it"
    elif adjective := next((a for a, country in words.demonyms.items() if country == entry.country and f" {a} " in near), None):
        yield 1.5, f"« {adjective} » beside it"
    if entry.country not in (None, "FR") and (place := _place_in(entry.country, article, known)):
        yield 1.0, f"{place} in the same article"


def _place_in(country: str | None, article: ArticleNames, known: Known) -> str | None:
    for other in article.mentions:
        theirs = known.entry((other.type, other.text))
        if theirs and theirs.country == country and (other.type == "LOC" or country == "EU"):
            return other.text
    return None


def tells_country(entry: GazetteerEntry, article: ArticleNames, known: Known, words: MergingWords) -> str | None:
    """What in the article names the entry's country: a place, or an adjective anywhere in its text."""
    if place := _place_in(entry.country, article, known):
        return place
    text = _spaced_words(article.text)
    return next((a for a, country in words.demonyms.items() if country == entry.country and f" {a} " in text), None)


@lru_cache(maxsize=16)
def _spaced_words(text: str) -> str:
    """The folded words of a text, a space on both sides of each; remembered, as each name of an article may ask for them."""
    return f" {fold_words(text)} "


def bodies_of(country: str | None, article: ArticleNames, known: Known) -> int:
    """How many known organisations of that country the article names, heads of bodies aside."""
    named = {(m.type, m.text) for m in article.mentions if m.type == "ORG"}
    return sum(1 for name in named if (entry := known.entry(name)) and entry.country == country and entry.canonical == name[1])


def name_of(mention: Mention, known: Known) -> Name:
    """The name under which a mention merges if it is a full name: the gazetteer's, the recognizer's, else its own words."""
    entry = known.entry((mention.type, mention.text))
    doubtful = mention.canonical in {e.canonical for e in known.claimants((mention.type, mention.text))}
    proposed = None if doubtful and entry is None else mention.canonical
    return mention.type, entry.canonical if entry else proposed or mention.text
