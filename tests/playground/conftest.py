from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.playground.api import BotApi
from bot.playground.people import Person
from bot.playground.server import serve
from scheduler.clock import Clock

TOKEN = "1:test"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _times_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(clock: Clock) -> BotApi:
    return BotApi(token=TOKEN, now=clock.now)


@pytest.fixture
async def url(api: BotApi) -> AsyncIterator[str]:
    async with serve(api) as url:
        yield url


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    async with bot_for(TOKEN, url) as bot:
        yield bot


@pytest.fixture
def ada(api: BotApi) -> Person:
    """Somebody who has spoken to the bot."""
    ada = api.person(user_id=7, first_name="Ada", language_code="en")
    ada.say("/start")
    return ada


def bot_for(token: str, url: str) -> Bot:
    return Bot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
