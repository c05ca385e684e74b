"""Who is what: a person's function as the text gives it, with its organisation.

Functions are found first (`relations.functions`); each then becomes one character of its paragraph, so that the rules of
`roles.yaml` read « {person}, {role} » and « {role}, {person} ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.lexicon import Lexicon
from pipeline.lexicon.conditions import Conditions
from pipeline.lexicon.expressions import Expression
from pipeline.model import Block, Document, Mention, Role, Span
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.functions import Function, FunctionGrammar, FunctionPhrase, owner
from pipeline.recognize.relations.masking import SIGNS, Masked, Masking, Sign, masked_surroundings, name_signs
from pipeline.recognize.relations.near_misses import NearMiss
from pipeline.recognize.relations.offices import Offices
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.scores import RuleScores
from pipeline.recognize.sieve import Sieve

_ONE_OF = 25
"""Within so many letters before a function « l'un de ses » stands."""
_LISTED = 160
"""Within so many letters before a name others of its list stand."""


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    pattern: Expression
    conditions: Conditions


@dataclass(frozen=True, slots=True)
class _Link:
    """A function's place, its person, and the body that its rule names; `joins` where he takes it in the one spoken of.

    `there`: the rule speaks of it as « y ».
    """

    start: int
    person: Mention
    org: Mention | None
    rule_id: str
    joins: bool = False
    there: bool = False


