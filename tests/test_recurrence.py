"""Recurrence against an oracle that walks the zone's clock minute by minute, over every kind of clock there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise, takewhile
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.instants import midnight
from scheduler.recurrence import Course, Moment, Recess, moments, next_moment
from scheduler.rule import Rule, minutes_of, most_within, time_at

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
EVERY_DAY = frozenset(range(7))
WHOLE_DATES_SKIPPED = {
    "Pacific/Apia": date(2011, 12, 30),
    "Pacific/Fakaofo": date(2011, 12, 30),
    "Pacific/Kwajalein": date(1993, 8, 21),
    "Pacific/Kiritimati": date(1994, 12, 31),
    "Pacific/Enderbury": date(1994, 12, 31),
}
GAPS_OVER_MIDNIGHT = {
    "America/Toronto": datetime(1919, 3, 31, 4, 30, tzinfo=UTC),
    "America/Nuuk": datetime(2025, 3, 30, 1, tzinfo=UTC),
}

ZONES = {name: ZoneInfo(name) for name in sorted(available_timezones())}


def changes(zone: ZoneInfo, first: datetime = FIRST, last: datetime = LAST) -> Iterator[datetime]:
    """Every instant in the span at which the zone's offset differs from the second before."""
    at = first
    while at < last:
        later = min(at + WEEK, last)
        if _offset(zone, at) != _offset(zone, later):
            yield _change_between(zone, at, later)
        at = later


def _offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


@cache
def kinds_of_clock() -> dict[str, tuple[datetime, ...]]:
    """One zone name for each way clocks behave from 2024 to 2030, with its clock changes."""
    kinds: dict[object, tuple[str, tuple[datetime, ...]]] = {}
    for name, zone in ZONES.items():
        at = tuple(changes(zone))
        behaviour = (_offset(zone, FIRST), *((change, _offset(zone, change)) for change in at))
        kinds.setdefault(behaviour, (name, at))
    return dict(kinds.values())


def oracle(rule: Rule, after: datetime, until: datetime, zone: ZoneInfo) -> list[Moment]:
    """Watch the clock on the wall: a slot is met at the first minute that shows its time, or has jumped it."""
    found: list[Moment] = []
    at, reached = after, _wall(after, zone)
    while (at := at + MINUTE) <= until:
        wall = _wall(at, zone)
        if wall > reached:
            met = _named_between(rule, reached, wall)
            found += [Moment(at, *named) for named in met[:1]]
            reached = wall
    return found


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _named_between(rule: Rule, reached: datetime, wall: datetime) -> list[tuple[date, str]]:
    return [
        (day, f"{named:%H:%M}")
        for day in sorted({reached.date(), wall.date()})  # a date between the two was never on the wall
        if day.weekday() in rule.days
        for named in rule.times
        if reached < datetime.combine(day, named) <= wall
    ]


def found_by_rule(rule: Rule, after: datetime, until: datetime, zone: ZoneInfo) -> list[Moment]:
    return list(takewhile(lambda moment: moment.at <= until, moments(rule, after, Course(zone))))


def around(change: datetime, rule: Rule, zone: ZoneInfo) -> None:
    after, until = change - 2 * DAY, change + 2 * DAY
    assert found_by_rule(rule, after, until, zone) == oracle(rule, after, until, zone)


clock_names = st.deferred(lambda: st.sampled_from(sorted(kinds_of_clock())))
minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
rules = st.builds(
    Rule,
    st.sets(minutes, min_size=1, max_size=4).map(lambda chosen: tuple(sorted(chosen))),
    st.frozensets(st.integers(0, 6), min_size=1),
)
dates = st.dates(date(2024, 1, 5), date(2030, 12, 25))
recesses = st.builds(
    lambda begin, lasts: Recess(begin, begin + lasts if lasts else None),
    st.timedeltas(-30 * DAY, 30 * DAY).map(lambda later: datetime(2026, 3, 27, tzinfo=UTC) + later),
    st.none() | st.timedeltas(MINUTE, 60 * DAY),
)
instants = st.timedeltas(timedelta(0), timedelta(days=6 * 365)).map(lambda later: FIRST + later)


def rule(*times: str, days: frozenset[int] = EVERY_DAY) -> Rule:
    return Rule(tuple(time.fromisoformat(at) for at in times), days)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_clocks_of_the_world_fall_into_a_few_dozen_kinds() -> None:
    assert 50 <= len(kinds_of_clock()) <= 100


@pytest.mark.parametrize("name", sorted(kinds_of_clock()))
def test_around_each_clock_change_every_slot_is_met_as_the_wall_clock_shows_it(name: str) -> None:
    often = rule("00:00", "00:01", "00:30", "01:00", "01:45", "02:00", "02:01", "02:30", "03:00", "23:30", "23:59")
    for change in kinds_of_clock()[name][:3]:
        around(change, often, ZONES[name])


