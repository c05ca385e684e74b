"""What each voice counts when names are decided: `data/words/names_weights.yaml`, which says what each number is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.model import EntityType, Method


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights by name, in log odds; shares and bounds among them."""

    bias: float
    second_voice: float
    inner_voice: float
    longer: float
    clear: float
    network: Mapping[EntityType, float]
    network_usual: float
    network_certainty: float
    network_bounds: tuple[float, float]
    network_opener: float
    network_lone: float
    known: float
    known_apart: float
    known_ambiguous: float
    known_likelier: float
    known_either: float
    known_part: float
    given_and_surname: float
    given_alone: float
    double_surname: float
    namesake: float
    before_acronym: float
    acronym: float
    inner_capital: float
    several_words: float
    echo: float
    echo_share: float
    echo_most: float
    outright: float
    again: Mapping[Method, float]
    again_most: float
    speaks_up: float
    quiet: float
    short_form: float
    surname_free: float
    short_form_early: float
    line: float
    listed: float
    listed_either: float
    extended: float
    paired: float
    hinted: float


def read_weights(words: Mapping[str, Any]) -> Weights:
    """The weights as the word list gives them; one that is missing or unknown is a TypeError that names it."""
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}
    return Weights(**plain)
