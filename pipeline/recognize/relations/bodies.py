"""Which organisation a description stands for: « la start-up », « l'autorité », « la direction », « son porte-parole »."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping

from pipeline.model import Document, Mention
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.name_hints import BodyKind
from pipeline.recognize.relations.portraits import Portraits
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.salience import FAR, NEAR, Fit, Salience

_OUTLET = 1.5
"""Against one sentence of distance: a newspaper where a company is meant."""
_OUTLET_NEAR = 3
"""So many sentences back stands the paper that « le site » is, where it says something."""
_COURT = 2.0
"""Against one sentence of distance: a court that the headline does not name, where an office is somebody's."""
_FUND = 3.0
"""Against one sentence of distance: a fund that the headline does not name, where an office is somebody's."""
_AKIN: Mapping[BodyKind, BodyKind] = {"company": "association", "association": "authority"}
"""Where else an office of that kind of body is held."""
_HEADLINED = 1.0
"""Against one sentence of distance: standing in the headline, where an office is somebody's."""
_FAMILY, _WORDS = 4, re.compile(r"\w+")
"""A family name of so many letters tells a body that bears it."""
_BRACKETS = re.compile(r"(?: ?\([^()\n]*\))? ?:?")
"""What may stand behind the name that fills a line."""
_NICKNAME = 60
"""So many letters hold a description and what tells it (« la marque à la pomme »)."""
_BULLET = 3
"""So many letters at most stand before what heads the item of a list."""
_AHEAD = 3
"""Sentences behind a description that may bring its name, where none stands before it."""


