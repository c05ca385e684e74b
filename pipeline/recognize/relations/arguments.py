"""Who takes part in what a trigger tells: the names of its sentence, each with the preposition that governs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model import Mention
from pipeline.recognize.relations.antecedents import Antecedents, name_of
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked
from pipeline.recognize.relations.subjects import find_subject, read_phrase

_NAME = f"[{NAMES}]"
_SLOTS: Mapping[str, str] = {
    "par": "by",
    "à": "to",
    "au": "to",
    "aux": "to",
    "de": "of",
    "du": "of",
    "des": "of",
    "d'": "of",
    "avec": "with",
    "contre": "against",
    "à l'encontre de": "against",
    "à l'encontre du": "against",
    "à l'encontre d'": "against",
    "visant": "against",
    "ciblant": "against",
    "envers": "against",
    "dans": "in",
    "sur": "on",
    "pour": "for",
    "chez": "from",
    "auprès de": "from",
    "auprès du": "from",
    "auprès des": "from",
    "auprès d'": "from",
    "mené par": "from",
    "menée par": "from",
    "entre": "between",
    "devant": "before",
    "en": "in",
    "parmi": "from",
    "au sein de": "from",
    "au sein du": "from",
    "au titre du": "under",
    "selon": "under",
    "grâce à": "from",
    "aux côtés de": "with",
    "aux côtés du": "with",
    "face à": "against",
    "depuis": "under",
    "sous": "under",
    "via": "under",
    "comme": "under",
    "hors": "under",
    "au profit de": "to",
    "au détriment de": "under",
    "concernant": "on",
    "impliquant": "on",
    "à propos de": "on",
    "au nom de": "under",
}
_PREPOSITIONS = "|".join(re.escape(p) for p in sorted(_SLOTS, key=lambda p: -len(p)))
_GOVERNED = re.compile(
    rf"(?:(?<![\w'])(?P<preposition>{_PREPOSITIONS})(?: ?(?:la |le |les |l'|une? |son |sa |ses |leur |leurs |ce |cette )?))"
    rf"(?P<between>(?:[\w'’&-]+ ){{0,6}})$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^(?: ?\([^()]*\))?(?:, | et | ou |, et | puis |-)(?:(?:de |d'|à |avec |par |pour |dans |chez )?(?:la |le |les |l'|du |au )?)(?:[a-zà-ÿ-]+ ){0,2}$"
)
_APPOSED = re.compile(r"^[^.;:()]{2,60}, $")
_STOP = re.compile(
    r";| : | qui | que | qu'|, qui| dont | où |, mais | alors que | tandis que | pendant que | car | puisque | afin "
)
_LEFT_STOP = re.compile(r"(?:;| : |, mais | alors que | tandis que | car | puisque | lorsque | quand )")
_RELATIVE = re.compile(rf"(?P<name>{_NAME})?(?P<gap>(?: ?\([^()]*\))?(?:,[^,.;:]{{1,70}})?,? )(?P<word>qui|que|qu'|dont) ?")
_CLITIC = re.compile(r"(?<!\w)(?P<word>lui|leur|l'|le |la |les )(?: ?(?:a|ont|avait|avaient|aura) (?:\w+ ){0,1})?$")
_DESCRIBED = re.compile(
    rf"(?<![\w'])(?P<preposition>par|à|au|aux|contre|avec|pour|auprès de|auprès du|dans|chez|sur)?(?: ?)(?P<phrase>(?:l'|la |le |les |son |sa )?[a-zà-ÿ][\w'-]+(?: [a-zà-ÿ][\w'-]+){{0,3}})"
)


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention that takes part, and how: `subject`, `object`, or the slot of its preposition; `at` is its masked offset."""

    slot: str
    mention: Mention
    at: int


def find_arguments(masked: Masked, start: int, end: int, antecedents: Antecedents) -> tuple[Argument, ...]:
    """The names around the masked trigger `start:end`: the subject before it, what it governs behind it."""
    behind = _behind(masked, end)
    before = _before(masked, start, antecedents)
    clitic = _clitic(masked, start, antecedents)
    return (*before, *clitic, *behind)


