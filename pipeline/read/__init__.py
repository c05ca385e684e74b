"""Files → Article: one module a format, `articles` brings them together."""

from pipeline.read.articles import first_article, read_articles, read_source, without_repeats
from pipeline.read.sources import Source, find_sources

__all__ = ["Source", "find_sources", "first_article", "read_articles", "read_source", "without_repeats"]
