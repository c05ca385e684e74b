"""Article → Document: encoding, markup, spacing, furniture, structure; in that order."""

from pipeline.clean.cleaner import Cleaner, clean_article
from pipeline.clean.corpus import LineCounts, RepeatedLines, count_lines

__all__ = ["Cleaner", "LineCounts", "RepeatedLines", "clean_article", "count_lines"]
