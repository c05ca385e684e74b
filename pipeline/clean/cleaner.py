"""Article → Document: the steps of cleaning in order, each of them edits on a draft that knows the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.clean.captions import CaptionFinder
from pipeline.clean.corpus import RepeatedLines, outlet_of
from pipeline.clean.density import check_density
from pipeline.clean.draft import Draft, Edit, apply_edits
from pipeline.clean.encoding import EncodingRepair
from pipeline.clean.furniture import Furniture, FurnitureFinder
from pipeline.clean.headings import HeadingFinder
from pipeline.clean.language import LanguageGuard
from pipeline.clean.markup import find_entities, find_front_matter, find_marks, find_soft_breaks, find_tags, looks_marked
from pipeline.clean.sentences import SentenceFinder
from pipeline.clean.spacing import find_line_ends, find_spacing, find_wraps
from pipeline.clean.structure import block_sentences, find_blocks
from pipeline.clean.turns import TurnFinder
from pipeline.errors import ArticleError
from pipeline.lexicon import Lexicon
from pipeline.model import Article, Document, Issue, PublishedFrom
from pipeline.publication import implausible, read_published
from pipeline.settings import Settings
from pipeline.text import fold_typography

Step = Callable[[str], Sequence[Edit]]

SLOTS: tuple[tuple[str, PublishedFrom], ...] = (
    ("header", "header"),
    ("published", "text"),
    ("dateline", "text"),
    ("updated", "text"),
    ("bare-day", "text"),
)
"""What may tell the day of publication, the most telling first."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is known of an article's publication after cleaning, and what was doubtful."""

    published: str | None
    published_from: PublishedFrom | None
    authors: tuple[str, ...]
    issues: tuple[Issue, ...] = ()


class Cleaner:
    """Cleans articles. Built once from the lexicon; `today` bounds the dates that texts may claim."""

    def __init__(self, lexicon: Lexicon, *, settings: Settings | None = None, today: dt.date | None = None) -> None:
        self._settings = settings or Settings()
        self._today = today
        self._repair = EncodingRepair()
        self._furniture = FurnitureFinder(lexicon)
        self._sentences = SentenceFinder(lexicon.words["abbreviations"])
        self._headings = HeadingFinder(lexicon.words["layout"])
        self._turns = TurnFinder(lexicon.words["layout"])
        self._captions = CaptionFinder(lexicon.words["layout"]["caption"])
        self._language = LanguageGuard(lexicon)

    def clean(self, article: Article, *, repeated: RepeatedLines | None = None) -> Document:
        """The article's document; `repeated` is what the corpus knows of its outlet's furniture.

        Raises ArticleError: empty, too_long, not_prose, not_french.
        """
        if len(article.text) > (limit := self._settings.max_article_chars):
            detail = f"the article has {len(article.text)} characters, more than {limit}; split it or raise max_article_chars"
            raise ArticleError("too_long", detail, stage="clean")
        draft = self._unmarked(article)
        is_repeated = partial(repeated.holds, outlet_of(article)) if repeated else None
        authors = self._furniture.bare_names(article.authors)
        found = self._furniture.find(draft.text, title=article.title, authors=authors, is_repeated=is_repeated)
        draft = _trimmed(apply_edits(draft, found.edits))
        if not draft.text:
            raise ArticleError(
                "empty", "nothing is left of the article once its furniture is gone; fetch it again", stage="clean"
            )
        check_density(draft.text, most=self._settings.max_density)
        language = self._language.check(draft.text, refuse=self._settings.refuse_languages)
        publication = self._publication(article, found)
        captions = self._captions.find(draft, article.text)
        blocks = find_blocks(draft.text, article.title, self._turns, captions=captions)
        return Document(
            article=article,
            text=draft.text,
            folded=fold_typography(draft.text),
            to_source=draft.to_source,
            blocks=blocks,
            sentences=block_sentences(draft.text, blocks, self._sentences),
            removals=tuple(sorted(draft.removals, key=lambda removal: (removal.source_start, removal.source_end, removal.rule))),
            title=article.title or next((draft.text[b.start : b.end] for b in blocks if b.kind == "headline"), None),
            published=publication.published,
            published_from=publication.published_from,
            authors=publication.authors,
            language=language,
            issues=publication.issues,
        )

    def _unmarked(self, article: Article) -> Draft:
        """The article's text with its characters repaired and all marks of HTML and Markdown taken out."""
        steps: list[Step] = [find_entities, self._repair.find]
        if article.format == "markdown":
            steps += [find_line_ends, find_front_matter, find_marks]
        elif looks_marked(article.text):
            steps += [find_line_ends, find_marks]
        steps += [find_tags, find_spacing, find_soft_breaks if article.format == "markdown" else find_wraps]
        steps.append(partial(self._headings.find, title=article.title))
        draft = Draft.of(article.text)
        for step in steps:
            draft = apply_edits(draft, step(draft.text))
        return draft

    def _publication(self, article: Article, found: Furniture) -> Publication:
        """Fields come first, then what the text says, then the page or the file's name."""
        authors = self._furniture.bare_names(article.authors) or found.authors
        if article.published and article.published_from == "metadata":
            return Publication(article.published, "metadata", authors)
        issues = []
        for slot, origin in SLOTS:
            for value in (value for name, value in found.said if name == slot):
                day = read_published(value)
                if day and (doubt := implausible(day, today=self._today)):
                    detail = f"the text says it was published on {value}: {doubt}; give the date in a field"
                    issues.append(Issue(article.source, "clean", "bad_date", detail, fatal=False, article_id=article.article_id))
                elif day:
                    return Publication(day, origin, authors, tuple(issues))
        return Publication(article.published, article.published_from, authors, tuple(issues))


def clean_article(article: Article, lexicon: Lexicon) -> Document:
    """The document of one article; for many, build one Cleaner. Raises ArticleError."""
    return Cleaner(lexicon).clean(article)


def _trimmed(draft: Draft) -> Draft:
    text = draft.text
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first >= last:
        return apply_edits(draft, [Edit(0, len(text), "")] if text else [])
    edits = [Edit(0, first, ""), Edit(last, len(text), "")]
    return apply_edits(draft, [edit for edit in edits if edit.start < edit.end])
