"""The week in a letter, once a week: set by one word or one press, on a Sunday evening unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.edit import Edit, echo
from bot.conversation.naming import when_asked
from bot.conversation.plan import new_reminders
from bot.conversation.remind import shown_of
from bot.conversation.situation import Answer, Situation
from scheduler.budget import too_near
from scheduler.rule import APART, WHOLE_DAY, Rule, length_of, minutes_of
from storage.records import Kind

SUNDAY = frozenset({6})
HOURS = (18, 17, 19, 16, 15, 11, 10, 20)


def letter_wished(s: Situation) -> Answer:
    """Set, or shown where it is set already."""
    here = next((one for one in s.reminders if one.kind is Kind.LETTER), None)
    if here:
        return shown_of(s, here)
    rule = at_a_free_hour(s, SUNDAY, HOURS)
    new = new_reminders(s, [rule.as_json()], Kind.LETTER)
    told = s.words("letter.set", when=when_asked(s, [rule]))
    return echo(s, Edit([*s.reminders, *new], (told,), new))


def at_a_free_hour(s: Situation, days: frozenset[int], hours: Sequence[int]) -> Rule:
    """The first of these hours that leaves one to what else comes on those days."""
    others = [rule for one in s.reminders if (rule := Rule.from_json(one.rule)).days & days]
    wished = [Rule((time(hour),), days) for hour in hours]
    free = (rule for rule in wished if not too_near([*others, rule]) and not any(may_meet(one, rule) for one in others))
    return next(free, wished[0])


def may_meet(drawn: Rule, at: Rule) -> bool:
    """Whether what is drawn within a window may come within an hour of that time."""
    if drawn.window is None:
        return False
    before = (minutes_of(at.begins) - minutes_of(drawn.window[0]) + APART) % WHOLE_DAY
    return 0 < before < length_of(drawn.window) + 2 * APART
