"""Reads a whole short answer to "When may I ask?": times of day and weekdays, and nothing else."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache

from bot.understanding.clocks import CLOCK, clock_of
from bot.understanding.groups import grouped
from bot.understanding.manners import without_manners
from bot.understanding.meaning import When
from bot.understanding.phrases import plain
from bot.understanding.signs import CONTENT, signs
from bot.understanding.when import when_of

LONGEST = 240  # letters
NOON = 12
SOME_DAY = datetime(2001, 1, 1)  # noqa: DTZ001 wall time; no answer may depend on it
ASKING = re.compile(
    r"(?:START|KEPT|CANWE|WANT|LIKE|SAY|MAKE|DO|TRY|SET|SHOW|FEELING|BEST|SURE|REMIND|NUDGE|ASK|MESSAGE|ME|IT|TO|YOU|OKAY"
    r"|YES|HELLO|I|is|[,.!])(?: |$)"
)
IN_SPAN = re.compile(r"(?:(?:PAUSE|FROM|BETWEEN|HOUR|TIMES) )*")
MORE_THAN_TIMES = ("interval_days", "per_week", "window", "every_minutes", "date", "in_minutes", "parts", "groups")


@dataclass(frozen=True)
class Schedule:
    """Times of day, sorted and distinct, on weekdays (0 is Monday).

    `unsure`: an hour from 1 to 12 was said with nothing that tells morning from evening; it is given as said, and
    `other` are the times if the other half of the day is meant. `days_said`: the days were named.
    """

    times: tuple[time, ...]
    days: frozenset[int]
    unsure: bool
    other: tuple[time, ...] = field(default=(), compare=False)
    days_said: bool = field(default=False, compare=False)


def schedule(text: str, language: str = "en") -> Schedule | None:
    """The times and weekdays `text` names; None if it says anything else or a time that does not exist."""
    asked = without_asking(text, language)
    when = when_of(asked, SOME_DAY) if asked else None
    if when is None or not when.times:
        return None
    when = grouped(when, asked, SOME_DAY)
    if any(getattr(when, name) != getattr(When(), name) for name in MORE_THAN_TIMES):
        return None
    return Schedule(when.times, when.days, bool(when.other), when.other, when.days_said)


def without_asking(text: str, language: str) -> str:
    """The signs of `text` without what asks for a time; "" for a long one."""
    said = without_manners(signs(text, language), language).text if len(text) <= LONGEST else ""
    while found := ASKING.match(said):
        said = said[found.end() :]
    return said


def is_vague(text: str, language: str = "en") -> bool:
    """Whether it says when without a time on the clock: "in the evening"."""
    return plain(text) in vague(language)


def span(text: str, language: str = "en") -> tuple[time, time] | None:
    """From when to when, over midnight: "22 to 8", "from 10pm till 7am". An hour that may be either begins in the
    evening and ends in the morning, but for "9:00 to 17:30"."""
    said = signs(text, language).text if len(text) <= LONGEST else ""
    ends = [readings_of(part) for part in re.split(r" (?:TO|UNTIL|AND|THROUGH|-) ", IN_SPAN.sub("", said, count=1))]
    if len(ends) != 2 or not all(ends):
        return None
    by_day = len(ends[1]) == 1 and ends[1][0].hour >= NOON
    begin, end = (min if by_day else max)(ends[0]), min(ends[1])
    return (begin, end) if begin != end else None


def readings(text: str, language: str = "en") -> tuple[time, ...]:
    """The times of day one time may mean: "2:20" two, "14:20" and "2:20 pm" one, anything else none."""
    return readings_of(without_manners(signs(text, language), language).text) if len(text) <= LONGEST else ()


def readings_of(said: str) -> tuple[time, ...]:
    found = CLOCK.fullmatch(said)
    try:
        return clock_of(found).readings() if found else ()
    except ValueError:
        return ()


@cache
def vague(language: str) -> frozenset[str]:
    return frozenset(tomllib.loads((CONTENT / language / "times.toml").read_text("utf-8"))["vague"])
