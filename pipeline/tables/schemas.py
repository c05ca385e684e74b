"""The tables and their columns: the one place in which they are described."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

from pipeline.tables.table import Table, column, table

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


_ARTICLE = column("article_id", pa.string(), "The article, key of `articles`.")
_RULE = column("rule_id", pa.string(), "The rule that found it (`veille explain` shows it at work).")
_SENTENCE = column("sentence", pa.int32(), "Number of the sentence in the article, from 0.")
_PLACE = (
    column("text", pa.string(), "The words as they stand: `articles.text[start:end]`."),
    column("start", pa.int32(), "First code point in `articles.text`."),
    column("end", pa.int32(), "Code point after the last one in `articles.text`."),
    column("source_start", pa.int32(), "First code point in the text as it came in."),
    column("source_end", pa.int32(), "Code point after the last one in the text as it came in."),
    _SENTENCE,
)

_ARTICLES = table(
    "articles",
    "One row an article that was read and accepted, with its cleaned text.",
    ("article_id",),
    column("article_id", pa.string(), "The id that the input gives, else the path below the corpus folder without suffix."),
    column("source", pa.string(), "The file or URL it came from."),
    column("url", pa.string(), "Address of the article, null when the input does not say."),
    column("outlet", pa.string(), "The medium that published it, null when unknown."),
    column("title", pa.string(), "Headline, null when none was found."),
    column("authors", _STRINGS, "Author names in the order of the byline."),
    column("published", pa.string(), "Publication date, EDTF: a day, a month or a year; null when unknown."),
    column("published_start", pa.date32(), "First day that `published` covers."),
    column("published_end", pa.date32(), "Last day that `published` covers."),
    column("published_from", _CLOSED, "Where the date was found: metadata, header, text, html, filename."),
    column("language", _CLOSED, "ISO 639-1 code of the language."),
    column("text", pa.string(), "Cleaned text, to which all `start` and `end` columns refer."),
    column("n_tokens", pa.int32(), "Words and punctuation marks in `text`."),
    column("content_hash", pa.string(), "SHA-256 of the text as it came in, hexadecimal."),
    column("duplicate_of", pa.string(), "The earlier article that this one copies, null for originals."),
    column("similarity", pa.float64(), "How much of the text the two share, 0 to 1; null for originals."),
    column("cleaning", _REMOVALS, "What was taken out of the source: its words, where they stood in source and text, the rule."),
)
_MENTIONS = table(
    "mentions",
    "One row a name in an article.",
    ("mention_id",),
    column("mention_id", pa.string(), "Made of article_id, type and source offsets."),
    _ARTICLE,
    column("type", _CLOSED, "ORG, PER, LOC, PRODUCT or LAW."),
    *_PLACE,
    column("entity_id", pa.string(), "The entity it names, key of `entities`."),
    column("method", _CLOSED, "Who decided: model, gazetteer, rule or consistency."),
    _RULE,
    column("score", pa.float64(), "Calibrated probability that span and type are right; null when not measured."),
)
_ENTITIES = table(
    "entities",
    "One row an organisation, person, place, product or law, merged over all articles.",
    ("entity_id",),
    column("entity_id", pa.string(), "`type:slug`, minted once and kept for life."),
    column("type", _CLOSED, "ORG, PER, LOC, PRODUCT or LAW."),
    column("name", pa.string(), "Canonical name."),
    column("aliases", _STRINGS, "The other forms in which the corpus names it, sorted."),
    column("wikidata", pa.string(), "Wikidata item, null when unknown."),
    column("country", pa.string(), "ISO 3166-1 alpha-2 country, or EU; null when unknown."),
    column("kind", pa.string(), "company, authority, party, media, …; null when unknown."),
    column("n_mentions", pa.int32(), "Mentions in all articles, near-copies left out."),
    column("n_articles", pa.int32(), "Articles that name it, near-copies left out."),
    column("first_published", pa.date32(), "Earliest publication day of an article that names it."),
    column("last_published", pa.date32(), "Latest publication day of an article that names it."),
    column("former_ids", _STRINGS, "Ids of entities that turned out to be this one."),
)
_LINKS = table(
    "links",
    "One row a mention, saying why it names its entity.",
    ("mention_id",),
    column("mention_id", pa.string(), "The mention, key of `mentions`."),
    column("entity_id", pa.string(), "The entity, key of `entities`."),
    column("score", pa.float64(), "How sure the link is, 0 to 1."),
    column("reason", pa.string(), "One line that a person can check."),
)
_AMOUNTS = table(
    "amounts",
    "One row a sum of money, a share or a counted quantity.",
    ("amount_id",),
    column("amount_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    column("kind", _CLOSED, "money, percent or quantity."),
    *_PLACE,
    column("min", _DECIMAL, "Lower bound in base units (equal to max unless a range)."),
    column("max", _DECIMAL, "Upper bound in base units."),
    column("value", pa.float64(), "The middle of min and max, for plots; use min and max to calculate."),
    column("unit", pa.string(), "ISO 4217, PCT, PT, or the counted noun; null when it cannot be known."),
    column("qualifier", _CLOSED, "about, over, under, or null."),
    column("eur_min", _DECIMAL, "min in euros at the ECB reference rate of the publication day; null when not known."),
    column("eur_max", _DECIMAL, "max in euros at the ECB reference rate of the publication day; null when not known."),
    _RULE,
)
_DATES = table(
    "dates",
    "One row a date, duration or recurrence.",
    ("date_id",),
    column("date_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    column("kind", _CLOSED, "date, duration or set."),
    *_PLACE,
    column("value", pa.string(), "EDTF for a date, ISO 8601 for a duration or a period; null when it cannot be known."),
    column("start_date", pa.date32(), "First day covered, or that a duration leads to; null when open or unknown."),
    column("end_date", pa.date32(), "Last day covered, or that a duration leads to; null when open or unknown."),
    column("modifier", _CLOSED, "start, mid, end, after, before, or null."),
    column("reason", pa.string(), "Why the value is null, or what it was read against."),
    _RULE,
)
_SCORE = column("score", pa.float64(), "Share of this rule's rows that were right on annotated articles, 0 to 1.")
_EVIDENCE = column("evidence", pa.string(), "The sentence, or sentences, that the row was read from.")
_QUOTES = table(
    "quotes",
    "One row a quotation: words between quotation marks. Reported speech without marks has the same columns in `statements`.",
    ("quote_id",),
    column("quote_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    *_PLACE,
    column("kind", _CLOSED, "direct, or indirect for a row of `statements`: UNION ALL BY NAME puts both in one table."),
    column("speaker", pa.string(), "The speaker as written; null when it cannot be told."),
    column("speaker_entity_id", pa.string(), "The speaker, key of `entities`."),
    column("cue", pa.string(), "The verb or phrase that attributes the words."),
    _RULE,
    column("reason", pa.string(), "How the speaker was resolved, or why it is null."),
    _SCORE,
    _EVIDENCE,
)
_STATEMENTS = table(
    "statements",
    "One row what somebody is reported to say, in the article's own words (« X affirme que … »): no quotation.",
    ("quote_id",),
    *_QUOTES.schema,
)
_ROLES = table(
    "roles",
    "One row a person's function as an article gives it.",
    ("role_id",),
    column("role_id", pa.string(), "Made of article_id, kind and source offsets."),
    _ARTICLE,
    column("person_entity_id", pa.string(), "The person, key of `entities`."),
    column("role", pa.string(), "The function as written, without determiner."),
    column("org_entity_id", pa.string(), "The organisation, key of `entities`; null when the text names none."),
    *_PLACE,
    _SCORE,
    _RULE,
    _EVIDENCE,
)
_EVENTS = table(
    "events",
    "One row a stated fact.",
    ("event_id",),
    column("event_id", pa.string(), "Made of article_id, type and source offsets."),
    _ARTICLE,
    column("type", _CLOSED, "funding, acquisition, partnership, fine, investigation, lawsuit, regulation, launch, …"),
    *_PLACE,
    column("agents", _STRINGS, "Entities that act, keys of `entities`."),
    column("targets", _STRINGS, "Entities acted upon, keys of `entities`."),
    column("amount_id", pa.string(), "Its sum, key of `amounts`."),
    column("date_id", pa.string(), "Its date, key of `dates`."),
    _SCORE,
    _RULE,
    _EVIDENCE,
)
_CLAIMS = table(
    "claims",
    "One row a thing of the kinds of `events` that an article denies, calls possible or announces: not a fact.",
    ("event_id",),
    *_EVENTS.schema,
    column("modality", _CLOSED, "denied, possible or planned."),
)
_STORIES = table(
    "stories",
    "One row a fact that one or more articles tell, near-copies left out: events of one type, participants and time.",
    ("story_id",),
    column("story_id", pa.string(), "The id of the event told first."),
    column("type", _CLOSED, "The type of its events."),
    column("agents", _STRINGS, "All entities that act, keys of `entities`."),
    column("targets", _STRINGS, "All entities acted upon, keys of `entities`."),
    column("min", _DECIMAL, "Lower bound of its sum in base units, as told first."),
    column("max", _DECIMAL, "Upper bound of its sum in base units, as told first."),
    column("unit", pa.string(), "Unit of its sum."),
    column("start_date", pa.date32(), "First day on which it happened, null when no article says."),
    column("end_date", pa.date32(), "Last day on which it happened, null when no article says."),
    column("first_published", pa.date32(), "Day of the first article that tells it."),
    column("articles", _STRINGS, "The articles that tell it, keys of `articles`."),
    column("events", _STRINGS, "Its tellings, keys of `events`, in the order of publication."),
    column("contradictions", _CONTRADICTIONS, "Tellings that differ, and in what."),
)
_AFFILIATIONS = table(
    "affiliations",
    "One row a person's function in an organisation, over all articles, near-copies left out.",
    ("affiliation_id",),
    column("affiliation_id", pa.string(), "Made of person, function and organisation."),
    column("person_entity_id", pa.string(), "The person, key of `entities`."),
    column("role", pa.string(), "The function in its commonest spelling, without « ancien »."),
    column("org_entity_id", pa.string(), "The organisation, key of `entities`; null when no article names one."),
    column("first_seen", pa.date32(), "First publication day of an article that gives it as present."),
    column("last_seen", pa.date32(), "Last publication day of an article that gives it as present."),
    column("over_by", pa.date32(), "First publication day of an article that calls it past."),
    column("articles", _STRINGS, "The articles that say so, keys of `articles`."),
)
_ISSUES = table(
    "issues",
    "One row a problem with an article or file.",
    (),
    column("article_id", pa.string(), "The article, null when the problem came before it had an id."),
    column("source", pa.string(), "The file or URL."),
    column("stage", _CLOSED, "read, clean, extract or merge."),
    column("code", pa.string(), "Short name of the problem, stable."),
    column("detail", pa.string(), "What is wrong and what to do."),
    column("fatal", pa.bool_(), "True where the article is in no other table."),
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
TABLES: Mapping[str, Table] = MappingProxyType({one.name: one for one in _ALL})