@settings(max_examples=120, deadline=None)
@given(st.data(), rules)
def test_any_rule_around_any_clock_change_agrees_with_the_wall_clock(data: st.DataObject, drawn: Rule) -> None:
    name = data.draw(clock_names.filter(lambda name: bool(kinds_of_clock()[name])))
    around(data.draw(st.sampled_from(kinds_of_clock()[name])), drawn, ZONES[name])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WHOLE_DATES_SKIPPED)), rules)
def test_a_date_the_zone_skipped_whole_has_no_moment(name: str, drawn: Rule) -> None:
    skipped, zone = WHOLE_DATES_SKIPPED[name], ZONES[name]
    midday = datetime.combine(skipped, time(12), UTC)
    around(midday, drawn, zone)
    met = found_by_rule(drawn, midday - WEEK, midday + WEEK, zone)
    assert skipped not in {moment.day for moment in met}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(GAPS_OVER_MIDNIGHT)), rules)
def test_any_rule_agrees_with_the_wall_clock_where_a_gap_lies_over_midnight(name: str, drawn: Rule) -> None:
    around(GAPS_OVER_MIDNIGHT[name], drawn, ZONES[name])


@settings(max_examples=200, deadline=None)
@given(clock_names, rules, instants)
def test_one_moment_for_each_slot_of_each_allowed_date_and_ever_later(name: str, drawn: Rule, after: datetime) -> None:
    zone = ZONES[name]
    met = list(islice(moments(drawn, after, Course(zone)), 8 * len(drawn.times)))
    assert all(one.at < other.at for one, other in pairwise([Moment(after, after.date(), ""), *met]))
    keys = [(moment.day, moment.slot) for moment in met]
    assert len(keys) == len(set(keys))
    assert {day.weekday() for day, _ in keys} <= drawn.days
    whole_days = {day for day, _ in keys} - {met[0].day, met[-1].day}
    inner = [met[0].day + DAY * n for n in range(1, (met[-1].day - met[0].day).days)]
    assert whole_days == {day for day in inner if day.weekday() in drawn.days}


@pytest.mark.parametrize("initial", sorted({name[0] for name in ZONES}))
def test_in_every_zone_there_is_one_moment_on_each_date_for_a_year(initial: str) -> None:
    for name in (name for name in ZONES if name.startswith(initial)):
        met = list(islice(moments(rule("00:30"), utc("2026-01-01T00:00"), Course(ZONES[name])), 366))
        assert [moment.day - met[0].day for moment in met] == [DAY * n for n in range(366)], name
        assert all(one.at < other.at for one, other in pairwise(met)), name


@settings(max_examples=100, deadline=None)
@given(clock_names, rules, st.sets(st.integers(0, 20)))
def test_the_next_moment_is_the_first_whose_key_is_unused(name: str, drawn: Rule, spent: set[int]) -> None:
    zone, after = ZONES[name], utc("2026-03-27T00:00")
    ahead = list(islice(moments(drawn, after, Course(zone)), 22))
    used = {(ahead[n].day, ahead[n].slot) for n in spent}
    expected = next(moment for moment in ahead if (moment.day, moment.slot) not in used)
    assert next_moment(drawn, after, Course(zone), used) == expected


@settings(max_examples=300, deadline=None)
@given(clock_names, rules, recesses, st.timedeltas(-20 * DAY, 20 * DAY))
def test_no_moment_lies_in_a_recess_and_all_others_stay(
    name: str, drawn: Rule, recess: Recess, later: timedelta
) -> None:
    zone, after = ZONES[name], utc("2026-03-27T00:00") + later
    until = after + 100 * DAY
    every = found_by_rule(drawn, after, until, zone)
    with_recess = takewhile(lambda moment: moment.at <= until, moments(drawn, after, Course(zone, recess)))
    assert list(with_recess) == [moment for moment in every if moment.at not in recess]


@pytest.mark.parametrize("name", sorted(kinds_of_clock()))
def test_on_the_day_of_a_clock_change_a_recess_until_that_day_ends_as_it_begins(name: str) -> None:
    zone = ZONES[name]
    for change in kinds_of_clock()[name][:4]:
        day = change.astimezone(zone).date()
        recess = Recess(change - 5 * DAY, midnight(day, zone))
        met = next_moment(rule("00:00", "12:00"), change - 4 * DAY, Course(zone, recess))
        assert met and met.day == day and met.at == recess.end


