"""What reminders of very many people cost, beside the usual designs, in one run: `python -m benchmarks.due [people]`.

Start-up and memory: a process that opens the database and asks once what is due, with nobody in it and with so many
people in it (a million, if not told otherwise); beside it APScheduler's job queue as python-telegram-bot uses it, at
the size given in the line, as it grows by the job. Then ten thousand who are due in one minute: claimed, drawn, written
and sent by the real courier to a Telegram that answers at once; beside it ten thousand jobs of the two usual stores.
Last, what the next moment costs, beside APScheduler's CronTrigger. SQLite in files throughout.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import statistics
import subprocess
import sys
import tempfile
import time as clock_time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.channels import updates
from bot.channels.sending import End, Ending, Request
from bot.courier import Courier
from bot.desk import Desk
from bot.garbage import settle
from bot.house import furnished
from bot.pace import Pace
from bot.settings import Access, Settings
from bot.turn import Turns
from scheduler.clock import Clock
from scheduler.plan import planned
from scheduler.recurrence import Course, next_moment
from scheduler.rule import Rule
from storage import people, reminders
from storage.ids import new_id
from storage.records import Person, Reminder
from storage.store import Store, open_store
from storage.vault import Vault, new_key

MANY = 1_000_000
JOBS = 10_000
DUE = 10_000
RATE = 1000
SLICE = 5000
LISBON = "Europe/Lisbon"
START_UP = """
import sys, time
from datetime import UTC, datetime
from benchmarks.due import opened, resident, turns_of
start = time.perf_counter()
turns_of(opened(sys.argv[1], bytes.fromhex(sys.argv[2]))).fall_due(datetime(2026, 1, 1, tzinfo=UTC))
print(time.perf_counter() - start, resident())
"""


def opened(url: str, key: bytes) -> Store:
    return open_store(url, Vault([key]))


def turns_of(store: Store) -> Turns:
    house = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
    return Turns(store, house, Access("open"), updates.read, updates.sender)


def fill(store: Store, many: int, now: datetime, rule: Rule) -> None:
    """So many people in Lisbon, each with this one reminder."""
    course = Course(ZoneInfo(LISBON))
    plan = planned(Reminder("", 0, rule.as_json()), now, course)
    for first in range(1, many + 1, SLICE):
        ids = range(first, min(first + SLICE, many + 1))
        with store.begin() as tx:
            here = people.welcome(tx, [Person(n, 1, now, 1, LISBON, state={"kept": 3}) for n in ids])
            each = [Reminder(new_id(now, n), n, plan.rule, plan.next_at, plan.next_day, plan.next_slot) for n in ids]
            reminders.add(tx, each, {n: person.key for n, person in here.items()})


# --- starting


def start_up(folder: Path, many: int) -> None:
    now = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
    found = {}
    for size in (0, many):
        key, url = new_key(), f"sqlite:///{folder}/{size}.db"
        store = opened(url, key)
        fill(store, size, now, Rule((time(8, 30),)))
        store.close()
        runs = [measured(url, key) for _ in range(5)]
        found[size] = [statistics.median(values) for values in zip(*runs, strict=True)]
    seconds, megabytes = (found[many][n] - found[0][n] for n in (0, 1))
    print(f"{many:,} people with a reminder: {seconds:+.3f} s of start-up, {megabytes:+.1f} MB")
    taken, held = asyncio.run(job_queue())
    print(f"job queue, {JOBS:,} daily jobs:     {taken:+.3f} s of start-up, {held:+.1f} MB", end="")
    print(f"; by the job that is {taken / JOBS * many:,.0f} s and {held / JOBS * many / 1000:,.1f} GB for {many:,}")


def measured(url: str, key: bytes) -> tuple[float, float]:
    """Seconds, and megabytes at most."""
    run = subprocess.run([sys.executable, "-c", START_UP, url, key.hex()], check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, run.stdout.split())
    return seconds, megabytes


async def job_queue() -> tuple[float, float]:
    """Seconds and megabytes for as many daily jobs as python-telegram-bot's run_daily makes: a cron trigger each."""
    gc.collect()
    before, start = resident(), clock_time.perf_counter()
    scheduler = AsyncIOScheduler(timezone="UTC")
    for n in range(JOBS):
        scheduler.add_job(never, CronTrigger(hour=n % 24, minute=n % 60, timezone=ZoneInfo(LISBON)), args=(n,))
    scheduler.start()
    await asyncio.sleep(0)
    taken = clock_time.perf_counter() - start
    held = resident() - before
    scheduler.shutdown(wait=False)
    return taken, held


async def never(_: int) -> None: ...