class RoleRecognizer:
    """The functions of an article's people; built once from the lexicon, with its `descriptions` where they are built already.

    « Nora Belkacem, PDG de Lumio » → role « PDG », person Nora Belkacem, organisation Lumio.
    """

    def __init__(self, lexicon: Lexicon, *, descriptions: Descriptions | None = None) -> None:
        file = lexicon.rules["roles"]
        self._descriptions = descriptions or Descriptions(lexicon)
        self._grammar = FunctionGrammar(lexicon)
        self._scores = RuleScores(lexicon.words["relations_calibration"])
        self._of_chambers = re.compile(lexicon.words["roles"]["of_chambers"], re.IGNORECASE)
        self._offices = Offices(lexicon.words["roles"])
        self._plural = re.compile(lexicon.words["roles"]["plural"], re.IGNORECASE)
        self._named_of_several = re.compile(lexicon.words["roles"]["named_of_several"], re.IGNORECASE)
        self._beside, self._listed = re.compile(file.expand("{beside}")), re.compile(file.expand("{listed}"))
        self._listed_before = re.compile(file.expand("{listed_before}"))
        self._pronoun = re.compile(file.expand("{pronoun}"))
        ordered = sorted(file.rules, key=lambda rule: -rule.priority)
        self._rules = tuple(_Rule(rule.id, Expression(file.pattern(rule)), Conditions(file, rule)) for rule in ordered)
        self._sieve = Sieve(rule.pattern for rule in self._rules)

    def find(
        self, document: Document, mentions: tuple[Mention, ...], *, antecedents: Antecedents | None = None
    ) -> tuple[Role, ...]:
        """The article's roles in order, one a person and function."""
        if not any(m.type == "PER" for m in mentions):
            return ()
        antecedents = antecedents or Antecedents(document, mentions, self._descriptions)
        roles: list[Role] = []
        for block in document.blocks:
            roles += self._find_in(document, block, antecedents)
        return tuple(sorted(roles, key=lambda r: (r.start, r.end)))

    def near_misses(self, document: Document, mentions: tuple[Mention, ...]) -> Iterator[NearMiss]:
        """The functions that no rule ties to a person of their paragraph."""
        tied = {role.start for role in self.find(document, mentions)}
        masking = Masking(document.folded, name_signs(mentions))
        for block in document.blocks:
            masked = masking.mask(Span(block.start, block.end))
            people = sorted({name_of(s.mention) for _, s in masked.signs() if s.kind == "PER" and s.mention})
            there = f"though it names {', '.join(people)}" if people else "which names nobody"
            for phrase in self._grammar.find(masked):
                start, end = masked.origin(phrase.start), masked.ending(phrase.functions[0].end)
                if start not in tied:
                    what = f"no rule ties it to a person of its paragraph, {there}"
                    yield NearMiss(start, end, "role", document.text[start:end], "", what)

    def _find_in(self, document: Document, block: Block, antecedents: Antecedents) -> Iterator[Role]:
        if not self._grammar.may_find(document.folded[block.start : block.end]):
            return
        block_span = Span(block.start, block.end)
        masked = antecedents.names.mask(block_span)
        stand_ins = tuple(self._pronouns(masked, antecedents))
        pronouns = tuple(sign for sign, _ in stand_ins)
        if described := tuple(sign for sign, is_description in stand_ins if is_description):
            masked = Masking(document.folded, (*described, *antecedents.names.signs_in(block_span))).mask(block_span)
        if not pronouns and not any(sign.kind == "PER" for _, sign in masked.signs()):
            return
        phrases = {masked.origin(phrase.start): phrase for phrase in self._grammar.find(masked)}
        for link in self._links(document, masked, phrases, antecedents.names, pronouns):
            phrase = phrases[link.start]
            for function in phrase.functions:
                start, end = masked.origin(function.start), masked.ending(function.end)
                body = self._organisation(masked, phrase, function, link, antecedents)
                score = self._scores.of("role", link.rule_id)
                yield Role(start, end, document.text[start:end], link.person, body, link.rule_id, score)

    def _pronouns(self, masked: Masked, antecedents: Antecedents) -> Iterator[tuple[Sign, bool]]:
        """The words that a function may stand beside (« Elle était directrice », « l'a nommée »), as whom they stand for.

        True with those that describe him (« cette spécialiste du bois »), whose noun is no function.
        """
        for match in self._pronoun.finditer(masked.text):
            start = masked.origin(match.start())
            if match["described"]:
                person = antecedents.described(match[0], start).mention
            else:
                feminine = None if match["clitic"] is None else match["clitic"] == "la " or bool(match["feminine"])
                person = antecedents.pronoun(match[0], start, feminine=feminine, human=True).mention
            if person is not None and person.type == "PER":
                yield Sign(start, start + len(match[0]), "PER", person), match["described"] is not None

    def _links(
        self,
        document: Document,
        masked: Masked,
        phrases: Mapping[int, FunctionPhrase],
        masking: Masking,
        pronouns: tuple[Sign, ...],
    ) -> Iterator[_Link]:
        """Each function's person, by the strongest rule that ties them."""
        if not phrases:
            return
        signs = [Sign(start, masked.ending(phrase.end), "role") for start, phrase in phrases.items()]
        span = Span(masked.start, masked.ending(len(masked.text)))
        within = Masking(document.folded, (*pronouns, *signs, *masking.signs_in(span)))
        linked = within.mask(span)
        around = masked_surroundings(document, within, linked, whole=masking)
        taken: set[int] = set()
        for rule in map(self._rules.__getitem__, self._sieve.passing(linked.text)):
            for match in rule.pattern.compiled.finditer(linked.text):
                at = match.start("person")
                start, person = linked.origin(match.start("role")), linked.mention(at)
                others = tuple(self._also(document, linked, start, at))
                is_one_of_many = match.start("role") < at and not others and self._is_of_many(document, start)
                if start in taken or person is None or is_one_of_many:
                    continue
                if rule.conditions.hold(linked.text, *match.span(), around):
                    taken.add(start)
                    named = match.groupdict().get("org") is not None
                    body = linked.mention(match.start("org")) if named else self._body_beside(document, linked, start, at)
                    joins, there = (match.groupdict().get(name) is not None for name in ("joins", "there"))
                    yield _Link(start, person, body, rule.id, joins, there)
                    for other in others:
                        if (mention := linked.mention(other)) is not None:
                            yield _Link(start, mention, self._body_beside(document, linked, start, other), rule.id)

    def _is_of_many(self, document: Document, start: int) -> bool:
        """True for « les délégués », not for « l'un de ses délégués »."""
        one = self._named_of_several.search(document.folded, max(0, start - _ONE_OF), start)
        return one is None and self._plural.match(document.folded, start) is not None

    def _body_beside(self, document: Document, linked: Masked, role: int, person: int) -> Mention | None:
        """The party or organisation in brackets behind a person: « le député Paul Verdier (Lumio) »."""
        if self._of_chambers.match(document.folded, role):
            return None
        beside = self._beside.match(linked.text, person + 1)
        return linked.mention(beside.start("org")) if beside else None

    def _also(self, document: Document, linked: Masked, role: int, person: int) -> Iterator[int]:
        """The further people whom a function in the plural names: « les rapporteurs, Nora Belkacem et Paul Verdier ».

        They stand behind the first one, or before the last: « Nora Belkacem et Paul Verdier, cofondateurs de Lumio ».
        """
        if not self._plural.match(document.folded, role):
            return
        listed = self._listed.match(linked.text, person + 1)
        listed = listed or self._listed_before.search(linked.text, max(0, person - _LISTED), person)
        if listed:
            yield from (at for at in range(*listed.span()) if linked.text[at] == SIGNS["PER"])

    @staticmethod
    def _is_owned_at(masked: Masked, phrase: FunctionPhrase, antecedents: Antecedents) -> bool:
        """True where a place only tells at which one somebody holds another's office: « sa représentante à Lyon »."""
        is_place = masked.text[phrase.end - 1 : phrase.end] == SIGNS["LOC"]
        return is_place and antecedents.syntax.after_possessive.search(masked.text[: phrase.start]) is not None

    def _organisation(
        self, masked: Masked, phrase: FunctionPhrase, function: Function, link: _Link, antecedents: Antecedents
    ) -> Mention | None:
        """The organisation of the function: its complement, else the sentence's, else the one the article speaks of."""
        if phrase.org is not None and function.shares:
            return masked.mention(phrase.org)
        if phrase.carrier is not None and function.shares:
            return owner(antecedents, phrase, masked)
        if link.org is not None or (phrase.other and function.shares and not self._is_owned_at(masked, phrase, antecedents)):
            return link.org
        here = masked.origin(phrase.start)
        if link.there:
            return antecedents.bodies.owner(here).mention
        if function.inherits and (namesake := antecedents.bodies.namesake(link.person, here)) is not None:
            return namesake
        return self._offices.body(masked, phrase, replace(function, inherits=function.inherits or link.joins), antecedents)
