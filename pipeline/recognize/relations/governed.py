"""What a trigger governs behind it: names, each in the slot of its preposition; and which of them are its subject after all."""

from __future__ import annotations

from itertools import chain

from pipeline.model import ENTITY_TYPES
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.masking import NAMES, Masked
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.stand_ins import Argument, Trigger
from pipeline.recognize.relations.syntax import Syntax

_FEW = 2
"""So many words before a preposition leave its name direct; an office may have more: « directrice générale adjointe de »."""


def find_governed(masked: Masked, trigger: Trigger, antecedents: Antecedents) -> list[Argument]:
    """The names that a trigger governs; a bare participle none behind the sentence's verb: « infligés à … ont ruiné Lumio »."""
    text, syntax, end = masked.text, antecedents.syntax, trigger.end
    limit = len(text) if trigger.limit is None else trigger.limit
    found: list[Argument] = []
    if trigger.noun and (doer := _doer(masked, end, limit, antecedents)):
        argument, end = doer
        found.append(argument)
    stops = chain(
        syntax.stop_behind.finditer(text, end, limit), syntax.auxiliary.finditer(text, end, limit) if trigger.bare else ()
    )
    limit = min((stop.start() for stop in stops if any(c in NAMES for c in text[end : stop.start()])), default=limit)
    if syntax.opens_aside.search(text, 0, end) and (comma := text.find(",", end, limit)) > 0:
        limit = comma
    closed = syntax.closes_quoted.match(text, end, limit)
    limit = closed.end() if closed else limit
    for at, sign in masked.signs():
        if not end <= at < limit or sign.kind not in ENTITY_TYPES or sign.mention is None:
            continue
        previous = found[-1] if found else None
        again = previous and name_of(previous.mention) == name_of(sign.mention) and text[previous.at + 1 : at] == " ("
        if previous and (again or (_is_listed(text, previous.at, at, antecedents) and not _leaves(text, previous, at, syntax))):
            found.append(Argument(previous.slot, sign.mention, at, previous.direct))
        else:
            begins = previous.at + 1 if previous and _is_share_for(text, previous, at, syntax) else end
            slot, direct = _slot(text[begins:at], antecedents, later=previous is not None)
            found.append(Argument(slot, sign.mention, at, direct))
    return found


def _doer(masked: Masked, start: int, limit: int, antecedents: Antecedents) -> tuple[Argument, int] | None:
    """Who did what a noun tells, by the relative clause behind it, and where that ends: « la plainte que Lumio a déposée »."""
    syntax = antecedents.syntax
    match = syntax.done_by.match(masked.text, start, limit) or syntax.done_behind.match(masked.text, start, limit)
    if match and (named := masked.mention(match.start("name"))):
        return Argument("by", named, match.start("name")), match.end()
    if match := syntax.done_by_it.match(masked.text, start, limit):
        meant = antecedents.pronoun(match["word"], masked.origin(start)).mention
        return (Argument("by", meant, match.start("word")), match.end()) if meant else None
    return None


def _leaves(text: str, previous: Argument, at: int, syntax: Syntax) -> bool:
    """True where a comma and a preposition of its own part a name from the one before: « cède Lumio, …, à Orvane ».

    Or where the one before is whom somebody replaces: « nommée à la place de Paul Verdier, la Belge Nora Belkacem ».
    """
    between = text[previous.at + 1 : at]
    if previous.slot == "instead" and between.startswith(","):
        return True
    own = syntax.governed.match(between, 2) if between.startswith(", ") else None
    return own is not None and syntax.slot_of(own["preposition"]) not in (previous.slot, "of")


def _is_share_for(text: str, previous: Argument, at: int, syntax: Syntax) -> bool:
    """True where a share of it stands between a body and the one that gets it: « la cession à Lumio de 60 % de Nubéo »."""
    share = syntax.measured.match(text, previous.at + 1, at) if previous.slot == "to" else None
    return share is not None and text[share.start() :].startswith((" de", " d'"))


def _is_listed(text: str, one: int, other: int, antecedents: Antecedents) -> bool:
    """True where two names stand in one enumeration: a bare comma between them is followed by « et » and a last one."""
    between = text[one + 1 : other]
    if not antecedents.syntax.listed.match(between):
        return False
    syntax = antecedents.syntax
    return syntax.bare_comma.match(between) is None or syntax.list_goes_on.match(text, other + 1) is not None


def _slot(between: str, antecedents: Antecedents, *, later: bool) -> tuple[str, bool]:
    """The slot of a name by the words between it and the trigger (« au géant américain » → to), and whether it is direct."""
    syntax = antecedents.syntax
    if syntax.tells.search(between):
        return "told", False
    if syntax.rules.search(between):
        return "ruled", True
    if syntax.aims.search(between):
        return "against", True
    if syntax.by_part.search(between):
        return "by", True
    between = syntax.share.sub("", syntax.aside_first.sub("", between)).replace("… ", " ")
    shortened = syntax.measured.sub("", syntax.measured_aside.sub(" ", between)) if syntax.measure.search(between) else between
    shortened = syntax.trade.sub(r"\g<head> ", syntax.bare_complement.sub(r"\g<head> ", shortened))
    match = syntax.governed.search(shortened)
    if match is None and (apposed := syntax.behind_comma.search(shortened)):
        shortened = f"{shortened[: apposed.start()]} "
        match = syntax.governed.search(shortened)
    if match:
        slot = syntax.slot_of(match["preposition"])
        if slot == "of" and (matter := syntax.matter.search(shortened)):
            return syntax.slot_of(matter["about"]), True
        if slot == "by" and syntax.other_deed.search(shortened):
            return "aside", False
        words = shortened[: match.start("preposition")]
        if slot == "of" and syntax.circumstantial.search(words):
            return slot, False
        near = len(words.split()) <= _FEW or antecedents.descriptions.describes_person(words.strip())
        return slot, near and "," not in shortened
    if "(" in between[-3:]:
        return "aside", False
    direct = "," not in shortened.rstrip(", ")
    return ("aside" if later and "," in between else "object"), direct


def is_fronted(text: str, trigger: Trigger, syntax: Syntax) -> bool:
    """True where it opens the sentence: « Racheté par », « En partenariat avec », « Après avoir levé », « En rachetant »."""
    opening = syntax.before_fronted if trigger.bare else syntax.in_manner if trigger.noun else syntax.before_gerund
    return opening.fullmatch(text) is not None


def fronted(behind: list[Argument], text: str, syntax: Syntax) -> list[Argument]:
    """The names behind a participle that opens a sentence, whose subject comes first behind its comma: « Racheté …, Lumio ».

    What its verb then governs is none of the participle's: « Votée mardi, la loi Clarté inquiète Lumio ».
    """

    def opens(number: int) -> bool:
        one = behind[number]
        if one.slot == "aside" or (one.slot == "object" and not one.direct):
            return True
        listed = number > 0 and one.slot == behind[number - 1].slot
        own = syntax.behind_comma.search(text, 0, one.at) and not syntax.ends_governing.search(text[: one.at])
        return bool(own) and not listed

    if (at := next(filter(opens, range(len(behind))), None)) is None:
        return behind
    rest = (argument for argument in behind[at + 1 :] if argument.slot != "object")
    return [*behind[:at], behind[at]._replace(slot="subject", direct=True), *rest]


def inverted(behind: list[Argument]) -> list[Argument]:
    """The names behind a verb whose object stands before it: the first one acts (« Nubéo, que vient de racheter Lumio »)."""
    first = behind[0] if behind else None
    return [first._replace(slot="subject"), *behind[1:]] if first and first.slot == "object" and first.direct else behind
