"""When a reminder speaks: wall times on weekdays, or once, in a person's zone, as moments in UTC.

`zoneinfo` answers for a wall time the clock skips or repeats too; the rules here (design, section 4):
a skipped time is the first moment after the gap, a repeated one is the first of the two, a date the
zone skipped whole has no moment, and a slot keeps the date it was named for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Self
from zoneinfo import ZoneInfo

from storage.records import RuleJson

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
ONE_MICROSECOND = timedelta(microseconds=1)
UTC_ZONE = ZoneInfo("UTC")
ONCE = "once"


@dataclass(frozen=True)
class Rule:
    """Wall times on weekdays. `times`: minute precision, sorted, distinct; `days`: 0 = Monday to 6 = Sunday.

    `on`: once only, at the one time of that date; `in_utc`: on the clock of UTC, wherever the person is by then.
    Times and days may not be empty; ValueError otherwise. `once` makes the rule for one date.
    """

    times: tuple[time, ...]
    days: frozenset[int] = frozenset(range(7))
    on: date | None = None
    in_utc: bool = False

    def __post_init__(self) -> None:
        if not self.times or list(self.times) != sorted(set(self.times)):
            raise ValueError("times: one or more, sorted and distinct")
        if any(at.second or at.microsecond or at.tzinfo for at in self.times):
            raise ValueError("times: wall times to the minute")
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("days: one or more of 0 to 6")
        if self.on and (len(self.times) > 1 or self.days != {self.on.weekday()}):
            raise ValueError("times: one time of one date")

    @classmethod
    def once(cls, on: date, at: time, in_utc: bool = False) -> Self:
        return cls((at,), frozenset({on.weekday()}), on, in_utc)

    def as_json(self) -> RuleJson:
        stored = RuleJson(times=[slot_of(at) for at in self.times], days=[DAYS[day] for day in sorted(self.days)])
        if self.on:
            stored["date"] = self.on.isoformat()
        if self.in_utc:
            stored["zone"] = "UTC"
        return stored

    @classmethod
    def from_json(cls, stored: RuleJson) -> Self:
        """The rule `as_json` gave; ValueError for anything else."""
        times = tuple(time.fromisoformat(at) for at in stored["times"])
        on = date.fromisoformat(stored["date"]) if "date" in stored else None
        return cls(times, frozenset(DAYS.index(day) for day in stored["days"]), on, "zone" in stored)


@dataclass(frozen=True)
class Moment:
    """One time to speak: `at` in UTC, for the local date `day`; `slot` is the time as named, "HH:MM", or "once"."""

    at: datetime
    day: date
    slot: str


@dataclass(frozen=True)
class Recess:
    """A stretch of time without questions: from `begin` on, up to but without `end`, which is later (ValueError
    otherwise); without an end if None. Both are aware."""

    begin: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.begin:
            raise ValueError("end: later than the beginning")

    def __contains__(self, moment: datetime) -> bool:
        return self.begin <= moment and not self.is_over(moment)

    def is_over(self, now: datetime) -> bool:
        return self.end is not None and self.end <= now


def next_moment(
    rule: Rule,
    after: datetime,
    zone: ZoneInfo,
    used: Collection[tuple[date, str]] = (),
    recess: Recess | None = None,
) -> Moment | None:
    """The first moment strictly after `after` (aware) outside the recess whose (day, slot) is not in `used`."""
    coming = moments(rule, after, zone, recess)
    return next((moment for moment in coming if (moment.day, moment.slot) not in used), None)


def moments(rule: Rule, after: datetime, zone: ZoneInfo, recess: Recess | None = None) -> Iterator[Moment]:
    """All moments strictly after `after` (aware) outside the recess, ever later; times pushed to one instant are one
    moment. They end where the rule speaks once only, or the recess has no end."""
    every = _once if rule.on else _repeated
    if recess is None:
        yield from every(rule, after, zone)
        return
    yield from takewhile(lambda moment: moment.at < recess.begin, every(rule, after, zone))
    if recess.end:  # which is outside, and later than the instant before it
        yield from every(rule, max(after, recess.end - ONE_MICROSECOND), zone)


def _once(rule: Rule, after: datetime, zone: ZoneInfo) -> Iterator[Moment]:
    assert rule.on
    at = instant(rule.on, rule.times[0], UTC_ZONE if rule.in_utc else zone)
    if at is not None and at > after:
        yield Moment(at, at.astimezone(zone).date() if rule.in_utc else rule.on, ONCE)


def _repeated(rule: Rule, after: datetime, zone: ZoneInfo) -> Iterator[Moment]:
    day = after.astimezone(zone).date()
    while True:
        if day.weekday() in rule.days:
            for named in rule.times:
                at = instant(day, named, zone)
                if at is not None and at > after:
                    yield Moment(at, day, slot_of(named))
                    after = at
        day += ONE_DAY


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local date; of the one after it, where the zone skipped it whole."""
    return instant(day, time(), zone) or midnight(day + ONE_DAY, zone)


def slot_of(named: time) -> str:
    """The slot a wall time fills: "HH:MM"."""
    return named.isoformat("minutes")


def instant(day: date, named: time, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC at which a zone's clock shows a wall time, or has skipped it; None on a date it skipped."""
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
