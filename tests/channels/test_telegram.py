"""What the bot asks Telegram beside sending, against a server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from bot.channels.sending import Introduction
from bot.channels.telegram import Telegram
from tests.channels.loopback import Answer, Loopback, connected, error, free_port, ok, raw, reset, talking

T = TypeVar("T")

ME = {"id": 4242424242, "is_bot": True, "first_name": "Glimmers", "username": "glimmers_bot"}
INTRODUCTION = Introduction((("glimmer", "Keep one"), ("help", "What I can do")), "Small good moments.", "Moments.")
COMMANDS = [
    {"command": "glimmer", "description": "Keep one"},
    {"command": "help", "description": "What I can do"},
]


def ask(question: Callable[[Telegram], Awaitable[T]], **answers: list[Answer]) -> tuple[T, Loopback]:
    async def scenario() -> tuple[T, Loopback]:
        async with talking(**answers) as (telegram, server):
            return await question(telegram), server

    return asyncio.run(scenario())


def test_the_bot_knows_its_number_and_asks_for_its_name() -> None:
    name, _ = ask(lambda telegram: telegram.me(), getMe=[ok(ME)])
    assert name == "glimmers_bot"
    assert Telegram("123456:shape").bot_id == 123456


@pytest.mark.parametrize("code", [401, 404])
def test_a_refused_token_is_told_without_showing_it(code: int) -> None:
    with pytest.raises(PermissionError, match="BOT_TOKEN") as caught:
        ask(lambda telegram: telegram.me(), getMe=[error(code, "Unauthorized")])
    assert "4242424242" not in str(caught.value)


def test_no_network_is_a_connection_error() -> None:
    async def scenario() -> None:
        async with connected(f"http://127.0.0.1:{free_port()}") as telegram:
            await telegram.me()

    with pytest.raises(ConnectionError, match="ClientConnectorError"):
        asyncio.run(scenario())


def test_updates_stay_raw() -> None:
    unheard_of = {"update_id": 3, "brought_by_a_dove": {"twig": True}}
    updates, server = ask(lambda telegram: telegram.updates(3, 1.0), getUpdates=[ok([unheard_of])])
    assert updates == [unheard_of]
    [asked] = server.asked("getUpdates")
    assert (asked["offset"], asked["timeout"]) == (3, 1)
    assert "message_reaction" in asked["allowed_updates"]


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        (ok(), 0),
        (error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"), 0),
        (error(500, "Internal Server Error"), 1),
        (reset, 1),
    ],
)
def test_a_press_is_answered_or_logged_once(answer: Answer, lines: int, caplog: pytest.LogCaptureFixture) -> None:
    _, server = ask(lambda telegram: telegram.answer_press("17"), answerCallbackQuery=[answer])
    assert server.calls == [("answerCallbackQuery", {"callback_query_id": "17"})]
    assert len(caplog.messages) == lines


def file(size: int = 3) -> dict[str, Any]:
    return {"file_id": "f", "file_unique_id": "u", "file_size": size, "file_path": "photo.jpg"}


@pytest.mark.parametrize(
    ("answers", "content"),
    [
        ({"getFile": [ok(file())], "photo.jpg": [raw(200, "abc")]}, b"abc"),
        ({"getFile": [ok(file())], "photo.jpg": [raw(404, "gone")]}, None),
        ({"getFile": [error(400, "Bad Request: file is too big")]}, None),
        (
            {"getFile": [error(400, "Bad Request: wrong file_id or the file is temporarily unavailable")]},
            None,
        ),
        ({"getFile": [ok(file(20_000_001))]}, None),
    ],
)
def test_a_file_comes_while_telegram_gives_it(answers: dict[str, list[Answer]], content: bytes | None) -> None:
    assert ask(lambda telegram: telegram.download("f"), **answers)[0] == content


def test_a_download_that_breaks_is_not_taken_for_a_lost_file() -> None:
    with pytest.raises(ConnectionError):
        ask(lambda telegram: telegram.download("f"), getFile=[reset])


def setters(server: Loopback) -> list[tuple[str, dict[str, Any]]]:
    return [call for call in server.calls if call[0].startswith("set")]


def test_the_introduction_is_set_where_it_differs() -> None:
    _, server = ask(
        lambda telegram: telegram.introduce(INTRODUCTION),
        getMyCommands=[ok(COMMANDS[:1])],
        getMyDescription=[ok({"description": "Small good moments."})],
        getMyShortDescription=[ok({"short_description": ""})],
        setMyCommands=[ok()],
        setMyShortDescription=[ok()],
    )
    assert setters(server) == [
        ("setMyCommands", {"commands": COMMANDS}),
        ("setMyShortDescription", {"short_description": "Moments."}),
    ]


def test_an_introduction_that_fails_is_told() -> None:
    with pytest.raises(ConnectionError):
        ask(lambda telegram: telegram.introduce(INTRODUCTION), getMyCommands=[error(500)])
