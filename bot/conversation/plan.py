"""Reminders and their next moments."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.carried import read
from bot.conversation.events import Message, Pressed, Said
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State
from bot.conversation.values import replace
from scheduler.budget import APART, Unasked
from scheduler.plan import coming, is_once, is_over, planned, silent
from scheduler.recurrence import ONE_MICROSECOND, Course, Moment, next_moment
from scheduler.rule import Rule
from storage.ids import new_id
from storage.records import Kind, Person, Reminder, RuleJson

NEXT = 3


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


def new_reminders(s: Situation, rules: Iterable[RuleJson], kind: Kind = Kind.PROMPT, words: str = "") -> list[Reminder]:
    """A reminder for each rule, not planned yet."""
    return [
        Reminder(new_id(s.now, *s.seed, "reminder", n), s.chat_id, rule, kind=kind, words=words)
        for n, rule in enumerate(rules)
    ]


def with_new(s: Situation, rules: Iterable[Rule]) -> tuple[Sequence[Reminder], Sequence[Reminder]]:
    """All reminders with one for each of these rules, in their own words where they gave some; and those that are
    meant, known before or not."""
    words = own_words(s)
    kind = Kind.WORDS if words else Kind.PROMPT
    wanted = [rule.as_json() for rule in rules]
    same = [one for one in s.reminders if (one.kind, one.words) == (kind, words) and one.rule in wanted]
    known = [one.rule for one in same]
    new = new_reminders(s, [rule for rule in wanted if rule not in known], kind, words)
    return (*s.reminders, *new), (*same, *new)


def own_words(s: Situation) -> str:
    """What a reminder that is set now shall say, where that is in their own words."""
    answers = s.heard.name in ("times", "press at", "press once")
    return s.heard.words or (s.state.own if answers else "")


def next_moments(s: Situation, person: Person, reminders: Iterable[Reminder]) -> list[datetime]:
    """The next three moments of these reminders together at which something is really asked."""
    course, now = course_of(person, s.state), s.state.asks_from(s.now)
    since = max(now, apart(s.now, s.found.sent))
    found: set[datetime] = set()
    for reminder in reminders:
        used = s.found.used.get(reminder.id, set())
        every = coming(reminder, now if is_once(reminder) else since, course)
        ahead = (moment for moment in every if key(moment) not in used and not is_spared(s, reminder, moment))
        found.update(moment.at for moment in islice(ahead, NEXT))
    return sorted(found)[:NEXT]


def is_spared(s: Situation, reminder: Reminder, moment: Moment) -> bool:
    """Whether a question is not asked because they wrote of that day already."""
    asks = reminder.kind is Kind.PROMPT and not is_once(reminder) and not s.preferences.anyway
    return asks and s.state.wrote == moment.day


def key(moment: Moment) -> tuple[date, str]:
    return moment.day, moment.slot


def changed(s: Situation, reminders: Iterable[Reminder], person: Person | None = None) -> Answer:
    """An answer that sets the person's reminders, planned, each rule once, and remembers those before for Undo."""
    person = person or s.consented
    before = tuple(remembered(reminder) for reminder in s.reminders)
    state = replace(s.state, before=before, stamp=stamp_of(s), last="times")
    if state.stamp == s.state.stamp:  # pressed twice: the way back is to what was before the first
        state = replace(state, before=s.state.before)
    return Answer(person=person, state=state, reminders=replanned(s, person, distinct(reminders)))


def remembered(reminder: Reminder) -> dict[str, Any]:
    """As it lies in the state, so that a change can be undone."""
    kept: dict[str, Any] = {"id": reminder.id, "rule": reminder.rule}
    return kept if reminder.kind is Kind.PROMPT else kept | {"kind": reminder.kind, "words": reminder.words}


def as_before(s: Situation) -> list[Reminder]:
    """The reminders as they were before the last change."""
    return [
        Reminder(
            kept["id"], s.chat_id, kept["rule"], kind=Kind(kept.get("kind", Kind.PROMPT)), words=kept.get("words", "")
        )
        for kept in s.state.before
    ]


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
    """The first of each that says the same at the same times."""
    first: dict[str, Reminder] = {}
    for reminder in reminders:
        first.setdefault(repr((reminder.rule, reminder.kind, reminder.words)), reminder)
    return first.values()


def in_order(reminders: Iterable[Reminder]) -> list[Reminder]:
    """By the time of day; what is asked once comes last, by its day."""
    return sorted(reminders, key=lambda reminder: (reminder.rule.get("date", ""), Rule.from_json(reminder.rule).begins))


def rules_heard(s: Situation) -> list[Rule]:
    """As read in an answer, or as a button carries them."""
    if s.heard.schedule:
        return [Rule(s.heard.schedule.times, s.heard.schedule.days)]
    return [starting(s, read(carried)) for carried in s.heard.arg.split("-")]


def starting(s: Situation, rule: Rule) -> Rule:
    """With an interval that is counted from the first day it can speak on."""
    if rule.every == 1:
        return rule
    first = next_moment(replace(rule, every=1, since=None), s.now, course_of(s.consented, s.state))
    return replace(rule, since=first.day if first else s.now.astimezone(s.zone).date())
