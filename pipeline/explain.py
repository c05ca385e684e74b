"""One article, shown: its text with every span marked, and under it what each span was read as, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.deduplicate.entities import ArticleNames, resolve_entities
from pipeline.errors import UsageError
from pipeline.extract import Extractor, Teller, given_article
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import Amount, DateReading, Event, Extraction, Issue, Link, Mention, Quote, Role
from pipeline.read import first_article
from pipeline.recognize.relations.near_misses import NearMiss
from pipeline.settings import Settings

STYLES: Mapping[str, str] = {
    "ORG": "bold blue",
    "PER": "bold magenta",
    "LOC": "bold green",
    "PRODUCT": "bold cyan",
    "LAW": "bold yellow",
    "money": "green",
    "percent": "green",
    "quantity": "green",
    "date": "yellow",
    "duration": "yellow",
    "set": "yellow",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One span: where it stands, what it is, what it means and who says so."""

    start: int
    end: int
    kind: str
    text: str
    value: str
    source: str
    reason: str


def explain_one(file: str | None, text: str | None, *, published: str | None, settings: Settings) -> RenderableType:
    """The first article of `file`, or `text`, with each span marked and explained. Raises UsageError for neither or both."""
    if (file is None) == (text is None):
        raise UsageError("give either a file or --text")
    article = given_article(text, published=published) if text is not None else first_article(str(file), settings)
    lexicon = load_lexicon(settings.rules)
    extractor, teller = Extractor(lexicon, settings), Teller(lexicon)
    document = extractor.clean(article)
    if isinstance(document, Issue):
        raise UsageError(document.detail)
    (found,) = extractor.find([document])
    related = teller.relate(found)
    return Group(render(related, explain(related, lexicon)), Text(), render_near_misses(teller.near_misses(related)))


def explain(extraction: Extraction, lexicon: Lexicon) -> tuple[Explained, ...]:
    """Every row that the article yields, in the order of the text; entities as this article alone gives them."""
    links = {link.mention: link for link in resolve_entities([ArticleNames.of(extraction)], lexicon).links}
    rows = [
        *(_name(mention, links[mention]) for mention in extraction.mentions),
        *(_amount(amount) for amount in extraction.amounts),
        *(_date(date) for date in extraction.dates),
        *_relations(extraction, links),
    ]
    return tuple(sorted(rows, key=lambda row: (row.start, -row.end, row.kind)))


def _source(mention: Mention) -> str:
    score = "" if mention.score is None else f" {mention.score:.2f}"
    return (mention.method if mention.method == mention.rule_id else f"{mention.method} {mention.rule_id}") + score


def _name(mention: Mention, link: Link) -> Explained:
    return Explained(mention.start, mention.end, mention.type, mention.text, link.entity_id, _source(mention), link.reason)


def _amount(amount: Amount) -> Explained:
    m = amount.mention
    bounds = _plain(amount.min) if amount.min == amount.max else f"{_plain(amount.min)} to {_plain(amount.max)}"
    value = " ".join(part for part in (amount.qualifier, bounds, amount.unit or "unit unknown") if part)
    euros = "" if amount.eur_min is None or amount.unit == "EUR" else f"{_plain(amount.eur_min)} EUR on the publication day"
    return Explained(m.start, m.end, amount.kind, m.text, value, _source(m), euros)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _date(date: DateReading) -> Explained:
    m = date.mention
    days = f"{date.start_date or '…'} to {date.end_date or '…'}" if date.start_date or date.end_date else ""
    return Explained(m.start, m.end, date.kind, m.text, date.value or "unknown", _source(m), date.reason or days)


def _relations(extraction: Extraction, links: Mapping[Mention, Link]) -> Iterator[Explained]:
    def entity(mention: Mention | None) -> str:
        return links[mention].entity_id if mention else "?"

    for q in extraction.quotes:
        yield Explained(
            q.start, q.end, "quote", q.text, f"said by {entity(q.speaker_mention)}", _rule(q), q.reason or q.cue or ""
        )
    for r in extraction.roles:
        yield Explained(r.start, r.end, "role", r.text, f"{entity(r.person)} at {entity(r.org)}", _rule(r), "")
    for e in extraction.events:
        who = f"{', '.join(map(entity, e.agents)) or '?'} → {', '.join(map(entity, e.targets)) or '?'}"
        yield Explained(e.start, e.end, e.type, e.text, who, _rule(e), e.modality)


def _rule(row: Quote | Role | Event) -> str:
    return row.rule_id if row.score is None else f"{row.rule_id} {row.score:.2f}"


def render(extraction: Extraction, rows: Sequence[Explained]) -> RenderableType:
    """The marked text and the table of its spans, for a terminal."""
    document = extraction.document
    table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
    for column in ("kind", "text", "value", "found by", "because"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(
            Text(row.kind, style=STYLES.get(row.kind, "")), Text(_short(row.text)), row.value, row.source, Text(row.reason)
        )
    published = (
        f"published {document.published} (from {document.published_from})" if document.published else "publication day unknown"
    )
    return Group(Text(published, style="dim"), marked_text(extraction), Text(), table)


def render_near_misses(near: Sequence[NearMiss]) -> RenderableType:
    """Who else may have spoken each quotation, and what was nearly a role or an event, with what it lacks."""
    if not near:
        return Text("nothing came near a quotation, a role or an event", style="dim")
    table = Table(title="weighed, and what came near", box=None, pad_edge=False, header_style="bold", title_justify="left")
    for column in ("kind", "text", "rule", "weighed"):
        table.add_column(column, overflow="fold")
    for one in near:
        table.add_row(Text(one.kind), Text(_short(one.text)), one.rule_id, Text(one.what))
    return table


def marked_text(extraction: Extraction) -> Text:
    """The cleaned text with every name, amount and date as `[words|KIND]`."""
    spans = [*extraction.mentions, *(a.mention for a in extraction.amounts), *(d.mention for d in extraction.dates)]
    shown, at = Text(), 0
    for span in sorted(spans, key=lambda m: (m.start, -m.end)):
        if span.start >= at:
            shown.append(extraction.document.text[at : span.start])
            shown.append(f"[{span.text}|{span.type}]", style=STYLES[span.type])
            at = span.end
    return shown.append(extraction.document.text[at:])


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
