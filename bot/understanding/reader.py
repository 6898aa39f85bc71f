"""Reads the slots of one message at its time and place; how each is read stands in `slots.py`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.understanding.meaning import When
from bot.understanding.signs import Signs
from bot.understanding.when import is_glue, read_when

SLASHED = re.compile(r"(?<!\S)(?P<one>\d\d?)/(?P<two>\d\d?)(?:/(?P<year>20\d\d))?(?!\S)")  # a date
MONTHS = 12


@dataclass(frozen=True)
class Reader:
    """Reads slots at `now`, the local wall time, which is `utc` there. `each_week` are words for days and parts of the
    day that are meant every week, `past` those of what happened, `leading_part` those before a part of the day;
    `month_first`: 3/4 is in March; `whens`: what was read so far."""

    now: datetime
    each_week: frozenset[str]
    past: frozenset[str]
    utc: datetime
    leading_part: frozenset[str] = frozenset()
    month_first: bool = False
    whens: dict[str, tuple[When | None, str]] = field(default_factory=dict, repr=False)

    def __call__(self, name: str, said: Signs) -> Any:
        try:
            return READERS[name](said, self)
        except (ValueError, OverflowError):  # a time or a day that does not exist
            return None

    def read_when(self, signs: str) -> tuple[When | None, str]:
        """The times in these signs, and what is left; several frames ask for the same ones."""
        if signs not in self.whens:
            self.whens[signs] = read_when(self.with_days(signs), self.now)
        return self.whens[signs]

    def with_days(self, signs: str) -> str:
        """The signs with dates in figures as days of a month."""
        return SLASHED.sub(self.named_day, signs)

    def named_day(self, said: re.Match[str]) -> str:
        """A date in figures as a day of a month: 30/5."""
        one, two = int(said["one"]), int(said["two"])
        day, month = (two, one) if one <= MONTHS and (self.month_first or two > MONTHS) else (one, two)
        return f"{day}O M{month} {said['year'] or ''}".strip() if 1 <= month <= MONTHS else said[0]

    def when_of(self, signs: str) -> When | None:
        """The times that these signs name, if they name nothing else."""
        found, left = self.read_when(signs)
        return found if found and is_glue(left) else None

    def is_weekly(self, said: Signs) -> bool:
        return not self.each_week.isdisjoint(" ".join(said.meant).split())


Read = Callable[[Signs, Reader], Any]
READERS: dict[str, Read] = {}
