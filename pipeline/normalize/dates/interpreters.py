"""The interpreters that a rule may name in `reads`: pure functions of an expression's facts and of what it is read against."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.normalize.dates import durations, periods, points, relative
from pipeline.normalize.dates.facts import Facts
from pipeline.normalize.dates.feasts import read_feast
from pipeline.normalize.dates.frame import Frame, Value

Interpreter = Callable[[Facts, Frame], Value]

READERS: Mapping[str, Interpreter] = {
    "numeric": points.read_numeric,
    "day": points.read_day,
    "day-of-month": points.read_day_of_month,
    "day-told": points.read_day_told,
    "month": periods.read_month,
    "quarter": periods.read_quarter,
    "season": periods.read_season,
    "year": periods.read_year,
    "decade": periods.read_decade,
    "century": periods.read_century,
    "weekday": points.read_weekday,
    "weekday-of-week": points.read_weekday_of_week,
    "week-of": points.read_week_of,
    "nth-week": periods.read_nth_week,
    "rest-of": relative.read_rest_of,
    "nth-weekday": points.read_nth_weekday,
    "fortnight": periods.read_fortnight,
    "first-months": periods.read_first_months,
    "unit": relative.read_unit,
    "week-end": relative.read_weekend,
    "ago": relative.read_ago,
    "ahead": relative.read_ahead,
    "deictic": relative.read_deictic,
    "today": relative.read_deictic,
    "anaphor": relative.read_anaphor,
    "back-to-school": relative.read_back_to_school,
    "feast": read_feast,
    "duration": durations.read_duration,
    "duration-hours": durations.read_hours,
    "duration-range": durations.read_duration_range,
    "duration-half": durations.read_half,
    "duration-quarters": durations.read_quarters,
    "duration-whole": durations.read_whole,
    "set": durations.read_set,
}
