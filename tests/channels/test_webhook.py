"""Updates that Telegram brings: taken, refused, brought again."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp.test_utils import unused_port as free_port

from bot.channels.telegram import Telegram
from bot.channels.webhook import LARGEST, SECRET, Webhook
from bot.house import furnished
from bot.playground.api import BotApi
from bot.playground.server import serve
from bot.service import Service
from bot.settings import Access, Settings
from scheduler.clock import Clock
from storage.store import open_store
from storage.vault import Vault, new_key

TOKEN = "1:webhook"
GOOD = {SECRET: "s3cret"}


def update(number: int, text: str) -> dict[str, Any]:
    ada = {"id": 7, "is_bot": False, "first_name": "Ada"}
    chat = {"id": 7, "type": "private", "first_name": "Ada"}
    message = {"message_id": number, "date": 1_778_754_600, "from": ada, "chat": chat, "text": text}
    return {"update_id": number, "message": message}


async def status(port: int, body: Any, headers: dict[str, str] = GOOD, path: str = "/hook", how: str = "POST") -> int:
    data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    url = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as session, session.request(how, url, data=data, headers=headers) as answer:
        return answer.status


async def listening(api: BotApi, act: Callable[[int, list[Any]], Awaitable[None]], broken: bool = False) -> None:
    """`act` with a webhook that listens at a port, and the list of what it took."""
    taken: list[Any] = []

    async def take(batch: list[dict[str, Any]]) -> None:
        if broken:
            raise OSError("the disk is full")
        taken.extend(batch)

    async with serve(api) as url:
        telegram = Telegram(TOKEN, url)
        await telegram.start()
        port = free_port()
        webhook = Webhook(telegram, f"http://127.0.0.1:{port}/hook", "s3cret", "127.0.0.1", port)
        running = asyncio.create_task(webhook.listen(take))
        while not any(call.method == "setWebhook" for call in api.calls):
            assert not running.done()
            await asyncio.sleep(0.01)
        await act(port, taken)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await telegram.close()


def made() -> BotApi:
    return BotApi(TOKEN, lambda: datetime.now(UTC))


def test_only_an_update_with_the_secret_is_taken() -> None:
    async def act(port: int, taken: list[Any]) -> None:
        assert await status(port, update(1, "hello")) == 200
        assert await status(port, update(2, "hello"), {}) == 403
        assert await status(port, update(2, "hello"), {SECRET: "wrong"}) == 403
        assert await status(port, b"{not json") == 400
        assert await status(port, [1, 2]) == 400
        assert await status(port, {"no": "update"}) == 400
        assert await status(port, b" " * (LARGEST + 10)) == 413
        assert await status(port, update(3, "hello"), path="/other") == 404
        assert await status(port, update(3, "hello"), how="PUT") == 405
        assert taken == [update(1, "hello")]

    api = made()
    asyncio.run(listening(api, act))
    (call,) = [call for call in api.calls if call.method == "setWebhook"]
    assert call.params["secret_token"] == "s3cret" and "drop_pending_updates" not in call.params


def test_what_cannot_be_stored_is_to_be_brought_again() -> None:
    async def act(port: int, _taken: list[Any]) -> None:
        assert await status(port, update(1, "hello")) == 503

    asyncio.run(listening(made(), act, broken=True))


def test_the_whole_bot_hears_through_it(tmp_path: Path) -> None:
    async def play() -> None:
        api, port = made(), free_port()
        store = open_store(f"sqlite:///{tmp_path}/g.db", Vault([new_key()]))
        async with serve(api) as url:
            api.person(7).say("/start")
            telegram = Telegram(TOKEN, url)
            listen = Webhook(telegram, f"http://127.0.0.1:{port}/hook", "s3cret", "127.0.0.1", port).listen
            house = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
            service = Service(store, house, Access("open"), telegram, Clock(), 25, listen=listen)
            running = asyncio.create_task(service.run())
            while not any(call.method == "setWebhook" for call in api.calls):
                assert not running.done()
                await asyncio.sleep(0.01)
            assert await status(port, update(1, "/start")) == 200
            assert await status(port, update(1, "/start")) == 200
            while not await service.settled():
                await asyncio.sleep(0.01)
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        store.close()
        assert len([call for call in api.calls if call.method == "sendMessage"]) == 1
        assert not any(call.method == "getUpdates" for call in api.calls)

    asyncio.run(play())
