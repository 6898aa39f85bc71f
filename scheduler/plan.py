"""A reminder and its next moment. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime

from scheduler.grace import Quiet, is_within
from scheduler.recurrence import Course, Moment, moments, next_moment
from scheduler.rule import Rule
from storage.records import Reminder


def planned(reminder: Reminder, now: datetime, course: Course, used: Collection[tuple[date, str]] = ()) -> Reminder:
    """The reminder with its first moment after now whose (day, slot) is unused.

    Recesses are skipped; what is to be asked once only, within one, keeps its moment and is let go then. Silent if
    there is no such moment.
    """
    rule = Rule.from_json(reminder.rule)
    here = replace(course, recess=None) if rule.on else course
    moment = next_moment(rule, now, its_own(here, reminder), used)
    if moment is None:
        return silent(reminder)
    return replace(reminder, next_at=moment.at, next_day=moment.day, next_slot=moment.slot)


def coming(reminder: Reminder, after: datetime, course: Course) -> Iterator[Moment]:
    """All its moments after that one."""
    return moments(Rule.from_json(reminder.rule), after, its_own(course, reminder))


def its_own(course: Course, reminder: Reminder) -> Course:
    """With moments drawn for this reminder alone."""
    return replace(course, seed=reminder.id)


def is_once(reminder: Reminder) -> bool:
    return "date" in reminder.rule


def is_over(reminder: Reminder, now: datetime, course: Course) -> bool:
    """Whether it was to be asked once only, and that moment has passed."""
    return is_once(reminder) and planned(reminder, now, course).next_at is None


def meets(reminder: Reminder, quiet: Quiet) -> bool:
    """Whether a time it was named for, again and again, lies in these hours."""
    rule = Rule.from_json(reminder.rule)
    return not rule.on and any(is_within(at, quiet) for at in rule.times)


def silent(reminder: Reminder) -> Reminder:
    """The rule stays; nothing is asked."""
    return replace(reminder, next_at=None, next_day=None, next_slot=None)
