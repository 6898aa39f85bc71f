"""The real bot at work against a Bot API of its own on loopback, with the clock in hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.telegram import Telegram
from bot.house import furnished
from bot.playground.api import BotApi
from bot.playground.server import serve
from bot.service import Service
from bot.settings import Access, Settings
from scheduler.clock import Clock
from storage.store import Store, open_store
from storage.vault import Vault, new_key

TOKEN = "1:rehearsal"
BRISK = 1000
MOMENT = timedelta(milliseconds=1)
PATIENCE = 3.0


@dataclass(frozen=True)
class Rehearsal:
    """Everything at hand: `api.person(…)` speaks, the clock is wound, `settle()` waits for the bot."""

    api: BotApi
    service: Service
    clock: Clock
    store: Store

    async def listening(self) -> None:
        """Until the bot is at work."""
        while not self.api.calls:
            await asyncio.sleep(0.01)

    async def wind(self, by: timedelta) -> None:
        """Move the one clock, and let it tick."""
        self.clock.wind(by)
        await self.service.tick()
        await self.settle()

    async def wind_to_next(self) -> None:
        """To the next nudge of anyone, if there is one."""
        moment = await self.service.next_moment()
        await self.wind(max(timedelta(), moment - self.clock.now()) if moment else timedelta())

    async def live_through(self, span: timedelta) -> None:
        """Let the time pass, and with it every moment at which something is due; in bad weather none waits long."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            moment = await self.service.next_moment()
            step = min(moment or end, end) - self.clock.now()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wind(max(step, MOMENT)), PATIENCE)

    async def settle(self) -> None:
        """Until the bot has heard and said everything."""
        await asyncio.sleep(0.01)
        while self.api.waiting or not await self.service.settled():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def rehearsal(
    database_url: str, clock: Clock, access: Access | None = None, port: int = 0
) -> AsyncIterator[Rehearsal]:
    """At work until the block is left. The key lives in memory only: what was kept cannot be read afterwards."""
    store = open_store(database_url, Vault([new_key()]))
    api = BotApi(TOKEN, clock.now)
    async with serve(api, port) as url:
        house = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
        telegram = Telegram(TOKEN, url)
        service = Service(store, house, access or Access("open"), telegram, clock, BRISK, per_chat=BRISK)
        running = asyncio.create_task(service.run())
        try:
            yield Rehearsal(api, service, clock, store)
        finally:
            api.faults.fair()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            store.close()
