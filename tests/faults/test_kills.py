"""A hundred people, twenty messages a second, and a bot that is killed, ended, or met by bad weather meanwhile."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.faults.harness import Trial, listening, trial
from tests.faults.outcome import Outcome

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("FAULTS_KILLS", 100))
SECONDS = float(os.environ.get("FAULTS_SECONDS", 120))
SEED = int(os.environ.get("FAULTS_SEED", time.time_ns() % 1_000_000))
BADLY = {"429": 0.05, "500": 0.05, "timeout": 0.05, "reset": 0.05}
STOPS = 8
ALONE = 60.0
# At 25 a second, a third of the time gone with starting, every request is a reply: no nudge would ever be killed.
PACE_OF_KILLS = int(os.environ.get("FAULTS_PACE", 50))


def test_killed_again_and_again(tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kills = KILLS if database_url.startswith("sqlite") else max(1, KILLS // 10)
    dice = random.Random(SEED)
    pauses = [dice.uniform(2, 8) for _ in range(kills)]
    with trial(tmp_path, database_url, SEED, PACE_OF_KILLS) as run, listening(run.api, run.port):
        begin(run, sum(pauses))
        for pause in pauses:
            run.speak_for(pause)
            run.kill()
        result = at_rest(run, f"{kills} kills on {database_url.partition(':')[0]}", capsys)
    result.check()
    assert result.most_at_once <= PACE_OF_KILLS


def test_without_kills_no_nudge_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with trial(tmp_path, f"sqlite:///{tmp_path}/g.db", SEED) as run, listening(run.api, run.port):
        begin(run, SECONDS)
        run.speak_for(SECONDS)
        result = at_rest(run, "no kills", capsys)
    result.check()
    assert not result.missing and not result.again


def test_in_bad_weather(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with trial(tmp_path, f"sqlite:///{tmp_path}/g.db", SEED) as run, listening(run.api, run.port):
        begin(run, SECONDS)
        run.api.faults.share = BADLY
        run.speak_for(SECONDS)
        result = at_rest(run, f"weather {BADLY}", capsys)
    result.check()


def test_asked_to_end_it_finishes_what_is_in_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ends = []
    with trial(tmp_path, f"sqlite:///{tmp_path}/g.db", SEED, PACE_OF_KILLS) as run, listening(run.api, run.port):
        begin(run, STOPS * 6)
        for _ in range(STOPS):
            run.speak_for(run.dice.uniform(4, 8))
            ends.append(run.bot.stop())
            run.bot.start()
        result = at_rest(run, f"SIGTERM {STOPS} times, at most {max(seconds for _, seconds in ends):.1f} s", capsys)
    assert all(status == 0 and seconds < 5 for status, seconds in ends)
    result.check()
    assert not result.missing and not result.again


def begin(run: Trial, lasts: float) -> None:
    """Three messages of everyone wait for a bot that is down; then it starts."""
    run.begin(lasts)
    for _ in range(3):
        for person in run.dice.sample(run.people, len(run.people)):
            run.speak(person)
    run.bot.start()


def at_rest(run: Trial, what: str, capsys: pytest.CaptureFixture[str]) -> Outcome:
    quiet = run.settle(ALONE)
    result = Outcome(run)
    with capsys.disabled():
        print(f"\n{what}; seed {SEED}, {run.bot.pace} a second; at rest after {quiet:.0f} s alone")
        print(f"{result.table()}\n  trouble in the log: {dict(run.bot.troubles())}")
    return result
