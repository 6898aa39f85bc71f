"""Stuck is a real place to be. Standing still is allowed, and a soft hello comes later for whoever asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.conversation import once
from bot.conversation.edit import Edit, echo
from bot.conversation.pages import help_rows
from bot.conversation.plan import new_reminders
from bot.conversation.recess import whole_minute
from bot.conversation.say import Rows, answer, below, moment
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import IN_TOOLS, enough_button, person_row, tool, ways_on
from bot.conversation.values import replace
from scheduler.instants import instant
from scheduler.rule import Rule
from storage.records import Kind

AN_HOUR = timedelta(hours=1)
EVENINGS = (time(20), time(22))


def stuck(s: Situation) -> Answer:
    """It is met as it is; nothing has to be mended."""
    hard = [] if s.state.is_quiet(s.now) else [(s.words("button.hard"), "hard")]
    rows: Rows = [
        [(s.words("button.still"), "still")],
        [tool(s, "step"), tool(s, "path")],
        [tool(s, "rails"), *hard],
        *ways_on(s),
    ]
    return Answer((answer(s, s.words("stuck"), rows),), state=s.state.past(*IN_TOOLS))


def still(s: Situation) -> Answer:
    """Leave to rest, with a hello later where it may come."""
    if not may_come(s):
        return Answer((answer(s, s.words("still.quiet"), ways_on(s)),))
    offered = [(s.words(f"button.checkin.{name}"), f"checkin:{name}") for name in dict(moments(s))]
    rows = [offered, [(s.words("button.checkin.no"), "checkin:no")], *help_rows(s)]
    return Answer((answer(s, s.words("still"), rows),))


def may_come(s: Situation) -> bool:
    """On a hard day, too; not after words about harm, nor while they want nothing at all."""
    free = not s.state.is_quiet(s.now) or s.state.takes_line(s.now)
    return free and not s.consented.paused and not s.state.in_recess(s.now + AN_HOUR)


def moments(s: Situation) -> Iterator[tuple[str, datetime]]:
    """In an hour; and tonight, where it is known when that is and it is some way off."""
    yield "hour", whole_minute(s.now + AN_HOUR)
    if s.consented.zone:
        tonight = (instant(s.now.astimezone(s.zone).date(), at, s.zone) for at in EVENINGS)
        if soon := next((at for at in tonight if at and at - s.now >= AN_HOUR), None):
            yield "tonight", soon


def checkin(s: Situation) -> Answer:
    """Once, in soft words that a locked screen may show; or not at all, which is as fine."""
    if s.heard.arg == "no":
        return Answer((below(s, s.words("still.no"), [[tool(s, "step"), enough_button(s)], *help_rows(s)]),))
    at = dict(moments(s)).get(s.heard.arg)
    if at is None:
        return still(s)
    return set_for(s, at) if may_come(s) and not s.state.in_recess(at) else once.not_then(s, at)


def set_for(s: Situation, at: datetime) -> Answer:
    """Told honestly: when, what, and that nothing else is asked."""
    rule = Rule.once(at.date(), at.time(), in_utc=True)
    new = new_reminders(s, [rule.as_json()], Kind.WORDS, s.words("checkin.words"))
    told = s.words("still.set", when=moment(s, at, s.zone), words=s.words("checkin.words"))
    rows = [person_row(s)] if s.state.is_quiet(s.now) else []
    result = echo(s, Edit([*s.reminders, *new], (told,), new, complete=True, rows=rows))
    if result.reminders is None:
        return result
    return replace(result, state=replace(result.state or s.state, checkin=new[0].id))
