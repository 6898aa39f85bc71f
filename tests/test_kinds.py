"""Every kind of rule over three years of every kind of clock, against an oracle that watches the clock on the wall.

Near a clock change it looks minute by minute, elsewhere hour by hour. Of what is drawn it does not say which minutes,
but how many they are, and where they may lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.grace import Quiet, is_quiet
from scheduler.instants import midnight
from scheduler.recurrence import Course, Moment, moments, next_moment
from scheduler.rule import Rule
from tests.test_recurrence import (
    DAY,
    MINUTE,
    ZONES,
    changes,
    clock_names,
    dates,
    intervals,
    kinds_of_clock,
    minutes,
    oracle,
    rule,
    utc,
    windows,
)

BEGIN, END = utc("2026-01-01T00:00"), utc("2029-01-01T00:00")
HOUR = timedelta(hours=1)
NIGHT = (time(22), time(8))
SINCE = date(2025, 12, 31)
TIMED = {
    "at a time on some days": rule("00:30", "07:05", "23:40", days=frozenset({0, 2, 6})),
    "every other day": replace(rule("01:30"), every=2, since=SINCE),
    "every ten days": replace(rule("02:15", "12:00"), every=10, since=SINCE),
    "every other sunday": replace(rule("02:30", days=frozenset({6})), every=14, since=SINCE),
    "every third week on two days": replace(rule("23:59", days=frozenset({1, 4})), every=21, since=SINCE),
    "every other day but not on mondays": replace(rule("08:00", days=frozenset(range(1, 7))), every=2, since=SINCE),
}
DRAWN = {
    "twice within the day": Rule(window=(time(10), time(18)), count=2),
    "once in the evening": Rule(window=(time(18), time(21)), part="evening"),
    "thrice over the night": Rule(window=(time(21, 30), time(3)), count=3),
    "around the hour that changes": Rule(window=(time(1), time(3)), count=3),
    "every other day": Rule(window=(time(10), time(16)), count=2, every=2, since=SINCE),
}


def speaks_on(drawn: Rule, day: date) -> bool:
    """Said again in other words: by counting days, or whole weeks from their mondays."""
    if day.weekday() not in drawn.days:
        return False
    if drawn.since is None:
        return True
    apart = abs((day - drawn.since).days)
    if drawn.every % 7:
        return apart % drawn.every == 0
    weeks = abs(day.toordinal() - day.weekday() - drawn.since.toordinal() + drawn.since.weekday()) // 7
    return weeks % (drawn.every // 7) == 0


def timed(drawn: Rule, zone: ZoneInfo, changed: tuple[datetime, ...]) -> Iterator[Moment]:
    """Every moment of three years, as the clock on the wall shows it."""
    plain = Rule(drawn.times, drawn.days)
    at = BEGIN
    for change in (*changed, END + DAY):
        before = min(END, change - DAY)
        while at < before:
            until = min(before, at + HOUR)
            yield from (moment for moment in by_the_hour(plain, at, until, zone) if speaks_on(drawn, moment.day))
            at = until
        after = min(END, change + DAY)
        yield from (moment for moment in oracle(plain, at, after, zone) if speaks_on(drawn, moment.day))
        at = max(at, after)


def by_the_hour(plain: Rule, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Moment]:
    """Between two moments with no clock change near: the wall runs as time does."""
    wall, end = (at.astimezone(zone).replace(tzinfo=None) for at in (after, until))
    for day in sorted({wall.date(), end.date()}):
        for named in plain.times:
            if wall < datetime.combine(day, named) <= end and day.weekday() in plain.days:
                yield Moment(after + (datetime.combine(day, named) - wall), day, f"{named:%H:%M}")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(kinds_of_clock()))
@pytest.mark.parametrize("kind", TIMED)
def test_named_times_over_three_years_are_what_the_wall_clock_shows(kind: str, name: str) -> None:
    zone = ZONES[name]
    found = takewhile(lambda moment: moment.at <= END, moments(TIMED[kind], BEGIN, Course(zone)))
    expected = list(timed(TIMED[kind], zone, tuple(changes(zone))))
    assert list(found) == expected
    assert len(expected) > 60


@pytest.mark.parametrize("name", ["America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kathmandu"])
@pytest.mark.parametrize("kind", TIMED)
def test_the_same_for_a_few_clocks(kind: str, name: str) -> None:
    test_named_times_over_three_years_are_what_the_wall_clock_shows(kind, name)


# --- what is drawn


def shown(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """The minutes from the beginning of that date to the end of the next one."""
    at, end = midnight(day, zone), midnight(day + 2 * DAY, zone)
    while at < end:
        yield at
        at += MINUTE


def open_minutes(drawn: Rule, day: date, zone: ZoneInfo, quiet: Quiet | None) -> list[datetime]:
    """The longest stretch of minutes of the window that the clock shows, none of them quiet; from the first time it
    shows the beginning to the first time it shows the end, or is past it."""
    assert drawn.window
    begin, end = drawn.window
    first = datetime.combine(day, begin)
    last = datetime.combine(day + DAY if end <= begin else day, end)
    longest: list[datetime] = []
    run: list[datetime] = []
    has_begun = False
    for at in shown(day, zone):
        wall = at.astimezone(zone).replace(tzinfo=None)
        has_begun = has_begun or wall >= first
        if has_begun and not is_quiet(at, zone, quiet) and (wall <= last if begin != end else wall < last):
            run.append(at)
        else:
            run = []
        longest = max(longest, list(run), key=len) if len(run) > len(longest) else longest
        if has_begun and wall >= last:
            break
    return longest


def holds(drawn: Rule, name: str, day: date, quiet: Quiet | None) -> None:
    zone = ZONES[name]
    course = Course(zone, quiet=quiet, seed=name)
    met = takewhile(lambda m: m.day <= day, moments(drawn, midnight(day, zone) - DAY, course))
    here = [moment for moment in met if moment.day == day]
    room = open_minutes(drawn, day, zone, quiet) if speaks_on(drawn, day) else []
    assert [moment.slot for moment in here] == [str(n + 1) for n in range(len(here))]
    assert len(here) == min(drawn.count, (len(room) - 1) // 60 + 1)
    assert {moment.at for moment in here} <= set(room)
    assert all(other.at - one.at >= HOUR for one, other in pairwise(here))


@settings(max_examples=150, deadline=None)
@given(st.data(), windows, st.sampled_from([None, NIGHT, (time(1, 30), time(2, 30))]))
def test_what_is_drawn_around_a_clock_change_lies_where_the_clock_shows_the_window(
    data: st.DataObject, drawn: Rule, quiet: Quiet | None
) -> None:
    name = data.draw(clock_names.filter(lambda name: bool(kinds_of_clock()[name])))
    change = data.draw(st.sampled_from(kinds_of_clock()[name]))
    day = change.astimezone(ZONES[name]).date() + data.draw(st.integers(-1, 1)) * DAY
    holds(drawn, name, day, quiet)


@settings(max_examples=150, deadline=None)
@given(clock_names, windows, dates, st.none() | st.tuples(minutes, minutes).filter(lambda hours: hours[0] != hours[1]))
def test_what_is_drawn_on_any_day_lies_within_the_window_and_outside_quiet_hours(
    name: str, drawn: Rule, day: date, quiet: Quiet | None
) -> None:
    holds(drawn, name, day, quiet)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(kinds_of_clock()))
@pytest.mark.parametrize("kind", DRAWN)
def test_what_is_drawn_over_three_years_is_right_on_every_day(kind: str, name: str) -> None:
    zone, drawn = ZONES[name], DRAWN[kind]
    course = Course(zone, quiet=NIGHT if kind == "once in the evening" else None, seed=name)
    found = takewhile(lambda moment: moment.at < END, moments(drawn, BEGIN, course))
    by_day: dict[date, list[Moment]] = defaultdict(list)
    for moment in found:
        by_day[moment.day].append(moment)
    near = {change.astimezone(zone).date() + n * DAY for change in kinds_of_clock()[name] for n in (-1, 0, 1)}
    inner = sorted(by_day)[1:-1]
    for day in inner:
        if day in near:
            holds(drawn, name, day, course.quiet)
        else:
            in_order(drawn, by_day[day], zone)
    every = [inner[0] + n * DAY for n in range((inner[-1] - inner[0]).days + 1)]
    assert inner == [day for day in every if speaks_on(drawn, day)]


def in_order(drawn: Rule, here: list[Moment], zone: ZoneInfo) -> None:
    assert drawn.window
    begin, end = drawn.window
    assert [moment.slot for moment in here] == [str(n + 1) for n in range(drawn.count)]
    for moment in here:
        at = moment.at.astimezone(zone).time()
        assert begin <= at <= end if begin < end else at >= begin or at <= end
    assert all(other.at - one.at >= HOUR for one, other in pairwise(here))


@settings(max_examples=200, deadline=None)
@given(clock_names, windows | intervals, st.timedeltas(timedelta(0), 900 * DAY))
def test_whenever_one_asks_the_moments_are_the_same_and_ever_later(name: str, drawn: Rule, later: timedelta) -> None:
    course = Course(ZONES[name], seed="one")
    met = []
    at = BEGIN
    for _ in range(12):
        moment = next_moment(drawn, at, course)
        assert moment and moment.at > at
        met.append(moment)
        at = moment.at
    assert [m for m, _ in zip(moments(drawn, BEGIN, course), range(12), strict=False)] == met
    after = min(met[5].at, BEGIN + later)
    expected = next(moment for moment in met if moment.at > after)
    assert next_moment(drawn, after, course) == expected


def test_moments_differ_from_day_to_day_and_from_person_to_person() -> None:
    drawn = Rule(window=(time(10), time(16)))
    met = [
        [m.at.time() for m, _ in zip(moments(drawn, BEGIN, Course(seed=seed)), range(28), strict=False)]
        for seed in ("one", "two")
    ]
    assert len(set(met[0])) > 20
    assert met[0] != met[1]
    hours = [sum(at.hour == hour for each in met for at in each) for hour in range(10, 16)]
    assert all(hours), "every hour of the window is drawn from"


def test_a_window_that_lies_in_quiet_hours_has_no_moment_rather_than_an_endless_search() -> None:
    drawn = Rule(window=(time(23), time(5)), count=2)
    assert next_moment(drawn, BEGIN, Course(quiet=NIGHT)) is None
    assert next_moment(drawn, BEGIN, Course(quiet=None)) is not None


def test_the_hours_of_a_window_do_not_move_what_was_drawn_before() -> None:
    """The same rule and seed on the same day: nothing else goes into it."""
    drawn = Rule(window=(time(10), time(16)), count=3)
    lisbon = Course(ZoneInfo("Europe/Lisbon"), seed="r")
    before = [m for m, _ in zip(moments(drawn, utc("2026-05-14T00:00"), lisbon), range(3), strict=False)]
    again = [m for m, _ in zip(moments(drawn, before[0].at, lisbon), range(2), strict=False)]
    assert again == before[1:]
    assert datetime(2026, 5, 14, tzinfo=UTC) < before[0].at
