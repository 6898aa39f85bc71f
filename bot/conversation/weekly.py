"""The week in a letter, once a week: set by one word or one press, on a Sunday evening unless told otherwise."""

from __future__ import annotations

from datetime import time

from bot.conversation.edit import Edit, echo
from bot.conversation.naming import when_asked
from bot.conversation.plan import new_reminders
from bot.conversation.remind import shown_of
from bot.conversation.situation import Answer, Situation
from scheduler.budget import too_near
from scheduler.rule import Rule
from storage.records import Kind

SUNDAY = frozenset({6})
HOURS = (18, 17, 19, 16, 15, 11, 10, 20)  # the first that leaves an hour to what else comes on that day


def letter_wished(s: Situation) -> Answer:
    """Set, or shown where it is set already."""
    here = next((one for one in s.reminders if one.kind is Kind.LETTER), None)
    if here:
        return shown_of(s, here)
    rule = at_a_free_hour(s)
    new = new_reminders(s, [rule.as_json()], Kind.LETTER)
    told = s.words("letter.set", when=when_asked(s, [rule]))
    return echo(s, Edit([*s.reminders, *new], (told,), new))


def at_a_free_hour(s: Situation) -> Rule:
    others = [Rule.from_json(one.rule) for one in s.reminders]
    wished = [Rule((time(hour),), SUNDAY) for hour in HOURS]
    return next((rule for rule in wished if not too_near([*others, rule])), wished[0])
