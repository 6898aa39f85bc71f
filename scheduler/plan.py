"""A reminder and its next moment. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.recurrence import Recess, Rule, next_moment
from storage.records import Reminder


def planned(
    reminder: Reminder,
    now: datetime,
    zone: str | None,
    used: Collection[tuple[date, str]] = (),
    recess: Recess | None = None,
) -> Reminder:
    """The reminder with its first moment after now whose (day, slot) is unused; in UTC where no zone is known.

    Recesses are skipped; what is to be asked once only, within one, keeps its moment and is let go then. Silent if
    there is no such moment.
    """
    rule, clock = Rule.from_json(reminder.rule), ZoneInfo(zone or "UTC")
    moment = next_moment(rule, now, clock, used, recess if rule.on is None else None)
    if moment is None:
        return silent(reminder)
    return replace(reminder, next_at=moment.at, next_day=moment.day, next_slot=moment.slot)


def is_once(reminder: Reminder) -> bool:
    return Rule.from_json(reminder.rule).on is not None


def is_over(reminder: Reminder, now: datetime, zone: str | None) -> bool:
    """Whether it was to be asked once only, and that moment has passed."""
    return is_once(reminder) and planned(reminder, now, zone).next_at is None


def silent(reminder: Reminder) -> Reminder:
    """The rule stays; nothing is asked."""
    return replace(reminder, next_at=None, next_day=None, next_slot=None)
