"""Whose an office is that stands without its organisation: « son PDG », « le directeur technique », « leur patron »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.model import Mention
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.functions import Function, FunctionPhrase
from pipeline.recognize.relations.masking import Masked
from pipeline.recognize.relations.salience import FAR

_WITHIN = 12
"""How many sentences back the organisation of « explique X, responsable d'exploitation » may have been named."""

_UNION_NEAR = 2
"""So many sentences back stands the union of « X, délégué syndical »."""
_FRAME = 160
"""Within so many letters before a function stands the body that frames its sentence."""


class Offices:
    """The offices of `words/roles.yaml`, by the bodies that they are held in."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._of_company = re.compile(words["of_companies"], re.IGNORECASE)
        self._of_association = re.compile(words["of_associations"], re.IGNORECASE)
        self._of_several, self._anew = (re.compile(words[name], re.IGNORECASE) for name in ("of_several", "anew"))
        self._one_of = re.compile(words["one_of"], re.IGNORECASE)
        self._inquiry, self._for_others = (re.compile(words[name], re.IGNORECASE) for name in ("inquiry", "for_others"))
        self._seats, self._regulators = (
            {name: re.compile(pattern, re.IGNORECASE) for name, pattern in words[kind].items()}
            for kind in ("seats", "regulators")
        )
        self._ours = re.compile(words["ours"], re.IGNORECASE)
        self._past = re.compile(words["past"], re.IGNORECASE)
        self._arrives, self._in_minutes = re.compile(words["arrives"]), re.compile(words["in_minutes"])
        self._definite, self._president = (re.compile(words[name], re.IGNORECASE) for name in ("definite", "president"))
        self._of_councils, self._of_unions = (re.compile(words[name], re.IGNORECASE) for name in ("of_councils", "of_unions"))
        self._councils = re.compile(words["councils"], re.IGNORECASE)
        self._just_asked = re.compile(words["just_asked"])
        self._framed, self._held_elsewhere = re.compile(words["framed"]), re.compile(words["held_elsewhere"], re.IGNORECASE)
        self._of_which, self._among_people = re.compile(words["of_which"]), re.compile(words["among_people"])

    def body(self, masked: Masked, phrase: FunctionPhrase, function: Function, antecedents: Antecedents) -> Mention | None:
        """The organisation of a function without one: whose it is, where it sits, of whom the article speaks."""
        bodies, syntax = antecedents.bodies, antecedents.syntax
        before, here = masked.text[: phrase.start], masked.origin(phrase.start)
        is_past = self._is_past(masked, function)
        has_lead = function.start != phrase.start
        if self._in_minutes.match(masked.text, phrase.end) or (has_lead and (is_past or not function.inherits)):
            return None
        if not is_past and not self._for_others.match(masked.text, phrase.start) and (above := bodies.above(here)) is not None:
            return above
        if self._of_councils.match(masked.text, phrase.start):
            return bodies.union(here, within=_UNION_NEAR) or bodies.named_like(self._councils, here)
        if not is_past and (frame := self._frame(masked, phrase, function)) is not None:
            return frame
        if syntax.after_first_possessive.search(before) and not antecedents.salience.told.is_quoted(here):
            is_ours = self._ours.match(masked.text, phrase.start) or not self._for_others.match(masked.text, phrase.start)
            return antecedents.host() if is_ours else None
        if syntax.after_possessive.search(before) or self._anew.search(before):
            return self._owner(masked, phrase, antecedents)
        which = self._of_which.search(before)
        if which is not None and not self._among_people.search(before, 0, which.start()):
            return antecedents.body_said_last(masked.origin(which.start()))
        return self._by_kind(masked, phrase, function, antecedents)

    def _is_past(self, masked: Masked, function: Function) -> bool:
        return self._past.match(masked.text, function.start) is not None

    def _frame(self, masked: Masked, phrase: FunctionPhrase, function: Function) -> Mention | None:
        """The body with which the sentence sets in (« Chez Lumio, le directeur … »)."""
        if self._held_elsewhere.match(masked.text, function.start):
            return None
        found = self._framed.search(masked.text, max(0, phrase.start - _FRAME), phrase.start)
        return masked.mention(found.start("org")) if found else None

    def _by_kind(self, masked: Masked, phrase: FunctionPhrase, function: Function, antecedents: Antecedents) -> Mention | None:
        """The organisation that such an office is held in: where it sits, whom it watches, else of whom the article speaks."""
        bodies, syntax, here = antecedents.bodies, antecedents.syntax, masked.origin(phrase.start)
        before = masked.text[: phrase.start]
        if (seat := _first(self._seats, masked, phrase)) is not None:
            called = bodies.called(seat, here) if seat.islower() else None
            return called.mention if called else bodies.named(seat)
        if (noun := _first(self._regulators, masked, phrase)) is not None:
            host = antecedents.host()
            return host if host is not None and bodies.is_authority(host) else antecedents.body_called(noun, here).mention
        is_past = self._is_past(masked, function)
        is_any = syntax.after_indefinite.search(before) and not self._one_of.search(before)
        if is_past and function.inherits and self._definite.search(before):
            return self._left(masked, function, antecedents)
        if is_any and function.inherits and self._arrives.match(masked.text, phrase.end):
            return self._owner(masked, phrase, antecedents)
        if self._of_unions.match(masked.text, phrase.start) and (union := bodies.union(here, within=_UNION_NEAR)) is not None:
            return union
        return None if not function.inherits or is_any or is_past else self._spoken_of(masked, phrase, antecedents)

    def _spoken_of(self, masked: Masked, phrase: FunctionPhrase, antecedents: Antecedents) -> Mention | None:
        """The organisation of which the article speaks where « le directeur technique » is named."""
        bodies, here = antecedents.bodies, masked.origin(phrase.start)
        of_company = self._of_company.match(masked.text, phrase.start) is not None
        host = antecedents.host() if of_company else None
        if host is not None and bodies.is_company(host):
            return host
        if (issuer := antecedents.issuer(here)) is not None:
            return issuer
        if of_company and (employer := bodies.employer(here, within=FAR, topic=True)) is not None:
            return employer
        told = antecedents.salience.told
        paragraph = told.sentence(here) - told.sentence(masked.start)
        found = bodies.spoken_of(here, within=paragraph, funds=False) or bodies.spoken_of(here, within=_WITHIN)
        if found is not None and of_company and bodies.is_authority(found):
            return bodies.no_authority(here, within=_WITHIN)
        return found or antecedents.body_behind(here)

    def _left(self, masked: Masked, function: Function, antecedents: Antecedents) -> Mention | None:
        """The company that the article speaks of, whose « ex-PDG » is spoken of; nothing for a president, maybe a state's."""
        past = self._past.match(masked.text, function.start)
        if past is None or self._president.match(masked.text, past.end()):
            return None
        return antecedents.bodies.employer(masked.origin(function.start), within=FAR, topic=True)

    def _owner(self, masked: Masked, phrase: FunctionPhrase, antecedents: Antecedents) -> Mention | None:
        """Whose « son PDG », « leur patron », « une nouvelle directrice » is; nobody's where it is held for somebody."""
        bodies, at = antecedents.bodies, phrase.start
        before, here = masked.text[:at], masked.origin(at)
        if self._inquiry.search(before) or self._for_others.match(masked.text, at):
            return None
        if (told := bodies.heading(here) or bodies.quoted_behind(here)) is not None:
            return told
        if (asked := self._just_asked.search(before, max(0, len(before) - _FRAME))) is not None:
            return masked.mention(asked.start("org") if asked["org"] else asked.start("before"))
        union = None
        if self._of_association.match(masked.text, at):
            union = bodies.union(here, within=1) or bodies.employer(here, kind="association", within=1, topic=False)
        here = antecedents.preceding.told_of_owner(here)
        if self._of_several.search(before):
            return bodies.leading(here, within=_WITHIN)
        if union is not None:
            return union
        of_company = self._of_company.match(masked.text, at) is not None
        employer = bodies.employer(here, topic=False) or bodies.employer(here, within=FAR, topic=True) if of_company else None
        return employer or bodies.owner(here).mention


def _first(offices: Mapping[str, re.Pattern[str]], masked: Masked, phrase: FunctionPhrase) -> str | None:
    """By what the first of the offices goes that the phrase begins with."""
    return next((name for name, office in offices.items() if office.match(masked.text, phrase.start)), None)
