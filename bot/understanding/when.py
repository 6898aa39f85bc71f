"""Reads when to ask from signs: times of day, weekdays, intervals, windows, counts, and once only.

What stands for a time is taken out piece by piece, in an order in which no piece can be mistaken for another; what is
left over says whether the message was about anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from bot.understanding.ahead import AHEAD, AMOUNT, DAY, day_ahead, minutes_of
from bot.understanding.clocks import CLOCK, Clock, clock_of, times_of, window_of
from bot.understanding.meaning import ALL_DAYS, PARTS, When

WEEKDAY = r"(?:D\d[ ,]*(?:-|TO|THROUGH|UNTIL)[ ,]*D\d(?!\d)|D\d+)"
WEEKDAYS = rf"{WEEKDAY}(?:(?:[ ,]|AND|OR|ON|EVERY)+{WEEKDAY})*"
SPAN = re.compile(r"D(\d)[ ,]*(?:-|TO|THROUGH|UNTIL)[ ,]*D(\d)(?!\d)|D(\d+)")
PART_SIGNS = {part.upper().replace("_", ""): part for part in PARTS} | {"TONIGHT": "evening"}
ON = r"(?:(?:AT|ON|IN|FOR|EVERY|OF|THIS) )*"
TO = "(?:AND|TO|UNTIL|THROUGH|-)"
COUNTS = {"ONCE": 1, "TWICE": 2, "THRICE": 3, "FEW": 3, "COUPLE": 2}
COUNT = rf"(?P<count>{'|'.join(COUNTS)}|(?P<many>\d+)W?)(?P<what>(?: TIMES| RANDOM| NUDGE| MESSAGE| MOST| LEAST| OFF)*)"
CORRECTED = re.compile(r"\bACTUALLY\b|\bNO ,")
INSIDE = {  # hours in which a part of the day lies: a time there says it more exactly
    "morning": (4, 12),
    "breakfast": (5, 11),
    "lunch": (11, 15),
    "after_lunch": (12, 16),
    "afternoon": (12, 18),
    "after_work": (15, 21),
    "evening": (16, 24),
    "night": (-6, 6),
    "bedtime": (18, 24),
}
GLUE = re.compile(
    r"(?:~|T\d+) +(?:1W|ONES)\b|"
    r"\b(?:1W NUDGE|AT|ON|OF|IN|FOR|EVERY|AND|OR|BUT|THIS|ABOUT|FROM|ISH|TIMES?|TO|WITH|ALL|DAY|WEEK|NUDGE|MESSAGE|OKAY|RANDOM"
    r"|ONES|1W NUDGE|ANY|PAST|OFF|LIKE|MOST|LEAST|NICE|SET|ONCE|ENOUGH|is|IT|ALSO|AGAIN|SO|CANWE|[TA]\d+)\b|[~,@!?.:-]"
)


class NotRead(ValueError):
    """The words name a time that does not exist."""


@dataclass
class Draft:
    """What was taken so far, and the signs that are left: "T0" stands for the first clock, "A0" for the first amount."""

    left: str
    now: datetime
    when: When = field(default_factory=When)
    clocks: list[Clock] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)

    def set(self, **values: Any) -> None:
        self.when = replace(self.when, **values)

    def take(self, pattern: str | re.Pattern[str], read: Callable[[re.Match[str]], str | None]) -> None:
        """Take out every place where the pattern stands; what `read` returns is left there."""
        whole = compiled(pattern) if isinstance(pattern, str) else pattern
        self.left = whole.sub(lambda match: f" {read(match) or '~'} ", " ".join(self.left.split()))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:.])(?:{pattern})(?![\w:])")


def when_of(signs: str, now: datetime) -> When | None:
    """The times that these signs name, if they name nothing else."""
    when, left = read_when(signs, now)
    return when if when and is_glue(left) else None


def is_glue(left: str) -> bool:
    """Whether nothing is left that means anything."""
    return not GLUE.sub("", left).strip()


def read_when(signs: str, now: datetime) -> tuple[When | None, str]:
    """The times in these signs, and what is left; `now` is the local wall time. None where there are none."""
    *before, corrected = CORRECTED.split(signs)
    if before and (found := read_when(corrected, now)[0]):
        return found, ""
    draft = Draft(signs, now)
    try:
        for read in (intervals, counts, lengths, dates, days, clocks, windows, parts):
            read(draft)
    except (ValueError, OverflowError):
        return None, signs
    return (draft.when if draft.when != When() else None), draft.left


def intervals(draft: Draft) -> None:
    """Every other day, every third week, hourly."""

    def other(said: re.Match[str]) -> str | None:
        what = said["what"]
        if what == "HOUR":
            draft.set(every_minutes=120)
        else:
            draft.set(interval_days=14 if what[0] in "DW" and what != "DAY" else 2)
        return what if what not in ("DAY", "WEEK", "HOUR") else None

    def named(said: re.Match[str]) -> None:
        match said[0]:
            case "HOURLY":
                draft.set(every_minutes=60)
            case "FORTNIGHTLY":
                draft.set(interval_days=14)
            case _:
                draft.set(interval_days=30)

    def nth(said: re.Match[str]) -> str | None:
        days = int(said["nth"]) * (7 if said["of"] != "DAY" else 1)
        draft.set(interval_days=days)
        return None if said["of"] in ("DAY", "WEEK") else said["of"]

    draft.take(r"EVERY (?P<nth>[2-9])O (?P<of>DAY|WEEK|D\d)", nth)
    draft.take(rf"(?:EVERY|ON)? ?OTHER (?P<what>DAY|WEEK|HOUR|{WEEKDAYS}|{'|'.join(PART_SIGNS)})", other)
    draft.take(r"HOURLY|FORTNIGHTLY|MONTHLY", named)


def counts(draft: Draft) -> None:
    """Three a day, twice a week."""

    def count(said: re.Match[str]) -> str | None:
        many = COUNTS.get(said["count"]) or int(said["many"])
        if not 1 <= many <= 100:
            raise NotRead
        if not said["per"].startswith(("W", "DAY")) or said["per"] == "DAY":
            draft.set(per_day=many)
        elif many > 1:
            draft.set(per_week=many)
        return "WEEKLY" if said["per"].startswith("WEEK") and many == 1 else None

    def bare(said: re.Match[str]) -> None:
        if draft.when.per_day is None:
            draft.set(per_day=COUNTS[said[0].split()[0]])

    draft.take(rf"{COUNT}(?: ,)? (?:EVERY |IN |PER )*(?P<per>D0123456|(?<=NUDGE )NIGHT)", count)
    draft.take(rf"(?!\d+W? (?:EVERY|WEEK|DAY)){COUNT} (?:EVERY |IN |PER )*(?P<per>DAY|WEEK|WEEKLY)", count)
    draft.take(rf"D0123456[ ,]+(?!\d+W?(?! TIMES)){COUNT}(?P<per>)", count)
    draft.take(r"(?:TWICE|THRICE|FEW TIMES)", bare)
    if re.search(r"BETWEEN|FROM|\d-\d", draft.left):
        draft.take(r"(?P<count>(?P<many>\d+)W?)(?P<what>(?: TIMES| RANDOM| NUDGE| MESSAGE)+)(?P<per>)", count)


def lengths(draft: Draft) -> None:
    """Every 90 minutes, in an hour, from 9 for two hours."""

    def amount(said: re.Match[str]) -> str:
        draft.amounts.append(minutes_of(said))
        return f"A{len(draft.amounts) - 1}"

    def minutes(said: str) -> str:
        draft.amounts.append(int(said))
        return f"A{len(draft.amounts) - 1}"

    def every(said: re.Match[str]) -> str | None:
        minutes = draft.amounts[int(said["n"])]
        if not minutes:
            raise NotRead
        if minutes < DAY:
            draft.set(every_minutes=minutes)
        elif minutes == 7 * DAY:
            return "WEEKLY"
        elif minutes > DAY:
            draft.set(interval_days=minutes // DAY)
        return None

    def within(said: re.Match[str]) -> None:
        minutes = draft.amounts[int(said["a"] or said["b"])]
        if not minutes:
            raise NotRead
        if minutes < DAY:
            draft.set(in_minutes=minutes)
        else:
            draft.set(date=draft.now.date() + timedelta(days=minutes // DAY))

    draft.take(AMOUNT, amount)
    draft.left = re.sub(r"\bIN (\d{1,2})W?$", lambda said: f"IN {minutes(said[1])}", draft.left)
    draft.take(r"EVERY A(?P<n>\d+)", every)
    draft.take(r"(?:IN|PAST) A(?P<a>\d+)|(?:FOR |IN )?A(?P<b>\d+) (?:FROM (?:NOW|TODAY))", within)


def dates(draft: Draft) -> None:
    """Tomorrow, next friday, the 20th."""

    def ahead(said: re.Match[str]) -> str | None:
        found = day_ahead(said, draft.now.date())
        if found is None:
            raise NotRead
        draft.set(date=found)
        return "TONIGHT" if said["word"] == "TONIGHT" else None

    def this(said: re.Match[str]) -> str:
        draft.set(date=draft.now.date())
        return said["part"]

    draft.take(AHEAD, ahead)
    draft.take(r"THIS (?P<part>MORNING|AFTERNOON|EVENING|LUNCH)", this)


def days(draft: Draft) -> None:
    """Weekdays, without those that are left out; weekly where none is named."""
    excluded: set[int] = set()
    named: set[int] = set()

    def out(said: re.Match[str]) -> None:
        excluded.update(weekdays(said["days"]))

    def on(said: re.Match[str]) -> None:
        named.update(weekdays(said[0]))

    draft.take(rf"(?:NOT|NO|EXCEPT)(?: NUDGE| MESSAGE)? {ON}(?P<days>{WEEKDAYS})", out)
    draft.take(WEEKDAYS, on)
    weekly = []
    draft.take("WEEKLY", lambda said: weekly.append(said[0]))
    if named or excluded:
        draft.set(days=frozenset(named or ALL_DAYS) - excluded, days_said=True)
    if not draft.when.days:
        raise NotRead
    if weekly and not named:
        draft.set(interval_days=7)


def clocks(draft: Draft) -> None:
    def clock(said: re.Match[str]) -> str:
        found = clock_of(said)
        found.at()
        draft.clocks.append(found)
        return f"T{len(draft.clocks) - 1}"

    draft.take(CLOCK, clock)


def windows(draft: Draft) -> None:
    """Between 10 and 6, from 9 for two hours, not before 10 and not after 20; what is left are times."""
    spent: set[int] = set()

    def clock(index: str) -> Clock:
        spent.add(int(index))
        return draft.clocks[int(index)]

    def window(said: re.Match[str]) -> None:
        if said["length"]:
            begin = clock(said["a"]).at()
            begun = datetime.combine(draft.now.date(), begin)
            draft.set(window=(begin, (begun + timedelta(minutes=draft.amounts[int(said["length"])])).time()))
        else:
            draft.set(window=window_of(clock(said["a"]), clock(said["b"])))

    def bounds(said: re.Match[str]) -> None:
        draft.set(window=window_of(clock(said["a"]), clock(said["b"])))

    between = "BETWEEN|FROM|ANY TIME FROM"
    draft.take(rf"(?:{between}) T(?P<a>\d+)(?: ,)? (?:FOR A(?P<length>\d+)|{TO} T(?P<b>\d+))", window)
    draft.take(r"(?:NOT|NO) (?:NUDGE )?BEFORE T(?P<a>\d+)[ ,]*(?:AND|OR)?[ ,]*(?:(?:NOT|NO) )?(?:NUDGE )?PAST T(?P<b>\d+)", bounds)
    draft.take(r"(?:PAST|OLDEST) T(?P<a>\d+)[ ,]*(?:AND|BUT)? ?(?:BEFORE|NEWEST) T(?P<b>\d+)", bounds)
    if draft.when.window is None and len(draft.clocks) == 2:
        draft.take(r"T(?P<a>\d+) (?:TO|UNTIL|THROUGH|-) T(?P<b>\d+)", bounds)
    set_times(draft, [clock for n, clock in enumerate(draft.clocks) if n not in spent])


def set_times(draft: Draft, said: list[Clock]) -> None:
    when = draft.when
    if said:
        times, other = times_of(said)
        draft.set(times=times, other=other, per_day=None)
    elif when.window and when.every_minutes is None and when.per_day is None and not when.per_week:
        draft.set(per_day=1)


def parts(draft: Draft) -> None:
    """Parts of the day that no time on the clock stands for."""
    found: set[str] = set()
    draft.take(r"(?:AM|PM)", lambda said: "MORNING" if said[0] == "AM" else "AFTERNOON")
    draft.take("|".join(PART_SIGNS), lambda said: found.add(PART_SIGNS[said[0]]))
    hours = [at.hour for at in draft.when.times]
    found = {part for part in found if not any(is_inside(hour, part) for hour in hours)}
    if found and not draft.when.window:
        draft.set(parts=tuple(part for part in PARTS if part in found))
    if 1 < len(found) == draft.when.per_day:
        draft.set(per_day=None)


def is_inside(hour: int, part: str) -> bool:
    first, end = INSIDE[part]
    return first <= hour < end or first <= hour - 24 < end


def weekdays(run: str) -> frozenset[int]:
    """The weekdays of a run of signs: "D0 , D2", "D0 - D4"; a span may go over Sunday."""
    found: set[int] = set()
    for first, last, known in SPAN.findall(run):
        span = () if known else range((int(last) - int(first)) % 7 + 1)
        found |= {int(day) for day in known} | {(int(first) + n) % 7 for n in span}
    return frozenset(found)
