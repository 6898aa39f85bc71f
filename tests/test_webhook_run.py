"""The whole bot, started as a host starts it, with updates that are brought to it."""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import aiohttp

from bot.channels.webhook import SECRET
from bot.playground.api import BotApi
from bot.playground.server import serve
from scheduler.clock import Clock
from storage.vault import new_key
from tests.channels.loopback import free_port
from tests.channels.test_webhook import ASKED, URL, WORD, until

ROOT = Path(__file__).parents[1]
TOKEN = "1:webhook"


@contextmanager
def bot_at_work(folder: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    settings |= {"HOME": str(folder), "PYTHONPATH": str(ROOT), "GLIMMERS_KEY": base64.b64encode(new_key()).decode()}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=kept | settings, stderr=log) as bot,
    ):
        try:
            yield bot
        finally:
            bot.kill()


async def bring(api: BotApi, port: int) -> None:
    """Telegram's side: every waiting update is posted, and forgotten once it was answered 200."""
    for update in api.updates.waiting():
        url = f"http://127.0.0.1:{port}/hook/here"
        async with aiohttp.request("POST", url, json=update, headers={SECRET: WORD}) as answer:
            assert answer.status == 200
        api.updates.confirm(update["update_id"] + 1)


def test_the_whole_bot_talks_by_webhook_and_never_asks(tmp_path: Path) -> None:
    async def play() -> None:
        api, port = BotApi(TOKEN, Clock().now), free_port()
        settings = {"WEBHOOK_URL": URL, "WEBHOOK_SECRET": WORD, "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
        async with serve(api) as root:
            with bot_at_work(tmp_path, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=root, **settings) as bot:
                await converse(api, partial(bring, api, port))
                bot.terminate()
                assert await asyncio.to_thread(bot.wait, 30) == 0
        assert [call.params for call in api.calls if call.method == "setWebhook"] == [ASKED]
        assert not [call for call in api.calls if call.method == "getUpdates"]

    asyncio.run(play())


async def converse(api: BotApi, deliver: Callable[[], Awaitable[None]]) -> None:
    ada = api.person(user_id=7)
    await until(lambda: api.updates.webhook == URL)
    ada.say("/start")
    await deliver()
    await until(lambda: ada.chat[-1].get("reply_markup"))
    ada.press(ada.chat[-1]["message_id"], "yes")
    await deliver()
    await until(lambda: "small good moment" in ada.chat[-1].get("text", ""))
    assert [call.took for call in api.calls if call.method == "answerCallbackQuery"] == [True]
    ada.say("skip")
    kept = ada.say("steam on the window")
    await deliver()
    await until(lambda: [message for message in ada.chat if message["reactions"]])
    assert next(message for message in ada.chat if message["reactions"])["message_id"] == kept["message_id"]
