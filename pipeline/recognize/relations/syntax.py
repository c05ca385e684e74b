"""The small words of French, compiled once: what governs a name, what stands for one, where a clause begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from pipeline.recognize.relations.masking import NAMES, SIGNS

NAME = f"[{NAMES}]"
QUOTE = SIGNS["quote"]
_MEASURES = "".join(SIGNS[kind] for kind in ("money", "percent", "quantity", "date", "duration", "set"))


class Syntax:
    """Expressions over masked text, made of `words/syntax.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        determiner = _any(words["determiners"])
        article = rf"(?:(?:{determiner}))"
        self.slots: Mapping[str, str] = MappingProxyType({p: slot for slot, ps in words["prepositions"].items() for p in ps})
        whole = r"(?:(?<=')|(?!\w))"
        preposition = rf"(?<![\w'])(?:{_any(self.slots)}){whole}"
        titles = _any(words["titles"])
        subject, objects = _any(words["pronouns"]["subjects"]), _any(words["pronouns"]["objects"])
        self.titled = _compile(rf"(?:(?:{titles}) )?{words['articles']}?(?P<name>{NAME})")
        self.titles: Mapping[Literal["masculine", "feminine"], re.Pattern[str]] = {
            "masculine": _compile(rf"(?<!\w)(?:{_any(words['masculine_titles'])}) $"),
            "feminine": _compile(rf"(?<!\w)(?:{_any(words['feminine_titles'])}) $"),
        }
        self.phrase = _compile(rf"(?P<phrase>{article}[^,.;:!?()\n{QUOTE}–—]{{2,120}})")
        self.name_behind = _compile(rf" ?,? ?(?:{article}(?:[\w-]+ ){{1,4}}|(?:{titles}) )?(?P<name>{SIGNS['PER']})")
        self.body_behind = _compile(rf" ?, {words['articles']}?(?P<name>{SIGNS['ORG']}) ?,")
        self.dependent = _compile(rf"{preposition} ?{article}?(?:[a-zà-ÿ-]+ ){{0,1}}$")
        self.pronoun = _compile(rf"(?<![\w'-])(?P<word>{subject}|{objects})(?![\w-])")
        self.object_pronoun = _compile(objects)
        self.demonstrative = _compile(_any(words["demonstratives"]))
        self.opening = _compile(rf"(?P<phrase>{article}[\w'-]+(?: [\w'-]+){{0,3}})")
        self.apposed = _compile(rf" ?[,(] ?{article}?(?P<noun>[^,.;:()]{{3,60}})")
        self.impersonal = _compile(words["impersonal"])
        self.indefinite = _compile(words["indefinite"])
        self.after_indefinite = _compile(rf"(?<!\w){words['indefinite']}(?:\w+ )?$")
        self.plural = _compile(words["plural"])
        self.possessive = _compile(rf"(?<!\w)(?:{_any(words['possessives'])}) (?:\w+ )?$")
        self.conjunction = _compile(rf"(?<!\w)(?:{_any(words['conjunctions'])})")
        self.governor = _compile(rf".*(?<!\w)(?:{_any(words['governors'])})(?!\w)")
        self.possessed = _compile(rf"(?:{_any(words['possessives'])}) ")
        openers = _any(words["clause_openers"])
        self.described_subject = _compile(rf"(?:^\W*|[,;:•→–] |(?<= )(?:{openers}) |qu')(?P<subject>{article}[\w'’ -]{{2,60}})")
        closed = _any({word.strip() for word in (*words["determiners"], *words["clause_openers"], *self.slots)})
        open_word = rf"(?!(?:{closed})(?: |(?<=')))[\w'&-]+ "
        self.governed = _compile(
            rf"(?<![\w'])(?P<preposition>{_any(self.slots)}){whole} ?{article}?(?P<between>(?:{open_word}){{0,5}})$"
        )
        self.behind_comma = _compile(rf", {article}?(?:[a-zà-ÿ-]+ )?$")
        self.measured = _compile(rf" ?(?:(?:{_any(words['before_measures'])}) ?)*[{_MEASURES}]")
        self.measured_aside = _compile(rf",[^,.;:{NAMES}]{{0,40}}[{_MEASURES}][^,.;:{NAMES}]{{0,20}},")
        self.heading = _compile(rf"\W{{0,3}}(?P<name>{NAME})(?: ?\([^()]*\))? : ")
        self.listed = _compile(
            rf"^(?: ?\([^()]*\))?(?:{_any(words['joints'])})(?:(?:{preposition}) ?)?{article}?(?:[a-zà-ÿ-]+ ){{0,2}}$"
        )
        last = rf",? (?:{_any(words['last_joints'])}) (?:{preposition} ?)?{article}?(?:[a-zà-ÿ-]+ ){{0,3}}{NAME}"
        self.list_goes_on = _compile(rf"(?: ?\([^()]*\))?(?:, {article}?{NAME}(?: ?\([^()]*\))?)*{last}")
        self.listed_apposed = _compile(rf"^,(?: [^,;:.]{{2,90}},){{1,2}} et {article}?(?:[a-zà-ÿ-]+ ){{0,2}}$")
        self.head = _compile(rf"(?P<name>{NAME})(?: ?\([^()]*\))?,? (?:[\w-]+ment |(?:{_any(words['before_participle'])}) )?$")
        self.pair = _compile(words["pair"])
        self.stop_behind = re.compile(_any(words["stop_behind"]))
        self.stop_before = re.compile(_any(words["stop_before"]))
        self.relative = _compile(rf",? (?P<word>{_any(words['relatives'])}) ?")
        self.relative_gap = _compile(r"(?: ?\([^()]*\))?(?:,[^,.;:]{1,70})?")
        circumstance = rf"(?:{_any(words['circumstances'])})"
        somebody = rf"(?= (?:{NAME}|{determiner}|(?:{titles}) ))"
        self.circumstance = _compile(
            rf" ?,? ?(?:{circumstance} [^,.;:!?()\n{NAMES}{QUOTE}]{{1,45}}?(?:,|{somebody})"
            rf"|, [^,.;:!?()\n{NAMES}{QUOTE}]{{2,45}},{somebody}"
            rf"|{circumstance} (?:l'|la |le )?[{SIGNS['ORG']}{SIGNS['PRODUCT']}{SIGNS['LOC']}],?|{words['adverbs']},?) ?"
        )
        self.described_object = _compile(
            rf"(?<![\w'])(?:(?P<preposition>{_any(self.slots)}){whole} ?)?"
            rf"(?P<phrase>(?:(?<=\bau )|(?<=\baux )|(?<=\bdu )|l'|la |le |les )[a-zà-ÿ][\w'-]+(?: [a-zà-ÿ][\w'-]+){{0,3}})"
        )
        active, passive = _any(words["auxiliaries"]["active"]), _any(words["auxiliaries"]["passive"])
        self.datives = frozenset(words["datives"])
        self.feminine_participle = re.compile(words["feminine_participle"])
        self.to_be, self.ballot = re.compile(words["to_be"]), re.compile(words["ballot"])
        self.auxiliary = _compile(rf" (?:ne |n')?(?:{active}|{passive})(?!\w)")
        self.active = _compile(rf"(?<!\w)(?:{active})(?: (?!été)[\w'-]+){{0,3}} $")
        self.passive = _compile(rf"(?<!\w)(?:{passive})(?: (?!par )[\w'-]+){{0,3}} $")
        self.adjacent = _compile(
            rf"(?P<name>{NAME})(?: ?\([^()]*\))? (?:{_any(words['clitics'])} ?|ne |n'|se |s'|y |en )*"
            rf"(?:(?:{active}|{passive}) )?(?:{words['adverbs']} |(?:{_any(words['after_auxiliary'])}) )*$"
        )
        self.clitic = _compile(rf"(?<!\w)(?P<word>{_any(words['clitics'])})(?: ?(?:{active}) (?:\w+ )?)?$")
        self.dative = _compile(
            rf"(?<!\w)(?P<word>{_any(words['datives'])}) (?:(?:{active}) )?(?:[\w'-]+ ){{1,3}}(?:une? |la |le |l')?(?:\w+ )?$"
        )

    def slot_of(self, preposition: str) -> str:
        """What a preposition makes of the name behind it (« auprès de » → from)."""
        return self.slots[preposition.lower()]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
