"""Telegram calls us: an update is answered 200 only after it was taken."""

from __future__ import annotations

import asyncio
import hmac
import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web
from yarl import URL

from bot.channels.polling import NotTaken, Spell, Take, answer_presses, hand_over
from bot.channels.telegram import Telegram
from bot.desk import patiently

LARGEST = 2**20
SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Webhook:
    """`url` is what Telegram calls, `host` and `port` where we listen; a proxy with TLS stands between."""

    telegram: Telegram
    url: str
    secret: str
    host: str
    port: int

    async def listen(self, take: Take) -> None:
        """Take updates until cancelled; what is being taken then is finished. No trouble ends it."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(URL(self.url).path_safe, partial(self._receive, take, Spell()))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
        await runner.setup()
        try:
            await patiently(partial(self._open, runner), "WEBHOOK_LISTEN cannot be listened at")
            await self._announce()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _open(self, runner: web.AppRunner) -> None:
        await web.TCPSite(runner, self.host, self.port).start()

    async def _announce(self) -> None:
        spell = Spell()
        while True:
            try:
                await self.telegram.set_webhook(self.url, self.secret)
            except Exception as error:
                await asyncio.sleep(spell.meet(error))
            else:
                return spell.end()

    async def _receive(self, take: Take, spell: Spell, request: web.Request) -> web.Response:
        """403 without our secret, 413 over a megabyte, 400 for what is no update, 503 while it cannot be stored."""
        given = request.headers.get(SECRET, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self.secret.encode()):
            return web.Response(status=403)
        update = await read_update(request)
        if update is None:
            return web.Response(status=400)
        try:
            await hand_over([update], take)
        except NotTaken as error:
            spell.meet(error)
            return web.Response(status=503)
        spell.end()
        await answer_presses(self.telegram, [update])
        return web.Response()


async def read_update(request: web.Request) -> dict[str, Any] | None:
    """The update in a request's body; None for anything else, or if the caller hung up in the middle of it."""
    try:
        update = json.loads(await request.read())
    except (ConnectionError, ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
