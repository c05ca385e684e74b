"""The members of an invented article's cast, and how French writes them into a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from pipeline.model import EntityType


@dataclass(slots=True)
class Member:
    """One thing that an article speaks of; `mentioned` tells the first mention from the later ones."""

    type: EntityType
    determiner: str
    full: str
    short: str
    first_name: str = ""
    female: bool = False
    mentioned: bool = field(default=False)

    def marked(self, name: str) -> str:
        """The name in the notation of `marked`: « [Orbello](ORG) »."""
        return f"[{name}]({self.type})"


class French:
    """The forms of names, contractions and elisions, from `data/training/french.yaml`."""

    def __init__(self, notes: Mapping[str, Any]):
        cases = [c for pair in notes["contracted"].items() for c in (pair, tuple(word[:1].upper() + word[1:] for word in pair))]
        self._contracted = [(re.compile(rf"\b{words} (?=(?:\w+ )?\[)"), whole + " ") for words, whole in cases]
        stems = "|".join(f"[{word[0]}{word[0].upper()}]{word[1:-1]}" for word in notes["elided"])
        self._elided = re.compile(rf"\b({stems})e (\[?)(?=[{notes['vowels']}{notes['vowels'].upper()}])")
        self._prepositions: Mapping[str, str] = notes["prepositions"]
        self._titles: Mapping[str, str] = notes["titles"]

    def form(self, member: Member, form: str, chance: Random) -> str:
        """The member as it stands here; see `data/training/cast.yaml` for the letters of the forms."""
        first, member.mentioned = not member.mentioned, True
        if member.type == "PER":
            return self._person(member, form, first, chance)
        if form == "u":
            return member.marked(member.full.upper())
        short = form == "s" or (form != "l" and not first and chance.random() < 0.5)
        name = member.marked(member.short if short else member.full)
        if first and form in ("", "n") and not member.full.startswith(member.short) and chance.random() < 0.35:
            name += f" ({member.marked(member.short)})" if member.short.isupper() or member.determiner else ""
        if form == "in":
            return f"{self._prepositions[member.determiner]} {name}"
        return name if form in ("n", "s", "l") or not member.determiner else f"{member.determiner} {name}".replace("' ", "'")

    def _person(self, member: Member, form: str, first: bool, chance: Random) -> str:
        title = self._titles["female" if member.female else "male"] + " "
        forms = {
            "s": member.marked(member.short),
            "f": member.marked(member.first_name),
            "t": title + member.marked(member.short),
            "tl": title + member.marked(member.full),
            "i": member.marked(f"{member.first_name[0]}. {member.short}"),
            "u": member.marked(member.full.upper()),
            "l": member.marked(member.full),
            "r": member.marked(f"{member.short} {member.first_name}"),
        }
        if form in forms:
            return forms[form]
        drawn = chance.random()
        return forms["l" if first or drawn < 0.5 else "s" if drawn < 0.7 else "t"]

    def mend(self, text: str) -> str:
        """The line with « de le » contracted, « de O… » elided, and a capital at its start."""
        for pattern, contracted in self._contracted:
            text = pattern.sub(contracted, text)
        text = self.elide(text)
        if text.startswith("["):
            name = text[1:].split("]")[0]
            return text[0] + (name[:1].upper() if name[:2].islower() and " " in name else name[:1]) + text[2:]
        return text[:1].upper() + text[1:]

    def elide(self, text: str) -> str:
        """« cour d'appel de Angers » as « cour d'appel d'Angers »."""
        return self._elided.sub(lambda m: f"{m[1]}'{m[2]}", text)
