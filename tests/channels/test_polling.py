"""Polling a server that misbehaves: nothing confirmed too early, one line a trouble, recovery by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.channels.polling import LONGEST_PAUSE, Updates, poll
from bot.channels.telegram import TOKEN_REFUSED
from tests.channels.loopback import (
    Answer,
    Loopback,
    connected,
    error,
    free_port,
    hold,
    ok,
    raw,
    reset,
    serving,
    talking,
)

REFUSED = [TOKEN_REFUSED, "Updates come in again"]
UNREACHABLE = ["Telegram cannot be reached (ClientConnectorError); trying again", "Updates come in again"]
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
OTHER_COPY = "Conflict: terminated by other getUpdates request"


@dataclass
class Seen:
    """What a run of polling did: batches taken, pauses made."""

    batches: list[Updates] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    async def take(self, batch: Updates) -> None:
        self.batches.append(batch)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture(autouse=True)
def _info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot.channels")


@asynccontextmanager
async def polling(polled: Awaitable[None]) -> AsyncIterator[None]:
    task = asyncio.ensure_future(polled)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def run(
    *answers: Answer, take: Callable[[Seen, Updates], Awaitable[None]] = Seen.take, **others: list[Answer]
) -> tuple[Seen, Loopback]:
    """Poll until every answer to getUpdates has been given."""

    async def scenario() -> tuple[Seen, Loopback]:
        seen = Seen()
        async with (
            talking(getUpdates=[*answers, hold], **others) as (telegram, server),
            polling(poll(telegram, lambda batch: take(seen, batch), wait=1, sleep=seen.sleep)),
        ):
            await server.held.wait()
        return seen, server

    return asyncio.run(scenario())


def offsets(server: Loopback) -> list[int | None]:
    return [asked.get("offset") for asked in server.asked("getUpdates")]


def updates(*numbers: int) -> list[dict[str, Any]]:
    return [{"update_id": number, "message": {}} for number in numbers]


def press(number: int, query: Any) -> dict[str, Any]:
    return {"update_id": number, "callback_query": query}


def test_a_batch_is_confirmed_by_the_next_question_only() -> None:
    seen, server = run(ok(updates(7, 8)), ok(updates(9)), ok([]))
    assert seen.batches == [updates(7, 8), updates(9)]
    assert offsets(server) == [None, 9, 10, None]


def test_a_batch_that_cannot_be_stored_is_asked_for_again(caplog: pytest.LogCaptureFixture) -> None:
    fails = iter([True, True, False])

    async def take(seen: Seen, batch: Updates) -> None:
        await seen.take(batch)
        if next(fails):
            raise OSError("disk full while storing 'the light on the wall'")

    seen, server = run(*[ok(updates(7))] * 3, take=take)
    assert seen.batches == [updates(7)] * 3
    assert offsets(server) == [None, None, None, 8]
    assert caplog.messages == [
        "Updates cannot be stored (OSError); they wait at Telegram",
        "Updates come in again",
    ]


def test_every_press_is_answered_also_one_seen_before() -> None:
    batch = [press(7, {"id": "a"}), press(8, {"id": "b"}), press(9, None)]
    _, server = run(ok(batch), ok(batch), answerCallbackQuery=[ok()])
    asked = [params["callback_query_id"] for params in server.asked("answerCallbackQuery")]
    assert sorted(asked) == ["a", "a", "b", "b"]


def test_elements_that_are_no_updates_are_passed_over() -> None:
    seen, server = run(ok([None, {}, {"update_id": "x"}, 3, *updates(7)]))
    assert seen.batches == [updates(7)]
    assert offsets(server) == [None, 8]


@pytest.mark.parametrize("garbage", [[{}], [None], True, None, {"update_id": "x"}])
def test_an_answer_of_garbage_only_makes_a_pause(garbage: Any, caplog: pytest.LogCaptureFixture) -> None:
    seen, _ = run(ok(garbage), ok(garbage), ok([]))
    assert seen.pauses == [0.5, 1.0]
    assert len(caplog.messages) == 2


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        (error(500, "Internal Server Error"), "Telegram cannot be reached (NetworkError); trying again"),
        (raw(502, "<html>"), "Telegram cannot be reached (NotTelegram); trying again"),
        (
            raw(200, '{"ok":true,"result":[{"update_id":'),
            "Telegram cannot be reached (NotTelegram); trying again",
        ),
        (reset, "Telegram cannot be reached (ServerDisconnectedError); trying again"),
        (error(409, OTHER_COPY), "Another copy of this bot is asking Telegram; trying again"),
    ],
)
def test_trouble_is_one_line_when_it_starts_and_one_when_it_ends(
    trouble: Answer, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    seen, _ = run(*[trouble] * 9, ok(updates(7)), trouble, ok([]))
    assert seen.pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 0.5]
    assert seen.batches == [updates(7)]
    assert caplog.messages == [line, "Updates come in again"] * 2


def test_too_many_requests_waits_as_long_as_telegram_says(caplog: pytest.LogCaptureFixture) -> None:
    seen, _ = run(error(429, "Too Many Requests", retry_after=11), ok([]))
    assert seen.pauses == [11.0]
    assert len(caplog.messages) == 2


@pytest.mark.parametrize("code", [401, 404])
def test_a_refused_token_is_tried_again_slowly(code: int, caplog: pytest.LogCaptureFixture) -> None:
    seen, _ = run(*[error(code, "Unauthorized")] * 3, ok(updates(7)))
    assert seen.pauses == [LONGEST_PAUSE] * 3
    assert seen.batches == [updates(7)]
    assert caplog.messages == REFUSED


def test_a_webhook_in_the_way_is_removed_and_what_waits_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    seen, server = run(error(409, WEBHOOK), ok(updates(7)), deleteWebhook=[ok()])
    assert server.asked("deleteWebhook") == [{}]
    assert seen.batches == [updates(7)]
    assert caplog.messages == ["A webhook was set for this bot; it is removed", "Updates come in again"]


def test_a_webhook_that_cannot_be_removed_is_tried_again() -> None:
    seen, server = run(error(409, WEBHOOK), error(409, WEBHOOK), ok(updates(7)), deleteWebhook=[error(500), ok()])
    assert len(server.asked("deleteWebhook")) == 2
    assert seen.batches == [updates(7)]


def test_several_troubles_at_once_are_a_line_each_not_a_line_a_change(
    caplog: pytest.LogCaptureFixture,
) -> None:
    run(*[error(500), error(409, OTHER_COPY)] * 4, ok([]))
    assert len(caplog.messages) == 3


def test_a_network_that_is_not_there_at_start_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> Seen:
        port, server, seen = free_port(), Loopback({"getUpdates": [ok(updates(7)), hold]}), Seen()
        async with AsyncExitStack() as later:

            async def sleep(seconds: float) -> None:
                await seen.sleep(seconds)
                if len(seen.pauses) == 3:
                    await later.enter_async_context(serving(server, port))

            telegram = await later.enter_async_context(connected(f"http://127.0.0.1:{port}"))
            async with polling(poll(telegram, seen.take, sleep=sleep)):
                await server.held.wait()
        return seen

    seen = asyncio.run(scenario())
    assert seen.pauses == [0.5, 1.0, 2.0]
    assert seen.batches == [updates(7)]
    assert caplog.messages == UNREACHABLE


def test_cancelling_ends_a_long_poll_at_once() -> None:
    async def scenario() -> None:
        async with talking(getUpdates=[hold]) as (telegram, server):
            task = asyncio.ensure_future(poll(telegram, Seen().take))
            await server.held.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert not server.over.is_set()

    asyncio.run(scenario())


def test_the_log_shows_neither_words_nor_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    run(raw(200, '{"ok":true,"result":[{"text":"my secret"'), raw(502, "my secret"), reset, ok([]))
    assert "secret" not in caplog.text
    assert "4242424242" not in caplog.text
