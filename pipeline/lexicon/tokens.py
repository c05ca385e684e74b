"""Token patterns in the notation of spaCy's Matcher, with atoms as building blocks.

    tokens: [{LOWER: {IN: [licorne, licornes]}}, {SHAPE: xxxx, OP: "?"}, {ATOM: capital, SLOT: name}]

A token is a word with its hyphens (« start-up »), an article that lost its vowel (« l' »), a number with its decimals
(« 1,5 »), a sign, or a name where the theme sees names as signs. An atom stands for a whole stretch of text. Between tokens
stands a space or nothing. What they say is written as a regular expression (`token_expression`), so that every family of rules
takes them, and none needs spaCy for it.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

NEEDS_A_TAGGER = {
    "LEMMA": "no tagger is run: list the forms, LOWER: {IN: [lève, lèvent]}",
    "POS": "no tagger is run: use an atom, SHAPE, or LOWER: {IN: […]}",
    "TAG": "no tagger is run: use an atom, SHAPE, or LOWER: {IN: […]}",
    "MORPH": "no tagger is run: list the forms, LOWER: {IN: […]}",
    "DEP": "no parser is run: use « same sentence »",
    "NORM": "use LOWER",
    "IS_STOP": "list the words, LOWER: {IN: […]}",
    "_": "use an atom: {ATOM: year}",
}
"""Attributes of spaCy's that need what we do not run, and what to write instead."""

Text = Annotated[str, Field(min_length=1)]
Name = Literal["PER", "ORG", "LOC", "PRODUCT", "LAW"]


class Words(BaseModel):
    """Which words a token may be: one of a list, none of a list, or all in which an expression matches."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    IN: tuple[str, ...] | None = Field(None, min_length=1, description="The token is one of these.")
    NOT_IN: tuple[str, ...] | None = Field(None, min_length=1, description="The token is none of these.")
    REGEX: str | None = Field(None, description="An expression that matches in the token; ^ and $ are its ends.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(value is not None for value in (self.IN, self.NOT_IN, self.REGEX)) != 1:
            raise ValueError("give one of IN, NOT_IN and REGEX")
        return self


class Names(BaseModel):
    """Several types of names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    IN: tuple[Name, ...] = Field(min_length=1, description="The name is of one of these types.")


class Size(BaseModel):
    """How long a token may be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: int = Field(1, alias=">=", ge=1, description="Characters at least.")
    most: int = Field(99, alias="<=", ge=1, description="Characters at most.")


class Token(BaseModel):
    """One token of a pattern: every key that is given must hold; none stands for any token."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ORTH: Text | Words | None = Field(None, description="The token as written.")
    TEXT: Text | Words | None = Field(None, description="The same as ORTH.")
    LOWER: Text | Words | None = Field(None, description="The token in lower case.")
    SHAPE: str | None = Field(None, pattern=r"^\S+$", description="X a capital, x a small letter, d a digit; four for more.")
    LENGTH: int | Size | None = Field(None, description="How many characters it has.")
    IS_ALPHA: bool | None = Field(None, description="Letters alone.")
    IS_DIGIT: bool | None = Field(None, description="Digits alone.")
    IS_LOWER: bool | None = Field(None, description="No capital in it.")
    IS_UPPER: bool | None = Field(None, description="No small letter in it.")
    IS_TITLE: bool | None = Field(None, description="A capital, then small letters.")
    IS_PUNCT: bool | None = Field(None, description="A punctuation mark.")
    IS_QUOTE: bool | None = Field(None, description="A quotation mark.")
    IS_BRACKET: bool | None = Field(None, description="A bracket.")
    IS_CURRENCY: bool | None = Field(None, description="The sign of a currency.")
    LIKE_NUM: bool | None = Field(None, description="A number in digits or as a word.")
    ENT_TYPE: Name | Names | None = Field(None, description="A whole name of that type (themes events, quotes and roles).")
    ATOM: str | None = Field(None, pattern=r"^[a-z_]\w*$", description="What the theme's atom of that name matches.")
    SLOT: str | None = Field(None, pattern=r"^[a-z_]\w*$", description="The name under which what it matches is captured.")
    OP: str = Field("1", pattern=r"^(?:[!?+*1]|\{\d{1,2}\}|\{\d{0,2},\d{0,2}\})$", description="How often: ! ? + * {2} {1,3}.")

    @model_validator(mode="after")
    def _low(self) -> Self:
        """LOWER that is not in lower case can match nothing."""
        lower = Words(IN=(self.LOWER,)) if isinstance(self.LOWER, str) else self.LOWER
        for word in (*(lower.IN or ()), *(lower.NOT_IN or ())) if lower else ():
            if word != word.lower():
                raise ValueError(f"LOWER: {word!r} has capitals (write {word.lower()!r})")
        return self
