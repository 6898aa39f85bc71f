"""A time of day as people say it, in signs: "HALF PAST 8 EVENING", "8:30 PM", "10W 30W", "NOON"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import pairwise

NOON = time(12)
NIGHT_ENDS = 6  # hours from here on are likelier those of the morning
HALVES = {
    "AM": "AM",
    "MORNING": "AM",
    "BREAKFAST": "AM",
    "PM": "PM",
    "AFTERLUNCH": "PM",
    "AFTERNOON": "PM",
    "AFTERWORK": "PM",
    "LUNCH": "LUNCH",
    "EVENING": "NIGHT",
    "NIGHT": "NIGHT",
    "TONIGHT": "NIGHT",
    "BEDTIME": "NIGHT",
}
_HALF = "|".join(HALVES)
_GLUE = r"(?:IN|AT|ON|OF|THIS|EVERY|~)"
_AFTER = "|".join(rf"(?<={sign}\ )" for sign in ("AT", "TO", "AND", "PAST", "BETWEEN", "FROM"))
_GIVEN = "".join(rf"(?<!{sign}\ )" for sign in ("WANT", "ME", "GIVE", "HAVE", "SET", "ADD", "MORNING", r"MORNING\ AND"))
_SAID = rf"{_GIVEN}1(?=W\ (?:OCLOCK|AM|PM|IN\ (?!EVENING|\w+\ (?:AND\ )?1W)|AT\ NIGHT))"
_ONE = rf"{_SAID}|(?:{_AFTER})1(?=W)(?!W\ (?:AT|FOR|ON|{_HALF})\b)"
_UNNAMED = "".join(rf"(?<!{name}\ )" for name in (*HALVES, "NOON", "NUDGE", r"\dO", r"D\d"))
CLOCK = re.compile(
    rf"""(?<!\d{{4}}-)(?<!\d{{4}}-\d\d-)(?!\d{{4}}-\d\d-\d\d)                             # nor is a date
    (?<![\w:./])(?<!(?:IN|OF)\ (?=(?:19|20)\d\d\b))                                     # nor is a year
    (?<!FROM\ (?=(?:19|20)\d\d\b))(?<!(?:ALL|HOW)\ (?=(?:19|20)\d\d\b))
    (?:(?P<before>{_HALF})[ ,]+(?:{_GLUE}\ |ABOUT\ )*)?
    (?:(?!1W\ (?:TO|BEFORE|OF|UNTIL)\b)|{_UNNAMED})                                     # "the evening one to 8"
    (?:(?P<past>HALF|QUARTER|[1-5]?\d)W?(?:\ MINUTE)?\ PAST\ |HALF\ (?=\d)(?P<half>)
     |(?P<to>QUARTER|[1-5]?\d(?=W|\ MINUTE|\ BEFORE\ \d))W?(?:\ MINUTE)?\ (?:TO|BEFORE|OF|UNTIL)\ )?
    (?:(?P<hour>{_ONE}|(?!1W|1\ (?:AT\ (?!NIGHT)|(?:MORE|EVERY|FOR)\b)|\d\d?W?\ NUDGE\b)\d\d?)  # "one" is seldom one
       (?:(?:[:.]|-(?=\d\d\ [AP]M))?(?P<minute>[0-5]\d))?W?(?![\w:.])
     |(?P<named>NOON|MIDNIGHT)\b)
    (?:\ (?P<spoken>(?:[1-5]\d|0\d)W|00|15|2[4-9]|[3-5]\d)(?![\w:]))?                    # "8 20" may be two hours
    (?:(?:\ -)?\ (?:ISH|OCLOCK|h|(?<=\d\d\d\d\ )HOUR)\b)*
    (?(before)(?:\ {_GLUE})*(?:\ (?P<again>{_HALF})\b(?!\ \d))?
     |(?:(?:[ ,]+|\ {_GLUE})*\ (?P<after>{_HALF})\b)?)
    (?![\w:])""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Clock:
    """A time as said: the hour, the minutes after it (before it, if negative), and AM, PM, NIGHT or LUNCH."""

    hour: int
    minute: int
    half: str | None
    exact: bool  # with its minutes, as a clock shows them
    padded: bool  # with a leading zero

    @property
    def open(self) -> bool:
        """Whether it may be morning or evening."""
        return self.half is None and 1 <= self.hour <= 12 and not self.padded

    def at(self) -> time:
        """The time of day; ValueError if there is none such."""
        minutes = (time(self._hour_of_day()).hour * 60 + self.minute) % (24 * 60)
        return time(minutes // 60, minutes % 60)

    def other(self) -> time:
        """The same in the other half of the day."""
        at = self.at()
        return at.replace(hour=(at.hour + 12) % 24)

    def readings(self) -> tuple[time, ...]:
        """All times of day it may mean, the earlier first."""
        return tuple(replace(self, half=half).at() for half in (("AM", "PM") if self.open else (self.half,)))

    def near(self, half: str | None) -> Clock:
        """The same in this half of the day, if that was left open."""
        return replace(self, half=half) if self.open else self

    def _hour_of_day(self) -> int:
        if self.half is None or (self.hour > 12 and self.half != "AM"):
            return self.hour
        if self.hour > 12 or (self.half == "PM" and self.hour == 0):
            raise ValueError("this hour is in the other half of the day")
        if self.half == "LUNCH":
            return self.hour if self.hour >= 10 else self.hour + 12
        late = self.half == "PM" or (self.half == "NIGHT" and 5 <= self.hour < 12)
        return self.hour % 12 + 12 * late


def clock_of(said: re.Match[str]) -> Clock:
    """The clock that `CLOCK` matched; ValueError where minutes are said twice."""
    minutes = [minutes_in(said[name]) for name in ("minute", "spoken", "past", "to") if said[name]]
    minutes += [30] if said["half"] is not None else []
    if len(minutes) > 1:
        raise ValueError("minutes said twice")
    halves = [HALVES[word] for name in ("after", "again", "before") if (word := said[name])]
    named = {"NOON": ("12", "PM"), "MIDNIGHT": ("0", None)}.get(said["named"] or "")
    hour, half = named or (said["hour"], halves[0] if halves else None)
    return Clock(
        hour=int(hour),
        minute=-sum(minutes) if said["to"] else sum(minutes),
        half=half,
        exact=any((said[name] or "W").isdigit() for name in ("minute", "spoken")),
        padded=hour.startswith("0"),
    )


def minutes_in(said: str) -> int:
    return {"HALF": 30, "QUARTER": 15}.get(said) or int(said.strip("W"))


def times_of(clocks: Sequence[Clock]) -> tuple[tuple[time, ...], tuple[time, ...]]:
    """The times, sorted and distinct; and the same if the other half of the day is meant, where that was left open.

    Whoever says 20 counts to 24, and means the morning by an 8 in the same breath.
    """
    times = {clock.at() for clock in clocks}
    if len(clocks) == 2 and clocks[0] == clocks[1] and clocks[0].open and not clocks[0].exact:  # "9 and 9"
        return clocks[0].readings(), ()
    to_24 = any(clock.half is None and not clock.open for clock in clocks)
    unsure = [] if to_24 else [clock for clock in clocks if clock.open and not clock.exact]
    other = {clock.other() if clock in unsure else clock.at() for clock in clocks} if unsure else set()
    return tuple(sorted(times)), tuple(sorted(other))


def in_order(clocks: Sequence[Clock]) -> list[Clock]:
    """The same where they follow each other through a day: "10, 2 and 6" are 10:00, 14:00 and 18:00."""
    if not all(clock.open and not clock.exact for clock in clocks) or min(clock.hour for clock in clocks) > NIGHT_ENDS:
        return list(clocks)
    first = clocks[0].near("PM" if clocks[0].hour == NOON.hour else "AM")
    later = [clock.near("AM" if first.hour < clock.hour < NOON.hour else "PM") for clock in clocks[1:]]
    follow = all(one.at() < other.at() for one, other in pairwise([first, *later]))
    return [first, *later] if follow and clocks[-1].hour <= clocks[0].hour else list(clocks)


def window_of(first: Clock, last: Clock) -> tuple[time, time]:
    """From when to when within a day, waking hours where that was left open: "10 to 6" is 10:00 to 18:00."""
    if first.open and first.hour == NOON.hour:
        first = first.near("PM")
    if first.open and not last.open:
        before = [at for at in first.readings() if at < last.at()]
        return (max(before) if last.half else min(before)) if before else first.at(), last.at()
    begin = first.at() if not first.open or 7 <= first.hour <= 12 else max(first.readings())
    after = [at for at in last.readings() if at > begin]
    return begin, min(after) if after else last.readings()[-1]
