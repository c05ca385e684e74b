"""Annotated articles in the formats of annotation tools, and back: nothing is lost on the way."""
