"""Reads a whole short answer to "When may I ask?": times of day and weekdays, and nothing else.

The words (`content/<language>/times.toml`) are first written as signs: "half past eight, not sundays" becomes
"30W PAST 8W , X D6". Then days and times are taken out. If anything is left, it was no time: nothing is guessed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from typing import Any

from bot.understanding.phrases import plain
from scheduler.recurrence import DAYS


def _signs(words: dict[str, Any]) -> dict[str, str]:
    """Each word and its sign. A number said in words ends in W, weekdays (0 is Monday) begin with D."""
    units = {word: n for word, n in words["numbers"].items() if 0 < n < 10}
    tens = {word: n for word, n in words["numbers"].items() if n >= 20}
    signs = {word: sign for sign, known in words["signs"].items() for word in known}
    signs |= {word: f"{n}W" for word, n in words["numbers"].items()}
    signs |= {f"{ten}{gap}{unit}": f"{tens[ten] + units[unit]}W" for ten in tens for unit in units for gap in " -"}
    signs |= {f"{zero} {unit}": f"0{n}W" for zero in words["zero"] for unit, n in units.items()}
    for days, known in words["days"].items():
        signs |= dict.fromkeys(known, "D" + "".join(str(DAYS.index(day)) for day in days.split()))
    return signs


_WORDS = tomllib.loads((Path(__file__).parents[1] / "content/en/times.toml").read_text("utf-8"))
_SIGNS = _signs(_WORDS)
_LONGEST_FIRST = sorted(_SIGNS, key=len, reverse=True)
_WORD = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?!\w)")
_LETTER = re.compile(r"(?<=\d)([ap])(?![\w.])")  # 7a, 9p
_MARK = re.compile(r"[^\w\s:./<>%$€£#–—-]|\.(?!\d)")

_DAY = r"(?:D\d ?(?:[-–—]|TO) ?D\d(?!\d)|D\d+)"
_DAYS = re.compile(rf"{_DAY}(?:[ ,]*{_DAY})*")
_EXCEPT = re.compile(rf"X {_DAYS.pattern}")
_TIME = re.compile(
    r"""\b(?:(?P<before>AM|PM|NIGHT)[ ,]+)?
    (?:(?P<past>[1-5]?\d)W?(?:\ M)?\ PAST\ |(?P<to>[1-5]?\d)(?:W|W?\ M)\ TO\ )?     # "5 to 9" may be a span
    (?P<hour>\d\d?)(?:[:.h]?(?P<minute>[0-5]\d)|h|W)?(?![\d:W])
    (?:\ (?P<spoken>(?:00|15|2[4-9]|[3-5]\d)W?|\d\dW)(?!\d))?                     # "8 20" may be two hours
    (?(before)(?:\ (?P<again>AM|PM|NIGHT)(?!\ \d))?|(?:[ ,]+(?P<after>AM|PM|NIGHT))?)(?!\w)""",
    re.VERBOSE,
)


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


def schedule(text: str) -> Schedule | None:
    """The times and weekdays `text` names; None if it says anything else or a time that does not exist."""
    try:
        clocks, days, days_said = _read(text)
        times = tuple(sorted({clock.at() for clock in clocks}))
    except ValueError:
        return None
    # Whoever says 20 counts to 24, and means the morning by an 8 in the same breath.
    to_24 = any(clock.half is None and not clock.open for clock in clocks)
    unsure = [] if to_24 else [clock for clock in clocks if clock.open and not clock.exact]
    other = {clock.other() if clock in unsure else clock.at() for clock in clocks} if unsure else ()
    return Schedule(times, days, bool(unsure), tuple(sorted(other)), days_said) if times and days else None


def is_vague(text: str) -> bool:
    """Whether it says when without a time on the clock: "in the evening"."""
    return plain(text) in _WORDS["vague"]


def span(text: str) -> tuple[time, time] | None:
    """From when to when, over midnight: "22 to 8", "from 10pm till 7am". An hour that may be either begins in the
    evening and ends in the morning."""
    words = _WORDS["span"]
    inner = re.sub(rf"^(?:{'|'.join(words['before'])})\s+", "", plain(text))
    parts = re.split(rf"\s*[-–—]\s*|\s+(?:{'|'.join(words['between'])})\s+", inner)
    ends = [readings(part) for part in parts]
    if len(ends) != 2 or not all(ends):
        return None
    begin, end = max(ends[0]), min(ends[1])
    return (begin, end) if begin != end else None


def readings(text: str) -> tuple[time, ...]:
    """The times of day one time may mean: "2:20" two, "14:20" and "2:20 pm" one, anything else none."""
    try:
        (clock,), _, _ = _read(text)
        return tuple(replace(clock, half=half).at() for half in (("AM", "PM") if clock.open else (clock.half,)))
    except ValueError:
        return ()


@dataclass(frozen=True)
class _Clock:
    """A time as said: the hour, the minutes after it (before it, if negative), and AM, PM or NIGHT."""

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

    def _hour_of_day(self) -> int:
        if self.half is None or (self.hour > 12 and self.half != "AM"):
            return self.hour
        if self.hour > 12 or (self.half == "PM" and self.hour == 0):
            raise ValueError("this hour is in the other half of the day")
        late = self.half == "PM" or (self.half == "NIGHT" and 5 <= self.hour < 12)
        return self.hour % 12 + 12 * late


def _read(text: str) -> tuple[list[_Clock], frozenset[int], bool]:
    """The times said, the weekdays, and whether those were said.

    ValueError if `text` says more, or different days for different times.
    """
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain(text))
    signs = _WORD.sub(lambda word: f" {_SIGNS[word[0]]} ", _LETTER.sub(r"\1m", digits))
    excluded, signs = _take(_EXCEPT, " ".join(_MARK.sub(" , ", signs).split()))
    named, signs = _take(_DAYS, signs)
    times, signs = _take(_TIME, signs)
    runs = {_weekdays(run[0]) for run in named} or {frozenset(range(7))}
    if signs.strip(" ,") or len(runs) > 1:
        raise ValueError("not times and weekdays alone")
    days = runs.pop().difference(*(_weekdays(run[0]) for run in excluded))
    return [_clock(match) for match in times], days, bool(named or excluded)


def _take(pattern: re.Pattern[str], signs: str) -> tuple[list[re.Match[str]], str]:
    """All that matches, and what is left."""
    return list(pattern.finditer(signs)), " ".join(pattern.sub(" , ", signs).split())


def _clock(said: re.Match[str]) -> _Clock:
    minutes = [int(said[name].strip("W")) for name in ("minute", "spoken", "past", "to") if said[name]]
    if len(minutes) > 1:
        raise ValueError("minutes said twice")
    return _Clock(
        hour=int(said["hour"]),
        minute=-sum(minutes) if said["to"] else sum(minutes),
        half=said["after"] or said["again"] or said["before"],
        exact=any((said[name] or "W").isdigit() for name in ("minute", "spoken")),
        padded=said["hour"].startswith("0"),
    )


def _weekdays(run: str) -> frozenset[int]:
    """The weekdays of a run of signs: "D0 , D2", "D0 - D4"; a span may go over Sunday."""
    found: set[int] = set()
    for first, last, known in re.findall(r"D(\d) ?(?:[-–—]|TO) ?D(\d)|D(\d+)", run):
        span = () if known else range((int(last) - int(first)) % 7 + 1)
        found |= {int(day) for day in known} | {(int(first) + n) % 7 for n in span}
    return frozenset(found)
