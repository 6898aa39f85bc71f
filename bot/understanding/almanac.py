"""Days as people count them: units of time, weekdays, months, seasons and days with a name.

What comes again and again (Mondays, Mays, Easters) is `Times`: from a day back into the past, newest first, every
stretch of days that has begun by then. Nothing here leaves the years 1 to 9999.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, NamedTuple

CONTENT = Path(__file__).parent.parent / "content"
YEARS = 40  # as far back as 29 February, a Monday, is ever looked for
WHOLES = 12  # months, years, ... that something is looked for in
MANY = 600  # weeks or days looked at in one stretch of time
MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12, "DECADE": 120}
LENGTHS = {"DAY": 1, "WEEK": 7, "FORTNIGHT": 14}
SEASONS = {"SPRING": 3, "SUMMER": 6, "AUTUMN": 9, "WINTER": 12}  # the month each begins in


class Stretch(NamedTuple):
    """Days from `first` to `last`, both inclusive."""

    first: date
    last: date


Times = Callable[[date], Iterator[Stretch]]


def plus_days(day: date, days: float) -> date:
    return date.fromordinal(int(min(max(day.toordinal() + days, 1), date.max.toordinal())))


def plus_months(day: date, months: float) -> date:
    """The same day of another month, or its last one."""
    year, month = divmod(int(min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)), 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def unit_of(unit: str, day: date) -> Stretch:
    """The calendar's day, week (from Monday), month, quarter, year or decade that holds `day`."""
    if unit in MONTHS:
        months = MONTHS[unit]
        first = plus_months(date.min, (day.year * 12 + day.month - 1) // months * months - 12)
        return Stretch(first, max(day, months_from(first, months).last))
    return week_of(day) if unit == "WEEK" else Stretch(plus_days(day, 1 - LENGTHS[unit]), day)


def months_from(first: date, months: int) -> Stretch:
    return Stretch(first, max(first, plus_days(plus_months(first, months), -1)))


def week_of(day: date) -> Stretch:
    monday = plus_days(day, -day.weekday())
    return Stretch(monday, plus_days(monday, 6))


def part_of(whole: Stretch, n: int, parts: int) -> Stretch:
    """The nth (from 0) of equal parts: of whole months where they are enough, else of days."""
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if months >= parts and whole.first.day == 1 and plus_days(whole.last, 1).day == 1:
        starts = [plus_months(whole.first, months * k // parts) for k in (n, n + 1)]
    else:
        days = (whole.last - whole.first).days + 1
        starts = [plus_days(whole.first, days * k // parts) for k in (n, n + 1)]
    return Stretch(starts[0], max(starts[0], plus_days(starts[1], -1)))


# What comes again and again


def only(stretch: Stretch) -> Times:
    return lambda _until: iter((stretch,))


def every_unit(unit: str) -> Times:
    def times(until: date) -> Iterator[Stretch]:
        here = unit_of(unit, until)
        for _ in range(MANY):
            yield here
            if here.first == date.min:
                return
            here = unit_of(unit, plus_days(here.first, -1))

    return times


def weekdays(days: frozenset[int]) -> Times:
    """0 is Monday. A run of several (a weekend) is one stretch."""
    first, length = min(days), max(days) - min(days)

    def times(until: date) -> Iterator[Stretch]:
        day = plus_days(until, -((until.weekday() - first) % 7))
        for _ in range(MANY):
            yield Stretch(day, plus_days(day, length))
            if day.toordinal() <= 7:
                return
            day = plus_days(day, -7)

    return times


def monthly(day: int) -> Times:
    def times(until: date) -> Iterator[Stretch]:
        month = until.year * 12 + until.month - 1
        for each in range(month, max(month - YEARS * 12, 11), -1):
            stretch = one_day(each // 12, each % 12 + 1, day)
            if stretch and stretch.first <= until:
                yield stretch

    return times


def yearly(of_year: Callable[[int], Stretch | None]) -> Times:
    def times(until: date) -> Iterator[Stretch]:
        for year in range(until.year, max(until.year - YEARS, 0), -1):
            stretch = of_year(year)
            if stretch and stretch.first <= until:
                yield stretch

    return times


def month_times(month: int) -> Times:
    return yearly(lambda year: unit_of("MONTH", date(year, month, 1)))


def season_times(season: str) -> Times:
    """Meteorological and northern."""
    month = SEASONS[season]
    return yearly(lambda year: months_from(date(year, month, 1), 3))


def date_times(month: int, day: int) -> Times:
    return yearly(lambda year: one_day(year, month, day))


def one_day(year: int, month: int, day: int) -> Stretch | None:
    """None if there is no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= month_length(year, month):
        return Stretch(date(year, month, day), date(year, month, day))
    return None


# One in another


def within(inner: Times, outer: Stretch) -> Iterator[Stretch]:
    """Those that begin in `outer`, newest first; a week belongs where its Thursday is."""
    found = takewhile(lambda each: each.last >= outer.first, islice(inner(plus_days(outer.last, 3)), MANY))
    return (each for each in found if outer.first <= _middle(each) <= outer.last)


def _middle(stretch: Stretch) -> date:
    is_week = stretch.first.weekday() == 0 and (stretch.last - stretch.first).days == 6
    return plus_days(stretch.first, 3) if is_week else stretch.first


def nth_of(inner: Times, outer: Times, n: int) -> Times:
    """The nth of each `outer`, from 1, or from -1 backwards."""

    def times(until: date) -> Iterator[Stretch]:
        for whole in islice(outer(until), WHOLES):
            newest_first = within(inner, whole)
            found = nth(newest_first, -n) if n < 0 else nth(reversed([*newest_first]), n)
            if found:
                yield found

    return times


def newest_of(inner: Times, outer: Times) -> Times:
    """Those in each `outer`, newest first."""
    return lambda until: (each for whole in islice(outer(until), WHOLES) for each in within(inner, whole))


def mapped(change: Callable[[Stretch], Stretch], times: Times) -> Times:
    return lambda until: map(change, times(until))


def of_both(one: Times, weekday: Times) -> Times:
    """Days of `one` that fall on the weekday."""

    def times(until: date) -> Iterator[Stretch]:
        day = next(weekday(until), None)
        return (each for each in one(until) if day and each.first.weekday() == day.first.weekday())

    return times


def latest(times: Times, today: date) -> Stretch | None:
    """The newest that has begun; one to come if none has."""
    to_come = None
    for each in islice(times(today), MANY):
        if each.first <= today:
            return each
        to_come = to_come or each
    return to_come


def over(times: Times, today: date) -> Iterator[Stretch]:
    """Those that have ended before today."""
    return (each for each in times(today) if each.last < today)


def nth(stretches: Iterable[Stretch], n: int) -> Stretch | None:
    return next(islice(stretches, n - 1, None), None) if n > 0 else None


# Days with a name


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the anonymous algorithm in Meeus, Astronomical Algorithms, chapter 8."""
    century, rest = divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(language: str = "en") -> dict[str, Times]:
    """The days with a name that a language knows, by their signs."""
    data = tomllib.loads((CONTENT / language / "dates.toml").read_text("utf-8"))
    return {sign: _holiday(rule) for sign, rule in data["holidays"].items()}


def _holiday(rule: dict[str, Any]) -> Times:
    set_days = [date.fromisoformat(day) for day in rule.get("dates", "").split()]

    def begin(year: int) -> list[date]:
        if set_days:
            return [day for day in set_days if day.year == year]
        return [plus_days(easter(year), rule["easter"])] if "easter" in rule else _by_month(year, rule)

    def times(until: date) -> Iterator[Stretch]:
        for year in range(min(until.year + 1, 9999), max(until.year - YEARS, 0), -1):
            firsts = (plus_days(day, rule.get("plus", 0)) for day in reversed(begin(year)))
            yield from (Stretch(day, plus_days(day, rule.get("days", 1) - 1)) for day in firsts if day <= until)

    return times


def _by_month(year: int, rule: dict[str, Any]) -> list[date]:
    if "day" in rule:
        day = one_day(year, rule["month"], rule["day"])
        return [day.first] if day else []
    whole = unit_of("MONTH", date(year, rule["month"], 1))
    whole = Stretch(whole.first, whole.first.replace(day=rule["before"] - 1)) if "before" in rule else whole
    return [
        day.first
        for day in islice(nth_of(weekdays(frozenset({rule["weekday"]})), only(whole), rule["nth"])(whole.last), 1)
    ]
