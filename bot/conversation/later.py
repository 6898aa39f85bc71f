"""A question put off: the same one once more, in an hour or when they say; never into the night."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation import once
from bot.conversation.nudge import asked, may_ask, own_ways_out, said_of, unasked
from bot.conversation.say import Moments, Rows, answer, below, moment, pressed_message
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import OpenNudge, Step
from bot.conversation.values import replace
from bot.understanding.meaning import Snooze
from scheduler.grace import expiry, is_quiet
from scheduler.instants import instant
from storage.records import Kind, Nudge

SNOOZE = timedelta(hours=1)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=20)  # that a question may be put off
MINUTE = timedelta(minutes=1)
OLD = timedelta(hours=20)  # a question from another day is not put off any more


def later(s: Situation) -> Answer:
    """The same question once more, in an hour or when they say; never into the night. Where none is open, a time that
    was said is a wish for one."""
    nudge, wish = s.found.nudge, s.heard.snooze or Snooze()
    if nudge is None or nudge.due_at < s.now - OLD or not may_ask(s.consented, s.state, s.now):
        return once.instead_of_snooze(s, wish) if wish != Snooze() else Answer((below(s, s.words("nudge.later.none")),))
    at = again_at(s, wish)
    if at is None or not SHORTEST <= at - s.now <= LONGEST:
        return Answer((below(s, s.words("nudge.later.past" if at and at <= s.now else "nudge.later.span")),))
    if is_quiet(at, s.zone, s.preferences.quiet):
        return Answer((below(s, s.words("nudge.later.night")),), cancelled=(nudge.id,))
    if not may_ask(s.consented, s.state, at):
        return Answer((below(s, s.words("nudge.later.none")),), cancelled=(nudge.id,))
    return put_off(s, nudge, at)


def again_at(s: Situation, wish: Snooze) -> datetime | None:
    """When a question that is put off is asked again; None if that is too far off to tell."""
    if wish.until is not None:
        return instant(s.now.astimezone(s.zone).date(), wish.until, s.zone)
    if wish.minutes is None:
        return s.now + SNOOZE
    return s.now + timedelta(minutes=wish.minutes) if wish.minutes <= LONGEST // MINUTE else None


def put_off(s: Situation, nudge: Nudge, at: datetime) -> Answer:
    """The same nudge, not before then."""
    words = said_of(s, nudge)
    if not words:  # its reminder is gone
        return Answer((below(s, s.words("nudge.later.none")),), cancelled=(nudge.id,))
    is_own = nudge.kind is Kind.WORDS
    once_more = unasked(s, words, own_ways_out(s, nudge.id), nudge.id) if is_own else asked(s, words, nudge)
    again = replace(once_more, not_before=at, expires_at=expiry(at, s.zone, s.preferences.quiet))
    is_today = at.astimezone(s.zone).date() == s.now.astimezone(s.zone).date()
    when = s.voice.clock(at, s.zone) if is_today else moment(s, at, s.zone)
    told_when = s.words("nudge.later" if is_today else "nudge.later.day", when=when)
    rows: Rows = [[(s.words("button.notlater"), f"notlater:{nudge.id}")]]
    open_ = replace(s.state.asking(Step.PROMPT), nudge=OpenNudge(nudge.id, nudge.day, snoozed=True))
    state = s.state if is_own else open_
    told = below(s, told_when, rows, Moments(when, ((when, at),)))
    return Answer((told, again), state=state, cancelled=(nudge.id,))


def not_later(s: Situation) -> Answer:
    """Put off no more: it stays open as it was asked, and is not asked again."""
    message, words = pressed_message(s), s.words("nudge.notlater")
    question = message.text.rpartition("\n\n")[0] if message else ""
    told = replace(answer(s, "\n\n".join(filter(None, [question, words]))), instead=words)
    open_nudge = s.state.nudge
    if open_nudge and open_nudge.id == s.heard.arg:
        open_nudge = replace(open_nudge, snoozed=False)
    return Answer((told,), state=replace(s.state, nudge=open_nudge), cancelled=(s.heard.arg,))
