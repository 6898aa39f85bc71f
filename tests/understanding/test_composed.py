"""Every way of asking goes with everything that can be asked for: the grammar composes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.understand import understand
from tools.measure_words import same

LONDON = "Europe/London"
NOW = datetime(2026, 5, 14, 10, 30, tzinfo=ZoneInfo(LONDON))
SETS = tomllib.loads((Path(__file__).parent / "composed.toml").read_text("utf-8"))["set"]
WEEKLY = {"days": "daily", "interval_days": 1}
OPEN = {"start": None, "end": None, "about": None}


def ways() -> Iterator[tuple[str, dict[str, Any]]]:
    for group in SETS:
        yield from (
            (way.strip(), group) for line in group["ways"].split("\n") for way in line.split("|") if way.strip()
        )


def composed(way: str, group: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each message, and its slots."""
    for name, named in group.get("names", {"": {}}).items():
        for time, timed in group["times"].items():
            slots = {**named, **timed, **group.get("fixed", {})}
            yield way.format(*filter(None, (name, time))), with_defaults(group["intent"], slots)


def with_defaults(intent: str, slots: dict[str, Any]) -> dict[str, Any]:
    if intent == "recall":
        return {**OPEN, **slots}
    return {**WEEKLY, **slots} if intent == "set_reminder" and "date" not in slots else slots


@pytest.mark.parametrize(("way", "group"), list(ways()), ids=lambda value: value if isinstance(value, str) else "")
def test_each_way_of_asking_goes_with_everything_asked_for(way: str, group: dict[str, Any]) -> None:
    wrong = {}
    for text, slots in composed(way, group):
        read = understand(text, NOW, LONDON).as_json()
        if read["intent"] != group["intent"] or not same(group["intent"], slots, read["slots"]):
            wrong[text] = read
    assert wrong == {}
