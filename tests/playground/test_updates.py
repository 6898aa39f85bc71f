"""getUpdates as python-telegram-bot meets it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.playground.api import BotApi
from bot.playground.people import Person
from bot.playground.server import serve
from scheduler.clock import Clock
from tests.playground.conftest import TOKEN, bot_for

pytestmark = pytest.mark.anyio


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.effective_message.text for update in updates if update.effective_message]


async def polling(bot: Bot, api: BotApi) -> asyncio.Task[tuple[Update, ...]]:
    """A long poll that has reached the server."""
    before = len(api.calls)
    task = asyncio.create_task(bot.get_updates(timeout=20))
    while len(api.calls) == before:
        await asyncio.sleep(0.005)
    return task


async def test_updates_come_again_until_the_offset_confirms_them(bot: Bot, api: BotApi, ada: Person) -> None:
    ada.say("one")
    ada.say("two")
    first = await bot.get_updates()
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert texts(first) == texts(again) == ["/start", "one", "two"]
    assert texts(rest) == ["one", "two"]
    assert api.waiting == 2
    assert texts(await bot.get_updates(offset=first[-1].update_id + 1)) == []
    assert api.waiting == 0


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, api: BotApi, ada: Person) -> None:
    for text in ("one", "two", "three"):
        ada.say(text)
    assert texts(await bot.get_updates(offset=-2)) == ["two", "three"]
    assert texts(await bot.get_updates(offset=-9, limit=1)) == ["two"]
    assert api.waiting == 2


async def test_an_offset_far_in_the_future_is_not_believed(bot: Bot, ada: Person) -> None:
    last = (await bot.get_updates())[-1].update_id
    assert texts(await bot.get_updates(offset=last + 100)) == [ada.chat[0]["text"]]


async def test_updates_are_kept_for_a_day(bot: Bot, api: BotApi, ada: Person, clock: Clock) -> None:
    clock.wind(timedelta(hours=23))
    ada.say("later")
    assert api.waiting == 2
    clock.wind(timedelta(hours=2))
    assert texts(await bot.get_updates()) == ["later"]


async def test_a_long_poll_wakes_when_somebody_speaks_in_another_thread(bot: Bot, api: BotApi) -> None:
    poll = await polling(bot, api)
    await asyncio.to_thread(api.person(user_id=8, first_name="Bo").say, "hello")
    assert texts(await poll) == ["hello"]


async def test_a_second_poll_ends_the_first(bot: Bot, api: BotApi, url: str) -> None:
    first = await polling(bot, api)
    async with bot_for(TOKEN, url) as twin:
        second = await polling(twin, api)
        with pytest.raises(Conflict, match=r"^Conflict: terminated by other getUpdates request; make sure"):
            await first
        api.person(8).say("hello")
        assert texts(await second) == ["hello"]


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot, api: BotApi, ada: Person) -> None:
    await bot.get_updates(offset=-1)
    await bot.get_updates(offset=api.updates.waiting()[0]["update_id"] + 1)
    poll = await polling(bot, api)
    await bot.set_webhook("https://example.org/hook", secret_token="secret")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    ada.say("hello")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://example.org/hook", 1)
    await bot.delete_webhook()
    assert texts(await bot.get_updates()) == ["hello"]


async def test_reactions_come_only_to_a_bot_that_asked_and_the_asking_is_remembered(
    bot: Bot, api: BotApi, ada: Person
) -> None:
    ada.react(1, "❤")
    await bot.get_updates(allowed_updates=["message_reaction", "message"])
    ada.react(1, None)
    ada.edit(1, "edited")
    api.push({"a kind of tomorrow": {}})
    seen = await bot.get_updates()
    assert [update.message_reaction is not None for update in seen] == [False, True, False]
    assert seen[1].message_reaction and seen[1].message_reaction.user
    assert seen[1].message_reaction.user.id == 7
    assert seen[2].api_kwargs == {"a kind of tomorrow": {}}


async def test_what_was_said_while_no_server_ran_is_waiting_when_it_runs_again(api: BotApi, ada: Person) -> None:
    async with serve(api) as url, bot_for(TOKEN, url) as bot:
        await bot.get_updates()
    ada.say("into the silence")
    async with serve(api, port=int(url.rpartition(":")[2])) as again, bot_for(TOKEN, again) as bot:
        assert again == url
        assert texts(await bot.get_updates()) == ["/start", "into the silence"]
