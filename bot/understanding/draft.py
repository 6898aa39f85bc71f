"""A sentence in signs while its times are being taken out of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from bot.understanding.clocks import Clock
from bot.understanding.meaning import When

WEEKDAY = r"(?:D\d[ ,]*(?:-|TO|THROUGH|UNTIL)[ ,]*D\d(?!\d)|D\d+)"
WEEKDAYS = rf"{WEEKDAY}(?:(?:[ ,]|AND|OR|ON|EVERY)+{WEEKDAY})*"
SPAN = re.compile(r"D(\d)[ ,]*(?:-|TO|THROUGH|UNTIL)[ ,]*D(\d)(?!\d)|D(\d+)")
TAKEN = "~"


class NotRead(ValueError):
    """The words name a time that does not exist."""


@dataclass
class Draft:
    """What was taken so far, and the signs that are left.

    There, "T0" stands for the first clock, "A0" for the first amount, and "~" for what is taken.
    """

    left: str
    now: datetime
    when: When = field(default_factory=When)
    clocks: list[Clock] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)  # minutes

    def set(self, **values: Any) -> None:
        self.when = replace(self.when, **values)

    def take(self, pattern: str | re.Pattern[str], read: Callable[[re.Match[str]], str | None]) -> None:
        """Take out every place where the pattern stands; what `read` returns is left there."""
        whole = compiled(pattern) if isinstance(pattern, str) else pattern
        left, taken = whole.subn(lambda match: f" {read(match) or TAKEN} ", self.left)
        if taken:
            self.left = " ".join(left.split())

    def keep_day(self, day: date | None) -> None:
        """Once, on that day; NotRead for none."""
        if day is None:
            raise NotRead
        self.set(date=day)

    def keep_clock(self, clock: Clock) -> str:
        self.clocks.append(clock)
        return f"T{len(self.clocks) - 1}"

    def keep_amount(self, minutes: int) -> str:
        self.amounts.append(minutes)
        return f"A{len(self.amounts) - 1}"

    def amount(self, index: str) -> int:
        """Minutes; NotRead for none."""
        if not (minutes := self.amounts[int(index)]):
            raise NotRead
        return minutes


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:.])(?:{pattern})(?![\w:])")


def weekdays(run: str) -> frozenset[int]:
    """The weekdays of a run of signs: "D0 , D2", "D0 - D4"; a span may go over Sunday."""
    found: set[int] = set()
    for first, last, known in SPAN.findall(run):
        span = () if known else range((int(last) - int(first)) % 7 + 1)
        found |= {int(day) for day in known} | {(int(first) + n) % 7 for n in span}
    return frozenset(found)
