"""Days in, before or after others: 1O D0 OF M5, END OF LAST MONTH, WEEK BEFORE XMAS."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import takewhile

from bot.understanding.almanac import (
    Stretch,
    every_unit,
    holidays,
    latest,
    mapped,
    nth,
    nth_of,
    only,
    over,
    part_of,
    plus_days,
    week_of,
    yearly,
)
from bot.understanding.amounts import AMOUNT, LENT, NUMBER, NUMBERED, PARTS, UNITS, Amount, amount, count
from bot.understanding.named import times_of
from bot.understanding.periods import (
    MUST_BE_A_DAY,
    Phrase,
    Reader,
    around,
    length,
    lone_rule,
    rule,
)

COUNTED = r"(?:D[0-6]|D56|WEEK|DAY|FORTNIGHT|MONTH|QUARTER|YEAR)"


# One of many in another


@rule("# LAST OTHER", rf"(LAST|OTHER|\d\d?O) (?:({NUMBER}) )?({COUNTED})( OF| IN)?(?: FROM)? (?=[A-Z0-9])")
def one_of(reader: Reader, said: re.Match[str]) -> Phrase | None:
    """The first Monday, the last three days of a longer time."""
    which, many, what, linked = said.groups()
    outer = reader.whole(said.end())
    inner = times_of(what)
    whole = outer and latest(around(outer), reader.today)
    if not outer or not inner or not whole or not (linked or which != "LAST") or length(whole) < 5:
        return None
    if many:
        return several_of(outer, amount(f"{many} {what}"), which == "LAST") if what in UNITS else None
    example = latest(inner, reader.today)
    if not example or length(example) >= length(whole):
        return None
    return Phrase(outer.end, nth_of(inner, around(outer), -1 if which == "LAST" else int(count(which))), outer.fixed)


def several_of(outer: Phrase, long: Amount, from_end: bool) -> Phrase:
    def part(whole: Stretch) -> Stretch:
        if from_end:
            return Stretch(max(whole.first, long.before(plus_days(whole.last, 1))), whole.last)
        return Stretch(whole.first, min(whole.last, plus_days(long.after(whole.first), -1)))

    return Phrase(outer.end, mapped(part, around(outer)), outer.fixed)


@rule("# LAST OTHER", r"(1O|2O|OTHER|LAST) HALF(?: (?:OF|IN))? (?=[A-Z0-9])")
def half_of(reader: Reader, said: re.Match[str]) -> Phrase | None:
    outer = reader.whole(said.end())
    n = 0 if said[1] == "1O" else 1
    return Phrase(outer.end, mapped(lambda whole: part_of(whole, n, 2), around(outer)), outer.fixed) if outer else None


@lone_rule("#", r"([1-4])O QUARTER")
def quarter(said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), nth_of(every_unit("QUARTER"), every_unit("YEAR"), int(said[1])))


@rule("BEGINNING END MID EARLY LATE", r"(BEGINNING OF|EARLY|END OF|END|LATE|MID)(?: OF| IN)? (?=[A-Z0-9])")
def third_of(reader: Reader, said: re.Match[str]) -> Phrase | None:
    outer = reader.whole(said.end())
    n = {"BEGINNING OF": 0, "EARLY": 0, "MID": 1}.get(said[1], 2)
    if not outer:
        return None

    def third(whole: Stretch) -> Stretch:
        return part_of(whole, n, 3) if length(whole) > 2 else whole

    return Phrase(outer.end, mapped(third, around(outer)), outer.fixed, kind="end" if n == 2 else "")


# Before and after another


@rule(f"UNIT HALF {NUMBERED}", rf"({AMOUNT}) (BEFORE|PAST) (?=[A-Z0-9])")
def so_long_before(reader: Reader, said: re.Match[str]) -> Phrase | None:
    """Two days before a day; the week before it."""
    other = reader.phrase(said.end())
    day = other and latest(other.times, reader.today)
    if not other or not day:
        return None
    back, before = amount(said[1]), said[2] == "BEFORE"
    edge = back.before(day.first) if before else back.after(day.last)
    bare = re.fullmatch(LENT, said[1])
    far = plus_days(day.first, -1) if before else plus_days(day.last, 1)
    return Phrase(other.end, only(Stretch(*sorted((edge, far if bare else edge)))), True)


@rule("WEEKDAY WEEKEND MONTHNAME SEASON HOLIDAY", r"(\S+) (BEFORE|PAST) (?=[A-Z0-9])")
def the_one_before(reader: Reader, said: re.Match[str]) -> Phrase | None:
    """The Monday before Christmas."""
    other = reader.phrase(said.end())
    day = other and latest(other.times, reader.today)
    times = times_of(said[1])
    if not other or not day or not times:
        return None
    if said[2] == "BEFORE":
        found = next((each for each in times(day.first) if each.last < day.first), None)
    else:
        later = list(takewhile(lambda each: each.first > day.last, times(plus_days(day.last, 366))))
        found = later[-1] if later else None
    return Phrase(other.end, only(found), True) if found else None


@rule("UNIT WEEKDAY WEEKEND MONTHNAME SEASON HOLIDAY", r"(\S+) BEFORE LAST|LAST LAST (\S+)")
def the_one_before_last(reader: Reader, said: re.Match[str]) -> Phrase | None:
    sign = said[1] or said[2]
    times = times_of("DAY" if sign in PARTS else sign)
    found = times and nth(over(times, reader.today), 2)
    return Phrase(said.end(), only(found), True) if found else None


# Weeks and weekends of a day


@rule("UNIT", r"WEEK (?:BEGINNING|(ENDING))(?: (?:ON|FROM))? (?=[A-Z0-9])")
def week_from(reader: Reader, said: re.Match[str]) -> Phrase | None:
    day = reader.phrase(said.end())
    if not day or day.unit not in ("", "DAY") or day.kind == "long":
        return None
    before, after = (-6, 0) if said[1] else (0, 6)
    times = mapped(lambda each: Stretch(plus_days(each.first, before), plus_days(each.first, after)), day.times)
    return Phrase(day.end, times, day.fixed)


@rule("UNIT WEEKEND", r"(WEEK|D56) (?:OF|WITH) (?=[A-Z0-9])")
def week_with(reader: Reader, said: re.Match[str]) -> Phrase | None:
    day = reader.phrase(said.end())
    first = day and latest(day.times, reader.today)
    return (
        Phrase(day.end, mapped(week_with_day if said[1] == "WEEK" else weekend_of, day.times), day.fixed)
        if day and first and length(first) < 8
        else None
    )


@lone_rule("HOLIDAY", r"(\S+) (WEEK|D56)")
def week_of_holiday(said: re.Match[str]) -> Phrase:
    return Phrase(said.end(), mapped(week_with_day if said[2] == "WEEK" else weekend_of, holidays()[said[1]]))


def week_with_day(stretch: Stretch) -> Stretch:
    return week_of(stretch.first)


def weekend_of(stretch: Stretch) -> Stretch:
    """The weekend nearest to a day, with the days between."""
    saturday = plus_days(stretch.first, (-2, -3, 3, 2, 1, 0, -1)[stretch.first.weekday()])
    return Stretch(min(saturday, stretch.first), max(plus_days(saturday, 1), stretch.last))


@lone_rule("UNIT", r"WEEK (\d\d?)")
def numbered_week(said: re.Match[str]) -> Phrase | None:
    weeks = yearly(lambda year: iso_week(year, int(said[1])))
    return Phrase(said.end(), weeks) if 0 < int(said[1]) <= 53 else None


def iso_week(year: int, week: int) -> Stretch | None:
    monday = date(year, 1, 4) + timedelta(7 * (week - 1) - date(year, 1, 4).weekday()) if 1 < year < 9999 else None
    return week_of(monday) if monday and monday.isocalendar().year == year else None


@rule("UNIT", r"(?:MONTH|YEAR|DAY)(?: OF)? (?=M?\d)")
def named_unit(reader: Reader, said: re.Match[str]) -> Phrase | None:
    """The year 2008, the month of May."""
    named = reader.kernel(said.end())
    return named if named and not named.ago and named.needs is not MUST_BE_A_DAY else None
