"""How late a nudge may be, and when it is quiet. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.rule import WHOLE_DAY, minutes_of

Quiet = tuple[time, time]

GRACE = timedelta(hours=2)
NIGHT: Quiet = (time(22), time(8))
STEP = timedelta(minutes=15)
SOON = 4 * 60  # minutes; the clock changes by less than two hours


def is_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet | None = NIGHT) -> bool:
    """Within a person's quiet hours, on their clock; they may go over midnight."""
    if quiet is None:
        return False
    return is_within(moment.astimezone(zone).time(), quiet)


def is_within(at: time, hours: Quiet) -> bool:
    """Whether a time on the clock lies in these hours."""
    begin, end = hours
    return begin <= at < end if begin < end else at >= begin or at < end


def begins_soon(moment: datetime, zone: ZoneInfo, quiet: Quiet | None) -> bool:
    """Whether quiet hours may begin within the grace, whatever the clock does meanwhile."""
    if quiet is None:
        return False
    at = moment.astimezone(zone).time()
    return (minutes_of(quiet[0]) - minutes_of(at)) % WHOLE_DAY <= SOON


@lru_cache(maxsize=1024)  # many are due at one moment
def expiry(planned: datetime, zone: ZoneInfo, quiet: Quiet | None = NIGHT) -> datetime:
    """When it is too late: after two hours; for a time named outside quiet hours, also once those begin."""
    if is_quiet(planned, zone, quiet) or not begins_soon(planned, zone, quiet):
        return planned + GRACE
    steps = (planned + STEP * n for n in range(1, GRACE // STEP))
    begun = (step for step in steps if is_quiet(step, zone, quiet))
    return next(begun, planned + GRACE)
