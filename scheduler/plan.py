"""A reminder and its next moment. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.recurrence import Rule, next_moment
from storage.records import Reminder


def planned(reminder: Reminder, now: datetime, zone: str | None, used: Collection[tuple[date, str]] = ()) -> Reminder:
    """The reminder with its first moment after now whose (day, slot) is unused; in UTC where no zone is known."""
    moment = next_moment(Rule.from_json(reminder.rule), now, ZoneInfo(zone or "UTC"), used)
    return replace(reminder, next_at=moment.at, next_day=moment.day, next_slot=moment.slot)


def silent(reminder: Reminder) -> Reminder:
    """The rule stays; nothing is asked."""
    return replace(reminder, next_at=None, next_day=None, next_slot=None)
