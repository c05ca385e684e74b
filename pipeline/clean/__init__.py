"""Article → Document: encoding, markup, spacing, furniture, structure; in that order."""

from pipeline.clean.cleaner import Cleaner, clean_article
from pipeline.clean.corpus import FEWEST_ARTICLES, RepeatedLines, lines_of, outlet_of

__all__ = ["FEWEST_ARTICLES", "Cleaner", "RepeatedLines", "clean_article", "lines_of", "outlet_of"]
