"""A storm: many people at once, each with a script of their own, and the bot dying on the way now and then."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Select, Table, select

from bot.conversation.rule import Rule
from bot.conversation.rules import rule_for
from bot.gather import A_DAY, LOOK_BACK, lately
from bot.playground.calls import Call, Json
from storage import glimmers, invites, nudges, people, reminders, tables
from storage.tables import inbox, outbox
from tests.conversation.acts import Actor, do
from tests.conversation.promises import Broken, Kept
from tests.conversation.scripts import CODES, Script, Weather, length
from tests.conversation.theatre import Theatre
from tests.conversation.watch import Watch

FIRST_ID = 1000
IN_MEMORY = Path("/dev/shm")
LASTING = (tables.glimmers, tables.parts, tables.reminders, tables.nudges)


@dataclass(frozen=True)
class Failure:
    """A promise that was broken to one person, with all that was said until then."""

    promise: str
    why: str
    script: Script
    told: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([f"{self.why}", *self.told])


@dataclass
class Figures:
    """What a storm was made of."""

    people: int = 0
    deaths: int = 0
    calls: int = 0
    events: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, Rule]] = field(default_factory=Counter)


@dataclass
class Storm:
    """One batch of people under one weather."""

    folder: Path
    scripts: Sequence[Script]
    weather: Weather
    figures: Figures = field(default_factory=Figures)
    failures: list[Failure] = field(default_factory=list)

    def blow(self) -> list[Failure]:
        self.theatre = Theatre(self.folder, self.weather.access, self.weather.starts)
        asyncio.run(self._play())
        return self.failures

    async def _play(self) -> None:
        self.watches = {
            FIRST_ID + script.n: Watch(Actor(self.theatre.api.person(FIRST_ID + script.n))) for script in self.scripts
        }
        self.of = {FIRST_ID + script.n: script for script in self.scripts}
        self.held: list[tuple[int, Json]] = []
        with self.theatre.store.begin() as tx:
            invites.add(tx, CODES, self.theatre.now)
        try:
            for round_ in range(len(self.weather.winds)):
                await self._round(round_)
        finally:
            self.theatre.close()
        self._count()
        self.figures.people += len(self.scripts)
        self.figures.deaths += self.theatre.deaths

    async def _round(self, round_: int) -> None:
        self.theatre.store.dies(*(self.weather.deaths[round_] or (None, False)))
        await self._wind(self.weather.winds[round_])
        self.delivered: dict[int, list[int]] = {}
        for person_id, update in self.held:
            self._deliver(person_id, update)
        self.held = []
        for person_id, script in self.of.items():
            if person_id in self.watches:
                self._act(person_id, script, round_)
        calls = await self.theatre.settle()
        self.theatre.store.dies(None, after=False)
        self._judge(by_chat(calls))

    async def _wind(self, wind: tuple[str, int]) -> None:
        """Until then; what is said meanwhile nobody asked for."""
        moment = self.theatre.next_moment()
        if wind[0] == "next" and moment:
            by = max(timedelta(), moment - self.theatre.now) + timedelta(seconds=1)
        else:
            by = length(wind) if wind[0] != "next" else timedelta(minutes=1)
        calls = by_chat(await self.theatre.wind(by))
        for person_id, watch in list(self.watches.items()):
            watch.actor.told.append(f"     ({self.theatre.now:%a %d %b %H:%M})")
            with self._judging(person_id):
                watch.unasked(calls.get(person_id, []), self.theatre.now, self.theatre.deaths)

    def _act(self, person_id: int, script: Script, round_: int) -> None:
        watch = self.watches[person_id]
        acts = script.rounds[round_] if round_ < len(script.rounds) else ()
        for act in acts:
            do(watch.actor, act)
            for update in self.theatre.collect():
                if act.fate == "late":
                    self.held.append((person_id, update))
                    continue
                self._deliver(person_id, update)
                if act.fate == "twice":
                    self._deliver(person_id, update)
                if act.fate == "again later":
                    self.held.append((person_id, update))

    def _deliver(self, person_id: int, update: Json) -> None:
        self.theatre.post.append(update)
        self.delivered.setdefault(person_id, []).append(update["update_id"])

    def _judge(self, calls: dict[int, list[Call]]) -> None:
        lasting, stuck = self._lasting(), self._stuck()
        for person_id, watch in list(self.watches.items()):
            with self._judging(person_id):
                news = watch.news(self.delivered.get(person_id, []), self.theatre.thought)
                if person_id in stuck:
                    watch.actor.told += [f"heard: {[one.heard for one in news]}"]
                    raise Broken("no turn fails or strays, nothing is left over", stuck[person_id])
                watch.on(calls.get(person_id, []), news, lasting[person_id], self.theatre.now, self.theatre.deaths)
                if person_id not in dict(self.held):
                    watch.leaves_groups()
        self.figures.calls += sum(map(len, calls.values()))

    def _judging(self, person_id: int) -> _Judging:
        return _Judging(self, person_id)

    def _count(self) -> None:
        """What was heard, and which rule answered it where."""
        for s in (*self.theatre.thought.values(), *self.theatre.nudged):
            who = "person" if s.person else "guest" if s.admitted else "other"
            self.figures.events[type(s.event).__name__] += 1
            self.figures.steps[s.state.step if s.person else who] += 1
            self.figures.rules[who, rule_for(s)] += 1

    def _lasting(self) -> dict[int, Kept]:
        with self.theatre.store.read() as tx:
            here = people.load(tx, list(self.watches))
            rules = reminders.of_people(tx, here)
            used = nudges.used(tx, list(here), (self.theatre.now - LOOK_BACK).date())
            sent = nudges.since(tx, list(here), self.theatre.now - A_DAY)
            kept = {person_id: tuple(glimmers.every(tx, person)) for person_id, person in here.items()}
        return {
            one: Kept(here.get(one), kept.get(one, ()), tuple(rules.get(one, ())), used, lately(sent, one))
            for one in self.watches
        }

    def _stuck(self) -> dict[int, str]:
        """Whose update could not be answered, or whose words still lie in the inbox or the outbox."""
        with self.theatre.store.read() as tx:
            bad = (inbox.c.attempts > 0) | inbox.c.aside | inbox.c.sealed.is_not(None)
            overdue = outbox.c.not_before <= self.theatre.now
            found = {
                "a turn failed": select(inbox.c.person_id).where(bad),
                "a letter was not sent": select(outbox.c.person_id).where(overdue),
                **{f"{table} of nobody": nobodys(table) for table in LASTING},
            }
            told = {why: tx.connection.scalars(query).all() for why, query in found.items()}
        return self.theatre.strayed | {person_id: why for why, ids in told.items() for person_id in ids}


@dataclass
class _Judging:
    """Whoever a promise was broken to leaves the storm, with the story."""

    storm: Storm
    person_id: int

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, Broken):
            return False
        watch = self.storm.watches.pop(self.person_id)
        script = self.storm.of[self.person_id]
        self.storm.failures.append(Failure(error.promise, str(error), script, tuple(watch.actor.told)))
        return True


def nobodys(table: Table) -> Select[tuple[int]]:
    """Whose rows are left in a table, though nothing may be kept of them."""
    return select(table.c.person_id).where(table.c.person_id.not_in(select(tables.people.c.id)))


def by_chat(calls: Sequence[Call]) -> dict[int, list[Call]]:
    found: dict[int, list[Call]] = {}
    for call in calls:
        found.setdefault(call.params.get("chat_id", 0), []).append(call)
    return found


def blown(scripts: Sequence[Script], weather: Weather, figures: Figures | None = None) -> list[Failure]:
    """A storm in a folder of its own."""
    folder = Path(tempfile.mkdtemp(dir=IN_MEMORY if IN_MEMORY.exists() else None))
    try:
        return Storm(folder, scripts, weather, figures or Figures()).blow()
    finally:
        shutil.rmtree(folder)


def shrunk(failure: Failure, weather: Weather) -> tuple[Failure, Weather]:
    """The same promise broken by as few acts, deaths and hours as can be."""

    def again(script: Script, under: Weather) -> Failure | None:
        found = blown([script], under)
        return found[0] if found and found[0].promise == failure.promise else None

    best = again(failure.script, weather) or failure
    for calmer in (weather.calm(), *(weather.still(n) for n in range(len(weather.winds)))):
        if found := again(best.script, calmer):
            best, weather = found, calmer
    while found := next(filter(None, (again(script, weather) for script in shorter(best.script))), None):
        best = found
    return best, weather


def shorter(script: Script) -> Iterator[Script]:
    """Each script with one act less, the last first."""
    for round_ in reversed(range(len(script.rounds))):
        for at in reversed(range(len(script.rounds[round_]))):
            yield script.without(round_, at)