def _behind(masked: Masked, end: int) -> list[Argument]:
    text = masked.text
    stop = _STOP.search(text, end)
    limit = stop.start() if stop else len(text)
    if stop and stop[0].strip().startswith(("qu", "dont", ",")) and not re.search(_NAME, text[end:limit]):
        limit = len(text)
    found: list[Argument] = []
    for at, sign in masked.signs():
        if not end <= at < limit or sign.kind not in ("PER", "ORG", "LOC", "PRODUCT", "LAW") or sign.mention is None:
            continue
        previous = found[-1] if found else None
        if previous and _LISTED.match(text[previous.at + 1 : at]):
            found.append(Argument(previous.slot, sign.mention, at))
            continue
        found.append(Argument(_slot(text[end:at], previous is not None), sign.mention, at))
    return found


def _slot(between: str, later: bool) -> str:
    """The slot of a name by the words between it and the trigger (« au géant américain » → to)."""
    if match := _GOVERNED.search(between):
        return _SLOTS[match["preposition"].lower()]
    if between.endswith(", ") and (match := _GOVERNED.search(between[:-2] + " ")):
        return _SLOTS[match["preposition"].lower()]
    if re.search(r"[(]", between[-3:]):
        return "aside"
    return "aside" if later and "," in between else "object"


def _before(masked: Masked, start: int, antecedents: Antecedents) -> list[Argument]:
    """The subject: inside a relative clause the name before « qui », else the clause's first name that nothing governs."""
    text = masked.text
    left = max((m.end() for m in _LEFT_STOP.finditer(text, 0, start)), default=0)
    relative = None
    for match in _RELATIVE.finditer(text, left, start):
        relative = match
    if relative is not None and relative["name"] and relative["word"] == "qui":
        return _coordinated(masked, relative.start("name"))
    arguments: list[Argument] = []
    if relative is not None and relative["word"] in ("que", "qu'") and relative["name"]:
        mention = masked.mention(relative.start("name"))
        if mention and text[relative.start("name")] != SIGNS["PER"]:
            arguments.append(Argument("object", mention, relative.start("name")))
    begin = relative.end() if relative is not None else left
    for where in dict.fromkeys((begin, left, 0)):
        subject = find_subject(masked, where, start, antecedents)
        if subject is not None and subject.mention is not None:
            at = next((i for i, sign in masked.signs() if sign.mention is subject.mention), -1)
            if at < 0:
                return [*arguments, Argument("subject", subject.mention, start)]
            return [*arguments, *_coordinated(masked, at)]
    return arguments


def _coordinated(masked: Masked, at: int) -> list[Argument]:
    """The name at the masked offset and those coordinated with it (« Lumio, Nubéo et Brise Capital »)."""
    mention = masked.mention(at)
    found = [Argument("subject", mention, at)] if mention else []
    here = at
    for place, sign in masked.signs():
        if (
            place > here
            and sign.mention
            and sign.kind in ("PER", "ORG", "PRODUCT")
            and _LISTED.match(masked.text[here + 1 : place])
        ):
            if masked.text[here + 1 : place] == ", " and not re.match(r"(?:, .)* et ", masked.text[place + 1 :]):
                break
            found.append(Argument("subject", sign.mention, place))
            here = place
    return found


def _clitic(masked: Masked, start: int, antecedents: Antecedents) -> list[Argument]:
    """Whom « lui » or « l' » before the verb stands for."""
    match = _CLITIC.search(masked.text[max(0, start - 30) : start])
    if match is None:
        return []
    offset = masked.origin(start)
    word = match["word"].strip()
    inside = {name_of(sign.mention) for at, sign in masked.signs() if sign.mention and at < start}
    if word in ("lui", "leur"):
        found = antecedents.body(masked.start, without=inside)
        return [Argument("to", found.mention, start)] if found.mention else []
    found = antecedents.pronoun("elle" if word == "la" else "il", offset)
    return [Argument("object", found.mention, start)] if found.mention else []


def described_behind(masked: Masked, end: int, antecedents: Antecedents) -> Argument | None:
    """A description behind the trigger that stands for a name of the article (« inflige au champion du transport »)."""
    stop = _STOP.search(masked.text, end)
    limit = stop.start() if stop else len(masked.text)
    for match in _DESCRIBED.finditer(masked.text, end, limit):
        phrase = match["phrase"]
        preposition = (match["preposition"] or "").lower()
        definite = preposition in ("au", "aux", "auprès du") or phrase.startswith(("l'", "la ", "le "))
        if definite and antecedents.descriptions.body_kind(phrase[:30]):
            found = antecedents.described(phrase, masked.origin(match.start("phrase")))
            if found.mention:
                return Argument(_SLOTS.get(preposition, "object"), found.mention, match.start("phrase"))
    return None


__all__ = ["Argument", "described_behind", "find_arguments", "read_phrase"]
