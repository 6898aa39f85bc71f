"""The four ends of a send, from a real server's behaviour to the ending."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
from telegram.error import TelegramError, TimedOut

from bot.channels.sending import End, Ending, Request
from bot.channels.telegram import ending
from bot.channels.transport import Transport
from tests.channels.loopback import (
    TOKEN,
    Answer,
    Loopback,
    connected,
    cut,
    error,
    free_port,
    ok,
    raw,
    reset,
    talking,
)

SAYING = Request("sendMessage", {"chat_id": 7, "text": "the light on the wall"})


def send(request: Request, answer: Answer) -> tuple[Ending, Loopback]:
    async def scenario() -> tuple[Ending, Loopback]:
        async with talking(**{request.method: [answer]}) as (telegram, server):
            return await telegram.send(request), server

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (ok({"message_id": 5}), Ending(End.TAKEN, message_id=5)),
        (ok(True), Ending(End.TAKEN)),
        (
            error(400, "Bad Request: message is not modified: specified new message content"),
            Ending(End.TAKEN, reason="not modified"),
        ),
        (
            error(429, "Too Many Requests: retry after 7", retry_after=7),
            Ending(End.NOT_SENT, retry_after=7.0, reason="too many requests"),
        ),
        (
            error(429, "Too Many Requests"),
            Ending(End.NOT_SENT, retry_after=1.0, reason="too many requests"),
        ),
        (error(401, "Unauthorized"), Ending(End.NOT_SENT, reason="token refused")),
        (error(404, "Not Found"), Ending(End.NOT_SENT, reason="token refused")),
        (
            error(400, "Bad Request: message text is empty"),
            Ending(End.REFUSED, reason="message text is empty"),
        ),
        (
            error(400, "Bad Request: chat not found"),
            Ending(End.REFUSED, blocked=True, reason="chat not found"),
        ),
        (
            error(403, "Forbidden: bot was blocked by the user"),
            Ending(End.REFUSED, blocked=True, reason="bot was blocked by the user"),
        ),
        (
            error(403, "Forbidden: MESSAGE_AUTHOR_REQUIRED"),
            Ending(End.REFUSED, reason="message_author_required"),
        ),
        (raw(413, "<html>too large</html>"), Ending(End.REFUSED, reason="request entity too large")),
        (error(500, "Internal Server Error"), Ending(End.UNKNOWN, reason="NetworkError")),
        (raw(502, "<html>Bad Gateway</html>"), Ending(End.UNKNOWN, reason="not an answer of Telegram")),
        (raw(403, "<html>a proxy says no</html>"), Ending(End.UNKNOWN, reason="not an answer of Telegram")),
        (raw(200, "<html>log in to this network</html>"), Ending(End.UNKNOWN, reason="NotTelegram")),
        (raw(200, "[]"), Ending(End.UNKNOWN, reason="NotTelegram")),
        (reset, Ending(End.UNKNOWN, reason="ServerDisconnectedError")),
        (cut, Ending(End.UNKNOWN, reason="ClientPayloadError")),
    ],
)
def test_an_answer_ends_a_send_in_one_of_four_ways(answer: Answer, expected: Ending) -> None:
    assert send(SAYING, answer)[0] == expected


def test_a_refused_connection_has_sent_nothing() -> None:
    async def scenario() -> Ending:
        async with connected(f"http://127.0.0.1:{free_port()}") as telegram:
            return await telegram.send(SAYING)

    assert asyncio.run(scenario()) == Ending(End.NOT_SENT, reason="no connection: ClientConnectorError")


def request_in_haste(scheme: str, **timeouts: Any) -> TelegramError:
    """The error of a request that gives up early on a server that lets everyone in and keeps silent."""

    async def scenario(address: str) -> TelegramError:
        async with Transport() as transport:
            with pytest.raises(TelegramError) as caught:
                await transport.post(f"{scheme}://{address}/bot{TOKEN}/sendMessage", **timeouts)
        return caught.value

    with socket.create_server(("127.0.0.1", 0)) as silent:
        return asyncio.run(scenario("{}:{}".format(*silent.getsockname())))


def test_a_connection_that_takes_too_long_has_sent_nothing() -> None:
    gone = request_in_haste("https", connect_timeout=0.05)
    assert isinstance(gone, TimedOut)
    assert ending(gone) == Ending(End.NOT_SENT, reason="no connection: ConnectionTimeoutError")


def test_an_answer_that_takes_too_long_leaves_the_end_unknown() -> None:
    gone = request_in_haste("http", read_timeout=0.05)
    assert isinstance(gone, TimedOut)
    assert ending(gone) == Ending(End.UNKNOWN, reason="SocketTimeoutError")


def test_a_reason_repeats_nothing_that_was_sent() -> None:
    answer = error(400, 'Bad Request: can\'t parse entities: Unsupported start tag "my secret" at byte 3')
    assert send(SAYING, answer)[0].reason == "can't parse entities"


def test_parameters_arrive_as_json() -> None:
    params: dict[str, Any] = {
        "chat_id": 7,
        "text": "שלום 🌿",
        "reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]},
    }
    _, server = send(Request("sendMessage", params), ok())
    assert server.calls == [("sendMessage", params)]


def test_files_arrive_beside_their_parameters() -> None:
    files = {"document": ("glimmers.json", b"{}")}
    request = Request("sendDocument", {"chat_id": 7, "reply_parameters": {"message_id": 3}}, files)
    _, server = send(request, ok({"message_id": 5}))
    assert server.calls == [
        ("sendDocument", {"chat_id": "7", "reply_parameters": '{"message_id": 3}', **files}),
    ]


def test_thirty_sends_share_the_time() -> None:
    async def scenario() -> set[End]:
        everyone = asyncio.Barrier(30)

        async def together(_: Loopback, __: Any) -> Any:
            await everyone.wait()
            return await ok()(_, __)

        async with talking(sendMessage=[together]) as (telegram, _server):
            endings = await asyncio.gather(*(telegram.send(SAYING) for _ in range(30)))
        return {one.end for one in endings}

    assert asyncio.run(scenario()) == {End.TAKEN}