class Bodies:
    """The organisations of one article, to be asked for by what the article calls them.

    `subjects` holds who each sentence is about, and grows while the article is read.
    """

    def __init__(
        self,
        document: Document,
        named: tuple[Mention, ...],
        descriptions: Descriptions,
        *,
        portraits: Portraits,
        salience: Salience,
        subjects: Mapping[int, Resolution],
    ) -> None:
        self._document, self._named, self._descriptions = document, named, descriptions
        self._starts = [m.start for m in named]
        self._portraits, self._salience, self._subjects = portraits, salience, subjects

    def of_kind(
        self, offset: int, *, kind: BodyKind | None = None, without: Iterable[str] = (), within: int = NEAR
    ) -> Resolution:
        """The organisation of that kind that the article speaks of at `offset`, and is not one of `without` by name."""
        others = frozenset(without)

        def fit(mention: Mention) -> float | None:
            return None if mention.type != "ORG" or name_of(mention) in others else self._likeness(mention, kind)

        found = self._salience.best(offset, fit, within=within, topic=True)
        if found is None:
            return Resolution(None, f"no {kind or 'organisation'} is named before")
        return Resolution(found, f"{kind or 'organisation'} that the article speaks of: {name_of(found)}")

    def _likeness(self, body: Mention, kind: BodyKind | None) -> float | None:
        """How well a body fits as one of that kind; None where it does not. A paper is a company, if a poor example."""
        known = self._portraits.kind(body)
        if known == "media" and kind in (None, "company"):
            return -_OUTLET
        return 0.0 if kind is None or known == kind else None

    def owner(self, offset: int) -> Resolution:
        """The organisation that « son », « sa » at `offset` speaks of: the last one that a sentence was about.

        Or the one that opens the paragraph alone: « La plainte vient du Collectif Données Libres. « … », dit son fondateur ».
        """
        if (alone := self._just_named(None, offset)) is not None:
            return alone
        found = self._salience.best(offset, lambda m: self._owns(m) if m.type == "ORG" else None)
        reason = f"organisation spoken of last: {name_of(found)}" if found else "no organisation is named before"
        return Resolution(found, reason)

    def employer(self, offset: int, *, kind: BodyKind = "company", within: int = NEAR, topic: bool) -> Mention | None:
        """The body of that kind nearest to `offset`, with `topic` the one the article is about, else one akin; nothing else."""
        fits = {kind: 0.0, _AKIN[kind]: -_OUTLET}

        def fit(mention: Mention) -> float | None:
            weight = fits.get(self._portraits.kind(mention)) if mention.type == "ORG" else None
            return None if weight is None else weight + self._owns(mention)

        return self._salience.best(offset, fit, within=within, topic=topic)

    def union(self, offset: int, *, within: int) -> Mention | None:
        """The union or association spoken of `within` so many sentences before."""
        return self._salience.best(offset, _bodies(lambda m: self._portraits.kind(m) == "association"), within=within)

    def named_like(self, pattern: re.Pattern[str], offset: int) -> Mention | None:
        """The body spoken of at `offset` whose full name begins as the pattern says."""
        return self._salience.best(offset, _bodies(lambda m: pattern.match(name_of(m)) is not None), within=FAR)

    def _owns(self, body: Mention) -> float:
        """What speaks for a body where an office is somebody's: for who stands in the headline, against who only invests."""
        court = self._descriptions.is_court(name_of(body)) and not self._salience.is_headlined(body)
        return _HEADLINED * self._salience.is_headlined(body) - _FUND * self._only_invests(body) - _COURT * court

    def _only_invests(self, body: Mention) -> bool:
        return self._portraits.is_fund(body) and not self._salience.is_headlined(body)

    def spoken_of(self, offset: int, *, within: int, funds: bool = True) -> Mention | None:
        """The body that the article speaks of at `offset` where an office is somebody's, without `funds` one that is no fund."""

        def fit(mention: Mention) -> float | None:
            if mention.type != "ORG" or ((only_invests := self._only_invests(mention)) and not funds):
                return None
            return (
                _HEADLINED * self._salience.is_headlined(mention)
                - _FUND * only_invests
                - _OUTLET * (self._portraits.kind(mention) == "media")
            )

        return self._salience.best(offset, fit, within=within, topic=True, sources=False)

    def no_authority(self, offset: int, *, within: int) -> Mention | None:
        """The body that the article speaks of, of any kind but an authority."""
        return self._salience.best(offset, _bodies(lambda m: not self.is_authority(m)), within=within, topic=True)

    def is_authority(self, body: Mention) -> bool:
        """True for a ministry, a court, a regulator, where no company's office is held."""
        return self._portraits.kind(body) == "authority"

    def is_company(self, body: Mention) -> bool:
        """True for what is told to be a company, or taken for one."""
        return self._portraits.kind(body) == "company"

    def leading(self, offset: int, *, within: int) -> Mention | None:
        """The body that the last sentence about one names alone: « leur patron », where « leur » stands for its people.

        Or the one that the sentence right before names alone: « De Lumio, tout le monde le sait. Leur patron … ».
        """
        here = self._document.sentence_at(offset)
        said = self._named[self._first(self._document.sentences[here].start) : self._first(offset)]
        if len(said) == 1 and said[0].type == "ORG":
            return said[0]
        for number in range(here, max(-1, here - within), -1):
            sentence, subject = self._document.sentences[number], self._subjects.get(number)
            names = self._named[self._first(sentence.start) : self._first(sentence.end)]
            if number == here - 1 and len(names) == 1 and names[0].type == "ORG":
                return names[0]
            if subject and subject.mention and subject.mention.type == "ORG" and subject.mention.start < offset:
                several = {name_of(m) for m in names if m.type == "ORG"} - {name_of(subject.mention)}
                return None if several else subject.mention
        return None

    def namesake(self, person: Mention, offset: int) -> Mention | None:
        """The body named before that bears the person's family name: « Alma Ferrand » → Ferrand Énergie."""
        family = name_of(person).split()[-1].lower()
        if len(family) < _FAMILY:
            return None
        return self._salience.best(offset, _bodies(lambda m: family in _WORDS.findall(name_of(m).lower())), within=FAR)

    def named(self, name: str) -> Mention | None:
        """The article's first mention of the organisation with that full name."""
        return next((m for m in self._named if m.type == "ORG" and name_of(m) == name), None)

    def seated_at(self, town: str) -> Resolution | None:
        """The well-known firm that goes by the town of its seat (« À Cupertino, on … »), where the article names it."""
        firm = self._descriptions.seated_at(town)
        found = self.named(firm) if firm else None
        return Resolution(found, f"has its seat there: {name_of(found)}") if found else None

    def names_like(self, pattern: re.Pattern[str]) -> list[str]:
        """The full names of the article's organisations that begin as the pattern says."""
        return [name_of(m) for m in self._named if m.type == "ORG" and pattern.match(name_of(m))]

    def called(self, noun: str, offset: int) -> Resolution | None:
        """The body that the article calls by that noun, or that bears it in its name; None for none."""
        found = self._salience.best(offset, _bodies(lambda m: self._portraits.is_called(m, noun)), within=FAR, topic=True)
        return Resolution(found, f"called « {noun} » in the article: {name_of(found)}") if found else None

    def described(self, phrase: str, kind: BodyKind, offset: int, *, ahead: bool = False) -> Resolution:
        """The body that the article calls by the phrase's noun, else one of that kind, else for a company any.

        Where none is named shortly before, `ahead` takes one named far before, else the next that a sentence is about.
        """
        nicknamed = self._descriptions.nicknamed(self._document.folded[offset : offset + _NICKNAME])
        if nicknamed and kind == "company" and (firm := self.named(nicknamed)):
            return Resolution(firm, f"« {phrase} » is {nicknamed}")
        if (compatriot := self._from(kind, offset)) is not None:
            return compatriot
        noun = next(iter(self._descriptions.body_nouns(phrase)), "")
        if (called := self.called(noun, offset)) is not None:
            return called
        if kind == "any" and not self._descriptions.is_nameless(noun):
            return self.owner(offset)
        if (
            ahead
            and self._descriptions.is_outlet(noun)
            and (paper := self.of_kind(offset, kind="media", within=_OUTLET_NEAR)).mention
        ):
            return paper
        if self._descriptions.is_nameless(noun):
            akin = filter(None, (self.called(other, offset) for other in self._descriptions.akin(noun)))
            return next(akin, None) or Resolution(None, f"« {phrase} » is not named")
        just_named = self._just_named(kind, offset, voice=self._descriptions.is_voice(phrase))
        barred = [name_of(m) for m in self._named if m.type == "ORG" and self._descriptions.bars(noun, name_of(m))]
        found = just_named or self.of_kind(offset, kind=kind, without=barred)
        found = found if found.mention or kind != "company" else self._any_but_authorities(offset)
        if found.mention or not ahead:
            return found
        found = self.of_kind(offset, kind=kind, without=barred, within=FAR)
        return found if found.mention else self._next(kind, offset) or found

    def _from(self, kind: BodyKind, offset: int) -> Resolution | None:
        """The body of that kind that comes from where the description at `offset` says (« le groupe suédois »)."""
        country = self._descriptions.origins.meant(self._document.folded[offset : offset + _NICKNAME])
        fits = _bodies(lambda m: self._portraits.country(m) == country and kind in ("any", self._portraits.kind(m)))
        found = self._salience.best(offset, fits, topic=True) if country else None
        return Resolution(found, f"from {country}: {name_of(found)}") if found else None

    def _any_but_authorities(self, offset: int) -> Resolution:
        authorities = (name_of(m) for m in self._named if m.type == "ORG" and self._portraits.kind(m) == "authority")
        return self.of_kind(offset, without=authorities)

    def _just_named(self, kind: BodyKind | None, offset: int, *, voice: bool = False) -> Resolution | None:
        """The body of that kind, or of any, that the sentence right before, which opens the paragraph, names alone.

        Where a `voice` of a body speaks (« une porte-parole du fabricant »), one that any sentence right before is about.
        """
        number = self._document.sentence_at(offset) - 1
        if number < 0 or "\n" in self._document.folded[self._document.sentences[number].start : offset]:
            return None
        sentence = self._document.sentences[number]
        names = self._named[self._first(sentence.start) : self._first(sentence.end)]
        subject = self._subjects.get(number)
        opens = sentence.start == 0 or self._document.folded[sentence.start - 1] == "\n"
        if subject and subject.mention and name_of(subject.mention) not in {name_of(m) for m in names}:
            return None
        if len(names) != 1 or names[0].type != "ORG" or kind not in (None, self._portraits.kind(names[0])):
            return None
        if not opens and not (voice and subject and subject.mention == names[0]):
            return None
        return Resolution(names[0], f"{kind or 'organisation'} that the sentence before names alone: {name_of(names[0])}")

    def _next(self, kind: BodyKind, offset: int) -> Resolution | None:
        here = self._document.sentence_at(offset)
        for sentence in range(here + 1, here + 1 + _AHEAD):
            found = self._subjects.get(sentence)
            if found and found.mention and found.mention.type == "ORG" and self._portraits.kind(found.mention) == kind:
                return Resolution(found.mention, f"{kind} that a sentence soon behind is about: {name_of(found.mention)}")
        return None

    def heading(self, offset: int) -> Mention | None:
        """The body that heads the item of a list in which `offset` stands: « • Lumio, 12 M€. … Son fondateur … »."""
        start = self._document.folded.rfind("\n", 0, offset) + 1
        first = next(iter(self._named[self._first(start) : self._first(offset)]), None)
        if first is None or first.type != "ORG" or first.start > start + _BULLET:
            return None
        return first if self._descriptions.syntax.item.fullmatch(self._document.folded, start, first.end + 2) else None

    def above(self, offset: int) -> Mention | None:
        """The body whose name fills the line above the paragraph of `offset`, below the headline: « Lumio », « Lumio (LMO) »."""
        folded = self._document.folded
        end = folded.rfind("\n", 0, offset)
        end = len(folded[: max(0, end)].rstrip())
        start = folded.rfind("\n", 0, end) + 1
        first = next(iter(self._named[self._first(start) : self._first(end)]), None) if start else None
        if first is None or first.type != "ORG" or first.start > start + _BULLET:
            return None
        return first if _BRACKETS.fullmatch(folded, first.end, end) else None

    def quoted_behind(self, offset: int) -> Mention | None:
        """The association that the sentence before a quotation ends with: « selon Nuit noire. « Assez », dit sa présidente »."""
        folded = self._document.folded
        opening = self._descriptions.syntax.begins_quoted.search(folded, folded.rfind("\n", 0, offset) + 1, offset)
        end = opening.start("end") if opening else 0
        last = self._first(end) - 1
        found = self._named[last] if last >= 0 else None
        if found is None or found.type != "ORG" or self._portraits.kind(found) != "association":
            return None
        return found if folded[found.end : end] in ("", ")") else None

    def unknown(self, offset: int) -> Mention | None:
        """The body of no known kind that the article speaks of: « l'association » in « trésorier de l'association »."""
        return self._salience.best(offset, _bodies(lambda m: not self._portraits.is_known(m)), within=FAR, topic=True)

    def _first(self, offset: int) -> int:
        return bisect_left(self._starts, offset)

    def chamber(self, phrase: str) -> Resolution | None:
        """The chamber for which its members stand, where the article names it."""
        name = self._descriptions.chamber(phrase)
        found = self.named(name) if name else None
        return Resolution(found, f"members of {name}") if found else None

    def voice(self, phrase: str, offset: int) -> Resolution:
        """The body for which « la direction », « son porte-parole », « la délibération » speaks."""
        if self._descriptions.syntax.possessed.match(phrase):
            return self.owner(offset)
        ruling, people = self._descriptions.is_ruling(phrase), self._descriptions.speaks_for(phrase)
        barred: tuple[BodyKind, ...] = ("authority",) if people else ()
        if self._descriptions.is_employer(phrase):
            barred = ("authority", "association")
        here = self._document.sentence_at(offset)
        for subject in (self._subjects.get(here), self._subjects.get(here - 1)):
            body = subject.mention if subject else None
            if body and body.start < offset and body.type == "ORG" and self._may_issue(body, ruling=ruling, barred=barred):
                return Resolution(body, f"the sentence is about {name_of(body)}")
        kind: BodyKind | None = "authority" if ruling else "company" if people else None
        found = self.of_kind(offset, kind=kind)
        return found if found.mention or ruling else self.of_kind(offset)

    def topic(self, *, kind: BodyKind, without: Iterable[str] = ()) -> Mention | None:
        """The body of that kind that the whole article names most, its headline's first."""
        others = frozenset(without)
        bodies = (m for m in self._named if m.type == "ORG" and name_of(m) not in others and self._portraits.kind(m) == kind)
        return self._salience.most_named(bodies)

    def _may_issue(self, body: Mention, *, ruling: bool, barred: Collection[BodyKind]) -> bool:
        kind = self._portraits.kind(body)
        return kind == "authority" if ruling else kind not in barred


def _bodies(fits: Callable[[Mention], bool]) -> Fit:
    return lambda mention: 0.0 if mention.type == "ORG" and fits(mention) else None
