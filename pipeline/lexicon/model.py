"""What data files hold, as values: rules with their proof, entries of gazetteers, and the lexicon of all of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import nearest
from pipeline.lexicon.documents import Place
from pipeline.lexicon.expressions import any_of
from pipeline.lexicon.token_expressions import token_expression
from pipeline.lexicon.tokens import Token
from pipeline.model import EntityType

_INSERT = re.compile(r"\{(?:(?P<slot>[a-z_]\w*):)?(?P<atom>[a-z_]\w*)\}")
_MARK = re.compile(r"\[(?P<span>[^\[\]]+)\](?:\((?P<value>[^()]*)\))?")


class Example(BaseModel):
    """A sentence in which the rule must fire: each expected span in brackets, its value behind in parentheses.

    `Elle lève [15 M€](15000000 EUR) [lundi](2024-02-26).` A value may be left out where only the span matters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    published: str | None = None

    @property
    def plain(self) -> str:
        """The sentence without its marks."""
        return _MARK.sub(lambda mark: mark["span"], self.text)

    @property
    def expected(self) -> tuple[tuple[int, int, str | None], ...]:
        """The marked spans as (start, end, value) in `plain`; at least one, or ValueError."""
        spans, taken = [], 0
        for mark in _MARK.finditer(self.text):
            start = mark.start() - taken
            spans.append((start, start + len(mark["span"]), mark["value"]))
            taken += len(mark[0]) - len(mark["span"])
        if not spans:
            raise ValueError(f"no [marked] span in {self.text!r}")
        return tuple(spans)


class Context(BaseModel):
    """What stands around a span; each key is a regular expression with atoms, and what it must match."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: str | None = Field(None, description="A regular expression that matches right before the span.")
    after: str | None = Field(None, description="A regular expression that matches right behind the span.")
    same_sentence: str | None = Field(
        None, alias="same sentence", description="A regular expression that matches somewhere in the sentence of the span."
    )
    same_article: str | None = Field(
        None, alias="same article", description="A regular expression that matches somewhere in the article."
    )


class Rule(Context):
    """One rule, with its proof: sentences in which it must fire and sentences in which it must not."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Stable kebab-case name, unique over all files.")
    finds: str = Field(description="What it finds: an entity type, amount or date kind, event type, quote, role, furniture.")
    pattern: str | None = Field(None, description="A regular expression over folded text, with atoms.")
    phrases: tuple[str, ...] = Field((), description="Instead of a pattern: literal phrases, matched at word bounds.")
    tokens: tuple[Token, ...] = Field((), description="Instead of a pattern: tokens in the notation of spaCy's Matcher.")
    unless: Context = Field(Context(), description="The same four keys, none of which may match.")
    reads: str | None = Field(None, description="The interpreter that gives the captured parts their value.")
    assigns: Mapping[str, str] = Field(default_factory=dict, description="Constant parts that a hit carries.")
    stands: Literal["before", "after"] | None = Field(
        None, description="The pattern or phrases are a cue that stands right before or after the span, not the span itself."
    )
    weight: float = Field(1.0, description="How strongly the rule votes where evidence is added up, in log odds.")
    priority: int = Field(50, ge=0, le=100, description="Where two rules want overlapping spans, the higher one wins.")
    ignore_case: bool = Field(False, description="Match without regard to case.")
    examples: tuple[Example | str, ...] = Field((), description="Marked sentences in which the rule must fire.")
    refusals: tuple[str, ...] = Field((), description="Sentences in which the rule must not fire.")
    note: str | None = None
    since: str | None = None

    @property
    def contexts(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Every expression on the context, with the way to it in the rule file: (("unless", "before"), "…")."""
        fields = ((key, field.alias or key) for key, field in Context.model_fields.items())
        ways = [((*way, name), getattr(of, key)) for key, name in fields for way, of in (((), self), (("unless",), self.unless))]
        return tuple((way, written) for way, written in ways if written is not None)

    @property
    def marked(self) -> tuple[Example, ...]:
        """The examples, those written as plain strings included."""
        return tuple(Example(text=e) if isinstance(e, str) else e for e in self.examples)


class WordsOf(BaseModel):
    """The words of some sections of `words/<words>.yaml`, as alternatives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str = Field(description="The stem of a file in words/.")
    of: tuple[str, ...] = Field(description="The sections of that file whose words are meant.")


class RuleDocument(BaseModel):
    """A rule file: the atoms that its patterns are made of, and its rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str = Field("", description="One line: what the file finds.")
    published: str | None = Field(None, description="The publication date that examples are read against (EDTF).")
    atoms: Mapping[str, str | tuple[str, ...] | WordsOf] = Field(
        default_factory=dict,
        description="Named fragments of expressions: an expression, a list of words, or the words of a word list.",
    )
    rules: tuple[Rule, ...] = Field((), description="The rules; one of a known id replaces the rule of that id.")


@dataclass(frozen=True)
class RuleFile:
    """One theme's rules, with atoms expanded: `pattern(rule)` is ready for `re`.

    `places` says in which file, line and column each rule stands: a theme may be made of several files.
    """

    path: Path
    about: str
    published: str | None
    atoms: Mapping[str, str]
    rules: tuple[Rule, ...]
    places: Mapping[str, Place]

    def expand(self, pattern: str) -> str:
        """The pattern with every atom put in; an unknown atom is a DataError."""
        return expand_atoms(pattern, self.atoms, Place(self.path))

    def pattern(self, rule: Rule) -> str:
        """The rule's expression: its pattern, its tokens in a row, or its phrases at word bounds, longest first."""
        if rule.pattern is not None or rule.tokens:
            written = token_expression(rule.tokens) if rule.pattern is None else rule.pattern
            return expand_atoms(written, self.atoms, self.places[rule.id])
        return rf"(?<!\w)(?:{any_of(rule.phrases)})(?!\w)"


def expand_atoms(pattern: str, atoms: Mapping[str, str], place: Place) -> str:
    """The pattern with every atom put in, `{name}` as a group and `{slot:name}` as a named one; DataError for an unknown."""

    def insert(match: re.Match[str]) -> str:
        if match["atom"] not in atoms:
            raise place.wrong(f"unknown atom {match['atom']!r}", mend=nearest(match["atom"], tuple(atoms)))
        group = f"?P<{match['slot']}>" if match["slot"] else "?:"
        return f"({group}{atoms[match['atom']]})"

    return _INSERT.sub(insert, pattern)


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One known thing. `needs_context` lists the forms that are also common words or other things' names."""

    canonical: str
    type: EntityType
    kind: str | None
    country: str | None
    since: str | None
    aliases: tuple[str, ...]
    needs_context: frozenset[str] = field(repr=False)
    former: tuple[tuple[str, str | None], ...]
    wikidata: str | None
    source: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form under which the thing may stand: canonical name, aliases, former names."""
        return (self.canonical, *self.aliases, *(name for name, _ in self.former))


@dataclass(frozen=True)
class Lexicon:
    """All data of a run. `rules` by theme (the file's stem), `gazetteer` in file order, `words` by list name."""

    rules: Mapping[str, RuleFile]
    gazetteer: tuple[GazetteerEntry, ...]
    words: Mapping[str, Mapping[str, Any]]
    fingerprint: str

    @cached_property
    def gazetteer_digest(self) -> str:
        """The SHA-256 of all entries."""
        digest = hashlib.sha256()
        for entry in self.gazetteer:
            digest.update(repr((entry, sorted(entry.needs_context))).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()
