"""The cast of the examples as names: what the relation recognizers are given in their tests."""

from pipeline.workbench.cast import Cast

__all__ = ["Cast"]
