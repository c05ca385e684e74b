"""Where a form stands in a text again: the same letters, as whole words, in the writings of this press."""

from __future__ import annotations

from collections.abc import Iterator


def occurrences(folded: str, form: str) -> Iterator[tuple[int, int]]:
    """Where `form` stands in the text, in its very writing, as whole words."""
    start = folded.find(form)
    while start >= 0:
        end = start + len(form)
        if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum() or _hyphenated(folded, start, end)):
            yield start, end
        start = folded.find(form, end)


def writings(form: str) -> tuple[str, ...]:
    """The form, and how else this press writes it: « CNIL » or « Cnil », capitals throughout in a headline, « Nimbo » for
    « nimbo » at the start of a sentence, « Netvigie » for « NetVigie »."""
    if form.isupper() and len(form) > 3 and form.isalpha():
        return form, form.capitalize()
    if len(form) <= 3 or form.isupper():
        return (form,)
    if form[0].islower():
        return form, form.upper(), form[0].upper() + form[1:]
    return (form, form.upper(), form.capitalize()) if form.isalpha() and not form[1:].islower() else (form, form.upper())


def goes_on(folded: str, end: int) -> bool:
    """True where another capitalised word follows, so that the word is part of a longer name."""
    return folded[end : end + 1] == " " and (folded[end + 1 : end + 2].isupper() or folded[end + 1 : end + 2] == "&")


def _hyphenated(folded: str, start: int, end: int) -> bool:
    """True for « Loire » in « Loire-Calcul », where a hyphen ties it to another capital."""
    tied_after = folded[end : end + 1] == "-" and folded[end + 1 : end + 2].isupper()
    return tied_after or (folded[start - 1 : start] == "-" and folded[max(0, start - 2) : start - 1].isalpha())
