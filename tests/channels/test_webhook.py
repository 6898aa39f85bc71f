"""Updates that Telegram brings: every answer it may hear, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.channels.polling import Updates
from bot.channels.telegram import ALLOWED_UPDATES, TOKEN_REFUSED
from bot.channels.webhook import LARGEST, SECRET, Webhook
from tests.channels.loopback import Answer, Loopback, connected, error, free_port, ok, serving

URL = "https://bot.example.org/hook/here"
WORD = "a-b_9"
ASKED = {"url": URL, "secret_token": WORD, "allowed_updates": ALLOWED_UPDATES}
UPDATE = {"update_id": 7, "message": {}}
STORED = "Updates cannot be stored (OSError); they wait at Telegram"
AGAIN = "Updates come in again"
TAKEN_PORT = r"WEBHOOK_LISTEN cannot be listened at \(.*address already in use\); trying again"
NO_HTTPS = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


@dataclass
class Door:
    """Where Telegram's calls arrive; what was taken there, what `take` is to raise, whether it is held up."""

    port: int
    api: Loopback
    batches: list[Updates] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    free: asyncio.Event = field(default_factory=asyncio.Event)
    busy: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, batch: Updates) -> None:
        self.busy.set()
        await self.free.wait()
        if self.trouble:
            raise self.trouble.pop()
        self.batches.append(batch)

    async def post(
        self, body: Any = UPDATE, path: str = "/hook/here", secret: str | None = WORD, method: str = "POST"
    ) -> int:
        """The status of one call. `body` is sent as JSON unless it is bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        url, headers = f"http://127.0.0.1:{self.port}{path}", {} if secret is None else {SECRET: secret}
        async with aiohttp.request(method, url, data=io.BytesIO(content), headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def at_the_door(
    answers: dict[str, list[Answer]], url: str = URL, port: int = 0
) -> AsyncIterator[tuple[Door, asyncio.Task[None]]]:
    """The webhook at work; it ends with the block."""
    api = Loopback({"setWebhook": [ok()], "answerCallbackQuery": [ok()]} | answers)
    async with serving(api, free_port()) as root, connected(root) as telegram:
        door = Door(port or free_port(), api)
        door.free.set()
        listening = asyncio.ensure_future(Webhook(telegram, url, WORD, "127.0.0.1", door.port).listen(door.take))
        try:
            yield door, listening
        finally:
            await ended(listening)


async def ended(listening: asyncio.Task[None]) -> None:
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not is_so():
            await asyncio.sleep(0.01)


def run(scenario: Callable[[Door], Awaitable[None]], url: str = URL, **answers: list[Answer]) -> Door:
    """Play it once Telegram was told where to call."""

    async def play() -> Door:
        async with at_the_door(answers, url) as (door, _):
            await until(lambda: door.api.asked("setWebhook"))
            await scenario(door)
        return door

    return asyncio.run(play())


def answered(status: int, url: str = URL, **call: Any) -> list[Updates]:
    """One call and its status; returns what was taken."""

    async def scenario(door: Door) -> None:
        assert await door.post(**call) == status

    return run(scenario, url).batches


@pytest.fixture(autouse=True)
def _info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot")


def test_an_update_is_taken_and_telegram_was_told_where_to_bring_it() -> None:
    async def scenario(door: Door) -> None:
        assert [await door.post(), await door.post({"update_id": 8})] == [200, 200]

    door = run(scenario)
    assert door.batches == [[UPDATE], [{"update_id": 8}]]
    assert door.api.calls == [("setWebhook", ASKED)]


@pytest.mark.parametrize("secret", [None, "", "a-b_8", WORD + "9", WORD.upper(), "a-b_é"])
def test_a_wrong_or_missing_secret_is_refused(secret: str | None) -> None:
    assert answered(403, secret=secret) == []


def test_a_secret_that_is_no_text_is_refused_too(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(door: Door) -> None:
        answer, line = await asyncio.open_connection("127.0.0.1", door.port)
        line.write(b"POST /hook/here HTTP/1.1\r\nHost: x\r\n" + SECRET.encode() + b": \xff\xfe\r\n\r\n")
        assert b" 403 " in await answer.readline()
        line.close()

    assert run(scenario).batches == [] and caplog.messages == []


def test_a_body_over_a_megabyte_is_refused_and_one_of_just_that_is_taken() -> None:
    whole = b'{"update_id": 7}'
    largest = whole + b" " * (LARGEST - len(whole))
    assert answered(200, body=largest) == [[{"update_id": 7}]]
    assert answered(413, body=largest + b" ") == []
    assert answered(403, body=largest + b" ", secret=None) == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, [UPDATE], None, "7", 7, {}, {"update_id": "7"}])
def test_what_is_no_update_is_refused(body: Any) -> None:
    assert answered(400, body=body) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_other_methods_and_paths_are_not_there(method: str) -> None:
    assert answered(405, method=method) == []
    assert answered(404, method=method, path="/hook") == []


@pytest.mark.parametrize(
    ("url", "path"), [("https://bot.example.org", "/"), ("https://bot.example.org:8443/a%20b", "/a%20b")]
)
def test_calls_arrive_at_the_path_of_the_address(url: str, path: str) -> None:
    assert answered(200, url, path=path) == [[UPDATE]]
    assert answered(404, url, path="/hook/here") == []


def test_what_cannot_be_stored_is_brought_again(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(door: Door) -> None:
        door.trouble = [OSError("disk full while storing 'the light on the wall'") for _ in range(2)]
        assert [await door.post() for _ in range(4)] == [503, 503, 200, 200]
        door.trouble = [OSError()]
        assert [await door.post(), await door.post()] == [503, 200]

    assert run(scenario).batches == [[UPDATE]] * 3
    assert caplog.messages == [STORED, AGAIN] * 2


def test_a_press_is_answered_once_it_is_stored_also_when_seen_before() -> None:
    press = {"update_id": 7, "callback_query": {"id": "a"}}

    async def scenario(door: Door) -> None:
        door.trouble = [OSError()]
        assert await door.post(press) == 503
        assert not door.api.asked("answerCallbackQuery")
        assert [await door.post(press), await door.post(press), await door.post(UPDATE)] == [200] * 3

    assert run(scenario).api.asked("answerCallbackQuery") == [{"callback_query_id": "a"}] * 2


def test_telegram_is_told_patiently(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(door: Door) -> None:
        assert await door.post() == 200
        await until(lambda: len(door.api.asked("setWebhook")) == 2)
        await until(lambda: AGAIN in caplog.messages)

    door = run(scenario, setWebhook=[error(500), ok()])
    assert door.api.asked("setWebhook") == [ASKED] * 2
    assert caplog.messages == ["Telegram cannot be reached (NetworkError); trying again", AGAIN]


@pytest.mark.parametrize(
    ("refusal", "line"),
    [
        (error(400, NO_HTTPS), "Telegram does not accept WEBHOOK_URL (Bad webhook: an https url"),
        (error(401, "Unauthorized"), TOKEN_REFUSED),
    ],
)
def test_a_refusal_says_what_to_put_right(refusal: Answer, line: str, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(_: Door) -> None:
        await until(lambda: caplog.messages)

    run(scenario, setWebhook=[refusal])
    assert len(caplog.messages) == 1 and caplog.messages[0].startswith(line)


def test_a_port_in_use_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            async with at_the_door({}, port=other.getsockname()[1]) as (door, _):
                await until(lambda: caplog.messages)
                assert not door.api.calls
                other.close()
                await until(lambda: door.api.calls)
                assert await door.post() == 200

    asyncio.run(play())
    assert re.fullmatch(TAKEN_PORT, caplog.messages[0])
    assert caplog.messages[1:] == ["That works again"]


def test_a_call_in_hand_is_finished_before_the_end() -> None:
    async def play() -> None:
        async with at_the_door({}) as (door, listening):
            await until(lambda: door.api.calls)
            door.free.clear()
            call = asyncio.ensure_future(door.post())
            await door.busy.wait()
            ending = asyncio.ensure_future(ended(listening))
            await asyncio.sleep(0.05)
            assert not listening.done()
            door.free.set()
            assert await call == 200
            await ending
            assert door.batches == [[UPDATE]]
            with pytest.raises(aiohttp.ClientConnectorError):
                await door.post()

    asyncio.run(play())


def test_a_call_that_breaks_off_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(door: Door) -> None:
        _, line = await asyncio.open_connection("127.0.0.1", door.port)
        head = f"POST /hook/here HTTP/1.1\r\nHost: x\r\n{SECRET}: {WORD}\r\nContent-Length: 99\r\n\r\n"
        line.write(head.encode() + b'{"update_id": 7}')
        await line.drain()
        line.close()
        assert await door.post({"update_id": 8}) == 200

    assert run(scenario).batches == [[{"update_id": 8}]]
    assert caplog.messages == []
