"""Wall times of a zone as moments in UTC, on the days of clock changes, too.

`zoneinfo` answers for a wall time the clock skips or repeats; the rules here (design, section 4): a skipped time is the
first moment after the gap, a repeated one is the first of the two, a date the zone skipped whole has no moment.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=4096)  # many have the same times
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


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local date; of the one after it, where the zone skipped it whole."""
    return instant(day, time(), zone) or midnight(day + ONE_DAY, zone)
