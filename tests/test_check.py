"""`python -m bot check` as a host meets it: a line for each part, and nothing is changed by asking."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.sending import Standing
from bot.check import (
    PARTS,
    Copy,
    Finding,
    Part,
    Wrong,
    crisis_lines,
    odd_ways,
    report,
    see_database,
    see_key,
    way_changes,
)
from bot.conversation.lines import load_lines
from bot.playground.api import BotApi
from bot.playground.server import serve
from bot.settings import Settings, SettingsError
from scheduler.clock import Clock
from storage import invites
from storage.look import Seen
from storage.migrate import head
from storage.store import open_store
from storage.vault import Vault, fingerprint, new_key
from tests.storage.makers import NOW, welcome
from tests.test_main import TOKEN, as_text, glimmers

NAMES = ["settings", "key", "database", "telegram", "access", "crisis"]
KEY = new_key()


class Report:
    """The lines of a report by their part, and its status."""

    def __init__(self, ended: subprocess.CompletedProcess[str]) -> None:
        rows = [line.split(maxsplit=1) for line in ended.stdout.splitlines()]
        assert [row[0] for row in rows] == NAMES, ended.stdout + ended.stderr
        assert len({line.index(row[1]) for line, row in zip(ended.stdout.splitlines(), rows, strict=True)}) == 1
        assert ended.stderr == ""
        self.lines = {row[0]: row[1] for row in rows}
        self.status = ended.returncode

    @property
    def wrong(self) -> list[str]:
        return [name for name, line in self.lines.items() if line.startswith("WRONG: ")]

    def __getitem__(self, name: str) -> str:
        return self.lines[name]


def checked(
    folder: Path, prepare: Callable[[BotApi], object] = lambda _: None, *, token: str = TOKEN, **settings: Any
) -> Report:
    """The report of a copy whose Telegram is a rehearsed one; every file is as it was before."""

    async def play() -> Report:
        api = BotApi(TOKEN, Clock().now)
        prepare(api)
        async with serve(api) as root:
            before = files(folder)
            given = {"BOT_TOKEN": token, "TELEGRAM_API_URL": root} | settings
            told = Report(await asyncio.to_thread(lambda: glimmers(folder, "check", **given)))
        assert files(folder) == before
        assert {call.method for call in api.calls} <= {"getMe", "getWebhookInfo"}
        return told

    return asyncio.run(play())


def files(folder: Path) -> dict[Path, tuple[int, bytes]]:
    return {
        file: (file.stat().st_mode, file.read_bytes() if file.is_file() else b"")
        for file in sorted(folder.rglob("*"))
        if file.suffix != ".db-shm"
    }


def told(ended: subprocess.CompletedProcess[str]) -> str:
    """The one line that a start ended with."""
    assert ended.stderr.count("\n") == 1
    return ended.stderr.removeprefix("glimmers: ").strip()


def settle_in(url: str, *people: int, key: bytes = KEY) -> None:
    """A database with people in it, and three invitations nobody has used."""
    store = open_store(url, Vault([key]))
    welcome(store, *people)
    with store.begin() as tx:
        invites.add(tx, ["a", "b", "c"], NOW)
    store.close()


def write_key(folder: Path, key: bytes = KEY, mode: int = 0o600) -> Path:
    file = folder / ".config/glimmers/key"
    file.parent.mkdir(parents=True)
    file.write_text(as_text(key))
    file.chmod(mode)
    return file


def test_all_is_well_with_a_copy_people_are_in(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    settle_in(database_url, 7, 8)
    home = tmp_path_factory.mktemp("home")
    file = write_key(home)
    report = checked(home, lambda api: api.person(7).say("/start"), DATABASE_URL=database_url, ACCESS="invite")
    assert report.status == 0 and report.wrong == []
    assert re.fullmatch(r"Glimmers [\d.]+, set by the environment", report["settings"])
    assert report["key"] == f"fits the database (fingerprint {fingerprint(KEY)}), in {file}, mode 0600"
    assert f"schema {head()}; people: 2, reminders: 0" in report["database"]
    assert report["telegram"] == "@glimmers_bot, long polling; messages waiting there: 1"
    assert report["access"] == "by invitation; invitations not used yet: 3"
    assert re.fullmatch(r"lines for 57 countries, checked on \d{4}-\d\d-\d\d", report["crisis"])


def test_before_the_first_start_it_tells_what_will_be_made_and_makes_nothing(tmp_path: Path) -> None:
    report = checked(tmp_path, OPERATOR_NAME="Ada", OPERATOR_CONTACT="ada@example.org")
    assert report.status == 0
    assert report["key"] == f"will be made at the first start, in {tmp_path}/.config/glimmers/key"
    assert f"SQLite, {tmp_path}/data/glimmers.db; will be made at the first start; free" in report["database"]
    assert report["access"] == "open to everyone"
    assert list(tmp_path.iterdir()) == []


def test_each_part_stands_alone(tmp_path: Path) -> None:
    write_key(tmp_path)
    refused = checked(tmp_path, token="123456:refused")
    assert refused.status == 1 and refused.wrong == ["telegram"]
    assert "BOT_TOKEN" in refused["telegram"] and "fingerprint" in refused["key"]
    away: dict[str, Any] = {
        "TELEGRAM_API_URL": "http://127.0.0.1:1",
        "DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/none",
    }
    shut = checked(tmp_path, **away)
    assert shut.status == 1 and shut.wrong == ["database", "telegram"]
    assert "cannot be reached" in shut["telegram"]
    assert "(Connection refused)" in shut["database"] and "hunter2" not in str(shut.lines)
    assert shut["key"].startswith("cannot be tried on the database (fingerprint")


def test_wrong_settings_are_told_as_the_start_tells_them_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    report = checked(tmp_path, token="hunter2", ACCESS="maybe")
    assert report.status == 1 and report.wrong == ["settings", "telegram", "access"]
    assert "hunter2" not in str(report.lines) and "BOT_TOKEN has a wrong shape" in report["settings"]
    start = glimmers(tmp_path, "run", BOT_TOKEN=TOKEN, ACCESS="maybe")
    assert start.returncode == 2 and told(start) in report["settings"]
    assert report["telegram"] == "WRONG: not looked at; see BOT_TOKEN above"


def test_a_key_that_does_not_fit_is_wrong_in_the_words_of_the_start(tmp_path: Path) -> None:
    settle_in(f"sqlite:///{tmp_path}/data/glimmers.db", 7)
    other = as_text(new_key())
    report = checked(tmp_path, GLIMMERS_KEY=other)
    assert report.status == 1 and report.wrong == ["key"]
    assert f"GLIMMERS_KEY does not fit: expected the key {fingerprint(KEY)}" in report["key"]
    start = glimmers(tmp_path, "run", BOT_TOKEN=TOKEN, GLIMMERS_KEY=other)
    assert start.returncode == 2 and f"WRONG: {told(start)}" == report["key"]


def test_a_database_of_a_newer_version_is_wrong_and_the_start_says_so_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/glimmers.db"
    settle_in(url, 7)
    store = open_store(url, Vault([KEY]))
    with store.begin() as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    report = checked(tmp_path)
    assert report.status == 1 and report.wrong == ["database"] and "a newer Glimmers" in report["database"]
    start = glimmers(tmp_path, "run", BOT_TOKEN=TOKEN)
    assert start.returncode == 2 and f"WRONG: {told(start)}" == report["database"]
    assert not (tmp_path / ".config").exists()


def test_it_works_beside_the_running_bot_and_tells_a_webhook_without_its_path(tmp_path: Path) -> None:
    write_key(tmp_path)
    store = open_store(f"sqlite:///{tmp_path}/data/glimmers.db", Vault([KEY]))
    with store.begin() as tx:
        invites.add(tx, ["a"], NOW)
        report = checked(tmp_path, lambda api: api.updates.hook({"url": "https://old.example.org/hunter2"}))
    welcome(store, 7)
    store.close()
    assert report.status == 0 and "people: 0" in report["database"]
    assert "long polling" in report["telegram"] and "a webhook at old.example.org;" in report["telegram"]
    assert report["access"].startswith("open to everyone. Note: /privacy does not say who")
    assert "hunter2" not in str(report.lines)


@pytest.mark.slow
def test_nobody_who_never_answers_is_waited_for(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        there = f"127.0.0.1:{silent.getsockname()[1]}"
        report = checked(tmp_path, TELEGRAM_API_URL=f"http://{there}", DATABASE_URL=f"postgresql://me@{there}/none")
    assert report.wrong == ["database", "telegram"] and "does not answer within" in report["telegram"]


def a_copy(folder: Path, wrong: dict[str, str] | None = None, seen: Seen | None = None, **given: Any) -> Copy:
    """A copy whose key and data would lie in `folder`."""
    url = f"sqlite:///{folder}/data/glimmers.db"
    usual: dict[str, Any] = {"database_url": url, "glimmers_key_file": folder / "key"}
    settings = Settings(**(usual | given))
    return Copy(settings, wrong or {}, seen, None, load_lines().compiled)


def lived_in(people: int = 1, key: bytes = KEY) -> Seen:
    return Seen(head(), fingerprint(key), people, reminders=0, invites=0)


def test_a_file_of_settings_that_cannot_be_read_hides_what_depends_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = a_copy(tmp_path, {".env": ".env cannot be read: expected a text file in UTF-8"})
    assert [part.name for part in PARTS if report(part, copy)] == ["crisis"]
    assert capsys.readouterr().out.count("not looked at; see .env above") == 4


def test_a_part_that_breaks_is_wrong_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def breaks(_: Copy) -> Finding:
        raise KeyError("hunter2")

    assert not report(Part("key", breaks), a_copy(tmp_path))
    assert capsys.readouterr().out == "key        WRONG: this could not be looked at (KeyError)\n"


def test_no_key_is_wrong_only_where_people_are_in(tmp_path: Path) -> None:
    assert str(see_key(a_copy(tmp_path, seen=lived_in(0)))).startswith("will be made at the first start")
    with pytest.raises(SettingsError, match=f"GLIMMERS_KEY is missing: expected the key {fingerprint(KEY)}"):
        see_key(a_copy(tmp_path, seen=lived_in()))


def test_a_newer_key_that_is_not_in_use_yet_is_noted(tmp_path: Path) -> None:
    found = see_key(a_copy(tmp_path, seen=lived_in(), glimmers_key=(new_key(), KEY)))
    assert found.words == f"fits the database (fingerprint {fingerprint(KEY)}), in GLIMMERS_KEY"
    assert "rotate-key" in found.notes[0]


def test_another_key_may_begin_anew_where_nobody_is_in(tmp_path: Path) -> None:
    found = see_key(a_copy(tmp_path, seen=lived_in(0, new_key()), glimmers_key=(KEY,)))
    assert found.words.startswith("is new to the database, which nobody is in yet")


@pytest.mark.parametrize("content", ["", "\n", "aGVsbG8=", "no key", "kö"])
def test_a_file_without_a_key_is_wrong(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    with pytest.raises(SettingsError, match=r"GLIMMERS_KEY_FILE is .*: expected keys of 32 bytes"):
        see_key(a_copy(tmp_path))


def test_a_key_that_others_can_read_or_that_lies_with_the_data_is_noted(tmp_path: Path) -> None:
    file = write_key(tmp_path, mode=0o644)
    found = str(see_key(a_copy(tmp_path, glimmers_key_file=file, database_url=f"sqlite:///{tmp_path}/glimmers.db")))
    assert f"mode 0644. Note: others can read it; chmod 600 {file}. Note: it lies with the data" in found


def test_how_updates_come_in_is_noted_where_the_start_will_change_it(tmp_path: Path) -> None:
    ours = "https://bot.example.org/hunter2"
    hooked = a_copy(tmp_path, webhook_url=ours, webhook_secret="hunter2").settings
    none = Standing("glimmers_bot", reads_groups=False, webhook="", waiting=0, failure="")
    assert way_changes(a_copy(tmp_path).settings, none) == way_changes(hooked, replace(none, webhook=ours)) == ()
    assert "no webhook yet" in way_changes(hooked, none)[0]
    assert "a webhook at old.example.org;" in way_changes(hooked, replace(none, webhook="https://old.example.org/x"))[0]


def test_what_is_odd_at_telegram_is_noted() -> None:
    quiet = Standing("glimmers_bot", reads_groups=False, webhook="", waiting=0, failure="Connection\nrefused")
    assert odd_ways(quiet) == ()
    assert "(Connection refused)" in odd_ways(replace(quiet, waiting=3))[0]
    assert "/setprivacy" in odd_ways(replace(quiet, reads_groups=True))[0]


def test_numbers_older_than_a_year_are_wrong_and_a_month_before_they_are_noted() -> None:
    lines, year = load_lines(), timedelta(days=365)
    assert crisis_lines(lines, lines.compiled + year - timedelta(days=31)).notes == ()
    assert "nearly twelve months" in str(crisis_lines(lines, lines.compiled + year))
    with pytest.raises(Wrong, match="more than twelve months"):
        crisis_lines(lines, lines.compiled + year + timedelta(days=1))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_this_user_may_not_write_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(SettingsError, match=f"this user may not write {tmp_path}"):
        see_database(a_copy(tmp_path))
    with pytest.raises(SettingsError, match="this user may not write there"):
        see_key(a_copy(tmp_path))
    tmp_path.chmod(stat.S_IRWXU)
