"""The week in a letter, once a week: set by one word or one press, on a Sunday evening unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.edit import Edit, echo
from bot.conversation.naming import named, when_asked
from bot.conversation.parts import USUAL
from bot.conversation.plan import new_reminders
from bot.conversation.remind import shown_of
from bot.conversation.say import answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.values import replace
from bot.understanding.meaning import When
from scheduler.budget import too_near
from scheduler.rule import APART, WHOLE_DAY, Rule, length_of, minutes_of
from storage.records import Kind, Reminder

SUNDAY = frozenset({6})
HOURS = (18, 17, 19, 16, 15, 11, 10, 20)


def letter_wished(s: Situation) -> Answer:
    """Set, or moved to the time that is wished; shown where it is set already and no time is wished."""
    here, when = letter_of(s), s.heard.when or When()
    if here is None:
        rule = wished_rule(s, when, SUNDAY)
        new = new_reminders(s, [rule.as_json()], Kind.LETTER)
        return told(s, rule, [*s.reminders, *new], new)
    if when == When():
        return shown_of(s, here)
    rule = wished_rule(s, when, Rule.from_json(here.rule).days)
    moved = replace(here, rule=rule.as_json())
    return told(s, rule, [moved if one is here else one for one in s.reminders], [moved])


def told(s: Situation, rule: Rule, reminders: Sequence[Reminder], letter: Sequence[Reminder]) -> Answer:
    return echo(s, Edit(reminders, (s.words("letter.set", when=when_asked(s, [rule])),), letter))


def letter_ended(s: Situation) -> Answer:
    here = letter_of(s)
    if here is None:
        return Answer((answer(s, s.words("letter.none"), [[(s.words("button.letter"), "letter")]]),))
    left = [one for one in s.reminders if one is not here]
    return echo(s, Edit(left, (s.words("remind.removed", named=named(s, here)),)))


def letter_of(s: Situation) -> Reminder | None:
    return next((one for one in s.reminders if one.kind is Kind.LETTER), None)


def wished_rule(s: Situation, when: When, usual: frozenset[int]) -> Rule:
    """Once a week: on the day that is wished, at the time that is wished, or at one that is free."""
    days = when.days if len(when.days) == 1 else usual
    ats = when.times or (USUAL[when.parts[0]] if when.parts else ())
    return Rule(tuple(ats[:1]), days) if ats else at_a_free_hour(s, days, HOURS)


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
