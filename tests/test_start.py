"""What a host reads in the log when the bot starts, and how a start that cannot be ends."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot import __version__
from bot.conversation.lines import load_lines
from bot.host import greeting
from bot.playground.api import BotApi
from bot.playground.server import serve
from bot.settings import Settings
from scheduler.clock import Clock
from storage.look import Seen
from tests.channels.test_webhook import until
from tests.test_main import TOKEN
from tests.test_webhook_run import bot_at_work


def log_of(folder: Path, last: str, **settings: str) -> tuple[list[str], int]:
    """The lines of a start up to `last`, then of its end by Ctrl-C; and its status."""
    log = folder / "log"

    async def play() -> int:
        async with serve(BotApi(TOKEN, Clock().now)) as root:
            with bot_at_work(folder, **({"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": root} | settings)) as bot:
                await until(lambda: last in log.read_text())
                bot.send_signal(signal.SIGINT)
                return await asyncio.to_thread(bot.wait, 30)

    status = asyncio.run(play())
    return log.read_text().splitlines(), status


def test_a_start_is_told_in_a_few_lines_without_a_secret(tmp_path: Path) -> None:
    lines, status = log_of(tmp_path, "At work as", LOG_FORMAT="json")
    told = [json.loads(line)["message"] for line in lines]
    assert status == 0 and told.pop() == "Glimmers has stopped"
    assert [line.split()[0] for line in told] == ["Glimmers", "The", "Access:", "/privacy", "At"]
    assert f"SQLite, {tmp_path}/data/glimmers.db; people: 0" in told[0] and "from GLIMMERS_KEY" in told[1]
    assert told[2:] == [
        "Access: open to everyone; updates: long polling",
        "/privacy does not say who runs this copy: OPERATOR_NAME and OPERATOR_CONTACT are not set",
        "At work as @glimmers_bot",
    ]
    assert TOKEN not in str(lines)


@pytest.mark.parametrize(
    ("settings", "trouble"),
    [
        ({"BOT_TOKEN": "123456:refused"}, "Telegram does not accept BOT_TOKEN; get it again from @BotFather"),
        ({"TELEGRAM_API_URL": "http://127.0.0.1:1"}, "Telegram cannot be reached (ClientConnectorError); trying again"),
    ],
)
def test_trouble_with_telegram_is_one_line_and_waited_out(
    tmp_path: Path, settings: dict[str, str], trouble: str
) -> None:
    lines, status = log_of(tmp_path, trouble, OPERATOR_NAME="Ada", OPERATOR_CONTACT="a@example.org", **settings)
    assert status == 0
    assert [line.split(": ", 1)[1] for line in lines if " INFO " not in line] == [trouble]


def test_a_lead_that_cannot_be_taken_is_not_called_another_copy(tmp_path: Path) -> None:
    (tmp_path / "data/glimmers.db.lock").mkdir(parents=True)
    lines, status = log_of(tmp_path, "trying again")
    assert status == 0
    assert lines[-2].endswith("WARNING bot.service: This copy cannot take its turn yet (Is a directory); trying again")


def test_an_interrupted_start_ends_without_a_word(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        there = f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/none"
        with bot_at_work(tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL=there) as bot:
            caller, _ = silent.accept()
            bot.send_signal(signal.SIGINT)
            assert bot.wait(30) == 130
            caller.close()
    assert (tmp_path / "log").read_text() == ""


def test_old_numbers_are_warned_of_and_a_webhook_is_told_without_its_path() -> None:
    lines = load_lines()
    settings = Settings(
        webhook_url="https://bot.example.org/hunter2",
        webhook_secret="hunter2",
        database_url="postgresql://me:hunter2@db/jar",
        operator_name="A",
        operator_contact="B",
    )
    young, old = (
        list(greeting(settings, Seen("0001", "f00d", 3, 4, 0), lines, lines.compiled + timedelta(days)))
        for days in (365, 366)
    )
    assert [line for _, line in young] == [
        f"Glimmers {__version__} with PostgreSQL, db/jar; people: 3, reminders: 4",
        f"The key is f00d, from {settings.glimmers_key_file}",
        "Access: open to everyone; updates: webhook at bot.example.org, listening at 127.0.0.1:8080",
    ]
    assert len(old) == 4 and "more than twelve months ago" in old[3][1]


def test_the_version_is_told_and_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    told = subprocess.run([sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout == f"Glimmers {project['version']}\n"
