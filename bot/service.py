"""The parts at work together: polling → inbox → turns → outbox → courier, and the clock's beat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any

from bot.channels import updates
from bot.channels.polling import Take, poll
from bot.channels.sending import Introduction, Request
from bot.channels.telegram import Telegram
from bot.conversation.situation import House
from bot.courier import Courier
from bot.desk import Desk, patiently, reason
from bot.exchange import export
from bot.pace import Pace
from bot.settings import Access
from bot.turn import Search, Turns
from scheduler.clock import Clock
from scheduler.heartbeat import Heartbeat
from storage import glimmers, inbox, notes, outbox, people, reminders
from storage.leader import Leadership
from storage.records import Glimmer, Letter
from storage.store import Store

log = logging.getLogger(__name__)

STAND_BY = 1.0
STANDS_BY = "Another copy is at work with this database; this one stands by"
UNINTRODUCED = "The bot's menu and descriptions cannot be set"

Listen = Callable[[Take], Coroutine[Any, Any, None]]


class LostLead(Exception):
    """This process no longer is the one that speaks for the database."""


class Service:
    """One running bot. `run()` works until cancelled, then finishes what is in hand.

    `listen` brings updates in until it is cancelled; without one Telegram is asked for them. `introduced` is
    told the bot's name once Telegram shows its menu and descriptions.
    """

    def __init__(
        self,
        store: Store,
        house: House,
        access: Access,
        telegram: Telegram,
        clock: Clock,
        per_second: int,
        per_chat: float = 1.0,
        listen: Listen | None = None,
        introduced: Callable[[str], None] | None = None,
    ) -> None:
        self._store = store
        self._house = house
        self._telegram = telegram
        self._clock = clock
        self._desk, self._shelf = Desk(), Desk("shelf")
        self._turns = Turns(store, house, access, updates.read, updates.sender)
        self._courier = Courier(store, self._desk, clock, telegram, self._make, Pace(per_second, per_chat))
        self._listen = listen or partial(poll, telegram)
        self._introduced = introduced
        self._something = asyncio.Event()

    async def run(self) -> None:
        """Stand by until this process leads, then work until cancelled; a lost lead is taken again."""
        await self._telegram.start()
        try:
            while True:
                await self._term()
        finally:
            await self._telegram.close()
            self._shelf.close()
            self._desk.close()

    async def _term(self) -> None:
        """From taking the lead to losing it."""
        leadership = Leadership(self._store)
        await self._lead(leadership)
        heartbeat = Heartbeat(self.tick, self._tidy)
        heartbeat.start()
        try:
            async with asyncio.TaskGroup() as work:
                work.create_task(self._listen(self._take))
                work.create_task(self._work())
                work.create_task(self._courier.run())
                work.create_task(patiently(self._introduce, UNINTRODUCED, (ConnectionError, PermissionError)))
                work.create_task(self._watch(leadership))
        except* LostLead:
            log.warning("The database connection was lost; this copy stands by until it is back")
        finally:
            heartbeat.stop()
            leadership.release()

    async def tick(self) -> None:
        """What the clock has to say: everything due is asked, in batches."""
        while await self._desk.do(self._turns.fall_due, self._clock.now()):
            self._courier.wake()
        self._something.set()
        self._courier.wake()

    async def settled(self) -> bool:
        """Nothing waits in the inbox, nothing is ready to leave or leaving (playground and tests)."""
        return await self._desk.do(self._is_settled)

    async def next_moment(self) -> datetime | None:
        """When the next nudge falls due, or leaves after a snooze (playground and tests)."""
        return await self._desk.do(self._next_moment)

    def _next_moment(self) -> datetime | None:
        with self._store.read() as tx:
            moments = [reminders.next_moment(tx), outbox.next_moment(tx, self._clock.now())]
        return min((moment for moment in moments if moment), default=None)

    def _is_settled(self) -> bool:
        with self._store.read() as tx:
            return not inbox.waiting(tx) and not outbox.waiting(tx, self._clock.now())

    async def _lead(self, leadership: Leadership) -> None:
        told = ""
        while hindrance := await self._hindrance(leadership):
            if hindrance != told:
                log.log(logging.INFO if hindrance == STANDS_BY else logging.WARNING, hindrance)
            told = hindrance
            await asyncio.sleep(STAND_BY)
        if told:
            log.info("This copy is at work now")

    async def _hindrance(self, leadership: Leadership) -> str:
        """Take the lead; what stands in the way if that cannot be done."""
        try:
            taken = await self._desk.do(leadership.take)
        except Exception as error:
            return f"This copy cannot take its turn yet ({reason(error)}); trying again"
        return "" if taken else STANDS_BY

    async def _watch(self, leadership: Leadership) -> None:
        """A copy that lost the lead ends, so that never two of them speak."""
        while await self._desk.do(leadership.held):
            await asyncio.sleep(STAND_BY)
        raise LostLead

    async def _take(self, batch: list[dict[str, Any]]) -> None:
        await self._desk.do(self._turns.take, self._telegram.bot_id, batch, self._clock.now())
        self._something.set()

    async def _work(self) -> None:
        """Turn after turn, as long as something waits; what is searched for meanwhile holds up nobody else."""
        self._turns.begin_anew()
        async with asyncio.TaskGroup() as searching:
            while True:
                await self._something.wait()
                self._something.clear()
                await patiently(partial(self._run_all, searching), "Turns cannot be written")

    async def _run_all(self, searching: asyncio.TaskGroup) -> None:
        while await self._desk.do(self._turns.run, self._clock.now()):
            self._courier.wake()
            for one in self._turns.searches():
                searching.create_task(patiently(partial(self._search, one), "Nothing can be looked up"))

    async def _search(self, one: Search) -> None:
        found = await self._shelf.do(self._turns.search, one)
        await self._desk.do(self._turns.found, one, found)
        self._something.set()

    async def _introduce(self) -> None:
        """That Telegram cannot be reached, or refuses the token, is told by those who listen."""
        await self._telegram.introduce(introduction(self._house))
        if self._introduced:
            self._introduced(await self._telegram.me())

    async def _tidy(self) -> None:
        await self._desk.do(self._turns.tidy, self._clock.now())

    async def _make(self, kind: str, letter: Letter) -> Request | None:
        """Requests that are only recipes until they leave."""
        assert kind == "export", kind
        content = await asyncio.to_thread(self._everything_of, letter.person_id)
        if content is None:
            return None
        as_json, kept = content
        name, packed = await export.packed(as_json, kept, self._telegram.download)
        return Request(letter.recipe["method"], letter.recipe["params"], {"document": (name, packed)})

    def _everything_of(self, person_id: int) -> tuple[dict[str, Any], list[Glimmer]] | None:
        with self._store.read() as tx:
            person = people.load(tx, [person_id]).get(person_id)
            if person is None:
                return None
            kept = list(glimmers.every(tx, person))
            here = {person_id: person}
            rules = reminders.of_people(tx, here).get(person_id, [])
            written = notes.of_people(tx, here).get(person_id, [])
        return export.as_json(kept, rules, written, person.zone, self._clock.now()), kept


def introduction(house: House) -> Introduction:
    """The menu and the descriptions a person sees before they begin."""
    commands = house.voice("menu").split()
    return Introduction(
        commands=tuple((name, house.voice(f"menu.{name}")) for name in commands),
        description=house.voice("description"),
        short_description=house.voice("description.short"),
    )
