"""The small words of French, compiled once: what governs a name, what stands for one, where a clause begins and ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from pipeline.lexicon.expressions import any_of
from pipeline.recognize.sieve import Sifted

_INSERT = re.compile(r"\{([a-z_]+)\}")
_Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Syntax:
    """Expressions over masked text, under the names that `words/syntax.yaml` gives them; `slots` are its prepositions.

    `contracted` gives the article in the contracted one behind a verb: « (l'avis) des juges » → « les juges ».
    """

    slots: Mapping[str, str]
    contracted: Mapping[str, str]
    active: _Pattern
    active_goes_on: _Pattern
    adjacent: _Pattern
    aims: _Pattern
    asked: _Pattern
    as_for: _Pattern
    aside_closed: _Pattern
    aside_first: _Pattern
    after_feminine: _Pattern
    after_first_possessive: _Pattern
    after_masculine: _Pattern
    after_indefinite: _Pattern
    after_possessive: _Pattern
    and_him: _Pattern
    apposed: _Pattern
    apposed_before: _Pattern
    apposed_person: _Pattern
    auxiliary: _Pattern
    ballot: _Pattern
    bare_comma: _Pattern
    bare_complement: _Pattern
    before_fronted: _Pattern
    before_phrase: _Pattern
    before_gerund: _Pattern
    before_head: _Pattern
    begins_quoted: _Pattern
    behind_colon: _Pattern
    behind_comma: _Pattern
    body_behind: _Pattern
    by_agent: _Pattern
    by_part: _Pattern
    circumstance: _Pattern
    circumstantial: _Pattern
    clitic: _Pattern
    closes_quoted: _Pattern
    comma: _Pattern
    complement: _Pattern
    complement_before_comma: _Pattern
    conjunction: _Pattern
    dative: _Pattern
    dative_word: _Pattern
    demonstrative: _Pattern
    dependent: Sifted
    described_object: _Pattern
    described_subject: _Pattern
    done_behind: _Pattern
    done_by: _Pattern
    done_by_it: _Pattern
    ends_governing: _Pattern
    feminine_body: _Pattern
    feminine_clitic: _Pattern
    feminine_determiner: _Pattern
    feminine_participle: _Pattern
    feminine_pronoun: _Pattern
    feminine_titled: _Pattern
    finite: _Pattern
    first_person: _Pattern
    first_person_object: _Pattern
    frame: _Pattern
    frame_name: _Pattern
    governed: _Pattern
    head: _Pattern
    heading: _Pattern
    him_behind: _Pattern
    host: _Pattern
    impersonal: _Pattern
    in_company: _Pattern
    in_manner: _Pattern
    indefinite: _Pattern
    in_turn: _Pattern
    inverts: _Pattern
    item: _Pattern
    joined: _Pattern
    joins_last: _Pattern
    joins_next: _Pattern
    list_goes_on: _Pattern
    listed: _Pattern
    listed_apposed: _Pattern
    manner: _Pattern
    masculine_body: _Pattern
    matter: _Pattern
    masculine_determiner: _Pattern
    masculine_titled: _Pattern
    member_behind: _Pattern
    measure: _Pattern
    measured: _Pattern
    measured_aside: _Pattern
    name_behind: _Pattern
    named_so: _Pattern
    no_host: _Pattern
    object_pronoun: _Pattern
    of_asked: _Pattern
    of_author: _Pattern
    office_before: _Pattern
    one_of_its: _Pattern
    of_it: _Pattern
    of_unnamed: _Pattern
    one_noun: _Pattern
    opening: _Pattern
    opens_aside: _Pattern
    ordinal: _Pattern
    other_deed: _Pattern
    pair: _Pattern
    partitive: _Pattern
    passive: _Pattern
    person_before: _Pattern
    phrase: _Pattern
    phrase_end: _Pattern
    plural: _Pattern
    plural_participle: _Pattern
    plural_pronoun: _Pattern
    plural_verb: _Pattern
    possessed: _Pattern
    pronoun: _Pattern
    receives: _Pattern
    relative: _Pattern
    relative_gap: _Pattern
    relative_genitive: _Pattern
    relative_governed: _Pattern
    relative_inverted: _Pattern
    relative_subject: _Pattern
    rules: _Pattern
    seat: _Pattern
    self_named: _Pattern
    share: _Pattern
    source: Sifted
    stop_before: _Pattern
    stop_behind: _Pattern
    tells: _Pattern
    titled: _Pattern
    to_be: _Pattern
    to_last_determiner: _Pattern
    told_to: _Pattern
    trade: _Pattern
    undergoes: _Pattern
    who_to_him: _Pattern

    def slot_of(self, preposition: str) -> str:
        """What a preposition makes of the name behind it (« auprès de » → from)."""
        return self.slots[preposition.lower()]

    def governs(self, before: str) -> bool:
        """True where the words right before a name govern it: « chez », but not « le spécialiste du paiement »."""
        return self.dependent.search(before) is not None and self.trade.search(before) is None

    def definite(self, words: str) -> str:
        """The description with its plain article (« des juges » → « les juges »)."""
        article = next((one for one in self.contracted if words.startswith(one)), "")
        return self.contracted[article] + words[len(article) :] if article else words

    def gender_before(self, words: str) -> Literal["masculine", "feminine"] | None:
        """The gender that a determiner at the end of `words` tells (« la » → feminine), None where it tells none."""
        if self.feminine_determiner.search(words):
            return "feminine"
        return "masculine" if self.masculine_determiner.search(words) else None


def read_syntax(data: Mapping[str, Any]) -> Syntax:
    """The expressions of `words/syntax.yaml`; each may name the word classes and the expressions before it."""
    slots = {preposition: slot for slot, words in data["prepositions"].items() for preposition in words}
    atoms = {name: any_of(words) for name, words in data["words"].items()} | {"preposition": any_of(slots)}
    for name, expression in data["expressions"].items():
        atoms[name] = _INSERT.sub(lambda match: f"(?:{atoms[match[1]]})", expression)
    wanted = {field.name: field.type for field in fields(Syntax) if field.name not in ("slots", "contracted")}
    patterns = {name: re.compile(atoms[name], re.IGNORECASE) for name in wanted}
    read: dict[str, Any] = {name: Sifted(patterns[name]) if kind == "Sifted" else patterns[name] for name, kind in wanted.items()}
    return Syntax(slots, data["contracted"], **read)
