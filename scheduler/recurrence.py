"""The moments at which a reminder speaks, in a person's zone, as moments in UTC.

A slot keeps the date it was named for, wherever a clock change pushes its moment (design, section 4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from scheduler.draws import drawn
from scheduler.grace import Quiet
from scheduler.instants import ONE_DAY, instant
from scheduler.rule import Rule, slot_of

ONE_MICROSECOND = timedelta(microseconds=1)
UTC_ZONE = ZoneInfo("UTC")
ONCE = "once"
IN_VAIN = 60  # days in a row without a moment, after which there is none to be expected


@dataclass(frozen=True)
class Moment:
    """One time to speak: `at` in UTC, for the local date `day`; `slot` is the time as named, "HH:MM", the ordinal of
    what is drawn, from "1", or "once"."""

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


@dataclass(frozen=True)
class Course:
    """What one reminder's moments go by, beside its rule: the person's zone, when nothing is asked, the hours that
    nothing is drawn from, and the seed of what is drawn."""

    zone: ZoneInfo = UTC_ZONE
    recess: Recess | None = None
    quiet: Quiet | None = None
    seed: str = ""


def next_moment(rule: Rule, after: datetime, course: Course, used: Collection[tuple[date, str]] = ()) -> Moment | None:
    """The first moment strictly after `after` (aware) outside the recess whose (day, slot) is not in `used`."""
    coming = moments(rule, after, course)
    return next((moment for moment in coming if (moment.day, moment.slot) not in used), None)


def moments(rule: Rule, after: datetime, course: Course) -> Iterator[Moment]:
    """All moments strictly after `after` (aware) outside the recess, ever later; times pushed to one instant are one
    moment. They end where the rule speaks once only, the recess has no end, or quiet hours leave nothing to draw
    from."""
    every, recess = _once if rule.on else _repeated, course.recess
    if recess is None:
        yield from every(rule, after, course)
        return
    yield from takewhile(lambda moment: moment.at < recess.begin, every(rule, after, course))
    if recess.end:  # which is outside, and later than the instant before it
        yield from every(rule, max(after, recess.end - ONE_MICROSECOND), course)


def _once(rule: Rule, after: datetime, course: Course) -> Iterator[Moment]:
    assert rule.on
    at = instant(rule.on, rule.times[0], UTC_ZONE if rule.in_utc else course.zone)
    if at is not None and at > after:
        yield Moment(at, at.astimezone(course.zone).date() if rule.in_utc else rule.on, ONCE)


def _repeated(rule: Rule, after: datetime, course: Course) -> Iterator[Moment]:
    day, vain = after.astimezone(course.zone).date(), 0
    if rule.is_over_midnight:
        day -= ONE_DAY
    while vain < IN_VAIN:
        day, vain = rule.next_day(day), vain + 1
        for at, slot in _on_day(rule, day, course):
            vain = 0
            if at > after:
                yield Moment(at, day, slot)
                after = at
        day += ONE_DAY


def _on_day(rule: Rule, day: date, course: Course) -> Iterator[tuple[datetime, str]]:
    if rule.window:
        found = drawn(rule, day, course.zone, course.seed, course.quiet)
        yield from ((at, str(n)) for n, at in enumerate(found, 1))
        return
    for named in rule.times:
        at = instant(day, named, course.zone)
        if at is not None:
            yield at, slot_of(named)