def resident() -> float:
    """Megabytes of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


# --- ten thousand at once


@dataclass
class Instant:
    """A Telegram that answers at once, and notes when each was told."""

    told: list[tuple[float, int]] = field(default_factory=list)

    async def send(self, request: Request) -> Ending:
        self.told.append((clock_time.perf_counter(), request.params["chat_id"]))
        return Ending(End.TAKEN, message_id=len(self.told))


async def nothing(_kind: str, _letter: object) -> Request | None:
    return None


async def stalls(found: list[float]) -> None:
    """How much later than wished the event loop comes back, each time."""
    while True:
        start = clock_time.perf_counter()
        await asyncio.sleep(0.002)
        found.append(clock_time.perf_counter() - start - 0.002)


async def ours(folder: Path) -> None:
    at = datetime(2026, 5, 14, 7, 30, tzinfo=UTC)
    store, clock = opened(f"sqlite:///{folder}/due.db", new_key()), Clock()
    fill(store, DUE, at - timedelta(hours=1), Rule((time(8, 30),)))
    clock.wind(at + timedelta(seconds=1) - clock.now())
    turns, desk, late = turns_of(store), Desk(), list[float]()
    settle()  # as `python -m bot run` does
    watching = asyncio.create_task(stalls(late))
    cpu, start, claimed = await desk.do(clock_time.thread_time), clock_time.perf_counter(), 0
    while many := await desk.do(turns.fall_due, clock.now()):
        claimed += many
    wrote, spent = clock_time.perf_counter() - start, await desk.do(clock_time.thread_time) - cpu
    told = await delivered(store, desk, clock)
    watching.cancel()
    last = told[-1][0] - told[0][0]
    late_by, stall = last / (DUE / RATE) - 1, max(late) * 1000
    print(f"ours: {claimed:,} claimed, drawn and written in {wrote:.2f} s, {spent:.2f} s of CPU")
    print(
        f"  {len(told):,} sent to {len({chat for _, chat in told}):,} people at {RATE}/s, the last {last:.2f} s", end=""
    )
    print(f" after the first ({late_by:+.1%}); longest stall {stall:.0f} ms")
    desk.close()
    store.close()


async def delivered(store: Store, desk: Desk, clock: Clock) -> list[tuple[float, int]]:
    channel = Instant()
    courier = Courier(store, desk, clock, channel, nothing, Pace(RATE))
    sending = asyncio.create_task(courier.run())
    while len(channel.told) < DUE:
        courier.wake()
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    return channel.told


RAN: list[int] = []


async def ring(n: int) -> None:
    RAN.append(n)


async def usual(name: str, scheduler: AsyncIOScheduler) -> None:
    """As many jobs that are due at one moment."""
    RAN.clear()
    late: list[float] = []
    scheduler.start(paused=True)
    at = datetime.now(UTC) - timedelta(seconds=0.1)
    for n in range(DUE):
        scheduler.add_job(ring, "cron", hour=3, args=(n,), next_run_time=at, id=str(n))
    watching = asyncio.create_task(stalls(late))
    await asyncio.sleep(0.1)
    cpu, start = clock_time.process_time(), clock_time.perf_counter()
    scheduler.resume()
    await asyncio.sleep(5)
    watching.cancel()
    spent = clock_time.process_time() - cpu
    print(f"{name}: {len(RAN):,} of {DUE:,} asked, {DUE - len(set(RAN)):,} skipped; {spent:.2f} s of CPU", end="")
    print(f", longest stall {max(late) * 1000:.0f} ms ({clock_time.perf_counter() - start:.0f} s watched)")
    scheduler.shutdown(wait=False)


# --- the next moment


def next_moments() -> None:
    zone, at = ZoneInfo("America/New_York"), datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
    course = Course(zone, quiet=(time(22), time(8)), seed="0190abcd")
    since = date(2026, 1, 1)
    rules = {
        "daily": Rule((time(8, 30),)),
        "weekly": Rule((time(8, 30),), frozenset({2})),
        "every other day": Rule((time(8, 30),), every=2, since=since),
        "every other sunday": Rule((time(8, 30),), frozenset({6}), every=14, since=since),
        "twice in a window": Rule(window=(time(10), time(16)), count=2),
        "a window into quiet hours": Rule(window=(time(18), time(23)), count=2),
    }
    cron = CronTrigger(hour=8, minute=30, timezone=zone)
    unit = microseconds(lambda: cron.get_next_fire_time(None, at))
    print(f"{'next moment':28}{'µs':>7}{'ratio':>8}\n{'CronTrigger, daily':28}{unit:7.1f}{1:8.2f}")
    for name, rule in rules.items():
        taken = microseconds(lambda rule=rule: next_moment(rule, at, course))  # type: ignore[misc]
        print(f"{name:28}{taken:7.1f}{taken / unit:8.2f}")


def microseconds(work: Callable[[], object], times: int = 2000) -> float:
    return min(timed(work, times) for _ in range(5)) / times * 1e6


def timed(work: Callable[[], object], times: int) -> float:
    start = clock_time.perf_counter()
    for _ in range(times):
        work()
    return clock_time.perf_counter() - start


def main(arguments: Iterable[str]) -> None:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # it tells of each job that it missed
    many = int(next(iter(arguments), MANY))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start_up(folder, many)
        asyncio.run(ours(folder))
        asyncio.run(usual("job queue, in memory", AsyncIOScheduler(timezone="UTC")))
        store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
        asyncio.run(usual("job queue, SQLAlchemy store", AsyncIOScheduler({"default": store}, timezone="UTC")))
    next_moments()


if __name__ == "__main__":
    main(sys.argv[1:])
