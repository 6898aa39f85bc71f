"""Reminders and their next moments."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from bot.conversation.events import Message, Pressed, Said
from bot.conversation.situation import Answer, Heard, Situation
from bot.conversation.state import State
from scheduler.budget import APART, Unasked
from scheduler.plan import coming, is_once, is_over, planned, silent
from scheduler.recurrence import ONE_MICROSECOND, Course, Moment
from storage.ids import new_id
from storage.records import Person, Reminder, RuleJson

NEXT = 3
Times = tuple[tuple[time, ...], frozenset[int]]  # times of day, on days


def course_of(person: Person, state: State) -> Course:
    """What a person's moments go by."""
    return Course(ZoneInfo(person.zone or "UTC"), state.recess, state.preferences.quiet)


def replanned(s: Situation, person: Person, reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """All of them anew, but what is over: silent while the person is paused or away."""
    course = course_of(person, s.state)
    here = [reminder for reminder in reminders if not is_over(reminder, s.now, course)]
    if person.paused or person.away:
        return tuple(silent(reminder) for reminder in here)
    used, since = s.found.used, apart(s.now, s.found.sent)
    return tuple(
        planned(reminder, s.now if is_once(reminder) else since, course, used.get(reminder.id, ())) for reminder in here
    )


def apart(now: datetime, sent: Iterable[Unasked]) -> datetime:
    """From when on something may come of itself again: an hour after what came last."""
    return max(now, *(one.at + APART - ONE_MICROSECOND for one in sent)) if sent else now


def new_reminders(s: Situation, rules: Iterable[RuleJson]) -> list[Reminder]:
    """A reminder for each rule, not planned yet."""
    return [Reminder(new_id(s.now, *s.seed, "reminder", n), s.chat_id, rule) for n, rule in enumerate(rules)]


def next_moments(s: Situation, person: Person, reminders: Iterable[Reminder]) -> list[datetime]:
    """The next three moments of these reminders together at which something is really asked."""
    course, now = course_of(person, s.state), s.state.asks_from(s.now)
    since = max(now, apart(s.now, s.found.sent))
    found: set[datetime] = set()
    for reminder in reminders:
        used = s.found.used.get(reminder.id, set())
        every = coming(reminder, now if is_once(reminder) else since, course)
        ahead = (moment for moment in every if key(moment) not in used)
        found.update(moment.at for moment in islice(ahead, NEXT))
    return sorted(found)[:NEXT]


def key(moment: Moment) -> tuple[date, str]:
    return moment.day, moment.slot


def changed(s: Situation, reminders: Iterable[Reminder], person: Person | None = None) -> Answer:
    """An answer that sets the person's reminders, planned, each rule once, and remembers those before for Undo."""
    person = person or s.consented
    before = tuple({"id": reminder.id, "rule": reminder.rule} for reminder in s.reminders)
    state = replace(s.state, before=before, stamp=stamp_of(s), last="times")
    if state.stamp == s.state.stamp:  # pressed twice: the way back is to what was before the first
        state = replace(state, before=s.state.before)
    return Answer(person=person, state=state, reminders=replanned(s, person, distinct(reminders)))


def stamp_of(s: Situation) -> str:
    """A mark of this change: the same where the same button is pressed twice."""
    match s.event:
        case Said(message):
            cause = f"{message.id}"
        case Pressed(data, Message() as message):
            cause = f"{message.id} {data}"
        case _:
            cause = new_id(s.now, *s.seed)
    return f"{zlib.crc32(cause.encode()):08x}"


def distinct(reminders: Iterable[Reminder]) -> Iterable[Reminder]:
    """The first of each rule."""
    first: dict[str, Reminder] = {}
    for reminder in reminders:
        first.setdefault(repr(reminder.rule), reminder)
    return first.values()


def in_order(reminders: Iterable[Reminder]) -> list[Reminder]:
    """By the time of day; what is asked once comes last, by its day."""
    return sorted(reminders, key=lambda reminder: (reminder.rule.get("date", ""), reminder.rule["times"]))


def times_heard(heard: Heard) -> list[Times]:
    """As read in an answer, or as a button carries them."""
    if heard.schedule:
        return [(heard.schedule.times, heard.schedule.days)]
    return [from_button(carried) for carried in heard.arg.split("-")]


def from_button(carried: str) -> Times:
    """The times and days that `as_button` wrote."""
    ats, _, bits = carried.partition(".")
    times = {time.fromisoformat(ats[n : n + 4]) for n in range(0, len(ats), 4)}
    return tuple(sorted(times)), days_of(int(bits))


def as_button(times: Iterable[time], days: frozenset[int], reminder_id: str = "") -> str:
    """A button that sets these times, or moves a reminder to them: "at:08302100.127", with a bit for each day."""
    verb = f"time:{reminder_id}." if reminder_id else "at:"
    return f"{verb}{''.join(f'{at:%H%M}' for at in times)}.{bits_of(days)}"


def as_buttons(sets: Iterable[Times]) -> str:
    """The same for times that differ from day to day: "at:0700.31-0900.96"."""
    return f"at:{'-'.join(as_button(times, days).removeprefix('at:') for times, days in sets)}"


def bits_of(days: Iterable[int]) -> int:
    return sum(1 << day for day in days)


def days_of(bits: int) -> frozenset[int]:
    return frozenset(day for day in range(7) if bits >> day & 1)
