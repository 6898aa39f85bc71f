"""The sweep: claim what is due, hand it over, move each on to its next moment; all in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from scheduler.plan import is_once, planned
from scheduler.recurrence import Course
from storage import inbox, reminders
from storage.records import Reminder
from storage.store import Store, Tx, is_passing

log = logging.getLogger(__name__)

BATCH = 500

Handler = Callable[[Tx, Sequence[Reminder], datetime], Mapping[int, Course]]
UNKNOWN = Course()


def sweep(store: Store, now: datetime, handle: Handler) -> int:
    """One batch of due reminders, one of each person. `handle` is given them and tells what everyone's go by.

    Returns how many were claimed. What cannot be handled even alone is moved on without a nudge.
    """
    claimed: list[Reminder] = []
    try:
        with store.begin() as tx:
            claimed = one_each(tx, reminders.claim(tx, now, BATCH))
            hand_over(tx, claimed, now, handle)
    except Exception as error:
        if is_passing(error) or not claimed:
            raise
        log.error("a batch of nudges failed: %s; each is tried alone", type(error).__name__)
        for reminder in claimed:
            alone(store, reminder, now, handle)
    return len(claimed)


def one_each(tx: Tx, due: Sequence[Reminder]) -> list[Reminder]:
    """The longest due reminder of each person nobody else is busy with."""
    first = {reminder.person_id: reminder for reminder in reversed(due)}
    return [first[person_id] for person_id in inbox.take(tx, first.keys())]


def hand_over(tx: Tx, claimed: Sequence[Reminder], now: datetime, handle: Handler) -> None:
    if claimed:
        courses = handle(tx, claimed, now)
        move_on(tx, [moved_on(reminder, now, courses.get(reminder.person_id, UNKNOWN)) for reminder in claimed])


def move_on(tx: Tx, moved: Sequence[Reminder]) -> None:
    """Write the next moments; what was to be asked once only, and has none, is over."""
    reminders.move(tx, moved)
    reminders.drop(tx, [reminder.id for reminder in moved if is_once(reminder) and not reminder.next_at])


def alone(store: Store, reminder: Reminder, now: datetime, handle: Handler) -> None:
    try:
        with store.begin() as tx:
            hand_over(tx, [reminder], now, handle)
    except Exception as error:
        if is_passing(error):
            raise
        log.error("a nudge failed: %s; it is let go", type(error).__name__)
        with store.begin() as tx:
            move_on(tx, [moved_on(reminder, now, UNKNOWN)])


def moved_on(reminder: Reminder, now: datetime, course: Course) -> Reminder:
    """The moment after this one, never the same key again."""
    day, slot = reminder.next_day, reminder.next_slot
    return planned(reminder, now, course, [(day, slot)] if day and slot else [])
