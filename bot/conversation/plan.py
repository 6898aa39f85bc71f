"""Reminders and their next moments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from bot.conversation.situation import Answer, Heard, Situation
from scheduler.plan import planned, silent
from scheduler.recurrence import Moment, Rule, moments
from storage.ids import new_id
from storage.records import Person, Reminder

NEXT = 3


def replanned(s: Situation, person: Person, reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """All of them anew: silent while the person is paused or away."""
    if person.paused or person.away:
        return tuple(silent(reminder) for reminder in reminders)
    used = s.found.used
    return tuple(planned(reminder, s.now, person.zone, used.get(reminder.id, ())) for reminder in reminders)


def new_reminders(s: Situation, times: Iterable[time], days: frozenset[int]) -> tuple[Reminder, ...]:
    """One reminder for each time, not planned yet."""
    rules = [Rule((at,), days) for at in times]
    return tuple(
        Reminder(new_id(s.now, *s.seed, "reminder", n), s.chat_id, rule.as_json()) for n, rule in enumerate(rules)
    )


def next_moments(s: Situation, person: Person, reminders: Iterable[Reminder]) -> list[datetime]:
    """The next three real moments of these reminders together."""
    zone = ZoneInfo(person.zone or "UTC")
    found: set[datetime] = set()
    for reminder in reminders:
        used = s.found.used.get(reminder.id, set())
        coming = (m for m in moments(Rule.from_json(reminder.rule), s.now, zone) if key(m) not in used)
        found.update(moment.at for moment in islice(coming, NEXT))
    return sorted(found)[:NEXT]


def key(moment: Moment) -> tuple[date, str]:
    return moment.day, moment.slot


def changed(s: Situation, reminders: Iterable[Reminder], person: Person | None = None) -> Answer:
    """An answer that sets the person's reminders, planned, and remembers the rules before for Undo."""
    person = person or s.consented
    before = tuple({"id": reminder.id, "rule": reminder.rule} for reminder in s.reminders)
    stamp = new_id(s.now, *s.seed)[-12:]
    state = replace(s.state, before=before, stamp=stamp, changed=True)
    return Answer(person=person, state=state, reminders=replanned(s, person, reminders))


def rules_of(heard: Heard) -> tuple[tuple[time, ...], frozenset[int]]:
    """Times and days: as read in words, or as a button carries them ("0830.127": time and a bit for each day)."""
    if heard.schedule:
        return heard.schedule.times, heard.schedule.days
    at, _, bits = heard.arg.partition(".")
    days = int(bits or 127)
    return (time(int(at[:2]), int(at[2:])),), frozenset(day for day in range(7) if days >> day & 1)


def as_button(at: time, days: frozenset[int]) -> str:
    return f"{at:%H%M}.{sum(1 << day for day in days)}"
