"""When a reminder speaks: wall times on weekdays in a person's zone, as moments in UTC.

`zoneinfo` answers for a wall time the clock skips or repeats too; the rules here (design, section 4):
a skipped time is the first moment after the gap, a repeated one is the first of the two, a date the
zone skipped whole has no moment, and a slot keeps the date it was named for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from storage.records import RuleJson

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Rule:
    """Wall times on weekdays. `times`: minute precision, sorted, distinct; `days`: 0 = Monday to 6 = Sunday.

    Neither may be empty; ValueError otherwise.
    """

    times: tuple[time, ...]
    days: frozenset[int] = frozenset(range(7))

    def __post_init__(self) -> None:
        if not self.times or list(self.times) != sorted(set(self.times)):
            raise ValueError("times: one or more, sorted and distinct")
        if any(at.second or at.microsecond or at.tzinfo for at in self.times):
            raise ValueError("times: wall times to the minute")
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("days: one or more of 0 to 6")

    def as_json(self) -> RuleJson:
        return {"times": [slot_of(at) for at in self.times], "days": [DAYS[day] for day in sorted(self.days)]}

    @classmethod
    def from_json(cls, stored: RuleJson) -> Self:
        """The rule `as_json` gave; ValueError for anything else."""
        times = tuple(time.fromisoformat(at) for at in stored["times"])
        return cls(times, frozenset(DAYS.index(day) for day in stored["days"]))


@dataclass(frozen=True)
class Moment:
    """One time to speak: `at` in UTC, for the local date `day`; `slot` is the time as named, "HH:MM"."""

    at: datetime
    day: date
    slot: str


def next_moment(rule: Rule, after: datetime, zone: ZoneInfo, used: Collection[tuple[date, str]] = ()) -> Moment:
    """The first moment strictly after `after` (aware) whose (day, slot) is not in `used`."""
    return next(moment for moment in moments(rule, after, zone) if (moment.day, moment.slot) not in used)


def moments(rule: Rule, after: datetime, zone: ZoneInfo) -> Iterator[Moment]:
    """All moments strictly after `after` (aware), ever later; times pushed to one instant are one moment."""
    day = after.astimezone(zone).date()
    while True:
        if day.weekday() in rule.days:
            for named in rule.times:
                at = _instant(day, named, zone)
                if at is not None and at > after:
                    yield Moment(at, day, slot_of(named))
                    after = at
        day += ONE_DAY


def slot_of(named: time) -> str:
    """The slot a wall time fills: "HH:MM"."""
    return named.isoformat("minutes")


def _instant(day: date, named: time, zone: ZoneInfo) -> datetime | None:
    wall = datetime.combine(day, named, zone)
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if first <= second:
        return first
    # Only in a gap do the two readings cross (PEP 495), and the clock change lies between them.
    after_gap = _first_reaching(wall, range(int(second.timestamp()), int(first.timestamp()) + 1), zone)
    before = (after_gap - ONE_SECOND).astimezone(zone).date()
    skipped_whole = before < day < after_gap.astimezone(zone).date()
    return None if skipped_whole else after_gap


def _first_reaching(wall: datetime, seconds: Sequence[int], zone: ZoneInfo) -> datetime:
    """The first of `seconds` (since the epoch) at which the zone's clock shows `wall` or later."""

    def reached(second: int) -> bool:
        return datetime.fromtimestamp(second, zone) >= wall

    return datetime.fromtimestamp(seconds[bisect_left(seconds, True, key=reached)], UTC)
