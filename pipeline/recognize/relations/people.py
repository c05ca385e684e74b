"""Which person a description stands for: « la ministre », « l'avocat », « son successeur », « l'intéressée »."""

from __future__ import annotations

from pipeline.model import Mention
from pipeline.recognize.relations.name_hints import Gender
from pipeline.recognize.relations.portraits import Portraits
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.salience import FAR, Fit, Salience

_AKIN, _STRANGE, _HEADLINED = 5.0, 2.5, 1.5
"""For « la ministre »: being called something of the same walk of life in the article, or only something of others; standing
in its headline."""
_SERVES = 4.0
"""For « le patron de Lumio »: standing beside Lumio somewhere in the article."""


class People:
    """The people of one article, to be asked for by what the article calls them."""

    def __init__(self, portraits: Portraits, salience: Salience) -> None:
        self._portraits, self._salience = portraits, salience

    def called(self, noun: str, offset: int, gender: Gender | None, *, of: Mention | None = None) -> Resolution:
        """The person whom the article calls by that noun somewhere, else the one of that gender who stands out most.

        With a body `of` that the noun belongs to (« le patron de Lumio »), nobody whom the article puts beside others.
        """
        if (known := self.known(noun, offset, gender, of=of)) is not None:
            return known
        fit = self._portraits.fit(gender) if of is None else self._serving(of, gender)
        found = self._salience.best(offset, lambda m: self._may_be(m, noun, fit(m)), within=FAR)
        if found is None:
            return Resolution(None, f"« {noun} »: no person that fits is named before")
        self._portraits.call(found, noun)
        return Resolution(found, f"« {noun} »: person who stands out most before: {name_of(found)}", guessed=True)

    def known(self, noun: str, offset: int, gender: Gender | None, *, of: Mention | None = None) -> Resolution | None:
        """The person whom the article calls by that noun somewhere; None for none."""
        fit = self._portraits.fit(gender) if of is None else self._serving(of, gender)
        found = self._salience.best(offset, lambda m: fit(m) if self._portraits.is_called(m, noun) else None, within=FAR)
        return Resolution(found, f"called « {noun} » in the article: {name_of(found)}") if found else None

    def _serving(self, body: Mention, gender: Gender | None) -> Fit:
        fit = self._portraits.fit(gender)

        def serving(person: Mention) -> float | None:
            weight = fit(person)
            serves = None if weight is None else self._portraits.serves(person, body)
            return None if weight is None or serves is False else weight + _SERVES * bool(serves)

        return serving

    def concerned(self, noun: str, offset: int, gender: Gender | None) -> Resolution:
        """« l'intéressée »: the person of that gender whom the headline names, else who stands out most."""
        fit = self._portraits.fit(gender)

        def headlined(person: Mention) -> float | None:
            weight = fit(person)
            if weight is None or self._portraits.is_firm(person):
                return None
            return weight + 2 * _HEADLINED * self._salience.is_headlined(person)

        found = self._salience.best(offset, headlined, within=FAR)
        return Resolution(found, f"« {noun} »: {name_of(found)}" if found else f"« {noun} » is not named")

    def other(self, noun: str, offset: int, gender: Gender | None) -> Resolution:
        """« son successeur »: somebody else than the person spoken of."""
        fit = self._portraits.fit(gender)
        spoken_of = self._salience.best(offset, self._portraits.fit(None))
        found = self._salience.best(offset, lambda m: None if spoken_of and name_of(m) == name_of(spoken_of) else fit(m))
        return Resolution(found, f"« {noun} » of {name_of(spoken_of)}" if found and spoken_of else f"« {noun} » is not named")

    def _may_be(self, mention: Mention, noun: str, weight: float | None) -> float | None:
        """How well a person whom the article nowhere calls by the noun may be meant; None where another title rules it out."""
        if weight is None or self._portraits.is_rival(mention, noun):
            return None
        kinship = self._portraits.is_akin(mention, noun)
        if self._portraits.is_office(noun) and not kinship:
            return None
        weight += _HEADLINED * self._salience.is_headlined(mention)
        return weight if kinship is None else weight + _AKIN if kinship else weight - _STRANGE
