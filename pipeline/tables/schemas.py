"""The tables and their columns: the one place in which they are described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

SCHEMA_VERSION = "1"

_DECIMAL = pa.decimal128(38, 6)
_CLOSED = pa.dictionary(pa.int32(), pa.string())
_STRINGS = pa.list_(pa.string())
_REMOVALS = pa.list_(
    pa.struct(
        [
            ("rule", pa.string()),
            ("source_start", pa.int32()),
            ("source_end", pa.int32()),
            ("start", pa.int32()),
            ("text", pa.string()),
        ]
    )
)

_CONTRADICTIONS = pa.list_(pa.struct([("column", pa.string()), ("event_id", pa.string()), ("other_event_id", pa.string())]))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, what a row is, its key and its Arrow schema (each field carries its description).

    `key` is empty where two rows may be the same but for their words, as in `issues`; `refers` is the table and column that a
    column's values, or the items of its lists, are found in.
    """

    name: str
    about: str
    key: tuple[str, ...]
    schema: pa.Schema

    @property
    def refers(self) -> Mapping[str, tuple[str, str]]:
        """The table and column that a column refers to (`speaker_entity_id` → entities, entity_id); its own key left out."""
        return {n: _REFERENCES[n] for n in self.schema.names if n in _REFERENCES and (self.name, n) not in _OWN}


def _field(name: str, kind: pa.DataType, description: str) -> pa.Field:
    return pa.field(name, kind, metadata={"description": description})


def _table(name: str, about: str, key: tuple[str, ...], *fields: pa.Field) -> Table:
    return Table(name, about, key, pa.schema(fields, metadata={"table": name, "description": about}))


_REFERENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "article_id": ("articles", "article_id"),
        "duplicate_of": ("articles", "article_id"),
        "mention_id": ("mentions", "mention_id"),
        "entity_id": ("entities", "entity_id"),
        "speaker_entity_id": ("entities", "entity_id"),
        "person_entity_id": ("entities", "entity_id"),
        "org_entity_id": ("entities", "entity_id"),
        "agents": ("entities", "entity_id"),
        "targets": ("entities", "entity_id"),
        "amount_id": ("amounts", "amount_id"),
        "date_id": ("dates", "date_id"),
    }
)

_OWN = frozenset(
    {
        ("articles", "article_id"),
        ("mentions", "mention_id"),
        ("entities", "entity_id"),
        ("amounts", "amount_id"),
        ("dates", "date_id"),
        ("issues", "article_id"),
    }
)
"""Columns that are named like a reference and are none: the keys themselves, and refused articles, which stand nowhere else."""

_ARTICLE = _field("article_id", pa.string(), "The article, key of `articles`.")
_RULE = _field("rule_id", pa.string(), "The rule that found it (`veille explain` shows it at work).")
_SENTENCE = _field("sentence", pa.int32(), "Number of the sentence in the article, from 0.")
_PLACE = (
    _field("text", pa.string(), "The words as they stand: `articles.text[start:end]`."),
    _field("start", pa.int32(), "First code point in `articles.text`."),
    _field("end", pa.int32(), "Code point after the last one in `articles.text`."),
    _field("source_start", pa.int32(), "First code point in the text as it came in."),
    _field("source_end", pa.int32(), "Code point after the last one in the text as it came in."),
    _SENTENCE,
)

