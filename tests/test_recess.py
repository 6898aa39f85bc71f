"""A wish for no questions becomes the very stretch that was meant, in any zone, and survives a journey."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.nudge import may_ask
from bot.conversation.recess import BACKWARDS, FAR, LONGEST, PAST, moved, recess_of
from bot.conversation.say import Moments, entities, length
from bot.conversation.state import State
from bot.understanding.meaning import Pause
from scheduler.instants import midnight
from scheduler.recurrence import Course, Recess, moments
from scheduler.rule import Rule
from storage.records import Person
from tests.stage import nudges, stage
from tests.test_recurrence import ZONES, clock_names, rules

LISBON = ZoneInfo("Europe/Lisbon")
THURSDAY = datetime(2026, 5, 14, 10, 30, 20, tzinfo=UTC)  # 11:30 in Lisbon
ONE_DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
PERSON = Person(7, 1, THURSDAY, 1)

nows = st.timedeltas(timedelta(), 700 * ONE_DAY).map(lambda later: THURSDAY + later)
whens = st.none() | st.dates(date(2025, 12, 1), date(2029, 1, 31))
wishes = st.builds(
    Pause, start=whens, until=whens, minutes=st.none() | st.integers(0, 10**9), until_time=st.none() | st.times()
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wish", "begin", "end"),
    [
        (Pause(until=date(2026, 5, 18)), "2026-05-14T10:30", "2026-05-17T23:00"),
        (Pause(start=date(2026, 5, 15), until=date(2026, 5, 18)), "2026-05-14T23:00", "2026-05-17T23:00"),
        (Pause(start=date(2026, 5, 1), until=date(2026, 5, 18)), "2026-05-14T10:30", "2026-05-17T23:00"),
        (Pause(minutes=90), "2026-05-14T10:30", "2026-05-14T12:00"),
        (Pause(start=date(2026, 5, 15), minutes=60), "2026-05-14T23:00", "2026-05-15T00:00"),
        (Pause(until_time=time(15)), "2026-05-14T10:30", "2026-05-14T14:00"),
        (Pause(until=date(2026, 5, 15), until_time=time(9)), "2026-05-14T10:30", "2026-05-15T08:00"),
        (Pause(start=date(2026, 5, 15)), "2026-05-14T23:00", None),
        (Pause(until=date(2026, 10, 25)), "2026-05-14T10:30", "2026-10-24T23:00"),
        (Pause(until=date(2026, 10, 26)), "2026-05-14T10:30", "2026-10-26T00:00"),
    ],
)
def test_what_was_meant(wish: Pause, begin: str, end: str | None) -> None:
    assert recess_of(wish, THURSDAY, LISBON) == Recess(utc(begin), utc(end) if end else None)


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Pause(until=date(2026, 5, 13)), PAST),
        (Pause(until=date(2026, 5, 14)), PAST),
        (Pause(until=date(1, 1, 1)), PAST),
        (Pause(until_time=time(11, 30)), PAST),
        (Pause(minutes=0), PAST),
        (Pause(start=date(2026, 5, 20), until=date(2026, 5, 20)), BACKWARDS),
        (Pause(start=date(2026, 5, 20), until=date(2026, 5, 16)), BACKWARDS),
        (Pause(until=date(2027, 5, 16)), FAR),
        (Pause(until=date(9999, 12, 31)), FAR),
        (Pause(start=date(9999, 12, 31)), FAR),
        (Pause(minutes=10**12), FAR),
    ],
)
def test_what_nobody_could_keep_is_told(wish: Pause, why: str) -> None:
    assert recess_of(wish, THURSDAY, LISBON) == why


@settings(max_examples=300, deadline=None)
@given(wishes, nows, clock_names)
def test_any_wish_is_kept_or_told_why_not(wish: Pause, now: datetime, name: str) -> None:
    zone = ZONES[name]
    found = recess_of(wish, now, zone)
    if isinstance(found, str):
        assert found in (PAST, BACKWARDS, FAR)
        return
    assert found.end is None or max(found.begin, now) < found.end <= found.begin + LONGEST + ONE_DAY
    begins = found.begin.astimezone(zone).date()
    assert begins == max(wish.start or begins, now.astimezone(zone).date())
    if wish.until and wish.minutes is None and wish.until_time is None:
        assert found.end == midnight(wish.until, zone)
    state = State(recess=found)
    assert State.from_json(json.loads(json.dumps(state.as_json()))) == state


@settings(max_examples=200, deadline=None)
@given(wishes, nows, clock_names, rules)
def test_nothing_that_comes_next_lies_in_a_pause(wish: Pause, now: datetime, name: str, drawn: Rule) -> None:
    found = recess_of(wish, now, ZONES[name])
    if isinstance(found, str):
        return
    state = State(recess=found)
    for moment in islice(moments(drawn, now, Course(ZONES[name], found)), 10):
        assert may_ask(PERSON, state, moment.at)
        assert found.end is None or moment.at < found.begin or moment.at >= found.end


@settings(max_examples=300, deadline=None)
@given(wishes, nows, clock_names, clock_names)
def test_in_another_zone_days_begin_there_and_minutes_last_as_long(
    wish: Pause, now: datetime, here: str, there: str
) -> None:
    old, new = ZONES[here], ZONES[there]
    found = recess_of(wish, now, old)
    if isinstance(found, str):
        return
    after = moved(found, now, old, new)
    assert after
    if wish.start and found.begin > now:
        assert after.begin == midnight(wish.start, new)
    else:
        assert after.begin == found.begin
    if found.end and after.end and wish.until and wish.minutes is None and not wish.until_time:
        assert after.end == midnight(wish.until, new) or after.end - after.begin == found.end - found.begin


def test_a_recess_that_is_over_is_nothing_any_more() -> None:
    recess = Recess(THURSDAY, THURSDAY + MINUTE)
    assert THURSDAY in recess and THURSDAY + MINUTE not in recess and THURSDAY - MINUTE not in recess
    assert recess.is_over(THURSDAY + MINUTE) and not recess.is_over(THURSDAY)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_moment_is_marked_where_it_is_told_as_telegram_counts(before: str, after: str) -> None:
    told = "tomorrow 08:30"
    text = f"{before}{told}{after}"
    (entity,) = entities(text, Moments(told, ((told, THURSDAY),)))
    units = text.encode("utf-16-le")
    assert units[2 * entity["offset"] :].decode("utf-16-le").startswith(told)
    assert entity["length"] == length(told) and entity["unix_time"] == int(THURSDAY.timestamp())


def test_what_is_not_told_is_not_marked() -> None:
    assert entities("nothing", Moments("today 08:30", (("today 08:30", THURSDAY),))) == []


def test_the_next_moment_in_the_database_is_one_at_which_something_is_asked(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, THURSDAY) as here:
            await here.begin()
            here.you.say("pause from saturday till monday")
            await here.settle()
            assert await here.rehearsal.service.next_moment() == utc("2026-05-15T07:30")
            assert len(nudges(await here.next_nudge())) == 1
            assert await here.rehearsal.service.next_moment() == utc("2026-05-18T07:30")

    asyncio.run(play())
