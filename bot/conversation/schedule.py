"""Reminders set in words: "weekdays at 7:30 and noon". What was left open is asked back, with the days kept."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import nearest
from bot.conversation.edit import Edit, made, named_times
from bot.conversation.plan import Times, as_buttons, bits_of
from bot.conversation.questions import PRESETS, question, skip_row
from bot.conversation.say import Button, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from bot.conversation.times import MOST_IN_A_BUTTON, adding, ask_half, labelled
from bot.understanding.meaning import When


def wished(s: Situation) -> Answer:
    return made(s, edit(s))


def edit(s: Situation) -> Edit | Answer:
    """What was wished, or the question it leaves open."""
    when = s.heard.when or When()
    if not nearest.holds(when):
        return near(s, when)
    groups = when.groups or (when,)
    if not all(group.times or group.parts for group in groups):
        return ask_time(s, when)
    readings = nearest.whole_days(when)
    if any(group.parts for group in groups):
        return asking(s, when, "times.part", [labelled(s, sets) for sets in readings])
    return ask_half(s, readings) if len(readings) > 1 else adding(s, readings[0])


def near(s: Situation, when: When) -> Answer:
    """It cannot be held as it was said; what comes near can be pressed."""
    key = "near.times" if nearest.holds_days(when) else "near.days"
    return asking(s, when, key, [in_full(s, sets) for sets in nearest.choices(when)])


def in_full(s: Situation, sets: Sequence[Times]) -> Button:
    """With its days."""
    return named_times(s, sets), as_buttons(sets)


def ask_time(s: Situation, when: When) -> Answer:
    """No time was said: which?"""
    if not when.days_said:
        words, rows = question(s, Step.TIMES)
        return Answer((answer(s, words, rows),), state=asking_when(s, when))
    return asking(s, when, "times.clock", [labelled(s, [((at,), when.days)]) for at in PRESETS])


def asking(s: Situation, when: When, key: str, buttons: Sequence[Button]) -> Answer:
    """A few answers to press; a time may be typed as well."""
    rows: Rows = [[button] for button in buttons if len(button[1]) <= MOST_IN_A_BUTTON]
    return Answer((answer(s, s.words(key), [*rows, skip_row(s, Step.TIMES)]),), state=asking_when(s, when))


def asking_when(s: Situation, when: When) -> State:
    """The days that were said are kept for whatever time is told now."""
    if when.days_said and not when.groups:
        return s.state.asking(Step.TIMES, str(bits_of(when.days)))
    return s.state.asking(Step.TIMES, None if s.consented.zone else "no place")
