"""What a page plays with: one rehearsal after another, two people, and the news of both for whoever watches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.playground.folder import clear, database
from bot.playground.people import Person
from bot.playground.rehearsal import Rehearsal, rehearsal
from scheduler.clock import Clock

log = logging.getLogger(__name__)

PEOPLE = {7: "You", 8: "Someone else"}
TOGETHER = 0.03  # seconds in which news are gathered
AGAIN = 0.1


class Refused(Exception):
    """What the page asked for cannot be; the text says why, to the person who asked."""


@dataclass
class Guest:
    """A person and the device they hold: its zone, "" for the browser's own. Telegram tells bots no zone."""

    person: Person
    zone: str = ""


@dataclass(frozen=True)
class Outlook:
    """How things stood at `version`: whether the bot had something to do, and when it will speak by itself."""

    run: int = 0
    version: int = 0
    busy: bool = True
    next_moment: datetime | None = None


class Session:
    """The rehearsal at hand. Whatever changes it calls `changed()`; a look at the bot follows, then the watchers."""

    def __init__(self, folder: Path, make_clock: Callable[[], Clock]) -> None:
        self.rehearsal: Rehearsal
        self.guests: dict[int, Guest] = {}
        self.outlook = Outlook()
        self._folder, self._make_clock = folder, make_clock
        self._run = self._version = 0
        self._news = asyncio.Event()
        self._watchers: set[asyncio.Event] = set()
        self._stack = AsyncExitStack()
        self._turning: asyncio.Task[None] | None = None
        self._one = asyncio.Lock()

    async def begin(self) -> None:
        self.rehearsal = await self._stack.enter_async_context(rehearsal(database(self._folder), self._make_clock()))
        await self.rehearsal.listening()
        api = self.rehearsal.api
        api.on_call = self._news.set
        self.guests = {number: Guest(api.person(number, name, language_code="en")) for number, name in PEOPLE.items()}
        self._run += 1
        self.changed()

    async def end(self) -> None:
        if self._turning:
            self._turning.cancel()
            with suppress(asyncio.CancelledError):
                await self._turning
        await self._stack.aclose()

    async def start_over(self) -> None:
        """A fresh folder and a fresh bot."""
        async with self._one:
            await self.end()
            clear(self._folder)
            await self.begin()

    def changed(self) -> int:
        """Somebody did something. The number returned is that of the outlook in which it is seen."""
        self._version += 1
        self._news.set()
        return self._version

    async def wind(self, by: timedelta | None) -> None:
        """Begin to wind the clock, to the next nudge where no time is given."""
        if self._turning and not self._turning.done():
            raise Refused("The clock is still turning.")
        if by is None and await self.rehearsal.service.next_moment() is None:
            raise Refused("Nothing is planned yet: no time is set.")
        work = self.rehearsal.wind_to_next() if by is None else self.rehearsal.live_through(by)
        self._turning = asyncio.create_task(self._turn(work))

    async def _turn(self, work: Awaitable[None]) -> None:
        await work
        self.changed()

    @contextmanager
    def watching(self) -> Iterator[asyncio.Event]:
        """An event that is set at every news."""
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    async def watch(self) -> None:
        """Look at the bot after every news, and again as long as it has something to do."""
        while True:
            await self._news.wait()
            await asyncio.sleep(TOGETHER)
            self._news.clear()
            try:
                async with self._one:
                    self.outlook = await self._look()
            except Exception as error:
                log.error("The bot cannot be looked at: %s", type(error).__name__)
            for watcher in self._watchers:
                watcher.set()
            if self.outlook.busy:
                asyncio.get_running_loop().call_later(AGAIN, self._news.set)

    async def _look(self) -> Outlook:
        version, service = self._version, self.rehearsal.service
        busy = bool(self.rehearsal.api.waiting) or not await service.settled() or self._is_turning
        return Outlook(self._run, version, busy, await service.next_moment())

    @property
    def _is_turning(self) -> bool:
        return self._turning is not None and not self._turning.done()


@asynccontextmanager
async def session(folder: Path, make_clock: Callable[[], Clock] = Clock) -> AsyncIterator[Session]:
    """At work until the block is left."""
    ours = Session(folder, make_clock)
    await ours.begin()
    watching = asyncio.create_task(ours.watch())
    try:
        yield ours
    finally:
        watching.cancel()
        await ours.end()
