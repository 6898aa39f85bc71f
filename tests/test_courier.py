"""The courier against a Telegram that fails: the four ends of a send, and who goes first."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.pace import BURST, SECOND, Pace
from storage import outbox, people
from tests.stage import Stage, nudges, stage, words

AT = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)


def left(here: Stage) -> int:
    with here.rehearsal.store.read() as tx:
        return outbox.waiting(tx, here.rehearsal.clock.now())


@pytest.mark.parametrize("fault", ["429", "500", "502", "reset"])
def test_a_reply_is_sent_again_until_it_arrives(database_url: str, fault: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            here.rehearsal.api.faults.next("sendMessage", fault)
            here.you.say("/start")
            said = words([call for call in await here.settle() if call.took and not call.fault])
            assert len(said) == 1 and "Nothing is kept" in said[0]

    asyncio.run(play())


def test_a_nudge_whose_end_is_unknown_is_never_sent_again(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            for fault in ("reset", "500", "502", "reset"):
                here.rehearsal.api.faults.next("sendMessage", fault)
                calls = await here.next_nudge()
                assert len([call for call in calls if call.method == "sendMessage"]) == 1
                assert left(here) == 0
                here.you.say("thanks")
                await here.settle()

    asyncio.run(play())


def test_a_nudge_that_was_surely_not_sent_comes_a_little_later_once(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            here.rehearsal.api.faults.next("sendMessage", "429")
            calls = await here.next_nudge()
            assert [(call.status, call.took) for call in calls if nudges([call])] == [(429, False), (200, True)]

    asyncio.run(play())


def test_who_blocked_the_bot_is_left_in_peace_and_everything_stays(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            here.you.say("warm bread")
            await here.settle()
            here.you.room.status = "kicked"
            calls = await here.next_nudge()
            assert [call.status for call in calls] == [403]
            with here.rehearsal.store.read() as tx:
                assert people.load(tx, [7])[7].away
            assert await here.rehearsal.service.next_moment() is None
            assert [glimmer.text for glimmer in here.kept()] == ["warm bread"]

    asyncio.run(play())


def test_where_telegram_takes_no_reaction_a_word_is_said(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            message = here.you.say("warm bread")
            here.you.delete(message["message_id"])
            assert any(text == "Kept." for text in words([call for call in await here.settle() if call.took]))

    asyncio.run(play())


def test_a_restart_neither_loses_a_waiting_reply_nor_repeats_a_tried_nudge(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            with here.rehearsal.store.begin() as tx:
                from storage.records import Letter, Priority

                now = here.rehearsal.clock.now()
                tried = Letter("n", 7, Priority.NUDGE, {"method": "sendMessage", "params": {}}, now, nudge_id="n")
                outbox.put(tx, [tried])
                outbox.try_nudges(tx, [one.seq for one in outbox.heads(tx, now, 9, [])])
                assert outbox.abandoned(tx)
            await here.rehearsal.service._courier._give_up_abandoned()
            assert left(here) == 0
            assert await here.settle() == []

    asyncio.run(play())


def test_no_second_holds_more_than_it_may_and_each_chat_has_its_burst() -> None:
    pace, now, sent = Pace(per_second=10), 0.0, []
    for _ in range(400):
        unready = set(pace.full(now))
        for chat in [chat for chat in range(8) if chat not in unready][: pace.room(now)]:
            pace.leave(chat, now)
            sent.append((now, chat))
        now += 0.05
    moments = [moment for moment, _ in sent]
    assert all(sum(0 <= later - one < 1 for later in moments) <= 10 for one in moments)
    for chat in range(8):
        own = [moment for moment, to in sent if to == chat]
        assert all(sum(0 <= later - one < 5 for later in own) <= BURST + 5 for one in own)
    assert len(sent) > 10 * 400 * 0.05 / SECOND * 0.7


def test_an_album_counts_as_the_messages_it_holds() -> None:
    pace, sizes, now, sent = Pace(per_second=10), [1, 8, 1, 10, 3, 12, 1, 1], 0.0, []
    for chat, size in enumerate(sizes):
        while not pace.fitting([size], pace.room(now)):
            now += 0.05
        pace.leave(chat, now, size)
        sent.append((now, min(size, 10)))
    assert all(sum(size for later, size in sent if 0 <= later - one < 1) <= 10 for one, _ in sent)
    assert pace.fitting([1, 8, 1, 1], 10) == 3
    assert now < 5 * SECOND


def test_after_an_album_a_chat_waits_a_second_and_no_longer() -> None:
    pace = Pace(per_second=30)
    pace.leave(7, 100.0, 10)
    assert pace.full(100.0) == [7]
    assert pace.full(100.0 + SECOND) == []
    pace.leave(8, 100.0, 3)
    assert 8 not in pace.full(100.0)


def test_a_clock_that_is_set_back_holds_no_answer_back(database_url: str) -> None:
    async def play() -> None:
        async with stage(database_url, AT) as here:
            await here.begin()
            here.rehearsal.clock.wind(timedelta(hours=-3))
            here.you.say("warm bread")
            assert len(words(await here.settle())) == 2

    asyncio.run(play())
