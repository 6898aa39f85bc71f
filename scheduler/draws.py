"""Moments drawn within a window: other ones each day, at least an hour apart, the same whenever they are drawn again.

A window is the stretch of time that it is on that day, so that all of this holds on the day of a clock change, too:
what the clock skips is no time to draw from, what it repeats is twice as much of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from scheduler.grace import Quiet
from scheduler.instants import ONE_DAY, instant
from scheduler.rule import APART, WHOLE_DAY, Rule, Window, length_of, minutes_of

MINUTE = timedelta(minutes=1)
NEVER = datetime.min.replace(tzinfo=UTC)

Stretch = tuple[datetime, datetime]


def drawn(rule: Rule, day: date, zone: ZoneInfo, seed: str, quiet: Quiet | None) -> list[datetime]:
    """The moments of a day, in UTC, to the minute, none in quiet hours; fewer than wished where fewer fit.

    Where quiet hours cut the window in two, they are drawn from the longer part.
    """
    assert rule.window
    open_ = [stretch_of(*rule.window, day, zone, last=rule.window[0] != rule.window[1])]
    if quiet and overlap(rule.window, quiet):
        for n in (-1, 0, 1):
            open_ = list(without(open_, quiet_on(*quiet, day + n * ONE_DAY, zone)))
    begin, end = max(open_, key=lambda stretch: stretch[1] - stretch[0], default=(NEVER, NEVER))
    return [begin + MINUTE * n for n in spaced((end - begin) // MINUTE, rule.count, f"{seed} {day.isoformat()}")]


def spaced(minutes: int, count: int, seed: str) -> list[int]:
    """So many of these minutes: drawn from what is left of them without an hour between any two, and put apart."""
    count = min(count, (minutes - 1) // APART + 1)
    free = minutes - (count - 1) * APART
    return [place + n * APART for n, place in enumerate(sorted(one_of(free, f"{seed} {n}") for n in range(count)))]


def one_of(size: int, seed: str) -> int:
    """A number below `size`, for good."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=8).digest()) * size >> 64


def stretch_of(begin: time, end: time, day: date, zone: ZoneInfo, last: bool = False) -> Stretch:
    """From when up to when on that day, with the last minute if wished; empty on a date that the zone skipped."""
    first = instant(day, begin, zone)
    until = instant(day + ONE_DAY if end <= begin else day, end, zone)
    if first is None or until is None:
        return NEVER, NEVER
    if last and until.astimezone(zone).time() == end:  # else the clock skips it
        until += MINUTE
    return first, max(first, until)


def quiet_on(begin: time, end: time, day: date, zone: ZoneInfo) -> Stretch:
    """The same of quiet hours; the clock may show their end twice, and they last until the second time."""
    first, until = stretch_of(begin, end, day, zone)
    again = datetime.combine(day + ONE_DAY if end <= begin else day, end, zone).replace(fold=1).astimezone(UTC)
    return first, max(until, again)


def without(open_: list[Stretch], shut: Stretch) -> Iterator[Stretch]:
    for begin, end in open_:
        yield from ((a, b) for a, b in ((begin, min(end, shut[0])), (max(begin, shut[1]), end)) if a < b)


def overlap(window: Window, quiet: Quiet) -> bool:
    """Whether they share a minute, on the clock."""
    begin, from_ = minutes_of(window[0]), minutes_of(quiet[0])
    return (from_ - begin) % WHOLE_DAY <= length_of(window) or (begin - from_) % WHOLE_DAY < length_of(quiet)
