"""The weekly letter in plain words: "could my letter come on saturdays at 9", "no more letters please".

A wish for it is worded as one for a reminder is, so it is read as if that were meant. Which words make a letter
another one ("a letter to mum") is data, in `doors.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.understanding.meaning import Change, Stop, When
from bot.understanding.phrases import plain
from bot.understanding.signs import signs
from bot.understanding.understand import understand
from bot.understanding.when import read_when

CONTENT = Path(__file__).parent.parent / "content"
LONGEST = 80


@dataclass(frozen=True)
class Letter:
    """What is wished of the weekly letter: when it shall come, or `ends` where it shall not come any more."""

    when: When = field(default_factory=When)
    ends: bool = False


def letter(text: str, now: datetime, zone: str, language: str = "en") -> Letter | None:
    """What a message wishes of the weekly letter; None where it is about anything else."""
    table, said = words(language), plain(text)
    if len(text) > LONGEST or not table.called.search(said) or table.another.search(said):
        return None
    wish = table.called.sub(table.read_as, said)
    meant = understand(wish, now, zone, language)
    if isinstance(meant.slots, Stop):
        return Letter(ends=True)
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    when = read_when(signs(wish, language).text, local)[0] if isinstance(meant.slots, When | Change) else None
    return Letter(when) if when and not when.is_once else None


@dataclass(frozen=True)
class Words:
    """`called`: how the letter is called; `another`: words that make it another one; `read_as` stands for it."""

    called: re.Pattern[str]
    another: re.Pattern[str]
    read_as: str


@cache
def words(language: str) -> Words:
    table = tomllib.loads((CONTENT / language / "doors.toml").read_text("utf-8"))["letter"]
    called, another = (re.compile(rf"\b(?:{'|'.join(table[name])})\b") for name in ("called", "another"))
    return Words(called, another, table["read_as"])
