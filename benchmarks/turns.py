"""Turns a second, beside the usual designs, in one run: `python -m benchmarks.turns`.

Every design is given the same updates: people who said yes send one short text after the other. SQLite in a file
with synchronous=FULL for all that store: the store bot as tutorials write it, and once more with our write-ahead log
and pragmas, which a usual bot does not set. Sending costs nothing in any of them: ours ends with the reply
in the outbox (committed), the PTB bots answer through a request object that returns at once. Telegram's JSON is
parsed by python-telegram-bot in all.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest

import bot.turn
from bot.channels import updates
from bot.garbage import settle
from bot.house import furnished
from bot.settings import Access, Settings
from bot.turn import Turns
from scheduler.clock import Clock
from storage import people
from storage.records import Person
from storage.store import open_store, prepare_sqlite
from storage.vault import Vault, new_key

PEOPLE = 400
MESSAGES = 2000
ROUNDS = 3
TOKEN = "1:benchmark"


def raw_updates() -> list[dict[str, Any]]:
    now = int(Clock().now().timestamp())
    return [
        {
            "update_id": n,
            "message": {
                "message_id": n,
                "date": now,
                "chat": {"id": n % PEOPLE + 1, "type": "private", "first_name": "Ada"},
                "from": {"id": n % PEOPLE + 1, "is_bot": False, "first_name": "Ada"},
                "text": f"steam on the window, number {n}",
            },
        }
        for n in range(1, MESSAGES + 1)
    ]


def ours(folder: Path, batch: int) -> float:
    """Seconds for all messages: inbox commit, turn, outbox commit."""
    store = open_store(f"sqlite:///{folder}/ours-{batch}.db", Vault([new_key()]))
    now = Clock().now()
    with store.begin() as tx:
        people.welcome(tx, [Person(n, 1, now, 1, "Europe/Lisbon", state={"kept": 3}) for n in range(1, PEOPLE + 1)])
    house = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
    turns = Turns(store, house, Access("open"), updates.read, updates.sender)
    bot.turn.BATCH = batch
    arriving = raw_updates()
    start = time.perf_counter()
    for first in range(0, MESSAGES, 100):
        turns.take(1, arriving[first : first + 100], now)
    while turns.run(now):
        pass
    spent = time.perf_counter() - start
    store.close()
    return spent


class User(SQLModel, table=True):
    """Who a store bot knows."""

    id: int = Field(primary_key=True)
    zone: str = "UTC"


class Note(SQLModel, table=True):
    """What a store bot keeps."""

    id: int | None = Field(default=None, primary_key=True)
    person: int
    text: str


class Instant(BaseRequest):
    """Telegram that answers at once."""

    read_timeout = 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        me = {"id": 1, "is_bot": True, "first_name": "B", "username": "b"}
        said = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "x"}
        return 200, json.dumps({"ok": True, "result": me if url.endswith("getMe") else said}).encode()


def application(
    answer: Callable[[Update, ContextTypes.DEFAULT_TYPE], Any],
) -> Application[Any, Any, Any, Any, Any, Any]:
    built = ApplicationBuilder().token(TOKEN).request(Instant()).get_updates_request(Instant()).updater(None).build()
    built.add_handler(MessageHandler(filters.TEXT, answer))
    return built


async def through(built: Application[Any, Any, Any, Any, Any, Any]) -> float:
    arriving = raw_updates()
    async with built:
        start = time.perf_counter()
        for one in arriving:
            await built.process_update(Update.de_json(one, built.bot))
        return time.perf_counter() - start


def echo(_folder: Path) -> float:
    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message and update.message.text
        await update.message.reply_text(update.message.text)

    return asyncio.run(through(application(answer)))


def store_bot(folder: Path, tuned: bool = False) -> float:
    """As tutorials write it: look the user up, add a note, commit, answer. `tuned`: with our own pragmas."""
    engine = create_engine(f"sqlite:///{folder}/store-bot-{tuned}.db")
    if tuned:
        event.listen(engine, "connect", prepare_sqlite)
    SQLModel.metadata.create_all(engine, tables=[SQLModel.metadata.tables[name] for name in ("user", "note")])

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message and update.message.text and update.effective_user
        with Session(engine) as session:
            if session.get(User, update.effective_user.id) is None:
                session.add(User(id=update.effective_user.id))
            session.add(Note(person=update.effective_user.id, text=update.message.text))
            session.commit()
        await update.message.reply_text("Kept.")

    return asyncio.run(through(application(answer)))


def main() -> None:
    designs: dict[str, Callable[[Path], float]] = {
        "PTB + SQLModel": store_bot,
        "PTB + SQLModel, write-ahead log": lambda folder: store_bot(folder, tuned=True),
        "PTB echo, nothing stored": echo,
        "ours, a commit each": lambda folder: ours(folder, 1),
        "ours, in batches": lambda folder: ours(folder, 200),
    }
    settle()  # as `python -m bot run` does
    rates: dict[str, list[float]] = {name: [] for name in designs}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            for name, run in designs.items():
                rates[name].append(MESSAGES / run(Path(folder)))
    base = statistics.median(rates["PTB + SQLModel"])
    print(f"{MESSAGES} messages of {PEOPLE} people, median of {ROUNDS} rounds")
    for name, seen in rates.items():
        rate = statistics.median(seen)
        print(f"{name:32} {rate:8.0f} turns/s   {rate / base:5.2f} x the store bot")


if __name__ == "__main__":
    main()
