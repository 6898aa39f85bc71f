"""What is asked once only: the one moment it has, and that nothing of it is left then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.exchange import export
from bot.playground.bubbles import items
from bot.playground.words import Device
from scheduler.instants import instant
from scheduler.plan import is_over, planned
from scheduler.recurrence import ONCE, Course, Moment, Recess, moments, next_moment
from scheduler.rule import Rule
from storage import people, reminders
from storage.records import Kind, Reminder
from storage.tables import nudges as nudges_table
from tests.stage import Stage, nudges, stage
from tests.test_recurrence import DAY, EVERY_DAY, ZONES, clock_names, dates, minutes, rule, utc

AT = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)


@settings(max_examples=300, deadline=None)
@given(clock_names, dates, minutes, st.timedeltas(-3 * DAY, 3 * DAY))
def test_once_is_the_one_moment_a_daily_time_has_on_that_date(name: str, on: date, at: time, later: timedelta) -> None:
    zone, after = ZONES[name], datetime.combine(on, at, UTC) + later
    daily = takewhile(lambda moment: moment.day <= on, moments(Rule((at,)), after, Course(zone)))
    expected = [replace(moment, slot=ONCE) for moment in daily if moment.day == on]
    assert list(moments(Rule.once(on, at), after, Course(zone))) == expected


@settings(max_examples=100, deadline=None)
@given(clock_names, dates, minutes)
def test_once_in_minutes_is_the_same_moment_in_every_zone_and_lies_on_the_date_there(
    name: str, on: date, at: time
) -> None:
    moment = datetime.combine(on, at, UTC)
    here = moment.astimezone(ZONES[name]).date()
    rule_in_utc = Rule.once(on, at, in_utc=True)
    assert list(moments(rule_in_utc, moment - DAY, Course(ZONES[name]))) == [Moment(moment, here, ONCE)]
    assert next_moment(rule_in_utc, moment, Course(ZONES[name])) is None


@settings(max_examples=100, deadline=None)
@given(clock_names, dates, minutes, st.timedeltas(-3 * DAY, 3 * DAY), st.booleans())
def test_once_is_over_exactly_when_its_moment_has_passed(
    name: str, on: date, at: time, later: timedelta, in_utc: bool
) -> None:
    spoken = Rule.once(on, at, in_utc)
    moment = instant(on, at, ZoneInfo("UTC") if in_utc else ZONES[name])
    assert moment
    reminder, now = Reminder("r", 1, spoken.as_json()), moment + later
    assert is_over(reminder, now, Course(ZONES[name])) is (later >= timedelta())
    assert planned(reminder, now, Course(ZONES[name])).next_at == (moment if later < timedelta() else None)


def test_a_daily_time_is_never_over_even_in_a_recess_without_end() -> None:
    now = utc("2026-05-14T10:00")
    daily = Reminder("r", 1, rule("08:30").as_json())
    assert not is_over(daily, now, Course(ZONES["Europe/Lisbon"]))
    assert planned(daily, now, Course(ZONES["Europe/Lisbon"], Recess(now))).next_at is None


def test_the_stored_form_names_the_date() -> None:
    once = Rule.once(date(2026, 5, 15), time(9)).as_json()
    assert once == {"times": ["09:00"], "days": ["fri"], "date": "2026-05-15"}


@pytest.mark.parametrize(
    ("times", "days"), [((time(8), time(9)), frozenset({4})), ((time(8),), frozenset({3})), ((time(8),), EVERY_DAY)]
)
def test_once_is_one_time_on_the_weekday_of_its_date(times: tuple[time, ...], days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="times"):
        Rule(times, days, date(2026, 5, 15))


def test_the_export_tells_what_a_reminder_says_and_when() -> None:
    rule_in_window = Rule(window=(time(10), time(18)), count=2).as_json()
    own = Reminder("r", 7, rule_in_window, kind=Kind.WORDS, words="look up")
    told = export.reminder_json(own, "Europe/Lisbon")
    assert (told["kind"], told["text"]) == ("words", "look up")
    assert (told["window"], told["count"], told["times"]) == (["10:00", "18:00"], 2, [])
    assert "kind" not in export.reminder_json(Reminder("p", 7, rule("08:30").as_json()), None)


def acted(database_url: str, act: Callable[[Stage], Awaitable[None]]) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            await act(here)

    asyncio.run(play())


def rules(here: Stage) -> list[Reminder]:
    with here.rehearsal.store.read() as tx:
        return reminders.of_people(tx, people.load(tx, [7])).get(7, [])


async def say(here: Stage, words: str) -> None:
    here.you.say(words)
    await here.settle()


def test_once_asked_its_row_is_gone_and_its_slot_is_once(database_url: str) -> None:
    async def act(here: Stage) -> None:
        await say(here, "ask me in 45 minutes")
        assert len(rules(here)) == 2
        assert len(nudges(await here.next_nudge())) == 1
        assert [reminder.rule["times"] for reminder in rules(here)] == [["08:30"]]
        with here.rehearsal.store.read() as tx:
            asked = tx.connection.execute(select(nudges_table.c.day, nudges_table.c.slot)).all()
        assert [tuple(row) for row in asked] == [(date(2026, 5, 14), "once")]

    acted(database_url, act)


@pytest.mark.parametrize("meanwhile", ["pause till sunday", "a hard day"])
def test_let_go_its_row_is_gone_too(database_url: str, meanwhile: str) -> None:
    async def act(here: Stage) -> None:
        await say(here, "ask me in 45 minutes")
        await say(here, meanwhile)
        await here.rehearsal.wind(timedelta(hours=1))
        assert nudges(await here.settle()) == []
        assert len(rules(here)) == 1

    acted(database_url, act)


def test_late_beyond_its_grace_it_is_let_go_and_gone(database_url: str) -> None:
    async def act(here: Stage) -> None:
        await say(here, "ask me in 45 minutes")
        here.rehearsal.clock.wind(timedelta(hours=5))  # as if nothing had run meanwhile
        await here.rehearsal.service.tick()
        assert nudges(await here.settle()) == []
        assert len(rules(here)) == 1

    acted(database_url, act)


def test_at_the_moment_of_a_daily_time_there_is_one_question(database_url: str) -> None:
    async def act(here: Stage) -> None:
        await say(here, "ask me tomorrow at 8:30")
        assert len(nudges(await here.next_nudge())) == 1
        await here.rehearsal.wind(timedelta(hours=3))
        assert nudges(await here.settle()) == []
        assert len(rules(here)) == 1

    acted(database_url, act)


def test_the_export_lists_it() -> None:
    on, at = date(2026, 5, 15), time(9)
    told = [
        export.reminder_json(Reminder("r", 7, Rule.once(on, at, in_utc).as_json()), "Europe/Lisbon")
        for in_utc in (False, True)
    ]
    assert [(one["date"], one["times"], one["zone"]) for one in told] == [
        ("2026-05-15", ["09:00"], "Europe/Lisbon"),
        ("2026-05-15", ["09:00"], "UTC"),
    ]


def test_the_device_is_told_each_moment_of_an_echo_and_the_page_shows_it(database_url: str) -> None:
    async def act(here: Stage) -> None:
        here.you.say("thanks ☀️")
        here.you.say("remind me at 20:15")
        echo = (await here.settle())[-1]
        moments = [datetime.fromtimestamp(one["unix_time"], UTC) for one in echo.params["entities"]]
        assert moments == [datetime(2026, 5, day, 19, 15, tzinfo=UTC) for day in (14, 15, 16)]
        page = [one["html"] for one in items(here.you.room, "Glimmers", Device.of("Asia/Tokyo", "en", AT))][-1]
        assert '<time datetime="2026-05-14T19:15:00+00:00" title="Friday, 15 May, 04:15">today 20:15</time>' in page

    acted(database_url, act)