_ARTICLES = _table(
    "articles",
    "One row an article that was read and accepted, with its cleaned text.",
    ("article_id",),
    _field("article_id", pa.string(), "The id that the input gives, else the path below the corpus folder without suffix."),
    _field("source", pa.string(), "The file or URL it came from."),
    _field("url", pa.string(), "Address of the article, null when the input does not say."),
    _field("outlet", pa.string(), "The medium that published it, null when unknown."),
    _field("title", pa.string(), "Headline, null when none was found."),
    _field("authors", _STRINGS, "Author names in the order of the byline."),
    _field("published", pa.string(), "Publication date, EDTF: a day, a month or a year; null when unknown."),
    _field("published_start", pa.date32(), "First day that `published` covers."),
    _field("published_end", pa.date32(), "Last day that `published` covers."),
    _field("published_from", _CLOSED, "Where the date was found: metadata, header, text, html, filename."),
    _field("language", _CLOSED, "ISO 639-1 code of the language."),
    _field("text", pa.string(), "Cleaned text, to which all `start` and `end` columns refer."),
    _field("n_tokens", pa.int32(), "Words and punctuation marks in `text`."),
    _field("content_hash", pa.string(), "SHA-256 of the text as it came in, hexadecimal."),
    _field("duplicate_of", pa.string(), "The earlier article that this one copies, null for originals."),
    _field("similarity", pa.float64(), "How much of the text the two share, 0 to 1; null for originals."),
    _field("cleaning", _REMOVALS, "What was taken out of the source: its words, where they stood in source and text, the rule."),
)
_MENTIONS = _table(
    "mentions",
    "One row a name in an article.",
    ("mention_id",),
    _field("mention_id", pa.string(), "Made of article_id, type and source offsets."),
    _ARTICLE,
    _field("type", _CLOSED, "ORG, PER, LOC, PRODUCT or LAW."),
    *_PLACE,
    _field("entity_id", pa.string(), "The entity it names, key of `entities`."),
    _field("method", _CLOSED, "Who decided: model, gazetteer, rule or consistency."),
    _RULE,
    _field("score", pa.float64(), "Calibrated probability that span and type are right; null when not measured."),
)
_ENTITIES = _table(
    "entities",
    "One row an organisation, person, place, product or law, merged over all articles.",
    ("entity_id",),
    _field("entity_id", pa.string(), "`type:slug`, minted once and kept for life."),
    _field("type", _CLOSED, "ORG, PER, LOC, PRODUCT or LAW."),
    _field("name", pa.string(), "Canonical name."),
    _field("aliases", _STRINGS, "The other forms in which the corpus names it, sorted."),
    _field("wikidata", pa.string(), "Wikidata item, null when unknown."),
    _field("country", pa.string(), "ISO 3166-1 alpha-2 country, or EU; null when unknown."),
    _field("kind", pa.string(), "company, authority, party, media, …; null when unknown."),
    _field("n_mentions", pa.int32(), "Mentions in all articles, near-copies left out."),
    _field("n_articles", pa.int32(), "Articles that name it, near-copies left out."),
    _field("first_published", pa.date32(), "Earliest publication day of an article that names it."),
    _field("last_published", pa.date32(), "Latest publication day of an article that names it."),
    _field("former_ids", _STRINGS, "Ids of entities that turned out to be this one."),
)
_LINKS = _table(
    "links",
    "One row a mention, saying why it names its entity.",
    ("mention_id",),
    _field("mention_id", pa.string(), "The mention, key of `mentions`."),
    _field("entity_id", pa.string(), "The entity, key of `entities`."),
    _field("score", pa.float64(), "How sure the link is, 0 to 1."),
    _field("reason", pa.string(), "One line that a person can check."),
)
_AMOUNTS = _table(
    "amounts",
    "One row a sum of money, a share or a counted quantity.",
    ("amount_id",),
    _field("amount_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    _field("kind", _CLOSED, "money, percent or quantity."),
    *_PLACE,
    _field("min", _DECIMAL, "Lower bound in base units (equal to max unless a range)."),
    _field("max", _DECIMAL, "Upper bound in base units."),
    _field("value", pa.float64(), "The middle of min and max, for plots; use min and max to calculate."),
    _field("unit", pa.string(), "ISO 4217, PCT, PT, or the counted noun; null when it cannot be known."),
    _field("qualifier", _CLOSED, "about, over, under, or null."),
    _field("eur_min", _DECIMAL, "min in euros at the ECB reference rate of the publication day; null when not known."),
    _field("eur_max", _DECIMAL, "max in euros at the ECB reference rate of the publication day; null when not known."),
    _RULE,
)
_DATES = _table(
    "dates",
    "One row a date, duration or recurrence.",
    ("date_id",),
    _field("date_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    _field("kind", _CLOSED, "date, duration or set."),
    *_PLACE,
    _field("value", pa.string(), "EDTF for a date, ISO 8601 for a duration or a period; null when it cannot be known."),
    _field("start_date", pa.date32(), "First day covered, or that a duration leads to; null when open or unknown."),
    _field("end_date", pa.date32(), "Last day covered, or that a duration leads to; null when open or unknown."),
    _field("modifier", _CLOSED, "start, mid, end, after, before, or null."),
    _field("reason", pa.string(), "Why the value is null, or what it was read against."),
    _RULE,
)
_SCORE = _field("score", pa.float64(), "Share of this rule's rows that were right on annotated articles, 0 to 1.")
_EVIDENCE = _field("evidence", pa.string(), "The sentence, or sentences, that the row was read from.")
_QUOTES = _table(
    "quotes",
    "One row a quotation: words between quotation marks. Reported speech without marks has the same columns in `statements`.",
    ("quote_id",),
    _field("quote_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    *_PLACE,
    _field("kind", _CLOSED, "direct, or indirect for a row of `statements`: UNION ALL BY NAME puts both in one table."),
    _field("speaker", pa.string(), "The speaker as written; null when it cannot be told."),
    _field("speaker_entity_id", pa.string(), "The speaker, key of `entities`."),
    _field("cue", pa.string(), "The verb or phrase that attributes the words."),
    _RULE,
    _field("reason", pa.string(), "How the speaker was resolved, or why it is null."),
    _SCORE,
    _EVIDENCE,
)
_STATEMENTS = _table(
    "statements",
    "One row what somebody is reported to say, in the article's own words (« X affirme que … »): no quotation.",
    ("quote_id",),
    *_QUOTES.schema,
)
_ROLES = _table(
    "roles",
    "One row a person's function as an article gives it.",
    ("role_id",),
    _field("role_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    _field("person_entity_id", pa.string(), "The person, key of `entities`."),
    _field("role", pa.string(), "The function as written, without determiner."),
    _field("org_entity_id", pa.string(), "The organisation, key of `entities`; null when the text names none."),
    *_PLACE,
    _SCORE,
    _RULE,
    _EVIDENCE,
)
_EVENTS = _table(
    "events",
    "One row a stated fact.",
    ("event_id",),
    _field("event_id", pa.string(), "Made of article_id, type and source offsets."),
    _ARTICLE,
    _field("type", _CLOSED, "funding, acquisition, partnership, fine, investigation, lawsuit, regulation, launch, …"),
    *_PLACE,
    _field("agents", _STRINGS, "Entities that act, keys of `entities`."),
    _field("targets", _STRINGS, "Entities acted upon, keys of `entities`."),
    _field("amount_id", pa.string(), "Its sum, key of `amounts`."),
    _field("date_id", pa.string(), "Its date, key of `dates`."),
    _SCORE,
    _RULE,
    _EVIDENCE,
)
_CLAIMS = _table(
    "claims",
    "One row a thing of the kinds of `events` that an article denies, calls possible or announces: not a fact.",
    ("event_id",),
    *_EVENTS.schema,
    _field("modality", _CLOSED, "denied, possible or planned."),
)
_STORIES = _table(
    "stories",
    "One row a fact that one or more articles tell, near-copies left out: events of one type, participants and time.",
    ("story_id",),
    _field("story_id", pa.string(), "The id of the event told first."),
    _field("type", _CLOSED, "The type of its events."),
    _field("agents", _STRINGS, "All entities that act, keys of `entities`."),
    _field("targets", _STRINGS, "All entities acted upon, keys of `entities`."),
    _field("min", _DECIMAL, "Lower bound of its sum in base units, as told first."),
    _field("max", _DECIMAL, "Upper bound of its sum in base units, as told first."),
    _field("unit", pa.string(), "Unit of its sum."),
    _field("start_date", pa.date32(), "First day on which it happened, null when no article says."),
    _field("end_date", pa.date32(), "Last day on which it happened, null when no article says."),
    _field("first_published", pa.date32(), "Day of the first article that tells it."),
    _field("articles", _STRINGS, "The articles that tell it, keys of `articles`."),
    _field("events", _STRINGS, "Its tellings, keys of `events`, in the order of publication."),
    _field("contradictions", _CONTRADICTIONS, "Tellings that differ, and in what."),
)
_AFFILIATIONS = _table(
    "affiliations",
    "One row a person's function in an organisation, over all articles, near-copies left out.",
    ("affiliation_id",),
    _field("affiliation_id", pa.string(), "Made of person, function and organisation."),
    _field("person_entity_id", pa.string(), "The person, key of `entities`."),
    _field("role", pa.string(), "The function in its commonest spelling, without « ancien »."),
    _field("org_entity_id", pa.string(), "The organisation, key of `entities`; null when no article names one."),
    _field("first_seen", pa.date32(), "First publication day of an article that gives it as present."),
    _field("last_seen", pa.date32(), "Last publication day of an article that gives it as present."),
    _field("over_by", pa.date32(), "First publication day of an article that calls it past."),
    _field("articles", _STRINGS, "The articles that say so, keys of `articles`."),
)
_ISSUES = _table(
    "issues",
    "One row a problem with an article or file.",
    (),
    _field("article_id", pa.string(), "The article, null when the problem came before it had an id."),
    _field("source", pa.string(), "The file or URL."),
    _field("stage", _CLOSED, "read, clean, extract or merge."),
    _field("code", pa.string(), "Short name of the problem, stable."),
    _field("detail", pa.string(), "What is wrong and what to do."),
    _field("fatal", pa.bool_(), "True where the article is in no other table."),
)

_ALL = (
    _ARTICLES,
    _MENTIONS,
    _ENTITIES,
    _LINKS,
    _AMOUNTS,
    _DATES,
    _QUOTES,
    _STATEMENTS,
    _ROLES,
    _EVENTS,
    _CLAIMS,
    _STORIES,
    _AFFILIATIONS,
    _ISSUES,
)
TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
