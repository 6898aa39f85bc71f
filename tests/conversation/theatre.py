"""The whole bot in one thread, without HTTP: real updates in, real turns, the real courier, a rehearsed Bot API.

The turns are watched: what was heard, where the conversation stood, and what was answered. The bot can be killed at any
commit, before it or after, and rises again with nothing but its database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from telegram.error import BadRequest, Forbidden

from bot.channels import updates
from bot.channels.sending import End, Ending, Request
from bot.channels.telegram import ALLOWED_UPDATES, ending
from bot.conversation.situation import House, Situation
from bot.courier import Courier
from bot.desk import Desk
from bot.exchange import export
from bot.house import furnished
from bot.pace import Pace
from bot.playground.api import BotApi
from bot.playground.calls import Call, Json, Upload
from bot.playground.rehearsal import TOKEN
from bot.save import Turn
from bot.settings import Access, Settings
from bot.turn import Arrival, Turns
from scheduler.clock import Clock
from storage import glimmers, notes, outbox, people, reminders
from storage.records import Letter
from storage.store import Store, Tx, open_store
from storage.vault import Vault, new_key
from tests.conversation.steps import is_allowed

BOT_ID = int(TOKEN.partition(":")[0])
AT_ONCE = 10_000
MASTER = new_key()

P = ParamSpec("P")
T = TypeVar("T")


class Killed(BaseException):
    """The process ends here, without a word."""


class Hands(Clock):
    """A clock that stands still until it is wound."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at

    def now(self) -> datetime:
        return self._at + self._wound


class Inline(Desk):
    """The desk's work, done at once in this thread."""

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return work(*args, **kwargs)


class Mortal(Store):
    """A store whose process dies at a chosen commit: `after` tells whether the commit still happened."""

    doom: int | None = None
    after = False

    def dies(self, at: int | None, after: bool) -> None:
        """At the commit that many commits from now; None: it lives on."""
        self.doom, self.after = at, after

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        is_last = self.doom == 0
        self.doom = None if is_last or self.doom is None else self.doom - 1
        with super().begin() as tx:
            yield tx
            if is_last and not self.after:
                raise Killed
        if is_last:
            raise Killed


@dataclass(frozen=True)
class InProcess:
    """The channel: a call goes straight to the rehearsed Bot API, as JSON would carry it."""

    api: BotApi

    async def send(self, request: Request) -> Ending:
        files = {name: Upload(*file) for name, file in request.files.items()}
        call = await self.api.call(request.method, json.loads(json.dumps(request.params)) | files)
        if call.status == 200:
            result = call.answer["result"]
            return Ending(End.TAKEN, message_id=result.get("message_id") if isinstance(result, dict) else None)
        return ending((Forbidden if call.status == 403 else BadRequest)(call.description))


class WatchedTurns(Turns):
    """The bot's own turns; each is told once it is thought."""

    def __init__(self, *parts: Any, told: Callable[[Turn], None]) -> None:
        super().__init__(*parts)
        self._told = told

    def _think(self, tx: Tx, arrivals: Sequence[Arrival], now: datetime) -> tuple[list[Turn], list[Arrival]]:
        turns, stuck = super()._think(tx, arrivals, now)
        for turn in turns:
            self._told(turn)
        return turns, stuck


@dataclass
class Theatre:
    """The bot at work for everyone at once. `post` is what Telegram has not been told to forget."""

    folder: Path
    access: Access
    at: datetime
    seen: int = 0
    post: list[Json] = field(default_factory=list)
    deaths: int = 0
    thought: dict[int, Situation] = field(default_factory=dict)
    nudged: list[Situation] = field(default_factory=list)
    strayed: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = Hands(self.at)
        self.api = BotApi(TOKEN, self.clock.now)
        self.api.updates.allowed = ALLOWED_UPDATES
        opened = open_store(f"sqlite:///{self.folder}/glimmers.db", Vault([MASTER]))
        self.store = Mortal(opened.engine, opened.vault)
        self.house: House = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
        self.rise()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def rise(self) -> None:
        """The process begins anew; what it had in memory is gone."""
        parts = (self.store, self.house, self.access, updates.read, updates.sender)
        self.turns = WatchedTurns(*parts, told=self.note)
        channel, pace = InProcess(self.api), Pace(AT_ONCE, AT_ONCE)
        self.courier = Courier(self.store, Inline(), self.clock, channel, self._make, pace)
        self.courier._end_abandoned()

    def note(self, turn: Turn) -> None:
        """What was thought of each update is remembered, and a step that no rule allows."""
        s = turn.situation
        if s.seed[0] == BOT_ID:
            self.thought[int(s.seed[1])] = s
        else:
            self.nudged.append(s)
        if not is_allowed(s, turn.answer):
            self.strayed[s.chat_id] = f"{s.heard.name} led from {s.state.step} to {turn.answer.state}"

    def collect(self) -> list[Json]:
        """What people did since the last time, off Telegram's queue: to be put into `post` or held back."""
        news = self.api.updates.waiting()
        if news:
            self.api.updates.confirm(news[-1]["update_id"] + 1)
        return news

    async def settle(self) -> list[Call]:
        """Until everything is heard and said, however often it dies on the way; returns the calls."""
        while True:
            try:
                self._hear()
                await self._speak()
                break
            except Killed:
                self.deaths += 1
                self.rise()
        self.store.dies(None, after=False)
        calls, self.seen = self.api.calls[self.seen :], len(self.api.calls)
        return calls

    async def wind(self, by: timedelta) -> list[Call]:
        """Through every moment at which something is due; returns the calls, none of which anybody waited for."""
        until = self.now + by
        calls: list[Call] = []
        while self.now < until:
            moment = self.next_moment()
            self.clock.wind(min(until, max(moment, self.now) if moment else until) - self.now)
            calls += await self.settle()
            if moment is None or moment >= until:
                break
        return calls

    def next_moment(self) -> datetime | None:
        with self.store.read() as tx:
            moments = [reminders.next_moment(tx), outbox.next_moment(tx, self.now)]
        return min((moment for moment in moments if moment), default=None)

    def close(self) -> None:
        self.store.close()

    def _hear(self) -> None:
        if self.post:
            self.turns.take(BOT_ID, self.post, self.now)
            self.post = []
        while self.turns.run(self.now):
            for search in self.turns.searches():
                self.turns.found(search, self.turns.search(search))
        while self.turns.fall_due(self.now):
            pass

    async def _speak(self) -> None:
        while posted := self.courier._pick(AT_ONCE, ())[0]:
            for one in posted:
                await self.courier._deliver(one)
            await self.courier._record()

    async def _make(self, kind: str, letter: Letter) -> Request | None:
        """The export, made of what is kept when its turn to leave comes."""
        assert kind == "export"
        with self.store.read() as tx:
            person = people.load(tx, [letter.person_id]).get(letter.person_id)
            if person is None:
                return None
            kept = list(glimmers.every(tx, person))
            rules = reminders.of_people(tx, {person.id: person}).get(letter.person_id, [])
            written = notes.of_people(tx, {person.id: person}).get(letter.person_id, [])

        async def download(file_id: str) -> bytes | None:
            return self.api.files.get(file_id)

        name, packed = await export.packed(export.as_json(kept, rules, written, person.zone, self.now), kept, download)
        return Request(letter.recipe["method"], letter.recipe["params"], {"document": (name, packed)})
