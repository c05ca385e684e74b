"""Names in a list are of one kind: « Frichti, Cajoo et Gorillas » — what is known of one speaks for the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Document, Span
from pipeline.recognize.ballot import Decision
from pipeline.recognize.evidence import Evidence

LISTED, PAIRED = 1.5, 2.5
_LINK = re.compile(r"(?:, | et | ou |, et )(?:(?:à |en |de |du |d')?(?:la |le |l'|les )?)?")
_LAST_LINK = re.compile(r",? (?:et|ou) ")
_SCENE = re.compile(r"(?:^|[\n.!?] ?)(?:À|A|En|Au|Aux|Depuis|Dans|Pour|Selon|Chez|Avec) (?:l'|la |le )?$")


def find_listed(document: Document, decisions: Iterable[Decision], chunks: Iterable[Span]) -> Iterator[Evidence]:
    """Evidence for capitalised runs that stand in one list with a name that is decided; a list has an « et » or « ou »."""
    known = {decision.place: decision for decision in decisions}
    taken = sorted(known)
    free = [chunk for chunk in chunks if not any(start < chunk.end and chunk.start < end for start, end in taken)]
    if not free or not known:
        return
    items = sorted([*taken, *((chunk.start, chunk.end) for chunk in free)])
    for group in _lists(document.folded, items):
        types = [known[item].type for item in group if item in known]
        if types and len(set(types)) == 1:
            for start, end in (item for item in group if item not in known):
                yield Evidence(start, end, types[0], "consistency", "listed-with-name", LISTED)


def find_pairs(document: Document, decisions: Iterable[Decision], chunks: Iterable[Span]) -> Iterator[Evidence]:
    """Evidence for both halves of « Sillage-GeoNest » where one half is an organisation elsewhere in the article."""
    bodies = {document.folded[d.start : d.end] for d in decisions if d.type == "ORG"}
    for chunk in chunks:
        left, hyphen, right = document.folded[chunk.start : chunk.end].partition("-")
        if hyphen and right[:1].isupper() and (left in bodies or right in bodies):
            middle = chunk.start + len(left)
            yield Evidence(chunk.start, middle, "ORG", "consistency", "paired-with-name", PAIRED)
            yield Evidence(middle + 1, chunk.end, "ORG", "consistency", "paired-with-name", PAIRED)


def _lists(folded: str, items: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Runs of items joined by commas and « et », from two items on."""
    group: list[tuple[int, int]] = []
    joined = False
    for item in items:
        link = _LINK.fullmatch(folded, group[-1][1], item[0]) if group else None
        if link and not _SCENE.search(folded, max(0, group[0][0] - 12), group[0][0]):
            group.append(item)
            joined = joined or _LAST_LINK.match(link[0]) is not None
        else:
            if joined:
                yield group
            group, joined = [item], False
    if joined:
        yield group
