"""The real bot as a process of its own, to be killed; a Bot API in this one; and a hundred people who speak."""

from __future__ import annotations

import asyncio
import math
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.conversation.events import Due
from bot.keys import as_text
from bot.playground.api import BotApi
from bot.playground.calls import Call, Json
from bot.playground.people import Person
from bot.playground.server import serve
from bot.turn import fallen_due
from storage import inbox, outbox, people, reminders
from storage.store import Store, make_engine, open_store
from storage.tables import outbox as letters
from storage.vault import Vault, new_key

ROOT = Path(__file__).parents[2]
TOKEN = "1:faults"
PEOPLE = 100
PER_SECOND = 20  # messages, from all people together
PACE = 25
BRISK = 1000  # so that a hundred beginnings take seconds
FARTHEST = 0.1  # seconds on the way, one way
MINUTE = timedelta(minutes=1)
EARLY = 5.0  # seconds from the start of a run to the first nudge
Message = tuple[int, int]  # person, message id
CITIES = {"UTC": "UTC", "Lisbon": "Europe/Lisbon", "Kathmandu": "Asia/Kathmandu", "Lima": "America/Lima"}
WORDS = ("warm light", "☀️ on the stairs", "tea,\nand rain", "<b>bold</b> & quiet", "קפה עם נועה", "ضحكة أختي")


