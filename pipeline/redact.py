"""A run without the names of persons: each person goes by a placeholder that is the same in every table and text.

The placeholder is made of the person's id and a key (HMAC-SHA-256): who has no key cannot tell whether a guessed name is right,
and who keeps the key gets the same placeholders in every run. Without a key of one's own it is made of the articles, so that the
same articles give the same bytes. Offsets refer to the redacted text; `source_start` and `source_end` to the text as it came in,
as before.

Names inside names of other kinds stay (« loi Avia », « Fondation Abbé-Pierre »): they name a law, an organisation. A person whom
the run did not find as one cannot be taken out; known names are looked for again wherever the run missed them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.address import is_address
from pipeline.deduplicate.decisions import FILE as DECISIONS
from pipeline.job import Clock, Progress, RunResult, no_progress, run
from pipeline.settings import Settings
from pipeline.store.segments import STORE
from pipeline.tables.folder import HIDDEN, locked
from pipeline.tables.read import read_arrow
from pipeline.tables.remote import mirrored
from pipeline.tables.schemas import TABLES
from pipeline.tables.write import replace_tables, to_arrow
from pipeline.text import fold_typography

Row = dict[str, Any]
_PERSON_ID = re.compile(r"\bper:[\w.'-]+")
_IDS = frozenset({"duplicate_of", "agents", "targets", "articles", "events", "former_ids"})
"""Columns that hold ids, beside those that end in `_id`."""
_ADDRESSES = frozenset({"url", "source"})


def redact(folder: Path, to: Path, *, key: bytes | None = None) -> None:
    """Write the tables of `folder` to `to` with a placeholder for each person. Raises UsageError where `folder` holds no run."""
    rows = {name: read_arrow(folder, name).to_pylist() for name in TABLES}
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    names = Placeholders(key or _key_of(rows["articles"]))
    redaction = Redaction(names, _people_by_article(rows, names))
    redacted = {name: [redaction.row(name, row) for row in some] for name, some in rows.items()}
    replace_tables({name: to_arrow(TABLES[name], some) for name, some in redacted.items()}, to, run=run | {"redacted": ["PER"]})


def run_redacted(
    inputs: Sequence[str],
    out: Path | str,
    *,
    settings: Settings,
    key: bytes | None = None,
    previous: Path | None = None,
    progress: Progress = no_progress,
    clock: Clock | None = None,
) -> RunResult:
    """What `run` gives, redacted: nothing that holds a person's name stays in `out`, neither tables nor what the run keeps."""
    if is_address(out):
        with mirrored(str(out), wait=settings.wait) as copy:
            return run_redacted(inputs, copy, settings=settings, key=key, previous=previous, progress=progress, clock=clock)
    out = Path(out)
    private = out / HIDDEN / "private"
    with locked(out, wait=settings.wait):
        shutil.rmtree(private, ignore_errors=True)
        try:
            private.mkdir()
            if (out / DECISIONS).is_file():
                shutil.copy(out / DECISIONS, private)
            result = run(inputs, private, settings=settings, previous=previous, progress=progress, clock=clock)
            redact(private, out, key=key)
            shutil.rmtree(out / HIDDEN / STORE, ignore_errors=True)
        finally:
            shutil.rmtree(private, ignore_errors=True)
        return RunResult({name: read_arrow(out, name) for name in result}, {**result.summary, "redacted": ["PER"]})


def _key_of(articles: Iterable[Row]) -> bytes:
    return hashlib.sha256("".join(sorted(row["content_hash"] or "" for row in articles)).encode()).digest()


@dataclass(frozen=True, slots=True)
class Placeholders:
    """What a person goes by."""

    key: bytes

    def digest(self, person: str) -> str:
        """Twelve hexadecimal digits for an entity id (`per:anne-kerval`) or for a name that has none."""
        return hmac.new(self.key, person.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:12]

    def name(self, person: str) -> str:
        """The name that stands in texts (« PER-3f9a2c1b04de »)."""
        return f"PER-{self.digest(person)}"

    def ids(self, value: str) -> str:
        """The value with the digest in the place of each person's id."""
        return _PERSON_ID.sub(lambda match: f"per:{self.digest(match[0])}", value)


