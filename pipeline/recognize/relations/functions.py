"""The words that name a person's function: « ancien directeur général adjoint », with the organisation they lead up to.

A function begins with a head noun of `words/roles.yaml`, takes what precedes it (« ancien », « vice- »), adjectives and
complements made of common nouns (« en politique numérique »), and stops before a complement that is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.lexicon import Lexicon
from pipeline.lexicon.expressions import any_of, by_first_letter
from pipeline.model import Mention
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked
from pipeline.recognize.scan import lowered
from pipeline.recognize.sieve import Sieve

_BODY, _PLACE = SIGNS["ORG"], SIGNS["LOC"]
_MOST_WORDS = 9
_POSSESSIVE = 20
"""Within so many letters before a function « son », « sa » stand."""
_WORD = re.compile(r"\w[\w'&-]*")


@dataclass(frozen=True, slots=True)
class Function:
    """One function: masked offsets of its words, and whether its organisation may go without saying.

    `shares` is False where the named complement of its phrase is not its own: « directrice, ancienne associée de Lumio ».
    """

    start: int
    end: int
    inherits: bool
    shares: bool = True


@dataclass(frozen=True, slots=True)
class FunctionPhrase:
    """One or more functions with one complement: masked offsets of the whole, and of the organisation in it.

    `org` is the masked offset of a name; `carrier` the words of a description in its place (« de la maison »), with offset;
    `other` is True where the complement is a name that is no organisation.
    """

    functions: tuple[Function, ...]
    end: int
    org: int | None = None
    carrier: tuple[str, int] | None = None
    other: bool = False

    @property
    def start(self) -> int:
        return self.functions[0].start


_NONE: tuple[Function, ...] = ()


class FunctionGrammar:
    """Reads the functions of a masked text; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words["roles"]
        inherits, free = (by_first_letter("|".join(words["heads"][kind])) for kind in ("inherits", "free"))
        # Sought in lower case, four times as fast as in any.
        self._head = re.compile(
            rf"(?<![\w-])(?:(?:{'|'.join(words['pre'])})[ -])*(?:(?P<inherits>{inherits})|(?:{free}))"
            rf"(?:{words['second_head']})?(?![\w-])(?!{words['learned']})"
        )
        self._sieve = Sieve([self._head])
        unlike = rf"(?!(?:{any_of(words['no_adjective'])})(?!\w))"
        other = rf"(?!(?:{inherits}|{free})(?!\w))"
        self._behind = re.compile(
            rf" (?:(?:{any_of(words['behind'])})(?!\w)|{unlike}[a-zà-ÿ]{{2,}}{words['adjective']}(?!\w)"
            rf"|et {other}[a-zà-ÿ]{{2,}}{words['second_adjective']}(?!\w)"
            rf"|(?:{'|'.join(rf'(?<= {unit} )' for unit in words['units'])})[a-zà-ÿ-]{{4,}}(?= d[eu]|[,.]))"
        )
        definite = any_of(words["leads"]["definite"])
        self._lead = re.compile(
            rf" (?:(?P<definite>{definite})|(?P<place>{any_of(words['leads']['place'])})"
            rf"|(?:{any_of(words['leads']['other'])}))"
        )
        epithets, carriers = "|".join(words["carrier_epithets"]), "|".join(sorted(words["carriers"], reverse=True))
        named = rf"(?:{words['carried']}[«“\"]? ?(?P<org>{_BODY}))?"
        self._epithet = re.compile(rf"(?:{epithets})(?={_BODY})")
        self._carrier = re.compile(rf"(?:{epithets})?(?P<noun>{carriers})(?!\w){named}", re.IGNORECASE)
        self._towards, self._for_part = re.compile(words["towards"]), re.compile(words["for_part"])
        self._demonstrative = re.compile(rf"(?:{any_of(words['demonstrative'])})(?!\w)")
        self._own, self._since = re.compile(words["own"]), re.compile(words["since"])
        self._possessed, self._posted = re.compile(words["possessed"], re.IGNORECASE), re.compile(words["posted"])
        self._bare, self._at_body = re.compile(words["bare"]), re.compile(words["at_body"])
        self._party = re.compile(rf" [{_BODY}{_PLACE}]| ?\([^()]{{0,24}}{_BODY}\)|, {_BODY}\)")
        self._of_states = re.compile(words["of_states"], re.IGNORECASE)
        self._portfolio = re.compile(words["portfolio"], re.IGNORECASE)
        self._past, self._charged = re.compile(words["past"], re.IGNORECASE), re.compile(words["charged"])
        self._elected, self._end = re.compile(words["elected"], re.IGNORECASE), re.compile(words["end"])
        self._mandate = re.compile(words["mandates"], re.IGNORECASE)
        self._and_complement, self._and_function = re.compile(words["and_complement"]), re.compile(words["and_function"])
        heads = rf"(?:{inherits}|{free})(?![\w-])"
        self._elsewhere = re.compile(rf" (?:{definite})(?:{heads}|(?:{any_of(words['elsewhere'])})(?!\w))", re.IGNORECASE)
        some = rf" (?:{any_of(words['of_some'])})(?:{epithets})?(?:{carriers})(?!\w)"
        self._of_some = re.compile(some, re.IGNORECASE)
        self._tail = re.compile(rf"(?:{self._lead.pattern})?{_PLACE}")

    def may_find(self, text: str) -> bool:
        """False for a text, masked or not, that surely holds no function."""
        return bool(self._sieve.passing(lowered(text)))

    def find(self, masked: Masked) -> Iterator[FunctionPhrase]:
        """The functions of the text from left to right, coordinated ones as one phrase."""
        at, text = 0, masked.lower()
        while match := self._head.search(text, at):
            phrase = self._read(masked.text, match)
            yield phrase
            at = max(match.end(), phrase.end)

    def _read(self, text: str, match: re.Match[str]) -> FunctionPhrase:
        functions: list[Function] = []
        while True:
            end, phrase = self._complement(text, match.end())
            functions.append(Function(match.start(), end, self._inherits(text, match, end)))
            if phrase is not None and phrase.org is not None and self._portfolio.match(text, match.start()):
                whole = replace(functions[-1], end=phrase.end)
                return FunctionPhrase((*functions[:-1], whole), phrase.end, other=True)
            if phrase is not None and phrase.org is not None and self._is_posted(text, functions[-1].start, phrase.org):
                phrase = replace(phrase, org=None)
            if phrase is not None:
                owned = tuple(self._sharing(text, functions))
                return FunctionPhrase(owned, phrase.end, phrase.org, phrase.carrier, phrase.other)
            joint = self._and_function.match(text, end)
            following = self._head.match(lowered(text), joint.end()) if joint else None
            if following is None:
                return FunctionPhrase(tuple(functions), end)
            match = following

    def _is_posted(self, text: str, start: int, org: int) -> bool:
        """True where a body is only the place at which somebody's own office is held: « sa déléguée à Lumio »."""
        is_posted = self._posted.search(text, max(0, org - _POSSESSIVE), org) is not None
        return is_posted and self._possessed.search(text, max(0, start - _POSSESSIVE), start) is not None

    def _sharing(self, text: str, functions: list[Function]) -> Iterator[Function]:
        """The functions, the first ones without the last one's complement where that is past or they have their own."""
        last = functions[-1]
        is_owned = self._possessed.search(text, max(0, functions[0].start - _POSSESSIVE), functions[0].start) is not None
        is_past = self._past.match(text, last.start) is not None
        for function in functions:
            is_other = is_past and self._past.match(text, function.start) is None
            may_be_complete = not function.inherits or self._elected.match(text, last.start)
            is_complete = may_be_complete and self._lead.search(text, function.start, function.end) is not None
            is_other = is_other or (is_owned and text.startswith(",", function.end))
            is_trade = not function.inherits and self._mandate.match(text, function.start) is None
            is_other = is_other or (is_trade and self._mandate.match(text, last.start) is not None)
            yield replace(function, shares=function is last or not (is_other or is_complete))

    def _inherits(self, text: str, head: re.Match[str], end: int) -> bool:
        """True where the function may be one of the body spoken of: not « directrice de cabinet du ministre »."""
        if head["inherits"] is None or self._of_states.match(text, head.start()) or self._charged.search(text, head.end(), end):
            return False
        is_some = self._of_some.search(text, head.end(), end) or self._of_some.match(text, end)
        return is_some is None and self._elsewhere.search(text, head.end(), end) is None

    def _complement(self, text: str, at: int) -> tuple[int, FunctionPhrase | None]:
        """Where the function's own words end, and its named complement where it has one (as an empty phrase)."""
        for _ in range(_MOST_WORDS):
            if self._party.match(text, at):
                return self._adjacent(text, at)
            if adjective := self._behind.match(text, at) or self._bare.match(text, at):
                at = adjective.end()
                continue
            step = self._and_complement.match(text, at)
            lead = self._lead.match(text, step.end() - 1 if step else at)
            if lead is None:
                break
            if (named := self._named(text, lead)) is not None:
                return at, named
            noun = _WORD.match(text, lead.end())
            if noun is None or self._end.match(text, lead.end()) or (step and self._head.match(lowered(text), lead.end())):
                break
            at = noun.end()
        since = self._since.match(text, at)
        lead = self._lead.match(text, since.end()) if since else None
        return at, self._named(text, lead) if lead else None

    def _adjacent(self, text: str, at: int) -> tuple[int, FunctionPhrase | None]:
        """A party or a country right behind: « député Renaissance », « directrice France », « député (Horizons) »."""
        if text[at + 1] == _PLACE:
            return at + 2, self._complement(text, at + 2)[1]
        org = text.index(_BODY, at)
        end = org + (2 if text[org + 1 : org + 2] == ")" else 1)
        lead = self._lead.match(text, end)
        if lead and text[lead.end() : lead.end() + 1] == _BODY:
            return at, FunctionPhrase(_NONE, lead.end() + 1, lead.end())
        tail = self._tail.match(text, end)
        return at, FunctionPhrase(_NONE, tail.end() if tail else end, org)

    def _named(self, text: str, lead: re.Match[str]) -> FunctionPhrase | None:
        """The complement where it is a name, or a carrier noun with or without one."""
        at = lead.end()
        young = self._epithet.match(text, at)
        at = young.end() if young else at
        if text[at : at + 1] == _BODY:
            return FunctionPhrase(_NONE, at + 1, at)
        if text[at : at + 1] == SIGNS["PER"] and self._towards.match(lead[0]):
            return None
        if text[at : at + 1] and text[at] in NAMES:
            further = self._at_body.match(text, at + 1)
            if text[at] != _PLACE and further is not None:
                return FunctionPhrase(_NONE, further.end(), further.end() - 1)
            is_part = lead["place"] is not None or (text[at] == _PLACE and self._for_part.match(lead[0]) is not None)
            return FunctionPhrase(_NONE, at + (text[at] != SIGNS["PER"]), other=not is_part)
        if demonstrative := self._demonstrative.match(text, at):
            return FunctionPhrase(_NONE, demonstrative.end(), carrier=(demonstrative[0], at))
        carrier = self._carrier.match(text, at)
        if carrier is None:
            return None
        if carrier["org"]:
            return FunctionPhrase(_NONE, carrier.end(), carrier.start("org"))
        if self._own.match(text, carrier.end("noun")):
            return FunctionPhrase(_NONE, carrier.end("noun"), other=True)
        return FunctionPhrase(_NONE, carrier.end("noun"), carrier=(carrier["noun"], at)) if lead["definite"] else None


def owner(antecedents: Antecedents, phrase: FunctionPhrase, masked: Masked) -> Mention | None:
    """The body that a description in the complement stands for (« patron de la maison », « patron de ce dernier »)."""
    if phrase.carrier is None:
        return None
    noun, offset, bodies = phrase.carrier[0], masked.origin(phrase.carrier[1]), antecedents.bodies
    if antecedents.syntax.demonstrative.fullmatch(noun):
        found = antecedents.pronoun(noun, masked.origin(phrase.start)).mention
        return found if found is not None and found.type == "ORG" else None
    called = antecedents.body_called(noun, offset).mention
    if called is not None or antecedents.descriptions.is_nameless(noun.lower()):
        return called
    return bodies.unknown(offset) or bodies.owner(offset).mention
