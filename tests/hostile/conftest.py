"""Says at the end how many inputs the fuzzers tried."""

from __future__ import annotations

from typing import Any

from tests.hostile.inputs import EXAMPLES, TRIED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line: how many, and of what."""
    if TRIED:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(TRIED.items()))
        terminalreporter.write_line(f"fuzz: {sum(TRIED.values())} inputs tried ({kinds}), {EXAMPLES} asked for in each test")
