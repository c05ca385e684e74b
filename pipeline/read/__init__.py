"""Files → Article: one module a format, `articles` brings them together."""

from pipeline.read.articles import first_article, read_articles, read_source, without_repeats
from pipeline.read.html import extract_html
from pipeline.read.sources import Source, find_sources

__all__ = ["Source", "extract_html", "find_sources", "first_article", "read_articles", "read_source", "without_repeats"]
