"""What people decided: `decisions.csv`, one judgement a line, obeyed by every later run.

    left,right,judgement,who,when,why
    org:lunaris,org:lunaris-ai,same,Ana,2026-11-21,same address
    org:lunaris,org:lunaris-sante,different,Ana,2026-11-21,a subsidiary
    org:lunaris,Lunaris Intelligence,name,Ana,2026-11-21,as the company writes it

`left` and `right` are entity ids, or a type in capitals and a name as the articles write it (`ORG:Lunaris AI`), which may be
that of one article (`PER:Anne Lefebvre @ 2026-11-21-lumio`: of two people of that name the one that it speaks of); of a `name`,
`right` is the name to go by. Judgements are data with an algebra: same with same is same, same with different is different,
unsure says nothing.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast, get_args

from pipeline.deduplicate.ids import slug
from pipeline.edited import read_edited
from pipeline.errors import DataError
from pipeline.model import ENTITY_TYPES

FILE = "decisions.csv"
COLUMNS = ("left", "right", "judgement", "who", "when", "why")
IN_ARTICLE = " @ "
"""Stands between a name and the one article that is meant."""
Judgement = Literal["same", "different", "unsure", "name"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file. `left` and `right` are ids or typed names; `right` of a `name` is the name itself."""

    left: str
    right: str
    judgement: Judgement
    who: str = ""
    when: str = ""
    why: str = ""
    line: int = 0

    @property
    def keys(self) -> tuple[str, str]:
        """What the two are called among decisions: `ORG:Lunaris AI` is `org:lunaris-ai`, unless that is the other one's id."""
        left, right = reference(self.left), reference(self.right)
        return (left, right) if left != right else (self.left, self.right)

    @property
    def told(self) -> str:
        """Who decided, when and why, for a reason (« decided by Ana on 2026-11-21, decisions.csv line 2: same address »)."""
        who = f" by {self.who}" if self.who else ""
        when = f" on {self.when}" if self.when else ""
        return f"decided{who}{when}, {FILE} line {self.line}" + (f": {self.why}" if self.why else "")


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of the file, in its order; none where there is no file. Raises DataError for a line that cannot be obeyed."""
    if not path.exists():
        return ()
    reader = csv.DictReader(io.StringIO(read_edited(path)), strict=True)
    try:
        if missing := [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]:
            raise DataError(path, f"no column {missing[0]!r}", line=1, mend=f"the columns are {','.join(COLUMNS)}")
        decisions = tuple(_read(path, row, reader.line_num) for row in reader)
    except csv.Error as error:
        raise DataError(path, str(error), line=reader.line_num, mend="close the quotation mark, or double it") from error
    refuse_contradictions(path, decisions)
    return decisions


def _read(path: Path, row: Mapping[str, str | None], line: int) -> Decision:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    judgement = cells["judgement"]
    if judgement not in get_args(Judgement):
        raise DataError(
            path, f"unknown judgement {judgement!r}", line=line, mend=f"it is one of {', '.join(get_args(Judgement))}"
        )
    left, right = cells["left"], cells["right"]
    for text in (left, right) if judgement != "name" else (left,):
        _check_reference(path, text, line)
    if left == right or not right:
        raise DataError(path, f"{left} is compared with {right or 'nothing'}", line=line)
    if judgement == "same" and left.split(":")[0].upper() != right.split(":")[0].upper():
        raise DataError(path, f"{left} and {right} are of two types and cannot be the same", line=line)
    return Decision(left, right, cast(Judgement, judgement), cells["who"], cells["when"], cells["why"], line)


def _check_reference(path: Path, text: str, line: int) -> None:
    try:
        reference(text)
    except ValueError as error:
        raise DataError(path, str(error), line=line) from error


def reference(text: str) -> str:
    """The id that an id or a type and a name stand for (« ORG:Lunaris AI » → « org:lunaris-ai »). Raises ValueError."""
    whole, _, article = text.partition(IN_ARTICLE)
    kind, colon, rest = whole.partition(":")
    if not colon or kind.upper() not in ENTITY_TYPES or not rest.strip():
        raise ValueError(f"{text!r} is no entity: write org:mistral-ai or ORG:Mistral AI")
    return f"{kind.lower()}:{slug(rest)}" + (IN_ARTICLE + article if article else "")


def singled_out(decisions: Iterable[Decision]) -> Mapping[str, frozenset[str]]:
    """By article the names, as ids, of which a decision says that this article means another thing by them."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in (side for d in decisions for side in (d.left, d.right) if d.judgement != "name"):
        name, _, article = reference(text).partition(IN_ARTICLE)
        if article:
            found[article].add(name)
    return {article: frozenset(names) for article, names in found.items()}


def refuse_contradictions(path: Path, decisions: Iterable[Decision]) -> None:
    """DataError, naming both lines, where what is decided the same is also decided different, or gets two names."""
    links: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
    decisions = tuple(decisions)
    for decision in decisions:
        if decision.judgement == "same":
            left, right = decision.keys
            links[left].append((right, decision))
            links[right].append((left, decision))
    for decision in decisions:
        if decision.judgement == "different" and (chain := _chain(*decision.keys, links)):
            _refuse(path, decision, chain, f"{decision.left} and {decision.right} are different here, but the same")
    names = [decision for decision in decisions if decision.judgement == "name"]
    for number, later in enumerate(names):
        for earlier in names[:number]:
            one, other = reference(earlier.left), reference(later.left)
            tied = one == other or _chain(one, other, links)
            if tied and earlier.right != later.right:
                _refuse(path, later, (earlier,), f"{later.left} is named {later.right!r} here, but {earlier.right!r}")


def _refuse(path: Path, decision: Decision, others: Sequence[Decision], what: str) -> None:
    lines = " and ".join(f"line {other.line}" for other in others)
    raise DataError(path, f"{what} by {lines}", line=decision.line, mend="keep one of these lines")


def _chain(start: str, end: str, links: Mapping[str, Sequence[tuple[str, Decision]]]) -> tuple[Decision, ...]:
    """The fewest `same` decisions that lead from one to the other; none where nothing does."""
    ways: dict[str, tuple[Decision, ...]] = {start: ()}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there, decision in links.get(here, ()):
            if there not in ways:
                ways[there] = (*ways[here], decision)
                queue.append(there)
    return ways.get(end, ())


def save_decision(path: Path, decision: Decision) -> Decision:
    """Add the decision as the file's last line, and return it with its number.

    Raises DataError, and leaves the file alone, where it contradicts an earlier line. A later `name` replaces an earlier one.
    """
    kept = [d for d in load_decisions(path) if not (decision.judgement == d.judgement == "name" and d.left == decision.left)]
    rows = [_cells(d) for d in (*kept, decision)]
    numbered = replace(decision, line=len(rows) + 1)
    refuse_contradictions(path, (*kept, numbered))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows((COLUMNS, *rows))
    staging = path.with_suffix(".csv.new")
    staging.write_text(written.getvalue(), encoding="utf-8")
    staging.replace(path)
    return numbered


def _cells(decision: Decision) -> tuple[str, ...]:
    return tuple(" ".join(str(getattr(decision, column)).split()) for column in COLUMNS)
