"""Telegram calls us: an update is answered 200 only after it was taken."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.polling import Updates, answer_presses
from bot.channels.telegram import Telegram
from bot.desk import patiently

LARGEST = 2**20
SECRET = "X-Telegram-Bot-Api-Secret-Token"

log = logging.getLogger(__name__)

Take = Callable[[Updates], Awaitable[None]]


@dataclass(frozen=True)
class Webhook:
    """`url` is what Telegram calls, `host` and `port` where we listen; a proxy with TLS stands between."""

    telegram: Telegram
    url: str
    secret: str
    host: str
    port: int

    async def listen(self, take: Take) -> None:
        """Take updates until cancelled; what is being taken then is finished."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(urlsplit(self.url).path or "/", partial(self._receive, take))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
            await patiently(self._announce, "The webhook cannot be set")
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _announce(self) -> None:
        await self.telegram.set_webhook(self.url, self.secret)

    async def _receive(self, take: Take, request: web.Request) -> web.Response:
        """403 without our secret, 413 over a megabyte, 400 for what is no update, 503 while it cannot be stored."""
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode(), self.secret.encode()):
            return web.Response(status=403)
        update = await read_update(request)
        if update is None:
            return web.Response(status=400)
        try:
            await take([update])
        except Exception as error:
            log.error("An update cannot be stored (%s); Telegram will bring it again", type(error).__name__)
            return web.Response(status=503)
        await answer_presses(self.telegram, [update])
        return web.Response()


async def read_update(request: web.Request) -> dict[str, Any] | None:
    """The update in a request's body; None for anything else."""
    try:
        update = await request.json()
    except ValueError:
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
