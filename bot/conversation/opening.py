"""Whether a help line answers now, read from its hours as the data tells them: "daily 17:00-24:00".

What is not understood is unknown, never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(7))
SEEN = re.compile(r"\(\d{4}\)")  # the year the hours were last seen
ALWAYS = re.compile(r"24/7(?! not confirmed)")
NAMED = r"(?:mon|tue|wed|thu|fri|sat|sun)"
CLAUSE = re.compile(
    rf"(?:(?P<daily>daily )|(?P<rest>other days )|(?P<days>{NAMED}(?:[-/, ]+{NAMED})*) )?"
    r"(?:(?P<begin>\d\d:\d\d)-(?P<end>\d\d:\d\d)|(?P<round>24 h)|to (?P<later>\d\d:\d\d))"
)


@dataclass(frozen=True)
class Stretch:
    """From and up to, since midnight of each of these days; it may go on into the next."""

    days: frozenset[int]
    begin: timedelta
    end: timedelta

    def holds(self, at: datetime) -> bool:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return any(
            (at.weekday() - ago) % 7 in self.days and self.begin <= at - midnight + ago * DAY < self.end
            for ago in (0, 1)
        )


def is_open(hours: str | None, at: datetime) -> bool | None:
    """Whether a line with these hours answers at this wall time where it is; None where that is not known."""
    if hours is None:
        return None
    if ALWAYS.match(hours):
        return True
    said = SEEN.sub("", hours).lower().strip()
    stretches = list(read(said))
    if any(stretch.holds(at) for stretch in stretches):
        return True
    return False if stretches and not CLAUSE.sub("", said).strip(" ;,") else None


def read(said: str) -> Iterator[Stretch]:
    """Each clause, from left to right; "other days" are those not named yet, "to 03:00" is a later end of the same."""
    named: frozenset[int] = frozenset()
    begin = timedelta()
    for found in CLAUSE.finditer(said):
        days = EVERY_DAY - named if found["rest"] else days_of(found["days"]) if found["days"] else EVERY_DAY
        named |= days if found["days"] else frozenset()
        begin = clock(found["begin"]) if found["begin"] else timedelta() if found["round"] else begin
        end = clock(found["end"] or found["later"] or "24:00")
        yield Stretch(days, begin, end if end > begin else end + DAY)


def days_of(said: str) -> frozenset[int]:
    found = [DAYS.index(day) for day in re.findall(NAMED, said)]
    if "-" in said and len(found) == 2:
        return frozenset((found[0] + n) % 7 for n in range((found[1] - found[0]) % 7 + 1))
    return frozenset(found)


def clock(said: str) -> timedelta:
    hours, minutes = map(int, said.split(":"))
    return timedelta(hours=hours, minutes=minutes)
