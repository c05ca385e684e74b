"""Invented articles: a cast of companies, people, places and laws put into sentence frames of `data/training/frames`.

A frame is one line. `{A}` stands for a member of the cast in the form that fits this point of the article (a full name
first, often a short form later), `{A.n}` for the name without its determiner, `{P:il|elle}` for the word that agrees with
`P`, `{P.role}` for « directrice générale » or « directeur général », `{money}` for a phrase of the grammar. A capital
letter and a colon in front say where the line may stand:

    H: headline     L: first sentence     B: item of a list     S: a line of its own     (nothing): within a paragraph

The letters of the cast and what they stand for are in `data/training/cast.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from pipeline.errors import DataError
from pipeline.model import EntityType
from pipeline.training.french import French, Member
from pipeline.training.grammar import Grammar, load_grammar
from pipeline.training.marked import Marked, read_marks

_SLOT = re.compile(r"\{(?P<who>[A-Z]\d?)(?:\.(?P<form>[a-z]+)|:(?P<male>[^{}|]*)\|(?P<female>[^{}|]*))?\}")
FRAME_KINDS = "HLBS"


@dataclass(frozen=True, slots=True)
class Topic:
    """The frames of one file by where they may stand: H, L, B, S, and "" for those within a paragraph."""

    name: str
    frames: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class _Draft:
    """An article in the making."""

    topic: Topic
    chance: Random
    cast: dict[str, Member] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


class Composer:
    """Composes articles; built once from `data/training`."""

    def __init__(self, folder: Path):
        self.grammar = load_grammar(folder / "grammar.yaml")
        self._french = French(YAML(typ="safe").load((folder / "french.yaml").read_text(encoding="utf-8")))
        self._cast = YAML(typ="safe").load((folder / "cast.yaml").read_text(encoding="utf-8"))
        self._topics = tuple(load_topic(path, self.grammar, self._cast) for path in sorted((folder / "frames").glob("*.txt")))
        self._common = next(topic for topic in self._topics if topic.name == "common")
        self._special = tuple(topic for topic in self._topics if topic.name != "common")

    def articles(self, chance: Random) -> Iterator[Marked]:
        """Articles without end, each about a cast of its own."""
        while True:
            yield self.article(chance)

    def article(self, chance: Random) -> Marked:
        """One article: a headline, paragraphs of two to four sentences, now and then a list or a line of its own."""
        draft = _Draft(chance.choice(self._special), chance)
        lines = [self._line("H", draft)] if chance.random() < 0.85 else []
        lines.append(" ".join(self._line(kind, draft) for kind in ("L", "")))
        for _ in range(chance.randint(1, 3)):
            lines += self._paragraph(draft)
        gap = chance.choice(("\n\n", "\n\n", "\n"))
        return read_marks(gap.join(line for line in lines if line))

    def _paragraph(self, draft: _Draft) -> list[str]:
        drawn = draft.chance.random()
        if drawn < 0.12:
            bullet = draft.chance.choice(("- ", "• ", "– ", "→ ", "* ", "— ", ""))
            return [bullet + self._line("B", draft) for _ in range(draft.chance.randint(2, 4))]
        if drawn < 0.28:
            return [self._line("S", draft)]
        return [" ".join(self._line("", draft) for _ in range(draft.chance.randint(2, 4)))]

    def _line(self, kind: str, draft: _Draft) -> str:
        own, common = draft.topic.frames.get(kind, ()), self._common.frames.get(kind, ())
        frames = common if common and (not own or draft.chance.random() < 0.3) else own
        frame = draft.chance.choice([f for f in frames if f not in draft.used] or frames)
        draft.used.add(frame)
        if kind == "H" and draft.chance.random() < 0.15:
            frame = "{kicker} : " + frame
        text = self.realize(frame, draft.cast, draft.chance)
        return _in_capitals(text) if kind in ("H", "S") and draft.chance.random() < 0.07 else text

    def realize(self, frame: str, cast: dict[str, Member], chance: Random) -> str:
        """The frame with its slots filled, in the notation of `marked`; new members join `cast`."""

        def insert(slot: re.Match[str]) -> str:
            member = cast.get(slot["who"]) or cast.setdefault(slot["who"], self._join(slot["who"], chance))
            if slot["male"] is not None:
                return slot["female"] if member.female else slot["male"]
            if (agreeing := f"{slot['form']}_{'f' if member.female else 'm'}") in self.grammar:
                return self.grammar.expand(agreeing, chance)
            if slot["form"] == "p":
                return f"[{member.short} {self.grammar.expand('house_product', chance)}](PRODUCT)"
            if slot["form"] == "o":
                return f"[{member.short}](PRODUCT)"
            return self._french.form(member, slot["form"] or "", chance)

        return self._french.mend(self.grammar.fill(_SLOT.sub(insert, frame), chance))

    def _join(self, who: str, chance: Random) -> Member:
        """A new member of the cast for the letter `who`, as `cast.yaml` describes it."""
        kind = self._cast[who[0]]
        return self.invent(chance.choice(kind["from"]), kind["type"], chance)

    def invent(self, symbol: str, type_: EntityType, chance: Random) -> Member:
        """A new thing named by one of the grammar's name symbols: `company`, `person_f`, `law` …"""
        parts = self.grammar.expand(symbol, chance).split("~")
        if type_ == "PER":
            first, last = parts
            return Member(type_, "", f"{first} {last}", last, first, symbol.endswith("_f"))
        determiner, full, short = parts
        full = self._french.elide(full.replace("@", short))
        return Member(type_, determiner, full, _short_form(full, chance) if short == "*" else short or full)


def load_topic(path: Path, grammar: Grammar, cast: Mapping[str, object]) -> Topic:
    """The frames of one file; a slot that neither the cast nor the grammar knows is a DataError with its line."""
    frames: dict[str, list[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, frame = (line[0], line[2:]) if line[1:2] == ":" and line[0] in FRAME_KINDS else ("", line)
        for slot in re.finditer(r"\{[\^!]?([A-Za-z_0-9]+)", line):
            if slot[1] not in grammar and slot[1][0] not in cast:
                raise DataError(path, f"unknown slot {slot[0]}}}", line=number, column=slot.start() + 1)
        frames.setdefault(kind, []).append(frame.strip())
    return Topic(path.stem, {kind: tuple(lines) for kind, lines in frames.items()})


def _short_form(name: str, chance: Random) -> str:
    """How a body is called later on: by its initials (« Agence du numérique en santé » → « ANS », « Ans »), or « l'Agence »."""
    head = name.split()[0]
    letters = "".join(word[0] for word in re.findall(r"\w+", name) if len(word) > 3).upper()
    if len(letters) < 2 or (head[0].isupper() and len(head) > 4 and chance.random() < 0.3):
        return head if head[0].isupper() else name
    return letters.capitalize() if len(letters) > 3 and chance.random() < 0.35 else letters


def _in_capitals(text: str) -> str:
    """The line in capitals, the types in its marks left as they are."""
    return re.sub(r"\]\((\w+)\)|[^\]]+", lambda m: m[0] if m[0].startswith("](") else m[0].upper(), text)
