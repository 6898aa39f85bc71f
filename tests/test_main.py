"""The command line as a host meets it: statuses, single lines, keys."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.playground.folder import own_folder
from storage import invites, people
from storage.store import open_store
from storage.vault import Vault, fingerprint, new_key
from tests.storage.makers import welcome

ROOT = Path(__file__).parent.parent
TOKEN = "123456:" + "a" * 35


def glimmers(folder: Path, *arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command as somebody whose home and working folder is `folder`."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=kept | {"HOME": str(folder), "PYTHONPATH": str(ROOT)} | settings,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )


def as_text(key: bytes) -> str:
    return base64.b64encode(key).decode()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "BOT_TOKEN"),
        ({"BOT_TOKEN": "nonsense"}, "BOT_TOKEN"),
        ({"BOT_TOKEN": TOKEN, "GLIMMERS_KEY": "short"}, "GLIMMERS_KEY"),
        ({"BOT_TOKEN": TOKEN, "ACCESS": "maybe"}, "ACCESS"),
        ({"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://bot.example.org/hook"}, "WEBHOOK_SECRET"),
        ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "DATABASE_URL"),
        ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "sqlite:////proc/none/x.db"}, "DATABASE_URL"),
    ],
)
def test_a_wrong_setting_ends_the_start_with_one_line(tmp_path: Path, settings: dict[str, str], named: str) -> None:
    key = {"GLIMMERS_KEY": as_text(new_key())} | settings
    ended = glimmers(tmp_path, "run", **key)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1 and f"glimmers: {named}" in ended.stderr
    assert TOKEN not in ended.stderr


def test_another_key_than_the_databases_is_named_by_its_fingerprint(tmp_path: Path) -> None:
    key = new_key()
    url = f"sqlite:///{tmp_path}/data/glimmers.db"
    store = open_store(url, Vault([key]))
    welcome(store, 7)
    store.close()
    before = (tmp_path / "data/glimmers.db").read_bytes()
    for settings in ({"GLIMMERS_KEY": as_text(new_key())}, {}):
        ended = glimmers(tmp_path, "run", BOT_TOKEN=TOKEN, DATABASE_URL=url, **settings)
        assert ended.returncode == 2
        assert "GLIMMERS_KEY" in ended.stderr and fingerprint(key) in ended.stderr
    assert (tmp_path / "data/glimmers.db").read_bytes() == before
    assert not (tmp_path / ".config").exists()


def test_without_a_key_one_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = glimmers(tmp_path, "invite", "2", BOT_TOKEN=TOKEN, TELEGRAM_API_URL="http://127.0.0.1:1")
    file = tmp_path / ".config/glimmers/key"
    assert made.returncode == 0 and "Back it up" in made.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    codes = [line.removeprefix("/start ") for line in made.stdout.split("\n")[:-1]]
    assert len(codes) == 2
    store = open_store(f"sqlite:///{tmp_path}/data/glimmers.db", Vault([base64.b64decode(file.read_text())]))
    with store.read() as tx:
        assert invites.free(tx, codes) == set(codes)
    store.close()


def test_keys_are_rotated_by_the_command(tmp_path: Path) -> None:
    old, url = new_key(), f"sqlite:///{tmp_path}/data/glimmers.db"
    store = open_store(url, Vault([old]))
    welcome(store, 7, 8)
    store.close()
    new = glimmers(tmp_path, "new-key").stdout.strip()
    rotated = glimmers(tmp_path, "rotate-key", DATABASE_URL=url, GLIMMERS_KEY=f"{new},{as_text(old)}")
    assert rotated.returncode == 0 and "people: 2" in rotated.stdout
    store = open_store(url, Vault([base64.b64decode(new)]))
    with store.read() as tx:
        assert len(people.load(tx, [7, 8])) == 2
    store.close()


def test_the_terminal_playground_holds_a_whole_conversation_and_leaves_nothing(tmp_path: Path) -> None:
    typed = (
        "/start\nyes\nLisbon\n8:30\nsteam on the window\nwind to the next nudge\nrain on the roof\n/glimmers\nquit\n"
    )
    ended = glimmers(tmp_path, "playground", "--terminal", typed=typed)
    assert ended.returncode == 0 and ended.stderr == ""
    for words in ("Nothing is kept until", "Lisbon, Portugal", "08:30 every day", "❤ on", "You kept 2 glimmers"):
        assert words in ended.stdout
    assert not (tmp_path / "data/playground").exists() and not (tmp_path / ".config").exists()


def test_only_one_playground_is_at_work_in_a_folder(tmp_path: Path) -> None:
    with own_folder(tmp_path / "data/playground"):
        ended = glimmers(tmp_path, "playground", "--terminal", typed="quit\n")
    assert ended.returncode == 2
    assert ended.stderr == "glimmers: another playground is at work in this folder: end it first\n"
