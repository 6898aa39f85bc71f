"""Reminders set in words: "weekdays at 7:30 and noon". What was left open is asked back, with the days kept."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import nearest
from bot.conversation.carried import bits_of, to_move, to_set
from bot.conversation.edit import MOST_IN_A_BUTTON, Edit, made
from bot.conversation.naming import rules_named
from bot.conversation.parts import USUAL
from bot.conversation.plan import own_words
from bot.conversation.questions import PRESETS, question, skip_row
from bot.conversation.say import Button, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from bot.conversation.times import adding, ask_half, labelled, once_instead
from bot.conversation.values import replace
from bot.understanding.meaning import When
from scheduler.rule import Rule
from storage.records import Reminder


def wished(s: Situation) -> Answer:
    return made(s, edit(s))


def edit(s: Situation) -> Edit | Answer:
    """What was wished, or the question it leaves open."""
    when = s.heard.when or When()
    if not nearest.holds(when):
        return near(s, when)
    readings = nearest.readings(s, when)
    if not all(readings):
        return ask_time(s, when)
    if len(readings) > 1:
        return ask_half(s, readings)
    found = adding(s, readings[0])
    once = [] if when.days_said else once_instead(s, found.about or ())
    return replace(found, rows=[*found.rows, *fixed(s, found.about or ()), *once])


def fixed(s: Situation, new: Sequence[Reminder]) -> Rows:
    """A part of the day may be a time on the clock instead, the same each day."""
    if len(new) != 1 or not (rule := Rule.from_json(new[0].rule)).part:
        return []
    ats = [replace(rule, times=(at,), window=None, part="") for at in USUAL[rule.part]]
    return [[(always(s, one), to_move([one], new[0].id)) for one in ats]]


def always(s: Situation, rule: Rule) -> str:
    return s.words("button.always", time=s.voice.time_of_day(rule.times[0]))


def near(s: Situation, when: When) -> Answer:
    """It cannot be held as it was said; what comes near can be pressed."""
    return asking(s, when, why_near(when), [in_full(s, rules) for rules in nearest.choices(s, when)])


def why_near(when: When) -> str:
    if nearest.is_too_often(when) or when.every_minutes:
        return "near.often"
    return "near.times" if nearest.holds_days(when) else "near.days"


def in_full(s: Situation, rules: Sequence[Rule]) -> Button:
    """With its days."""
    return rules_named(s, rules), to_set(rules)


def ask_time(s: Situation, when: When) -> Answer:
    """No time was said: which?"""
    if not when.days_said and when.interval_days == 1:
        words, rows = question(s, Step.TIMES)
        return Answer((answer(s, words, rows),), state=asking_when(s, when))
    return asking(s, when, "times.clock", [labelled(s, [nearest.on_days(s, when, Rule((at,)))]) for at in PRESETS])


def asking(s: Situation, when: When, key: str, buttons: Sequence[Button]) -> Answer:
    """A few answers to press; a time may be typed as well."""
    rows: Rows = [[button] for button in buttons if len(button[1]) <= MOST_IN_A_BUTTON]
    return Answer((answer(s, s.words(key), [*rows, skip_row(s, Step.TIMES)]),), state=asking_when(s, when))


def asking_when(s: Situation, when: When) -> State:
    """The days that were said are kept for whatever time is told now."""
    about = None if s.consented.zone else "no place"
    if (when.days_said or when.interval_days > 1) and not when.groups:
        every = f".{when.interval_days}" if when.interval_days > 1 and nearest.holds_days(when) else ""
        about = f"{bits_of(when.days)}{every}"
    return replace(s.state.asking(Step.TIMES, about), own=own_words(s))