@pytest.mark.parametrize("name", sorted(ZONES))
def test_midnight_is_the_first_moment_of_its_day_in_every_zone(name: str) -> None:
    for day in (date(2024, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2030, 12, 31)):
        at = midnight(day, ZONES[name])
        assert at.astimezone(ZONES[name]).date() == day
        assert (at - timedelta(seconds=1)).astimezone(ZONES[name]).date() < day


def test_a_day_that_the_zone_skipped_begins_with_the_one_after_it() -> None:
    assert midnight(date(2011, 12, 30), ZONES["Pacific/Apia"]) == midnight(date(2011, 12, 31), ZONES["Pacific/Apia"])


def test_a_recess_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="end"):
        Recess(utc("2026-05-14T10:00"), utc("2026-05-14T10:00"))


LISBON, TORONTO = ZoneInfo("Europe/Lisbon"), ZoneInfo("America/Toronto")


def test_a_skipped_time_is_the_first_moment_after_the_gap() -> None:
    met = next_moment(rule("01:30"), utc("2026-03-28T12:00"), Course(LISBON))
    assert met == Moment(utc("2026-03-29T01:00"), date(2026, 3, 29), "01:30")


def test_two_times_pushed_together_are_one_moment() -> None:
    met = list(islice(moments(rule("01:10", "01:30", "02:00", "09:00"), utc("2026-03-29T00:00"), Course(LISBON)), 2))
    assert [moment.slot for moment in met] == ["01:10", "09:00"]


def test_of_a_repeated_hour_only_the_first_counts() -> None:
    met = list(islice(moments(rule("01:30"), utc("2026-10-24T12:00"), Course(LISBON)), 2))
    assert [moment.at for moment in met] == [utc("2026-10-25T00:30"), utc("2026-10-26T01:30")]


def test_within_the_second_pass_of_a_repeated_hour_the_time_is_over() -> None:
    met = next_moment(rule("01:30"), utc("2026-10-25T01:00"), Course(LISBON))
    assert met and met.day == date(2026, 10, 26)


def test_a_slot_keeps_its_date_when_a_gap_pushes_it_over_midnight() -> None:
    met = next_moment(rule("23:45"), utc("1919-03-31T00:00"), Course(TORONTO))
    assert met == Moment(utc("1919-03-31T04:30"), date(1919, 3, 30), "23:45")


def test_the_moment_itself_is_not_after_itself() -> None:
    at = utc("2026-05-14T07:30")
    met = next_moment(rule("08:30"), at, Course(LISBON))
    assert met and met.at == at + DAY


intervals = st.builds(
    lambda plain, every, since: replace(plain, every=every, since=since), rules, st.integers(1, 60), dates
)
windows = st.builds(
    lambda begin, end, count, days: Rule(
        window=(begin, end), count=1 + count % min(6, most_within((begin, end))), days=days, part="evening"
    ),
    minutes,
    minutes,
    st.integers(0, 5),
    st.frozensets(st.integers(0, 6), min_size=1),
)


@given(rules | intervals | windows | st.builds(Rule.once, dates, minutes, st.booleans()))
def test_a_rule_survives_its_stored_form(drawn: Rule) -> None:
    assert Rule.from_json(drawn.as_json()) == drawn


@given(st.integers(-10_000, 10_000))
def test_minutes_after_midnight_begin_anew_after_a_day(minutes: int) -> None:
    assert minutes_of(time_at(minutes)) == minutes % (24 * 60)


def test_the_stored_form_names_days_and_minutes() -> None:
    stored = rule("08:30", "21:00", days=frozenset({6, 0})).as_json()
    assert stored == {"times": ["08:30", "21:00"], "days": ["mon", "sun"]}


@pytest.mark.parametrize(
    ("times", "days"),
    [
        ((), EVERY_DAY),
        ((time(9), time(8)), EVERY_DAY),
        ((time(8), time(8)), EVERY_DAY),
        ((time(8, 0, 1),), EVERY_DAY),
        ((time(8),), frozenset()),
        ((time(8),), frozenset({7})),
    ],
)
def test_times_or_days_that_could_never_be_met_are_refused(times: tuple[time, ...], days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match=r"times|days"):
        Rule(times, days)


@pytest.mark.parametrize(
    ("named", "rule_of"),
    [
        ("every", {"times": (time(8),), "every": 0}),
        ("every", {"times": (time(8),), "every": 2}),
        ("every", {"times": (time(8),), "every": 367, "since": date(2026, 5, 14)}),
        ("times", {"times": (time(8),), "window": (time(8), time(9))}),
        ("count", {"window": (time(8), time(9)), "count": 0}),
        ("count", {"window": (time(8), time(9, 59)), "count": 3}),
        ("times", {"window": (time(8), time(9, 0, 1))}),
    ],
)
def test_an_interval_or_a_window_that_could_never_be_met_is_refused(named: str, rule_of: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=named):
        Rule(**rule_of)
