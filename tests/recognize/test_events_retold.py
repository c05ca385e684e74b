"""What an article tells twice: each row gets the side that the other has, unless sum or day speak of another fact."""

from __future__ import annotations

import pytest

from tests.recognize.test_events import asserted, names


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "Lumio lève 12 millions d'euros.\nBrise Capital a investi 5 millions d'euros dans Lumio.",
            [(["Brise Capital"], ["Lumio"]), (["Brise Capital"], ["Lumio"])],
            id="the share of a round",
        ),
        pytest.param(
            "Lumio lève 12 millions d'euros.\nBrise Capital avait investi 40 millions d'euros dans Lumio.",
            [([], ["Lumio"]), (["Brise Capital"], ["Lumio"])],
            id="another sum",
        ),
        pytest.param(
            "Lumio traîné en justice.\nNubéo a assigné Lumio en contrefaçon.",
            [(["Nubéo"], ["Lumio"]), (["Nubéo"], ["Lumio"])],
            id="a headline",
        ),
        pytest.param(
            "Nora Belkacem devient directrice en mars 2021.\nLumio a nommé Nora Belkacem le 3 mai 2024.",
            [([], ["Nora Belkacem"]), (["Lumio"], ["Nora Belkacem"])],
            id="another day",
        ),
    ],
)
def test_a_fact_told_twice_has_both_sides(text: str, rows: list[tuple[list[str], list[str]]]) -> None:
    """Agents and targets of each row, in the order of the text."""
    assert [(names(e.agents), names(e.targets)) for e in asserted(text)] == rows


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param(
            "Lumio a nommé Nora Belkacem. Elle succède à Paul Verdier et prendra ses fonctions en juin.",
            ["appointment-named"],
            id="told before",
        ),
        pytest.param(
            "Nora Belkacem devient directrice. Lumio grandit. Elle succède à Paul Verdier.",
            ["appointment-takes"],
            id="of nobody said",
        ),
        pytest.param("Nora Belkacem succède à Paul Verdier.", ["appointment-follows"], id="told here"),
        pytest.param(
            "Lumio a nommé Nora Belkacem. Hugo Lantier succède à Paul Verdier.",
            ["appointment-named", "appointment-follows"],
            id="another's",
        ),
    ],
)
def test_a_detail_is_no_event_of_its_own(text: str, rules: list[str]) -> None:
    """Whom somebody succeeds only adds to the appointment told right before."""
    assert [event.rule_id for event in asserted(text)] == rules
