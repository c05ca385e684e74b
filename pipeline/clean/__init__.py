"""Article → Document: encoding, markup, spacing, furniture, structure; in that order."""

from pipeline.clean.cleaner import Cleaner, clean_article

__all__ = ["Cleaner", "clean_article"]
