"""Stories: the same fact told by several articles is one row, and what they contradict each other in is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.deduplicate.stories import Contradiction, EventTelling, Story, find_stories

MAY = dt.date(2024, 5, 2)


def days(number: int) -> dt.date:
    return MAY + dt.timedelta(days=number)


def euros(sum_: str) -> tuple[Decimal, Decimal, str]:
    return Decimal(sum_), Decimal(sum_), "EUR"


RAISE = EventTelling("a:1", "a", "funding", ("org:brise",), ("org:lumio",), MAY, euros("12000000"))


def test_one_fact_told_twice_is_one_story() -> None:
    """Participants add up; the first telling gives the id and the day."""
    again = EventTelling("b:1", "b", "funding", ("org:cascade",), ("org:lumio",), days(2), euros("12100000"))
    assert find_stories([again, RAISE]) == (
        Story(
            "a:1",
            "funding",
            ("org:brise", "org:cascade"),
            ("org:lumio",),
            euros("12000000"),
            None,
            MAY,
            ("a", "b"),
            ("a:1", "b:1"),
            (),
        ),
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(RAISE, event_id="b:1", type="acquisition"),
        replace(RAISE, event_id="b:1", targets=("org:nubeo",)),
        replace(RAISE, event_id="b:1", published=days(60)),
        replace(RAISE, event_id="b:1", published=days(10), amount=euros("30000000")),
        replace(RAISE, event_id="b:1", days=(dt.date(2021, 1, 1), dt.date(2021, 12, 31)), published=days(40)),
    ],
    ids=["another type", "another company", "two months later", "another sum ten days later", "another year"],
)
def test_other_facts_are_other_stories(other: EventTelling) -> None:
    """What differs in type, company, time or, some days later, sum is not the same fact."""
    assert len(find_stories([RAISE, other])) == 2


def test_contradicting_sums_are_kept() -> None:
    """Two sums within days for the same participants are one story with a contradiction."""
    other = replace(RAISE, event_id="b:1", article_id="b", published=days(1), amount=euros("15000000"))
    (story,) = find_stories([RAISE, other])
    assert story.contradictions == (Contradiction("amount", "a:1", "b:1"),)


def test_a_named_day_ties_late_tellings() -> None:
    """An article a year later that names the day tells the same story."""
    day = (MAY, MAY)
    (story,) = find_stories(
        [replace(RAISE, days=day), replace(RAISE, event_id="z:1", article_id="z", published=days(365), days=day)]
    )
    assert story.articles == ("a", "z")


def test_the_order_of_the_articles_does_not_matter() -> None:
    """The same stories come out whatever the order of the rows."""
    tellings = [replace(RAISE, event_id=f"{n}:1", article_id=str(n), published=days(n * 9)) for n in range(8)]
    assert find_stories(tellings) == find_stories(tellings[::-1])


@pytest.mark.parametrize(
    ("change", "stories"),
    [
        ({"published": days(21)}, 1),
        ({"published": days(22)}, 2),
        ({"published": days(9), "amount": euros("12240000")}, 1),
        ({"published": days(9), "amount": euros("12300000")}, 2),
        ({"published": days(9), "amount": (Decimal(9000000), Decimal(13000000), "EUR")}, 1),
        ({"published": days(9), "amount": (Decimal(12000000), Decimal(12000000), "USD")}, 2),
        ({"published": days(4), "amount": euros("90000000")}, 1),
        ({"published": days(5), "amount": euros("90000000")}, 2),
        ({"published": None}, 2),
        ({"published": days(9), "agents": ("org:cascade", "org:nubeo", "org:tessaut")}, 1),
        ({"published": days(9), "agents": (), "targets": ("org:cascade", "org:lumio")}, 1),
    ],
    ids=[
        *("three weeks", "a day more", "two percent more", "three percent more", "a range around", "another currency"),
        *("four days, another sum", "five days, another sum", "no day", "other investors", "half of those named"),
    ],
)
def test_how_far_apart_two_tellings_may_be(change: dict[str, object], stories: int) -> None:
    """Days, sums and participants, at the limit and beyond it."""
    assert len(find_stories([RAISE, replace(RAISE, event_id="b:1", article_id="b", **change)])) == stories  # type: ignore[arg-type]


def test_named_days_that_do_not_meet_part_two_tellings_of_one_week() -> None:
    first, second = ((days(a), days(b)) for a, b in ((0, 3), (3, 5)))
    later = (days(4), days(5))
    other = replace(RAISE, event_id="b:1", article_id="b")

    together = [find_stories([replace(RAISE, days=first), replace(other, days=there)]) for there in (second, later)]

    assert [len(stories) for stories in together] == [1, 2]
