"""TO BE REPLACED by `bot/understanding`: a few fixed sentences, so that what they ask for can be tried until then."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.conversation.situation import Heard
from bot.understanding.meaning import Pause, Snooze, When
from bot.understanding.phrases import plain
from scheduler.recurrence import DAYS

NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
UNITS = {"minute": 1, "hour": 60, "day": 24 * 60}
DAY = rf"({'|'.join([*NEAR, *(f'{day}[a-z]*' for day in DAYS)])}|\d{{4}}-\d\d-\d\d)"
CLOCK, LENGTH = r"(\d\d?)(?::(\d\d))?", r"(\d{1,9}) (minute|hour|day)s?"
PATTERNS = {
    "pause": re.compile(rf"pause(?: from {DAY})?(?: (?:till|until) {DAY})?"),
    "pause for": re.compile(rf"pause for {LENGTH}"),
    "pause until": re.compile(rf"pause (?:till|until) {CLOCK}"),
    "snooze": re.compile(rf"snooze {LENGTH}"),
    "snooze until": re.compile(rf"snooze (?:till|until) {CLOCK}"),
    "in": re.compile(rf"ask me in {LENGTH}"),
    "on": re.compile(rf"ask me {DAY}(?: at {CLOCK})?"),
}


def wish(text: str, now: datetime) -> Heard | None:
    """`now` is in the person's zone."""
    found = ((name, match) for name, pattern in PATTERNS.items() if (match := pattern.fullmatch(plain(text))))
    name, match = next(found, ("", None))
    try:
        return heard(name, [part or "" for part in match.groups()], now.date()) if match else None
    except ValueError:
        return None


def heard(name: str, said: list[str], today: date) -> Heard:
    match name:
        case "pause":
            start, until = (day_of(part, today) if part else None for part in said)
            return Heard("pause", pause=Pause(start=start, until=until))
        case "pause for":
            return Heard("pause", pause=Pause(minutes=minutes(said)))
        case "pause until":
            return Heard("pause", pause=Pause(until_time=clock(said)))
        case "snooze":
            return Heard("later", snooze=Snooze(minutes=minutes(said)))
        case "snooze until":
            return Heard("later", snooze=Snooze(until=clock(said)))
        case "in":
            return Heard("once", when=When(in_minutes=minutes(said)))
    day, at = day_of(said[0], today), clock(said[1:]) if said[1] else None
    # An hour up to 12 without its minutes may be in the morning or in the evening.
    open_half = at and not said[2] and 1 <= at.hour <= 12
    other = (at.replace(hour=(at.hour + 12) % 24),) if at and open_half else ()
    return Heard("once", when=When(date=day, times=(at,) if at else (), other=other))


def minutes(said: list[str]) -> int:
    return int(said[0]) * UNITS[said[1]]


def clock(said: list[str]) -> time:
    return time(int(said[0]), int(said[1] or 0))


def day_of(said: str, today: date) -> date:
    if said in NEAR:
        return today + timedelta(days=NEAR[said])
    if said[:3] in DAYS:
        return today + timedelta(days=(DAYS.index(said[:3]) - today.weekday() - 1) % 7 + 1)
    return date.fromisoformat(said)
