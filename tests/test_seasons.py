"""Days of clock changes, and two weeks of silence, lived through by the real bot: `pytest -s` prints what is said."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.playground.calls import Call
from storage import people
from tests.stage import Stage, is_prompt, stage

CHANGES = {  # the city, a day and a half before the change, the time named; when it is asked, by the clock there
    "New York, spring": ("New York", "2026-03-06T20:00", "2:30", ["07 02:30 EST", "08 03:00 EDT", "09 02:30 EDT"]),
    "New York, autumn": ("New York", "2026-10-30T20:00", "1:30", ["31 01:30 EDT", "01 01:30 EDT", "02 01:30 EST"]),
    "Cairo, spring": ("Cairo", "2026-04-22T20:00", "0:15", ["23 00:15 EET", "24 01:00 EEST", "25 00:15 EEST"]),
    "Cairo, autumn": ("Cairo", "2026-10-28T12:00", "23:30", ["28 23:30 EEST", "29 23:30 EEST", "30 23:30 EET"]),
    "Lord Howe, spring": (
        "Australia/Lord_Howe",
        "2026-10-02T12:00",
        "2:15",
        ["03 02:15 +1030", "04 02:30 +11", "05 02:15 +11"],
    ),
    "Lord Howe, autumn": (
        "Australia/Lord_Howe",
        "2026-04-03T12:00",
        "1:45",
        ["04 01:45 +11", "05 01:45 +11", "06 01:45 +1030"],
    ),
}


async def lives(here: Stage, days: int) -> list[Call]:
    first = len(here.rehearsal.api.calls)
    await here.rehearsal.live_through(timedelta(days=days))
    return [call for call in here.rehearsal.api.calls[first:] if call.method == "sendMessage"]


def told(sent: list[Call], zone: ZoneInfo) -> list[str]:
    return [f"{call.at.astimezone(zone):%d %H:%M %Z}" for call in sent]


@pytest.mark.parametrize("name", CHANGES)
def test_around_a_clock_change_it_asks_once_a_day_at_the_time_that_was_named(name: str, tmp_path: Path) -> None:
    city, begin, at, asked = CHANGES[name]

    async def play() -> None:
        start = datetime.fromisoformat(begin).replace(tzinfo=UTC)
        async with stage(f"sqlite:///{tmp_path}/g.db", start) as here:
            for words in ("/start", "yes", city, at, "yes", "ask me daily anyway"):
                here.you.say(words)
                await here.settle()
            with here.rehearsal.store.read() as tx:
                zone = ZoneInfo(people.load(tx, [7])[7].zone or "UTC")
            sent = await lives(here, 3)
            print(
                name,
                *(f"  {when}  {call.params['text']}" for when, call in zip(told(sent, zone), sent, strict=True)),
                sep="\n",
            )
            assert all(is_prompt(call.params["text"]) for call in sent)
            assert told(sent, zone)[:3] == asked

    asyncio.run(play())


def test_two_weeks_of_silence_read_as_a_kind_person_would_write_them(tmp_path: Path) -> None:
    async def play() -> None:
        async with stage(f"sqlite:///{tmp_path}/g.db", datetime(2026, 5, 14, 10, 30, tzinfo=UTC)) as here:
            for words in ("/start", "yes", "Lisbon", "8:30"):
                here.you.say(words)
                await here.settle()
            sent = await lives(here, 14)
            print(*(f"{call.at:%a %d %b %H:%M}  {call.params['text']}" for call in sent), sep="\n")
            assert [f"{call.at:%d}" for call in sent] == ["15", "16", "17", "19", "21", "25"]
            assert [call.params["text"].count("No need to answer.") for call in sent] == [0, 0, 1, 0, 1, 0]
            here.you.say("the heron again")
            await here.settle()
            again = await lives(here, 2)
            assert [f"{call.at:%d}" for call in again] == ["29", "30"]

    asyncio.run(play())
