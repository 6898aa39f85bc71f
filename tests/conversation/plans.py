"""Reminders in a storm: each is planned right, and comes at its minute unless something lets it go."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import takewhile

from bot.conversation.plan import apart, course_of
from bot.conversation.state import State
from scheduler.budget import Unasked, fits
from scheduler.plan import coming, is_once, is_over, planned, silent
from scheduler.rhythm import Turn
from storage.records import Kind, Person, Reminder
from tests.conversation.promises import Kept, hold

MOST_REMINDERS = 12
A_DAY = timedelta(hours=24)


def first_due(kept: Kept) -> Reminder | None:
    """The reminder that comes next, where no other comes with it."""
    waiting = sorted((one for one in kept.reminders if one.next_at), key=lambda one: str(one.next_at))
    is_alone = len(waiting) == 1 or (len(waiting) > 1 and waiting[0].next_at != waiting[1].next_at)
    return waiting[0] if is_alone else None


def has_to_come(kept: Kept, person: Person, state: State, due: Reminder) -> bool:
    """Whether nothing lets it go: they have not written, were not quiet for long, and there is room for it."""
    assert due.next_at and due.next_day
    if is_once(due):
        return True
    until, course = due.next_at + A_DAY, course_of(person, state)
    ahead = [
        Unasked(moment.at, moment.day, other.kind)
        for other in kept.reminders
        if other.id != due.id
        for moment in takewhile(lambda moment: moment.at <= until, coming(other, due.next_at, course))
    ]
    kind = Kind.HELLO if state.care_until else due.kind
    if kind is Kind.LETTER or not fits(Unasked(due.next_at, due.next_day, kind), kept.sent, ahead):
        return False
    written = state.wrote == due.next_day and not state.preferences.anyway
    return kind is not Kind.PROMPT or not (written or state.rhythm.turn(due.next_day) is Turn.LET_GO)


def planned_right(now: Kept, moment: datetime) -> None:
    """Silent exactly while paused or away; else the first unused moment after the clock."""
    if now.person is None:
        return
    rules = [json.dumps([reminder.rule, reminder.kind, reminder.words]) for reminder in now.reminders]
    hold(len(set(rules)) == len(rules) <= MOST_REMINDERS, "each time is asked at once, and not too many", rules)
    is_silent = now.person.paused or now.person.away
    for reminder in now.reminders:
        used = now.used.get(reminder.id, ())
        course = course_of(now.person, State.from_json(now.person.state))
        starts = (moment, apart(moment, now.sent))  # what came an hour before may have come after it was planned
        right = [silent(reminder)] if is_silent else [planned(reminder, at, course, used) for at in starts]
        gone = is_silent or not is_over(reminder, moment, course)
        hold(gone, "what was to be asked once is gone after its moment", reminder)
        hold(
            reminder in right, "next is the first unused moment", f"{reminder} and not {[one.next_at for one in right]}"
        )
