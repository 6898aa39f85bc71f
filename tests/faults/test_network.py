"""The network is not there yet, comes and goes; Telegram knows no such token, or another copy asks too."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.harness import TOKEN, Trial, listening, trial, wait_until
from tests.faults.outcome import Outcome

pytestmark = pytest.mark.faults

AGAIN = 45.0  # seconds; the longest pause between two tries is 30
CUTS = 5
REACHED = "Telegram cannot be reached (ClientConnectorError); trying again"


def answered(run: Trial) -> bool:
    """Somebody says hello; whether they are answered, and the bot has introduced itself."""
    ada = run.api.person(user_id=1)
    ada.say("/start")
    return wait_until(lambda: ada.chat[-1]["from"]["is_bot"] and has_menu(run), AGAIN)


def has_menu(run: Trial) -> bool:
    return any(shown["commands"] and shown["description"] for shown in run.api.profile.values())


def test_started_without_network_it_begins_when_there_is_one(tmp_path: Path) -> None:
    with trial(tmp_path, f"sqlite:///{tmp_path}/g.db", 0) as run:
        run.bot.start()
        time.sleep(12)
        with listening(run.api, run.port):
            assert answered(run)
            assert run.bot.stop()[0] == 0
        assert run.bot.troubles()[REACHED] == 1
        assert run.bot.troubles().total() <= 2


def test_a_token_that_is_refused_is_one_line_and_mended_without_a_restart(tmp_path: Path) -> None:
    with trial(tmp_path, f"sqlite:///{tmp_path}/g.db", 0) as run, listening(run.api, run.port):
        run.api.token = "1:another"
        run.bot.start()
        assert wait_until(lambda: run.bot.troubles().total() > 0, AGAIN)
        time.sleep(5)
        run.api.token = TOKEN
        assert answered(run)
        assert run.bot.troubles()["Telegram does not accept BOT_TOKEN; get it again from @BotFather"] == 1
        assert run.bot.troubles().total() <= 2


def test_a_second_copy_is_one_line_and_nothing_is_lost(tmp_path: Path) -> None:
    with trial(tmp_path, f"sqlite:///{tmp_path}/g.db", 0) as run, listening(run.api, run.port):
        run.bot.start()
        assert answered(run)
        while_another_asks(run, lambda: time.sleep(8))
        assert answered(run)
        lines = run.bot.troubles()
    assert lines == {"Another copy of this bot is asking Telegram; trying again": 1}


def while_another_asks(run: Trial, meanwhile: Callable[[], None]) -> None:
    """A copy that asks again and again, and confirms nothing."""
    enough = threading.Event()

    def ask() -> None:
        while not enough.is_set():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/bot{TOKEN}/getUpdates?timeout=1") as answer:
                    answer.read()
            except urllib.error.HTTPError as conflict:
                conflict.close()

    copy = threading.Thread(target=ask)
    copy.start()
    meanwhile()
    enough.set()
    copy.join()


def test_a_network_that_comes_and_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with trial(tmp_path, f"sqlite:///{tmp_path}/g.db", 0, pace=50) as run:
        with listening(run.api, run.port):
            run.begin(CUTS * 10)
            run.bot.start()
        for _ in range(CUTS):
            run.speak_for(run.dice.uniform(2, 8))
            with listening(run.api, run.port):
                run.speak_for(run.dice.uniform(4, 12))
        with listening(run.api, run.port):
            run.settle(0)
            result, lines = Outcome(run), run.bot.troubles()
    with capsys.disabled():
        print(f"\n{CUTS} cuts; in the log: {dict(lines)}\n{result.table()}")
    assert not (result.lost or result.twice or result.silent or result.disorder or result.asked_twice)
    assert len(result.missing) <= CUTS * run.bot.pace
