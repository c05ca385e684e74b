"""Who is what: a person's function as the text gives it, with its organisation.

Functions are found first (`relations.functions`); each then becomes one character of its paragraph, so that the rules of
`roles.yaml` read « {person}, {role} » and « {role}, {person} ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon import Lexicon
from pipeline.model import Block, Document, Mention, Role, Span
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.functions import FunctionGrammar, FunctionPhrase, owner
from pipeline.recognize.relations.masking import Masked, Masking, Sign, name_signs

_POSSESSIVE = re.compile(r"(?:\b[sS]on|\b[sS]a|\b[sS]es|\b[lL]eurs?) (?:\w+ )?$")
_INDEFINITE = re.compile(r"\b[uU]ne? (?:\w+ )?$")
_PAST = re.compile(r"(?:ancien|ex-|ex )", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    pattern: re.Pattern[str]


class RoleRecognizer:
    """The functions of an article's people; built once from the lexicon.

    « Nora Belkacem, PDG de Lumio » → role « PDG », person Nora Belkacem, organisation Lumio.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        file = lexicon.rules["roles"]
        self._descriptions = Descriptions(lexicon)
        self._grammar = FunctionGrammar(lexicon)
        ordered = sorted(file.rules, key=lambda rule: -rule.priority)
        self._rules = tuple(_Rule(rule.id, re.compile(file.pattern(rule))) for rule in ordered)

    def find(self, document: Document, mentions: tuple[Mention, ...]) -> tuple[Role, ...]:
        """The article's roles in order, one a person and function."""
        if not any(m.type == "PER" for m in mentions):
            return ()
        names = name_signs(mentions)
        masking = Masking(document.folded, names)
        antecedents = Antecedents(document, mentions, self._descriptions)
        roles: list[Role] = []
        for block in document.blocks:
            roles += self._find_in(document, block, masking, names, antecedents)
        return tuple(sorted(roles, key=lambda r: (r.start, r.end)))

    def _find_in(
        self, document: Document, block: Block, masking: Masking, names: tuple[Sign, ...], antecedents: Antecedents
    ) -> Iterator[Role]:
        masked = masking.mask(Span(block.start, block.end))
        if not any(sign.kind == "PER" for _, sign in masked.signs()):
            return
        phrases = {masked.origin(p.start): p for p in self._grammar.find(masked)}
        if not phrases:
            return
        signs = [Sign(start, masked.ending(p.end), "role") for start, p in phrases.items()]
        inner = [s for s in names if block.start <= s.start and s.end <= block.end]
        linked = Masking(document.folded, (*signs, *inner)).mask(Span(block.start, block.end))
        taken: set[int] = set()
        for rule in self._rules:
            for match in rule.pattern.finditer(linked.text):
                start = linked.origin(match.start("role"))
                person = linked.mention(match.start("person"))
                if start in taken or person is None:
                    continue
                taken.add(start)
                named = match.groupdict().get("org")
                org = linked.mention(match.start("org")) if named else None
                yield from self._roles(document, masked, phrases[start], person, org, rule.id, antecedents)

    def _roles(
        self,
        document: Document,
        masked: Masked,
        phrase: FunctionPhrase,
        person: Mention,
        org: Mention | None,
        rule_id: str,
        antecedents: Antecedents,
    ) -> Iterator[Role]:
        """One row for each function of the phrase."""
        for function in phrase.functions:
            start, end = masked.origin(function.start), masked.ending(function.end)
            body = self._organisation(masked, phrase, function.inherits, org, antecedents)
            yield Role(start, end, document.text[start:end], person, body, rule_id)

    def _organisation(
        self, masked: Masked, phrase: FunctionPhrase, inherits: bool, given: Mention | None, antecedents: Antecedents
    ) -> Mention | None:
        """The organisation of the function: its complement, else the sentence's, else the one the article speaks of."""
        if phrase.org is not None:
            return masked.mention(phrase.org)
        if phrase.carrier is not None:
            return owner(antecedents, phrase.carrier, masked)
        if given is not None or phrase.other:
            return given
        before = masked.text[: phrase.start]
        here = masked.origin(phrase.start)
        if _POSSESSIVE.search(before):
            return antecedents.body(here).mention
        if inherits and not _INDEFINITE.search(before) and not _PAST.match(masked.text, phrase.start):
            return antecedents.body(here, within=6).mention
        return None