@dataclass(frozen=True)
class People:
    """The persons of one article: how each of them is called there → the placeholder, and what of the text is replaced."""

    forms: Mapping[str, str]
    edits: Sequence[tuple[int, int, str]] = ()

    @cached_property
    def _shifts(self) -> Sequence[int]:
        """By how much the text has grown before each edit, and behind the last one."""
        return tuple(accumulate((len(name) - (stop - start) for start, stop, name in self.edits), initial=0))

    @cached_property
    def _spoken(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _longest_first(self.forms)))})(?!\w)")

    @cached_property
    def _addressed(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        folded = {_bare(_fold(form)): name for form, name in self.forms.items()}
        ways = (r"(?:[-_.+ ]|%20)?".join(form) for form in _longest_first(folded) if form)
        return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(ways)})(?![a-z0-9])"), folded

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where the persons are named in the text: start, end, placeholder."""
        if self.forms:
            yield from ((*match.span(), self.forms[match[0]]) for match in self._spoken.finditer(_plain(text)))

    def words(self, text: str) -> str:
        """The text with placeholders."""
        return _replace(text, list(self.find(text)))

    def address(self, text: str) -> str:
        """A path, an address or an id with placeholders (« avec-anne-kerval.html » → « avec-PER-3f9a2c1b04de.html »)."""
        if not self.forms:
            return text
        pattern, known = self._addressed
        found = ((match.span(), match[0].replace("%20", "")) for match in pattern.finditer(_fold(text)))
        return _replace(text, [(*span, known[_bare(words)]) for span, words in found])

    def moved(self, offset: int, *, end: bool = False) -> int:
        """Where the offset lies in the redacted text; one inside a name goes to the start of the placeholder, or to its end."""
        number = bisect_right(self.edits, offset - end, key=lambda edit: edit[0])
        if not number:
            return offset
        start, stop, name = self.edits[number - 1]
        if offset >= stop:
            return offset + self._shifts[number]
        return start + self._shifts[number - 1] + (len(name) if end else 0)


def _people_by_article(rows: Mapping[str, list[Row]], names: Placeholders) -> dict[str, People]:
    """The persons of each article, by its id."""
    called = {row["entity_id"]: (row["name"], *row["aliases"]) for row in rows["entities"] if row["type"] == "PER"}
    others = {name for row in rows["entities"] if row["type"] != "PER" for name in (row["name"], *row["aliases"])}
    mentions: dict[str, list[Row]] = defaultdict(list)
    for row in rows["mentions"]:
        mentions[row["article_id"]].append(row)
    return {row["article_id"]: _people(row, mentions[row["article_id"]], called, others, names) for row in rows["articles"]}


def _people(
    article: Row, mentions: Sequence[Row], called: Mapping[str, Sequence[str]], others: set[str], names: Placeholders
) -> People:
    forms: dict[str, str] = {}
    for author in article["authors"]:
        if author not in others and not author.isupper():
            forms |= dict.fromkeys(_forms((author,)), names.name(author))
    persons = [row for row in mentions if row["type"] == "PER"]
    for row in persons:
        forms |= dict.fromkeys(_forms((row["text"], *called.get(row["entity_id"], ()))), names.name(row["entity_id"]))
    edits = [(row["start"], row["end"], names.name(row["entity_id"])) for row in persons]
    taken = [(row["start"], row["end"]) for row in mentions]
    edits += (one for one in People(forms).find(article["text"]) if all(one[1] <= a or b <= one[0] for a, b in taken))
    return People(forms, sorted(edits))


def _forms(called: Iterable[str]) -> Iterator[str]:
    """The names as they are, their last words (« Kerval » of « Anne Kerval »), and both in capitals."""
    for name in called:
        for form in (name, name.split()[-1]):
            if len(form) > 2:
                yield from (_plain(form), _plain(form).upper())


class Redaction:
    """Rows of a run → the same rows without names of persons."""

    def __init__(self, names: Placeholders, people: Mapping[str, People]):
        self._names, self._people = names, people
        self._nobody = People({})
        self._renamed = {name: new for name, one in people.items() if (new := self._new_id(name, one)) != name}

    def _new_id(self, name: str, people: People) -> str:
        """The article's id without names; what was changed is told apart by a digest, as two ids may become one."""
        changed = people.address(name)
        return name if changed == name else f"{changed}-{self._names.digest(name)[:4]}"

    def row(self, table: str, row: Row) -> Row:
        """The row of the table, redacted."""
        people = self._people.get(row.get("article_id") or self._article_of(row.get("mention_id") or ""), self._nobody)
        new = {column: self._cell(column, value, people) for column, value in row.items()}
        if table == "articles":
            return new | self._article(row, people)
        if table == "entities" and row["type"] == "PER":
            return new | {"name": self._names.name(row["entity_id"]), "aliases": [], "wikidata": None, "former_ids": []}
        if "start" in row:
            start, end = people.moved(row["start"]), people.moved(row["end"], end=True)
            text = _replace(
                row["text"], [(a - row["start"], b - row["start"], name) for a, b, name in _within(people.edits, row)]
            )
            new |= {"start": start, "end": end, "text": text}
        if row.get("speaker_entity_id", "") and row["speaker_entity_id"].startswith("per:"):
            new["speaker"] = self._names.name(row["speaker_entity_id"])
        return new

    def _article(self, row: Row, people: People) -> Row:
        removed = [
            one | {"text": people.words(one["text"]), "start": None if one["start"] is None else people.moved(one["start"])}
            for one in row["cleaning"]
        ]
        return {
            "text": _replace(row["text"], people.edits),
            "authors": [people.forms.get(_plain(author), author) for author in row["authors"]],
            "content_hash": None,
            "cleaning": removed,
        }

    def _cell(self, column: str, value: Any, people: People) -> Any:
        if isinstance(value, list):
            return [self._cell(column, one, people) for one in value]
        if isinstance(value, dict):
            return {name: self._cell(name, one, people) for name, one in value.items()}
        if not isinstance(value, str) or column == "text":
            return value
        if column in _IDS or column.endswith("_id"):
            return self._id(value)
        return people.address(value) if column in _ADDRESSES else self._names.ids(people.words(value))

    def _id(self, value: str) -> str:
        article = self._article_of(value)
        return self._names.ids(self._renamed.get(article, article) + value[len(article) :])

    def _article_of(self, value: str) -> str:
        """The article's id with which the id begins (« lettre:role:483-492:per:enzo-vinciguerra » → « lettre »)."""
        cuts = (len(value), *(match.start() for match in re.finditer(":", value)))
        return next((value[:cut] for cut in cuts if value[:cut] in self._people), "")


def _within(edits: Iterable[tuple[int, int, str]], row: Row) -> list[tuple[int, int, str]]:
    """The edits that touch the row's span, cut to it."""
    first, last = row["start"], row["end"]
    return [(max(a, first), min(b, last), name) for a, b, name in edits if a < last and first < b]


def _replace(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The text with each (start, end, new) in place, sorted and apart from each other."""
    parts: list[str] = []
    last = 0
    for start, end, new in edits:
        parts += (text[last:start], new)
        last = end
    return "".join((*parts, text[last:]))


def _plain(text: str) -> str:
    """The text with spaces, apostrophes and hyphens in one form each, as long as it was."""
    return fold_typography(text).replace("\n", " ")


def _fold(text: str) -> str:
    """The text in small letters without accents, as long as it was."""
    return "".join(unicodedata.normalize("NFD", c)[0].lower()[:1] for c in text)


def _bare(folded: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", folded))


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=lambda form: (-len(form), form))
