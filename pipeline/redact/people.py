"""Who is named in an article, by which words, and what stands in their place."""

from __future__ import annotations

import hmac
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from pipeline.lexicon.expressions import any_of
from pipeline.text import fold_typography

Row = dict[str, Any]
_PERSON_ID = re.compile(r"\bper:[\w.'-]+")


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
        return re.compile(rf"(?<!\w)(?:{any_of(self.forms)})(?!\w)")

    @cached_property
    def _addressed(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        folded = {_bare(_fold(form)): name for form, name in self.forms.items()}
        longest_first = sorted(filter(None, folded), key=lambda form: (-len(form), form))
        ways = (r"(?:[-_.+ ]|%20)?".join(form) for form in longest_first)
        return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(ways)})(?![a-z0-9])"), folded

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where the persons are named in the text: start, end, placeholder."""
        if self.forms:
            yield from ((*match.span(), self.forms[match[0]]) for match in self._spoken.finditer(plain(text)))

    def words(self, text: str) -> str:
        """The text with placeholders."""
        return replace_spans(text, list(self.find(text)))

    def address(self, text: str) -> str:
        """A path, an address or an id with placeholders (« avec-anne-kerval.html » → « avec-PER-3f9a2c1b04de.html »)."""
        if not self.forms:
            return text
        pattern, known = self._addressed
        found = ((match.span(), match[0].replace("%20", "")) for match in pattern.finditer(_fold(text)))
        return replace_spans(text, [(*span, known[_bare(words)]) for span, words in found])

    def moved(self, offset: int, *, end: bool = False) -> int:
        """Where the offset lies in the redacted text; one inside a name goes to the start of the placeholder, or to its end."""
        number = bisect_right(self.edits, offset - end, key=lambda edit: edit[0])
        if not number:
            return offset
        start, stop, name = self.edits[number - 1]
        if offset >= stop:
            return offset + self._shifts[number]
        return start + self._shifts[number - 1] + (len(name) if end else 0)


def find_people(rows: Mapping[str, list[Row]], names: Placeholders) -> dict[str, People]:
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
                yield from (plain(form), plain(form).upper())


def replace_spans(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The text with each (start, end, new) in place, sorted and apart from each other."""
    parts: list[str] = []
    last = 0
    for start, end, new in edits:
        parts += (text[last:start], new)
        last = end
    return "".join((*parts, text[last:]))


def plain(text: str) -> str:
    """The text with spaces, apostrophes and hyphens in one form each, as long as it was."""
    return fold_typography(text).replace("\n", " ")


def _fold(text: str) -> str:
    """The text in small letters without accents, as long as it was."""
    return "".join(unicodedata.normalize("NFD", c)[0].lower()[:1] for c in text)


def _bare(folded: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", folded))
