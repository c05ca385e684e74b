"""Names in a list are of one kind: « Deezer, Qonto et Blablacar » — what is known of one speaks for the others."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from pipeline.lexicon import RuleFile
from pipeline.model import Document, EntityType, Span
from pipeline.recognize.ballot import Decision
from pipeline.recognize.evidence import MAKER_AND_PRODUCT, Evidence
from pipeline.recognize.weights import Weights

Place = tuple[int, int]

_CUT = re.compile("[ -](?=[A-ZÀ-ÖØ-Þ])")
_VERSION = re.compile(r"[ -]v?\d[\w.]*\Z")
_NEW: set[EntityType] = {"PRODUCT"}


class Lists:
    """Finds names by the list they stand in; the words that join a list are data."""

    def __init__(self, shapes: RuleFile, weights: Weights) -> None:
        self._weights = weights
        self._link = re.compile(shapes.expand("{list_link}"))
        self._last_link = re.compile(shapes.expand("{last_link}"))
        self._seat, self._there = re.compile(shapes.expand(", {seat}")), re.compile(shapes.expand("(?i:{seat})$"))
        self._others = re.compile(shapes.expand("{others}"))
        self._scene = re.compile(shapes.expand("(?:{scene})$"))

    def find(
        self, document: Document, decisions: Iterable[Decision], chunks: Iterable[Span], *, either: frozenset[Place] = frozenset()
    ) -> Iterator[Evidence]:
        """Evidence for capitalised runs in one list with names decided to be of one type; a list has an « et » or « ou ».

        What goes by the name of `either` a company or its product is what the others are: « les utilisateurs de Facebook et
        d'Instagram » are those of a product.
        """
        decided = list(decisions)
        known = {decision.place: decision for decision in decided}
        taken = sorted(known)
        free = [chunk for chunk in chunks if not _overlaps(chunk, taken)]
        if not known or not (free or either):
            return
        items = sorted([*taken, *((chunk.start, chunk.end) for chunk in free)])
        for group in self._lists(document.folded, items):
            firm = [item for item in group if item in known and not is_model_alone(known[item])]
            settled = {known[item].type for item in firm if item not in either}.intersection(MAKER_AND_PRODUCT)
            if len(settled) == 1:
                for start, end in either.intersection(firm):
                    yield Evidence(start, end, min(settled), "consistency", "listed-with-name", self._weights.listed_either)
            doubtful = [item for item in group if item in known and item not in firm]
            types = {known[item].type for item in (firm if len(firm) > 1 else [*firm, *doubtful])}
            if len(types) == 1:
                for start, end in group:
                    if (start, end) not in known or (len(firm) > 1 and (start, end) in doubtful):
                        yield Evidence(start, end, min(types), "consistency", "listed-with-name", self._weights.listed)

    def _lists(self, folded: str, items: list[Place]) -> Iterator[list[Place]]:
        """Runs of items joined by commas and « et », from two items on; « À Dublin, Google et Meta » begins no list.

        Where an item sits is none of them: « Orpin, à Metz, et Trapèze »; what is not named ends a list, too: « Orpin, Trapèze et
        consorts ».
        """
        group: list[Place] = []
        joined, reach = False, 0
        for item in items:
            link = self._link.fullmatch(folded, reach, item[0]) if group else None
            if link and self._sits(folded, group[-1], link[0]):
                reach = item[1]
                continue
            reach = item[1]
            if link and not self._scene.search(folded, max(0, group[0][0] - 12), group[0][0]):
                group.append(item)
                joined = joined or self._last_link.match(link[0]) is not None
            else:
                if joined:
                    yield group
                group, joined = [item], False
            joined = joined or (len(group) > 1 and self._others.match(folded, item[1]) is not None)
        if joined:
            yield group

    def _sits(self, folded: str, item: Place, link: str) -> bool:
        """True where the link leads to where the item sits: « Orpin, à », but not in « à Metz, à Lille et à Nancy »."""
        return self._seat.match(link) is not None and not self._there.search(folded, max(0, item[0] - 12), item[0])


def with_versions(folded: str, decisions: Iterable[Decision], version: re.Pattern[str]) -> Iterator[Decision]:
    """The decisions, products with the version behind them: « la messagerie varlet 2 », « la carte Varlet 3080 Ti ».

    What is a name of its own is no version.
    """
    ordered = sorted(decisions, key=lambda decision: decision.start)
    for decision, following in zip_longest(ordered, ordered[1:]):
        number = version.match(folded, decision.end) if decision.type == "PRODUCT" else None
        free = number and (not following or number.end() <= following.start)
        yield replace(decision, end=number.end()) if number and free else decision


def find_extended(
    document: Document, decisions: Iterable[Decision], chunks: Iterable[Span], *, weight: float
) -> Iterator[Evidence]:
    """Evidence for products that add a word to the name of another: « Calame Libre » and « Calame-Nano » beside « Calame 2 ».

    What is somebody's or something's name on its own adds nothing (« Calame Belgique » is a firm's branch).
    """
    types: dict[str, set[EntityType]] = {}
    for decision in sorted(decisions, key=is_model_alone):
        known = types.setdefault(document.folded[decision.start : decision.end], set())
        if not (known and is_model_alone(decision)):
            known.add(decision.type)
    bases = tuple({_VERSION.sub("", name): None for name, kinds in types.items() if kinds == _NEW})
    for chunk in chunks if bases else ():
        name = document.folded[chunk.start : chunk.end]
        if name.startswith(bases) and any(
            name[: cut.start()] in bases and types.get(name[cut.end() :], _NEW) <= _NEW for cut in _CUT.finditer(name)
        ):
            yield Evidence(chunk.start, chunk.end, "PRODUCT", "consistency", "extends-product", weight)


def _overlaps(chunk: Span, taken: Sequence[Place]) -> bool:
    """True where one of the places, sorted and without overlaps, shares a character with the run."""
    at = bisect_left(taken, (chunk.end, 0))
    return at > 0 and taken[at - 1][1] > chunk.start


def is_model_alone(decision: Decision) -> bool:
    """True where nothing but the model speaks for the decision."""
    return {voice.method for voice in decision.voices} == {"model"}


def find_pairs(document: Document, decisions: Iterable[Decision], chunks: Iterable[Span], *, weight: float) -> Iterator[Evidence]:
    """Evidence for both halves of « Sillage-GeoNest » where one half is an organisation elsewhere in the article.

    What stands beside a hyphen is no half elsewhere (« MOREL-SUD »), and of a town beside a body the whole is a branch.
    """
    types: dict[str, set[EntityType]] = {}
    for decision in decisions:
        if "-" not in (document.folded[decision.start - 1 : decision.start], document.folded[decision.end : decision.end + 1]):
            types.setdefault(document.folded[decision.start : decision.end], set()).add(decision.type)
    for chunk in chunks:
        left, hyphen, right = document.folded[chunk.start : chunk.end].partition("-")
        halves = [types[half] for half in (left, right) if half in types]
        if hyphen and right[:1].isupper() and halves and all("ORG" in half for half in halves):
            middle = chunk.start + len(left)
            yield Evidence(chunk.start, middle, "ORG", "consistency", "paired-with-name", weight)
            yield Evidence(middle + 1, chunk.end, "ORG", "consistency", "paired-with-name", weight)
