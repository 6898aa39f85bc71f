"""The arrows: bot -> scheduler -> storage, each library in one place, a core without I/O, one clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SQL = ("sqlmodel", "sqlalchemy", "alembic", "psycopg", "sqlite3")
CORE = (
    "bot/understanding/",
    "bot/conversation/",
    "bot/pictures/",
    "scheduler/budget.py",
    "scheduler/draws.py",
    "scheduler/grace.py",
    "scheduler/instants.py",
    "scheduler/plan.py",
    "scheduler/recurrence.py",
    "scheduler/rhythm.py",
    "scheduler/rule.py",
)
EDGES = (
    "asyncio",
    "threading",
    "subprocess",
    "socket",
    "time",
    "random",
    "secrets",
    "aiohttp",
    "httpx",
    "logging",
)
OUTSIDE_CORE = (
    "bot.__main__",
    "bot.channels",
    "bot.courier",
    "bot.playground",
    "bot.settings",
    "bot.turn",
    "scheduler.clock",
    "scheduler.due",
    "scheduler.heartbeat",
    "storage",
)
WALL_CLOCK = (
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
)


@dataclass(frozen=True)
class Arrow:
    """`names` (modules, or what is in them) stay out of every file that begins with one of `inside`.

    Spared are the files that begin with one of `home`, and the names in `allowed`.
    """

    names: tuple[str, ...]
    inside: tuple[str, ...] = ("",)
    home: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    def forbids(self, path: str, name: str) -> bool:
        return (
            path.startswith(self.inside)
            and not (self.home and path.startswith(self.home))
            and within(name, self.names)
            and not within(name, self.allowed)
        )


ARROWS = (
    Arrow(("bot", "scheduler"), inside=("storage/",)),
    Arrow(("bot",), inside=("scheduler/",)),
    Arrow(("telegram",), home=("bot/channels/",)),
    Arrow(("apscheduler",), home=("scheduler/heartbeat.py",)),
    Arrow(SQL, home=("storage/",)),
    Arrow(EDGES + OUTSIDE_CORE, inside=CORE, allowed=("storage.ids", "storage.records")),
    Arrow(WALL_CLOCK, home=("scheduler/clock.py",)),
)


def within(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def turned(path: str, source: str) -> list[str]:
    """Where arrows turn in the file at `path` (from the project's root): each name at its first line."""
    tree = ast.parse(source, path)
    first: dict[str, int] = {}
    for line, name in sorted([*imported(path, tree), *spoken(path, tree)]):
        first.setdefault(name, line)
    return [
        f"{path}:{line} uses {name}"
        for name, line in first.items()
        if any(arrow.forbids(path, name) for arrow in ARROWS)
    ]


def imported(path: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, full name) of all that is imported anywhere in the file, lazily or for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((node.lineno, name) for name in names_of(path, node).values())


def names_of(path: str, node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """What an import binds: {as: full name}."""
    if isinstance(node, ast.Import):
        return {alias.asname or alias.name: alias.name for alias in node.names}
    origin = node.module or ""
    if node.level:
        package = path.split("/")[: -node.level]
        origin = ".".join([*package, *filter(None, [origin])])
    return {alias.asname or alias.name: f"{origin}.{alias.name}" for alias in node.names}


def spoken(path: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, full name) of every dotted name in the code, traced back through the file's imports."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            known |= names_of(path, node)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = ast.unparse(node).partition(".")
            if first in known:
                yield node.lineno, f"{known[first]}.{rest}" if rest else known[first]


def test_no_arrow_turns() -> None:
    files = [file for part in ("bot", "scheduler", "storage") for file in (ROOT / part).rglob("*.py")]
    assert files
    found = [
        turn
        for file in sorted(files)
        for turn in turned(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("storage/people.py", "import scheduler.due"),
        ("storage/people.py", "from bot import turn"),
        ("storage/people.py", "from ..bot import turn"),
        ("scheduler/due.py", "def later():\n    from bot.voice import say"),
        ("bot/turn.py", "import telegram.error as error"),
        ("bot/turn.py", "if TYPE_CHECKING:\n    from telegram import Bot"),
        ("bot/playground/server.py", "from sqlalchemy import text"),
        ("scheduler/due.py", "from apscheduler.schedulers.asyncio import AsyncIOScheduler"),
        ("bot/understanding/reading.py", "import random"),
        ("bot/conversation/keep.py", "from storage import people"),
        ("bot/conversation/keep.py", "from ..channels.sending import End"),
        ("bot/conversation/keep.py", "from .. import courier"),
        ("bot/pictures/sky.py", "import asyncio"),
        ("scheduler/rhythm.py", "from time import sleep"),
        ("scheduler/recurrence.py", "from scheduler.clock import Clock"),
        ("bot/turn.py", "from datetime import datetime\nnow = datetime.now()"),
        ("bot/turn.py", "import datetime as dt\nnow = dt.datetime.now(dt.UTC)"),
        ("bot/turn.py", "from datetime import date as day\ntoday = day.today"),
        ("storage/post.py", "import time\nstamp = time.time()"),
        ("storage/post.py", "from time import time\nstamp = time()"),
    ],
)
def test_a_turned_arrow_is_caught(path: str, source: str) -> None:
    assert turned(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/turn.py", "from scheduler import due\nfrom storage.people import load"),
        ("bot/channels/telegram.py", "from telegram import Bot"),
        ("scheduler/heartbeat.py", "from apscheduler.schedulers.asyncio import AsyncIOScheduler"),
        ("storage/store.py", "import sqlalchemy"),
        ("scheduler/clock.py", "from datetime import UTC, datetime\nnow = datetime.now(UTC)"),
        ("bot/conversation/keep.py", "from storage.ids import new_id\nfrom datetime import time"),
        ("bot/courier.py", "import time\nstart = time.monotonic()"),
        ("bot/turn.py", "now = clock.now()\nbotany = telegraph"),
    ],
)
def test_a_straight_arrow_is_left_alone(path: str, source: str) -> None:
    assert turned(path, source) == []
