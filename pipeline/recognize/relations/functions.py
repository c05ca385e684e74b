"""The words that name a person's function: « ancien directeur général adjoint », with the organisation they lead up to.

A function begins with a head noun of `words/roles.yaml`, takes what precedes it (« ancien », « vice- »), adjectives and
complements made of common nouns (« en politique numérique »), and stops before a complement that is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon import Lexicon
from pipeline.model import Mention
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked

_BODY, _PLACE = SIGNS["ORG"], SIGNS["LOC"]
_MOST_WORDS = 9
_PREPOSITION = re.compile(
    r" (?:(?:chargée?s? |déléguée?s? |responsable )?(?P<short>d'|de l'|de la |du |des |de )|(?:auprès |au sein )(?:d'|de l'|de la |du |des |de )|à l'|à la |au |aux |à |en |pour l'|pour la |pour le |pour les |pour |chez |sur l'|sur la |sur le |sur les |sur |ès )"
)
_ADJECTIVE = re.compile(
    r"\w{2,}(?:ale?s?|aux|iques?|elle?s?|aires?|ifs?|ives?|iers?|ières?|ienn?e?s?|aise?s?|oise?s?|éenn?e?s?|ables?|ibles?|urs|ogue|gnée?s?|orale?|icole|ote|otte)$"
)
_NO_ADJECTIVE = frozenset(
    ("quel", "quelle", "tel", "telle", "celle", "elle", "elles", "mal", "avocats", "ainsi", "seule", "seuls", "mais", "jamais")
)
_LOWER = re.compile(r"[a-zà-ÿœ][\wà-ÿœ'&-]*|[A-ZÀ-Ý][\wà-ÿœ&-]*")
_NOT_PART = re.compile(
    r"(?:qui|que|dont|où|et|ou|mais|a|est|sont|ont|était|avait|depuis|lors|dans|avec|pendant|après|avant|afin|selon|ce|cette|ces|il|elle|on|nous|pas|plus|ne|n'|se|s'|y|par|tout|toute|son|sa|leur)(?!\w)"
)
_COORDINATE_COMPLEMENT = re.compile(r"(?:,| et) (?=(?:de la |de l'|des |du |d'|à la |à l'|au |aux )[A-ZÀ-Ýa-zà-ÿ])")
_COORDINATE_HEAD = re.compile(r"(?:,| et|, et| puis|/| -)? ?(?:(?<= et )|(?<=, )|(?<=/)|(?<= puis )|(?<=- ))(?:la |le |l'|co-)?")


@dataclass(frozen=True, slots=True)
class Function:
    """One function: masked offsets of its words, and whether its organisation may go without saying."""

    start: int
    end: int
    inherits: bool


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


class FunctionGrammar:
    """Reads the functions of a masked text; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words["roles"]
        pre = "|".join(words["pre"])
        inherits, free = ("|".join(words["heads"][kind]) for kind in ("inherits", "free"))
        self._head = re.compile(
            rf"(?<![\w-])(?P<pre>(?:(?:{pre})[ -])*)(?:(?P<inherits>{inherits})|(?P<free>{free}))(?![\w-])", re.IGNORECASE
        )
        self._behind = re.compile(rf"(?:{'|'.join(re.escape(w) for w in sorted(words['behind'], key=lambda w: -len(w)))})(?!\w)")
        carriers = "|".join(re.escape(w) for w in sorted(words["carriers"], key=lambda w: -len(w)))
        self._carrier = re.compile(
            rf"(?P<noun>(?:{carriers}))(?!\w)(?: [a-zà-ÿ-]{{3,}}){{0,2}}? ?(?:«|“|\")? ?(?P<org>{_BODY})?", re.IGNORECASE
        )

    def find(self, masked: Masked) -> Iterator[FunctionPhrase]:
        """The functions of the text from left to right, coordinated ones as one phrase."""
        at = 0
        while match := self._head.search(masked.text, at):
            phrase = self._read(masked.text, match)
            yield phrase
            at = max(match.end(), phrase.end)

    def _read(self, text: str, match: re.Match[str]) -> FunctionPhrase:
        functions: list[Function] = []
        while True:
            end, phrase = self._complement(text, match.end())
            functions.append(Function(match.start(), end, match["inherits"] is not None))
            if phrase is not None:
                return FunctionPhrase(tuple(functions), phrase.end, phrase.org, phrase.carrier, phrase.other)
            joint = _COORDINATE_HEAD.match(text, end)
            following = self._head.match(text, joint.end()) if joint else None
            if following is None:
                return FunctionPhrase(tuple(functions), end)
            match = following

    def _complement(self, text: str, at: int) -> tuple[int, FunctionPhrase | None]:
        """Where the function's own words end, and its named complement where it has one (as an empty phrase)."""
        words = 0
        while words < _MOST_WORDS:
            if text[at : at + 2] in (f" {_BODY}", f" {_PLACE}") or re.match(rf" ?\((?:[^()]*?){_BODY}\)", text[at : at + 30]):
                return self._adjacent(text, at)
            if (word := self._word_behind(text, at)) is not None:
                at, words = word, words + 1
                continue
            step = _COORDINATE_COMPLEMENT.match(text, at) if words else None
            preposition = _PREPOSITION.match(text, step.end() - 1 if step else at)
            if preposition is None:
                break
            named = self._named(text, preposition)
            if named is not None:
                return (at, named)
            noun = _LOWER.match(text, preposition.end())
            if noun is None or _NOT_PART.match(text, preposition.end()) or (step and self._head.match(text, preposition.end())):
                break
            at, words = noun.end(), words + 1
        return at, None

    def _adjacent(self, text: str, at: int) -> tuple[int, FunctionPhrase | None]:
        """A party or a country right behind: « député Renaissance », « directrice France », « député (Horizons) »."""
        if text[at + 1] == _PLACE:
            return at + 2, self._complement(text, at + 2)[1]
        org = text.index(_BODY, at)
        end = org + (2 if text[org + 1 : org + 2] == ")" else 1)
        tail = re.compile(rf" (?:d[eu]s? |d')(?:la |le |l')?{_PLACE}").match(text, end)
        return at, FunctionPhrase((Function(at, at, inherits=False),), tail.end() if tail else end, org)

    def _word_behind(self, text: str, at: int) -> int | None:
        """Where an adjective or a bare noun right behind ends (« général », « marketing »)."""
        if text[at : at + 1] != " ":
            return None
        if match := self._behind.match(text, at + 1):
            return match.end()
        word = _LOWER.match(text, at + 1)
        if word and word[0] not in _NO_ADJECTIVE and word[0][0].islower() and _ADJECTIVE.match(word[0]):
            return word.end()
        return None

    def _named(self, text: str, preposition: re.Match[str]) -> FunctionPhrase | None:
        """The complement where it is a name, or a carrier noun with or without one."""
        at = preposition.end()
        dummy = (Function(at, at, inherits=False),)
        if text[at : at + 1] == _BODY:
            return FunctionPhrase(dummy, at + 1, at)
        if text[at : at + 1] and text[at] in NAMES:
            behind_name = at + (text[at] != SIGNS["PER"])
            return FunctionPhrase(dummy, behind_name, other=not preposition[0].startswith(" en "))
        if (carrier := self._carrier.match(text, at)) is None:
            return None
        if carrier["org"]:
            return FunctionPhrase(dummy, carrier.end(), carrier.start("org"))
        if preposition[0].rstrip().endswith(("de la", "de l'", "du", "chez", "au", "à la")):
            return FunctionPhrase(dummy, carrier.end("noun"), carrier=(carrier["noun"], at))
        return None


def owner(antecedents: Antecedents, carrier: tuple[str, int], masked: Masked) -> Mention | None:
    """The body that a description in the complement stands for (« patron de la maison »)."""
    noun, at = carrier
    return antecedents.described(f"la {noun}", masked.origin(at)).mention
