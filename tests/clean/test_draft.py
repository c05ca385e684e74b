"""The way back: whatever is edited, every character of the text still knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.draft import Draft, Edit, apply_edits
from pipeline.model import Removal

SOURCE = st.text(alphabet="abcdé «»\n", min_size=1, max_size=60)


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Sorted edits that do not overlap, some of them removals, some of one character for several."""
    bounds = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return [
        Edit(start, end, draw(st.sampled_from(["", "X", "XY", "XYZXYZ"])), draw(st.sampled_from([None, "rule"])))
        for start, end in pairs
    ]


@given(st.data(), SOURCE)
def test_every_character_comes_from_where_it_says(data: st.DataObject, source: str) -> None:
    """After any three rounds of edits: unchanged characters point at themselves, all spans run forwards inside the source."""
    draft = Draft.of(source)
    for _ in range(3):
        draft = apply_edits(draft, data.draw(edits(len(draft.text))))
    previous = 0
    for offset, character in enumerate(draft.text):
        start, end = draft.to_source.source_span(offset, offset + 1)
        assert previous <= start < end <= len(source)
        assert character in "XYZ" or source[start:end] == character
        previous = start


@given(st.data(), SOURCE)
def test_what_goes_is_in_the_log(data: st.DataObject, source: str) -> None:
    """Every character of the source is in the text or in the log, where all edits are removals with a rule."""
    cuts = [Edit(edit.start, edit.end, "", "rule") for edit in data.draw(edits(len(source)))]
    draft = apply_edits(Draft.of(source), cuts)
    kept = {p for o in range(len(draft.text)) for p in range(*draft.to_source.source_span(o, o + 1))}
    gone = {place for removal in draft.removals for place in range(removal.source_start, removal.source_end)}
    assert kept | gone == set(range(len(source)))
    assert not kept & gone


def test_a_replacement_stands_for_all_that_it_replaced() -> None:
    once = apply_edits(Draft.of("prononcÃ©e"), [Edit(7, 9, "é", "encoding-utf8")])
    assert once.text == "prononcée"
    assert once.to_source.source_span(6, 9) == (6, 10)
    assert once.removals == (Removal("encoding-utf8", 7, 9),)


def test_edits_that_overlap_are_a_bug() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits(Draft.of("abcdef"), [Edit(0, 3, ""), Edit(2, 4, "")])