class Bot:
    """`python -m bot run` in a folder of its own. What it logs goes to `log`."""

    def __init__(self, folder: Path, url: str, database: str, key: bytes, pace: int) -> None:
        self.pace = pace
        self.log = folder / "log"
        self._folder = folder
        self._settings = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": database,
            "GLIMMERS_KEY": as_text(key),
            "PYTHONPATH": str(ROOT),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, pace: int | None = None) -> None:
        environment = os.environ | self._settings | {"MESSAGES_PER_SECOND": str(pace or self.pace)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                (sys.executable, "-m", "bot", "run"), cwd=self._folder, env=environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> tuple[int, float]:
        """Ask it to end; returns its exit status and the seconds it took."""
        asked = time.monotonic()
        return self._end(signal.SIGTERM), time.monotonic() - asked

    def troubles(self) -> Counter[str]:
        """How often each line of trouble stands in the log."""
        rows = [line.split(" ", 4) for line in self.log.read_text("utf-8").splitlines()]
        return Counter(row[4] for row in rows if len(row) == 5 and row[2] != "INFO")

    def _end(self, by: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(by)
        return process.wait(60)


class Distant(BotApi):
    """Some way off, so that a kill or a cut meets requests on their way there, and answers on their way back."""

    def __init__(self, seed: int) -> None:
        super().__init__(TOKEN, lambda: datetime.now(UTC), seed)
        self._dice = random.Random(seed)

    async def call(self, method: str, raw: Json) -> Call:
        await asyncio.sleep(self._dice.uniform(0, FARTHEST))
        call = await super().call(method, raw)
        await asyncio.sleep(self._dice.uniform(0, FARTHEST))
        return call


@contextmanager
def listening(api: BotApi, port: int) -> Iterator[None]:
    """The Bot API within reach, at work on a thread."""
    loop, server = asyncio.new_event_loop(), serve(api, port)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(30)
        yield
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@dataclass(frozen=True)
class Said:
    words: str
    at: datetime


@dataclass(frozen=True)
class Kill:
    """When, and the nudges that were being tried in that moment, as the database has it."""

    at: datetime
    trying: frozenset[str]


@dataclass
class Trial:
    """One run. `said` is in order, `asked_for` by person, `due` by the nudge's id; `dice` decides what is left to
    chance."""

    api: BotApi
    port: int
    bot: Bot
    folder: Path
    database: str
    vault: Vault
    dice: random.Random
    people: list[Person] = field(default_factory=list)
    said: dict[Message, Said] = field(default_factory=dict)
    asked_for: set[tuple[int, datetime]] = field(default_factory=set)
    kills: list[Kill] = field(default_factory=list)
    due: dict[str, datetime] = field(default_factory=dict)
    start: datetime = field(init=False)

    def begin(self, lasts: float, each: int = 6) -> None:
        """Everyone says yes, where they live, and `each` minutes in the coming `lasts` seconds. Then the bot stops.

        Returns a few seconds before the first of those minutes.
        """
        self.people = [self.api.person(user_id=1000 + n, first_name=f"P{n}") for n in range(PEOPLE)]
        first = (self.api.now() + 1.5 * MINUTE).replace(second=0, microsecond=0)
        minutes = [first + n * MINUTE for n in range(max(1, math.ceil((lasts - EARLY) / 60)))]
        for person in self.people:
            city, chosen = self.dice.choice(list(CITIES)), sorted(self.dice.sample(minutes, min(each, len(minutes))))
            times = [at.astimezone(ZoneInfo(CITIES[city])).strftime("%H:%M") for at in chosen]
            # Asked for one by one: a minute apart, they would not be set to come again and again.
            for words in ("/start", "yes", city, *(f"ask me today at {at}" for at in times)):
                person.say(words)
            self.asked_for |= {(person.user["id"], at) for at in chosen}
        self.bot.start(BRISK)
        self.settle(0, 60)
        assert self.bot.stop()[0] == 0
        self.due = self._nudges_due()
        self.start = first - timedelta(seconds=EARLY)
        assert self.api.now() < self.start, "this machine is too slow: people are asked before the run begins"
        time.sleep((self.start - self.api.now()).total_seconds())

    def _nudges_due(self) -> dict[str, datetime]:
        """The id that each nudge has to have, and when it is due: all that people asked for, and no more."""
        with self.store() as store, store.read() as tx:
            everyone = people.load(tx, [person.user["id"] for person in self.people])
            plans = [rule for some in reminders.of_people(tx, everyone).values() for rule in some]
        assert {(plan.person_id, plan.next_at) for plan in plans} == self.asked_for
        events = [fallen_due(plan).event for plan in plans]
        return {event.nudge_id: event.at for event in events if isinstance(event, Due)}

    def speak(self, person: Person | None = None) -> None:
        """One message: somebody's, or this person's."""
        person = person or self.dice.choice(self.people)
        words = f"{self.dice.choice(WORDS)} {len(self.said)}"
        message = person.say(words)
        self.said[person.user["id"], message["message_id"]] = Said(words, self.api.now())

    def speak_for(self, seconds: float) -> None:
        """Twenty messages a second, evenly, however long each takes."""
        start = time.monotonic()
        for n in range(1, int(seconds * PER_SECOND) + 1):
            time.sleep(max(0.0, start + n / PER_SECOND - time.monotonic()))
            self.speak()

    def kill(self) -> None:
        """Kill the bot, look at what it was trying, and start it again at once."""
        self.bot.kill()
        at, engine = self.api.now(), make_engine(self._copied())
        with engine.connect().execution_options(reading=True) as connection:
            self.kills.append(Kill(at, frozenset(connection.scalars(select(letters.c.nudge_id).where(outbox.TRYING)))))
        engine.dispose()
        self.bot.start()

    def _copied(self) -> str:
        """SQLite is read from a copy: a look at the file itself would mend what the kill left for the bot to mend."""
        if not self.database.startswith("sqlite"):
            return self.database
        file = Path(self.database.removeprefix("sqlite:///"))
        for part in (file, file.with_name(f"{file.name}-wal")):
            if part.exists():
                shutil.copy(part, self.folder / f"copy{part.suffix}")
        return f"sqlite:///{self.folder}/copy{file.suffix}"

    @contextmanager
    def store(self) -> Iterator[Store]:
        opened = open_store(self.database, self.vault)
        try:
            yield opened
        finally:
            opened.close()

    def settle(self, at_least: float, at_most: float = 300) -> float:
        """Leave the bot alone until nothing waits anywhere; returns the seconds that took."""
        start = time.monotonic()
        time.sleep(at_least)
        with self.store() as store:
            assert wait_until(lambda: not self.api.waiting and is_settled(store), at_most), "it never comes to rest"
        return time.monotonic() - start


def is_settled(store: Store) -> bool:
    with store.read() as tx:
        return not inbox.waiting(tx) and not outbox.waiting(tx, datetime.now(UTC))


def wait_until(done: Callable[[], bool], at_most: float) -> bool:
    end = time.monotonic() + at_most
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def trial(folder: Path, database: str, seed: int, pace: int = PACE) -> Iterator[Trial]:
    """A Bot API that does not listen and a bot that is not started yet; afterwards no bot is left."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    key = new_key()
    bot = Bot(folder, f"http://127.0.0.1:{port}", database, key, pace)
    try:
        yield Trial(Distant(seed), port, bot, folder, database, Vault([key]), random.Random(seed))
    finally:
        bot.kill()
