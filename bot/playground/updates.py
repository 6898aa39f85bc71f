"""Telegram's queue of updates: kept for a day, told again and again until confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from threading import RLock

from bot.playground.calls import Json, Refusal
from bot.playground.checks import TYPES

KINDS = set(TYPES["Update"]["fields"])
UNASKED = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
POLLED = "terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Updates:
    """Safe to push to from any thread; `attach` ties it to the event loop that serves it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.lock = RLock()
        self.allowed: list[str] = []
        self.webhook = ""
        self._now = now
        self._ids = count(int(now().timestamp()))
        self._queue: list[tuple[datetime, Json]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Tie it to the loop that serves it; None when the server ends."""
        self._loop, self._news, self._poller = loop, asyncio.Event(), object()

    def push(self, update: Json) -> None:
        """Queue an update, unless of a kind the bot did not ask for; unknown kinds always pass."""
        with self.lock:
            if update.keys() & KINDS <= {"update_id", *(self.allowed or UNASKED)}:
                self._queue.append((self._now(), {"update_id": next(self._ids), **update}))
            self._wake()

    def waiting(self) -> list[Json]:
        """What is neither confirmed nor older than a day."""
        with self.lock:
            self._queue = [entry for entry in self._queue if entry[0] > self._now() - timedelta(days=1)]
            return [update for _, update in self._queue]

    def confirm(self, offset: int) -> None:
        """Forget all below the offset. Below zero it counts from the end; too far ahead is not believed."""
        with self.lock:
            ids = [update["update_id"] for update in self.waiting()]
            if ids and offset < 0:
                offset = ids[max(offset, -len(ids))]
            if ids and offset <= ids[-1] + 11:
                self._queue = [entry for entry in self._queue if entry[1]["update_id"] >= offset]

    def hook(self, params: Json) -> bool:
        """Set the webhook, or delete it with no url. It is remembered only: nothing is delivered there."""
        with self.lock:
            self.webhook, self.allowed = params.get("url", ""), params.get("allowed_updates", self.allowed)
            self._queue = [] if params.get("drop_pending_updates") else self._queue
            self._wake()
        return True

    async def poll(self, params: Json) -> list[Json]:
        """getUpdates: waits up to `timeout` seconds for news. Whoever polls next ends it."""
        if self.webhook:
            raise Refusal(409, HOOKED)
        self.allowed = params.get("allowed_updates", self.allowed)
        me = self._poller = object()
        self._wake()
        self.confirm(params.get("offset", 0))
        with suppress(TimeoutError):
            async with asyncio.timeout(min(params.get("timeout", 0), 50)):
                while self._poller is me and not self.webhook and not self.waiting():
                    self._news.clear()
                    await self._news.wait()
        if self._poller is not me or self.webhook:
            raise Refusal(409, "terminated by setWebhook request" if self.webhook else POLLED)
        return self.waiting()[: params.get("limit", 100)]

    def _wake(self) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self._news.set)
