"""How late a nudge may be, and when it is night. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

GRACE = timedelta(hours=2)
NIGHT = (time(22), time(8))
STEP = timedelta(minutes=15)


def is_night(moment: datetime, zone: ZoneInfo) -> bool:
    """Quiet hours on the person's clock, 22:00 to 08:00."""
    at = moment.astimezone(zone).time()
    return at >= NIGHT[0] or at < NIGHT[1]


def expiry(planned: datetime, zone: ZoneInfo) -> datetime:
    """When it is too late: after two hours; for a time named by day, also once night has come."""
    if is_night(planned, zone):
        return planned + GRACE
    steps = (planned + STEP * n for n in range(1, GRACE // STEP))
    nights = (step for step in steps if is_night(step, zone))
    return next(nights, planned + GRACE)
