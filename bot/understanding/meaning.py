"""What a message may mean: an intent by name, and the values that come with it. Values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAYS = frozenset(range(7))
PARTS = (
    "morning",
    "breakfast",
    "lunch",
    "after_lunch",
    "afternoon",
    "after_work",
    "evening",
    "night",
    "bedtime",
)


@dataclass(frozen=True)
class When:
    """When to ask, as said. What was not said is empty, None or the default.

    `times`: wall times, sorted and distinct; `other`: the same if the other half of the day is meant, where that was
    left open. `days`: 0 is Monday; `days_said`: they were named. `interval_days`: 2 is every other day, 14 every other
    week. `parts`: parts of the day without a time on the clock. `per_day` times, drawn in `window`; `every_minutes`.
    Once only: `date`, or `in_minutes` from now. `groups`: where days have times of their own ("weekdays at 7, weekends
    at 9"), one for each; the rest then holds all of them together.
    """

    times: tuple[time, ...] = ()
    other: tuple[time, ...] = ()
    days: frozenset[int] = ALL_DAYS
    days_said: bool = False
    interval_days: int = 1
    parts: tuple[str, ...] = ()
    per_day: int | None = None
    per_week: int | None = None
    window: tuple[time, time] | None = None
    every_minutes: int | None = None
    date: date | None = None
    in_minutes: int | None = None
    groups: tuple[When, ...] = ()

    @property
    def is_once(self) -> bool:
        return self.date is not None or self.in_minutes is not None

    def as_json(self) -> dict[str, Any]:
        if self.in_minutes is not None:
            return {"in_minutes": self.in_minutes}
        said = {
            "times": clocks(self.times),
            "parts": sorted(self.parts),
            "per_day": self.per_day,
            "per_week": self.per_week,
            "window": clocks(self.window or ()),
            "every_minutes": self.every_minutes,
        }
        if self.date:
            return {"date": self.date.isoformat()} | filled(said)
        return {"days": day_names(self.days), "interval_days": self.interval_days} | filled(said)


@dataclass(frozen=True)
class Change:
    """What is to be different about the reminders `which` names ("" where none was named: the only one, or all).

    `which`: a part of the day, "first", "last", a number, "HH:MM", "all", "weekend", "weekdays", or a weekday; several
    with commas between; "today", "tomorrow" and "tonight" for what is asked then. `other_which` is the time in
    the other half of the day, where that was left open; `times` and `other` as in `When`.
    """

    which: str = ""
    other_which: str = ""
    times: tuple[time, ...] = ()
    other: tuple[time, ...] = ()
    parts: tuple[str, ...] = ()
    days: frozenset[int] = frozenset()
    exclude_days: frozenset[int] = frozenset()
    add_days: frozenset[int] = frozenset()
    shift_minutes: int | None = None
    interval_days: int | None = None
    per_day: int | None = None
    window: tuple[time, time] | None = None
    window_start: time | None = None
    window_end: time | None = None

    def as_json(self) -> dict[str, Any]:
        return filled(
            {
                "which": self.which,
                "times": clocks(self.times),
                "parts": sorted(self.parts),
                "days": day_names(self.days) if self.days else None,
                "exclude_days": day_list(self.exclude_days),
                "add_days": day_list(self.add_days),
                "shift_minutes": self.shift_minutes,
                "interval_days": self.interval_days,
                "per_day": self.per_day,
                "window": clocks(self.window or ()),
                "window_start": clock(self.window_start),
                "window_end": clock(self.window_end),
            }
        )


@dataclass(frozen=True)
class Stop:
    """Which reminders to end: as in `Change`, "all" where none was named."""

    which: str = "all"
    other_which: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"which": self.which}


@dataclass(frozen=True)
class Pause:
    """No questions `from` a day (today, if None) until a day (the first with questions again), for `minutes`, or until
    a time of today; until told otherwise if all are None. `resume`: questions again."""

    start: date | None = None
    until: date | None = None
    minutes: int | None = None
    until_time: time | None = None
    resume: bool = False

    def as_json(self) -> dict[str, Any]:
        if self.resume:
            return {"resume": True}
        days = {"from": day(self.start), "until": day(self.until)}
        return filled(days | {"minutes": self.minutes, "until_time": clock(self.until_time)})


@dataclass(frozen=True)
class Snooze:
    """Ask again in `minutes`, or at a time of today; in a while if both are None."""

    minutes: int | None = None
    until: time | None = None

    def as_json(self) -> dict[str, Any]:
        return filled({"minutes": self.minutes, "until": clock(self.until)})


@dataclass(frozen=True)
class Whereabouts:
    """A zone by its IANA name or as "+HH:MM"; None where it was only asked about."""

    tz: str | None = None

    def as_json(self) -> dict[str, Any]:
        return filled({"tz": self.tz})


@dataclass(frozen=True)
class Recall:
    """Which kept glimmers to hand back.

    Of the days from `start` to `end`, both inclusive, None where open; about `about`, in the person's own words.
    `pick`: "first", "last", "random", "count", "on_this_day", or None for all; at most `limit`.
    """

    start: date | None = None
    end: date | None = None
    about: str | None = None
    pick: str | None = None
    limit: int | None = None

    def as_json(self) -> dict[str, Any]:
        days = {"start": day(self.start), "end": day(self.end), "about": self.about}
        return days | filled({"pick": self.pick, "limit": self.limit})


@dataclass(frozen=True)
class Care:
    """How plainly words speak of harm: "direct" or "unclear"."""

    level: str

    def as_json(self) -> dict[str, Any]:
        return {"level": self.level}


@dataclass(frozen=True)
class Friend:
    """The words are about somebody else's danger."""

    def as_json(self) -> dict[str, Any]:
        return {"about": "friend"}


Slots = Care | Friend | When | Change | Stop | Pause | Snooze | Whereabouts | Recall


@dataclass(frozen=True)
class Meaning:
    """`intent`: as in `tests/corpus/README.md`. `doubt`: what else it may mean, where it is read as a glimmer to be
    safe. `also`: what else is asked for in the same breath."""

    intent: str
    slots: Slots | None = None
    doubt: Meaning | None = None
    also: tuple[Meaning, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"intent": self.intent, "slots": self.slots.as_json() if self.slots else {}}


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """What was said: without what is empty."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def clocks(times: Iterable[time]) -> list[str]:
    return [at.isoformat("minutes") for at in times]


def clock(at: time | None) -> str | None:
    return at.isoformat("minutes") if at else None


def day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def day_list(days: Iterable[int]) -> list[str]:
    return [DAYS[n] for n in sorted(days)]


def day_names(days: frozenset[int]) -> str | list[str]:
    return "daily" if days == ALL_DAYS else day_list(days)
