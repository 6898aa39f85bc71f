"""When a reminder speaks, as a value: wall times or moments drawn within a window, on some days, or once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Self

from storage.records import RuleJson

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAYS = frozenset(range(7))
WEEK = 7
WHOLE_DAY = 24 * 60
APART = 60  # minutes between two moments that are drawn
LONGEST = 366  # days between two days it speaks on

Window = tuple[time, time]


@dataclass(frozen=True)
class Rule:
    """Wall times, or so many moments a day within a window, on weekdays; times of day to the minute.

    `times`: sorted, distinct; none where there is a `window`, which begins and ends at these, over midnight if it ends
    before it begins, and holds `count` moments at least an hour apart. `days`: 0 = Monday to 6 = Sunday. `every`: only
    each so many days, in weeks if it is a multiple of seven, counted from `since`. `part`: the part of the day that the
    window stands for. `on`: once only, at the one time of that date; `in_utc`: on the clock of UTC, wherever the person
    is by then. ValueError for what could never be met. `once` makes the rule for one date.
    """

    times: tuple[time, ...] = ()
    days: frozenset[int] = ALL_DAYS
    on: date | None = None
    in_utc: bool = False
    every: int = 1
    since: date | None = None
    window: Window | None = None
    count: int = 1
    part: str = ""

    def __post_init__(self) -> None:
        if not self.days or not self.days <= ALL_DAYS:
            raise ValueError("days: one or more of 0 to 6")
        if list(self.times) != sorted(set(self.times)) or bool(self.times) == bool(self.window):
            raise ValueError("times: one or more, sorted and distinct, or a window")
        if any(at.second or at.microsecond or at.tzinfo for at in (*self.times, *(self.window or ()))):
            raise ValueError("times: wall times to the minute")
        if self.on and (len(self.times) != 1 or self.days != {self.on.weekday()} or self.every > 1):
            raise ValueError("times: one time of one date")
        if not 1 <= self.every <= LONGEST or (self.every > 1 and not self.since):
            raise ValueError("every: 1 or more days, counted from a date")
        if self.window and not 1 <= self.count <= most_within(self.window):
            raise ValueError("count: 1 or more, an hour apart within the window")

    @classmethod
    def once(cls, on: date, at: time, in_utc: bool = False) -> Self:
        return cls((at,), frozenset({on.weekday()}), on, in_utc)

    @property
    def begins(self) -> time:
        """The earliest time of a day that it names."""
        return self.window[0] if self.window else self.times[0]

    @property
    def is_over_midnight(self) -> bool:
        """Whether a day's moments may lie on the next date."""
        return self.window is not None and self.window[1] <= self.window[0]

    @property
    def often(self) -> int:
        """How many times it speaks on a day."""
        return self.count if self.window else len(self.times)

    def as_json(self) -> RuleJson:
        stored = RuleJson(times=[slot_of(at) for at in self.times], days=[DAYS[day] for day in sorted(self.days)])
        if self.on:
            stored["date"] = self.on.isoformat()
        if self.in_utc:
            stored["zone"] = "UTC"
        if self.since:
            stored["every"], stored["since"] = self.every, self.since.isoformat()
        if self.window:
            stored["window"], stored["count"] = [slot_of(at) for at in self.window], self.count
        if self.part:
            stored["part"] = self.part
        return stored

    @classmethod
    def from_json(cls, stored: RuleJson) -> Self:
        """The rule `as_json` gave; ValueError for anything else."""
        return cls._read(
            tuple(stored["times"]),
            tuple(stored["days"]),
            stored.get("date"),
            "zone" in stored,
            stored.get("every", 1),
            stored.get("since"),
            tuple(stored.get("window", ())),
            stored.get("count", 1),
            stored.get("part", ""),
        )

    @classmethod
    @lru_cache(maxsize=4096)
    def _read(
        cls,
        times: tuple[str, ...],
        days: tuple[str, ...],
        on: str | None,
        in_utc: bool,
        every: int,
        since: str | None,
        window: tuple[str, ...],
        count: int,
        part: str,
    ) -> Self:
        """Many people share a rule: it is read once."""
        begin_end = [time.fromisoformat(at) for at in window]
        return cls(
            times=tuple(time.fromisoformat(at) for at in times),
            days=frozenset(DAYS.index(day) for day in days),
            on=date.fromisoformat(on) if on else None,
            in_utc=in_utc,
            every=every,
            since=date.fromisoformat(since) if since else None,
            window=(begin_end[0], begin_end[1]) if begin_end else None,
            count=count,
            part=part,
        )

    def next_day(self, day: date) -> date:
        """The first day from this one on, it included, that it speaks on."""
        while True:
            if self.since and self.every % WEEK:
                day += timedelta(days=(self.since - day).days % self.every)
            elif self.since:
                weeks_off = (monday(self.since) - monday(day)).days // WEEK % (self.every // WEEK)
                day = monday(day) + timedelta(weeks=weeks_off) if weeks_off else day
            if day.weekday() in self.days:
                return day
            day += timedelta(days=1)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def slot_of(named: time) -> str:
    """The slot a wall time fills: "HH:MM"."""
    return named.isoformat("minutes")


def minutes_of(at: time) -> int:
    """Minutes since midnight on the clock."""
    return at.hour * 60 + at.minute


def time_at(minutes: int) -> time:
    """The time so many minutes after midnight, on the clock: after a whole day it begins anew."""
    hour, minute = divmod(minutes % WHOLE_DAY, 60)
    return time(hour, minute)


def length_of(window: Window) -> int:
    """In minutes; a whole day, if it ends as it begins."""
    begin, end = map(minutes_of, window)
    return (end - begin) % WHOLE_DAY or WHOLE_DAY


def most_within(window: Window) -> int:
    """How many moments it holds, an hour apart."""
    return length_of(window) // APART + 1
