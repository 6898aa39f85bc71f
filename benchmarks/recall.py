"""Looking through 10,000 sealed texts, and what it costs everyone else, in one run: `python -m benchmarks.recall`.

The first table compares ways to find words in one person's texts. The second lets 400 other people talk meanwhile, one
batch after the other: alone, with searches at a thread of their own as the bot does it, and with the same searches made
inside the batch. Figures are milliseconds; ratios are to the first line of each table.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from bot.channels import updates
from bot.conversation.prompts import load_library
from bot.garbage import settle
from bot.house import furnished
from bot.settings import Access, Settings
from bot.turn import Turns
from bot.understanding.about import dictionary, ranked
from scheduler.clock import Clock
from storage import glimmers, people
from storage.ids import new_id
from storage.records import Glimmer, Part, Person, Span
from storage.store import Store, open_store
from storage.vault import Vault, new_key

TEXTS, OTHERS, BATCHES, ROUNDS = 10_000, 400, 60, 7
WORDS = 14  # in a text
RARE = 0.15  # the share of words out of a large vocabulary
KEEPER = 1_000_000
NUMBERS = count(10_000_000)
NOW = Clock().now()
HOUSE = furnished(Settings(_env_file=None))  # type: ignore[call-arg]


def written(store: Store) -> Person:
    """Somebody who kept a moment every nine hours, for ten years."""
    draw = Random(1)
    common = [word for prompt in load_library("en") for word in prompt.text.split()]
    rare = draw.sample(sorted(dictionary("en")), 8000)
    state = {"kept": 3}
    with store.begin() as tx:
        newcomers = [Person(n, 1, NOW, 1, "Europe/Lisbon", state=state) for n in (KEEPER, *range(1, OTHERS + 1))]
        person = people.welcome(tx, newcomers)[KEEPER]
        for n in range(TEXTS):
            at = NOW - timedelta(hours=9 * n)
            text = " ".join(draw.choice(rare if draw.random() < RARE else common) for _ in range(WORDS))
            kept = Glimmer(new_id(at, KEEPER, n), KEEPER, n + 1, at.date(), at, (Part(n + 1, text),))
            glimmers.keep(tx, [kept], {KEEPER: person.key})
    return person


def ways(store: Store, person: Person) -> dict[str, Callable[[], object]]:
    """Each with a connection of its own, as the bot would."""

    def read(query: Callable[[Any], object]) -> object:
        with store.read() as tx:
            return query(tx)

    month = Span((NOW - timedelta(days=400)).date(), (NOW - timedelta(days=370)).date())
    return {
        "texts as columns, one word": lambda: read(lambda tx: ranked("dog", glimmers.texts(tx, person))),
        "texts as columns, four words": lambda: read(lambda tx: ranked("my walk with leo", glimmers.texts(tx, person))),
        "opened alone, nothing looked for": lambda: read(lambda tx: sum(1 for _ in glimmers.texts(tx, person))),
        "whole glimmers, one word": lambda: read(
            lambda tx: ranked("dog", ((one.id, one.text) for one in glimmers.every(tx, person)))
        ),
        "a month counted in SQL": lambda: read(lambda tx: glimmers.count(tx, person.id, month)),
        "a page of that month": lambda: read(lambda tx: glimmers.newest(tx, person, 5, 5, month)),
    }


def said(n: int, person_id: int, text: str) -> dict[str, Any]:
    who = {"id": person_id, "first_name": "Ada"}
    message = {"message_id": n, "date": int(NOW.timestamp()), "text": text}
    return {"update_id": n, "message": message | {"chat": who | {"type": "private"}, "from": who | {"is_bot": False}}}


def talking(turns: Turns, search: Callable[[], object]) -> list[float]:
    """Seconds of each batch of the others, while a search begins with every third one."""
    spent = []
    for batch in range(BATCHES):
        turns.take(1, [said(next(NUMBERS), n, f"steam on the window, number {n}") for n in range(1, 101)], NOW)
        if batch % 3 == 0:
            search()
        start = time.perf_counter()
        turns.run(NOW)
        spent.append(time.perf_counter() - start)
    return spent


@contextmanager
def inside(turns: Turns, search: Callable[[], object]) -> Iterator[Callable[[], object]]:
    """The search is made within the batch that comes next."""
    asked: list[bool] = []
    hear_out = turns._hear_out

    def slowed(*args: Any) -> bool:
        if asked:
            asked.clear()
            search()
        return hear_out(*args)

    turns._hear_out = slowed  # type: ignore[assignment,method-assign]
    yield lambda: asked.append(True)
    turns._hear_out = hear_out  # type: ignore[method-assign]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as shelf:
        store = open_store(f"sqlite:///{folder}/recall.db", Vault([new_key()]))
        person = written(store)
        settle()  # as `python -m bot run` does
        print(f"{TEXTS} texts of one person, median of {ROUNDS} rounds")
        table({name: [timed(way) for _ in range(ROUNDS)] for name, way in ways(store, person).items()})
        search = ways(store, person)["texts as columns, four words"]
        turns = Turns(store, HOUSE, Access("open"), updates.read, updates.sender)
        print(f"\n{BATCHES} batches of 100 other people's messages, a search begun with every third")
        talking(turns, lambda: None)  # the first batches of a process are slow
        batches = {"nobody searches": talking(turns, lambda: None)}
        batches["searches at a thread of their own"] = talking(turns, lambda: shelf.submit(search))
        with inside(turns, search) as ask:
            batches["searches inside the batch"] = talking(turns, ask)
        table(batches)
        store.close()


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(rows: dict[str, list[float]]) -> None:
    base = statistics.median(next(iter(rows.values())))
    for name, seen in rows.items():
        middle = statistics.median(seen)
        print(
            f"{name:36} {middle * 1e3:7.1f} ms   {middle / base:5.2f} x"
            f"   mean {statistics.fmean(seen) * 1e3:6.1f} ms   worst {max(seen) * 1e3:6.1f} ms"
        )


if __name__ == "__main__":
    main()
