"""Bad weather: what the bot meets, and what had happened all the same."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.playground.api import BotApi
from bot.playground.faults import Faults
from bot.playground.people import Person

pytestmark = pytest.mark.anyio


async def test_too_many_requests_are_not_done(bot: Bot, api: BotApi, ada: Person) -> None:
    api.faults.next("sendMessage", "429")
    with pytest.raises(RetryAfter) as met:
        await bot.send_message(7, "Hello")
    assert met.value.retry_after == timedelta(seconds=1)
    assert len(ada.chat) == 1
    assert (await bot.send_message(7, "Hello")).text == "Hello"


@pytest.mark.parametrize("kind", ["500", "502", "timeout", "reset"])
@pytest.mark.parametrize("takes", [True, False])
async def test_after_trouble_the_outcome_is_unknown(bot: Bot, api: BotApi, ada: Person, kind: str, takes: bool) -> None:
    api.faults.next("sendMessage", kind, takes)
    with pytest.raises(NetworkError) as met:
        await bot.send_message(7, "Hello", read_timeout=0.1)
    assert isinstance(met.value, TimedOut) == (kind == "timeout")
    assert len(ada.chat) == 1 + takes
    call = api.calls[-1]
    assert (call.fault, call.took) == (kind, takes)
    assert call.status == {"500": 500, "502": 502}.get(kind)


async def test_after_the_patience_a_silent_connection_is_closed(bot: Bot, api: BotApi, ada: Person) -> None:
    api.faults.patience = 0.05
    api.faults.next("editMessageText", "timeout")
    sent = await bot.send_message(7, "Hello")
    with pytest.raises(NetworkError) as met:
        await bot.edit_message_text("Hello again", 7, sent.message_id)
    assert not isinstance(met.value, TimedOut)
    assert ada.chat[-1]["text"] == "Hello again"


async def test_a_poll_that_broke_loses_nothing(bot: Bot, api: BotApi, ada: Person) -> None:
    api.faults.next("getUpdates", "reset", takes=True)
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert [update.message.text for update in await bot.get_updates() if update.message] == [ada.chat[0]["text"]]


async def test_faults_by_share_hit_sending_only_and_the_log_agrees_with_the_chat(
    bot: Bot, api: BotApi, ada: Person
) -> None:
    api.faults.share = {"429": 0.2, "500": 0.2, "reset": 0.2}
    answered = 0
    for n in range(60):
        try:
            await bot.send_message(7, f"{n}")
            answered += 1
        except TelegramError:
            await asyncio.sleep(0)
        await bot.get_me()
    took = [call.params["text"] for call in api.calls if call.method == "sendMessage" and call.took]
    assert took == [message["text"] for message in ada.chat[1:]]
    assert 0 < answered < len(took) < 60


def test_the_same_seed_brings_the_same_weather() -> None:
    def weather(seed: int) -> list[tuple[str, bool]]:
        faults = Faults(seed)
        faults.share = {"429": 0.1, "timeout": 0.1, "reset": 0.1}
        return [faults.meet(method) for method in ("sendMessage", "getUpdates", "editMessageText") * 50]

    assert weather(1) == weather(1) != weather(2)
    assert all(met == ("", True) for met in weather(1)[1::3])
