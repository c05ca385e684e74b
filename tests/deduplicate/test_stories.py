"""Stories: the same fact told by several articles is one row, and what they contradict each other in is kept."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

import pipeline.deduplicate.stories
from pipeline.deduplicate.stories import Contradiction, EventTelling, Story, find_firsts, tell_story

MAY = dt.date(2024, 5, 2)


def days(number: int) -> dt.date:
    return MAY + dt.timedelta(days=number)


def euros(sum_: str) -> tuple[Decimal, Decimal, str]:
    return Decimal(sum_), Decimal(sum_), "EUR"


RAISE = EventTelling("a:1", "a", "funding", ("org:brise",), ("org:lumio",), MAY, euros("12000000"))


def find_stories(tellings: Iterable[EventTelling]) -> tuple[Story, ...]:
    """The stories of tellings in the order in which they came out, as a run puts them together."""
    told = sorted(tellings, key=lambda one: (one.published or dt.date.max, one.article_id, one.event_id))
    groups: dict[int, list[EventTelling]] = defaultdict(list)
    for telling, first in zip(told, find_firsts(told), strict=True):
        groups[first].append(telling)
    return tuple(tell_story(group) for _, group in sorted(groups.items()))


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


def test_a_story_has_what_the_first_telling_that_knows_it_says() -> None:
    vague = replace(RAISE, amount=None, published=None, days=(MAY, days(2)))
    other = replace(RAISE, event_id="b:1", article_id="b", published=days(2), amount=euros("12100000"), days=(days(1), days(1)))
    assert find_stories([vague, replace(other, amount=None), replace(other, event_id="b:2")]) == (
        Story(
            "b:1",
            "funding",
            ("org:brise",),
            ("org:lumio",),
            euros("12100000"),
            (days(1), days(1)),
            days(2),
            ("a", "b"),
            ("b:1", "b:2", "a:1"),
            (),
        ),
    )


def test_a_story_that_nobody_dates_has_no_day() -> None:
    (story,) = find_stories([replace(RAISE, published=None)])
    assert (story.first_published, story.days, story.amount) == (None, None, euros("12000000"))


def test_each_sum_is_held_against_the_one_told_first() -> None:
    sums = (None, euros("10000000"), euros("15000000"), euros("10100000"), euros("20000000"))
    tellings = [
        replace(RAISE, event_id=f"{n}:1", article_id=str(n), published=days(n), amount=amount) for n, amount in enumerate(sums)
    ]
    (story,) = find_stories(tellings)
    assert (story.amount, story.contradictions) == (
        euros("10000000"),
        (Contradiction("amount", "1:1", "2:1"), Contradiction("amount", "1:1", "4:1")),
    )


@pytest.mark.parametrize(
    ("one", "other", "stories"),
    [
        pytest.param((("a", "b"), ()), (("b", "c"), ()), 1, id="half of those named"),
        pytest.param((("a", "b", "c"), ()), (("c", "d", "e"), ()), 2, id="a third of those named"),
        pytest.param((("a", "b", "c", "d"), ()), (("d",), ()), 1, id="all of the shorter list"),
        pytest.param((("a",), ("b",)), (("b",), ("a",)), 2, id="the other way round"),
        pytest.param((("a",), ()), (("b",), ("a",)), 1, id="a target where the other names none"),
        pytest.param((("a",), ("b", "c")), (("a",), ("c", "d")), 1, id="one target in common"),
        pytest.param(((), ()), ((), ()), 2, id="nobody named"),
    ],
)
def test_who_takes_part_ties_two_tellings(
    one: tuple[tuple[str, ...], tuple[str, ...]], other: tuple[tuple[str, ...], tuple[str, ...]], stories: int
) -> None:
    first = replace(RAISE, agents=one[0], targets=one[1], amount=None)
    second = replace(RAISE, event_id="b:1", article_id="b", published=days(1), agents=other[0], targets=other[1], amount=None)
    assert len(find_stories([first, second])) == stories


@pytest.mark.parametrize(
    ("one", "other", "stories"),
    [
        pytest.param((0, 5), (5, 9), 1, id="days that meet"),
        pytest.param((0, 5), (6, 9), 2, id="days that do not"),
        pytest.param((0, 9), (2, 3), 1, id="days within others"),
    ],
)
def test_named_days_tie_articles_of_two_years(one: tuple[int, int], other: tuple[int, int], stories: int) -> None:
    first = replace(RAISE, days=(days(one[0]), days(one[1])))
    second = replace(RAISE, event_id="b:1", article_id="b", published=days(700), days=(days(other[0]), days(other[1])))
    assert len(find_stories([first, second])) == len(find_stories([replace(first, published=None), second])) == stories


def test_a_range_of_sums_meets_what_is_nearly_in_it() -> None:
    low = replace(RAISE, amount=(Decimal(80), Decimal(100), "EUR"))
    for sum_, stories in ((102, 1), (103, 2)):
        later = replace(RAISE, event_id="b:1", article_id="b", published=days(9), amount=(Decimal(sum_), Decimal(200), "EUR"))
        assert len(find_stories([low, later])) == len(find_stories([later, low])) == stories


def test_what_many_articles_tell_alike_is_one_story_with_all_of_them() -> None:
    tellings = [replace(RAISE, event_id=f"{n:02}:1", article_id=f"{n:02}") for n in range(30)]
    (story,) = find_stories(tellings)
    assert (story.articles, story.events) == (tuple(f"{n:02}" for n in range(30)), tuple(f"{n:02}:1" for n in range(30)))


def test_what_an_authority_does_to_many_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty firms fined in one day are fifty stories, which nobody compares two by two."""
    compared = []
    monkeypatch.setattr(pipeline.deduplicate.stories, "_same_story", lambda one, other: compared.append((one, other)))
    fines = [
        replace(RAISE, event_id=f"{n}:1", type="fine", agents=("org:cnil",), targets=(f"org:{n}",), days=(MAY, MAY))
        for n in range(50)
    ]
    assert (find_firsts(fines), compared) == (list(range(50)), [])


@pytest.mark.parametrize("seed", range(20))
def test_no_two_tellings_of_one_story_are_missed(seed: int) -> None:
    """As where each is compared with all others."""
    draw = random.Random(seed)

    def some(many: int) -> tuple[str, ...]:
        return tuple(sorted(draw.sample("abcd", draw.randint(0, many))))

    def day() -> dt.date:
        return days(draw.randint(0, 60))

    told = [
        replace(
            RAISE,
            event_id=f"{n}:1",
            agents=some(2),
            targets=some(2),
            published=draw.choice([None, day(), day()]),
            days=draw.choice([None, (day(), days(60))]),
            amount=draw.choice([None, euros("10"), euros("20")]),
        )
        for n in range(12)
    ]
    firsts = list(range(len(told)))
    for one, other in combinations(range(len(told)), 2):
        if pipeline.deduplicate.stories._same_story(told[one], told[other]):
            low, high = sorted((firsts[one], firsts[other]))
            firsts = [low if first == high else first for first in firsts]
    assert find_firsts(told) == firsts
