"""When to ask: times as an answer or by buttons, asked back where unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.edit import Edit, clocks, made, named_times
from bot.conversation.plan import Times, as_button, as_buttons, new_reminders, times_heard
from bot.conversation.questions import ASKED, next_step, question, skip_row
from bot.conversation.say import Button, answer, below
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.understanding.times import Schedule
from scheduler.rule import Rule

MOST_IN_A_BUTTON = 64  # bytes


def ask_times(s: Situation, lead: str = "") -> Answer:
    """When may I ask? `lead` is said before it."""
    words, rows = question(s, Step.TIMES)
    about = None if s.consented.zone else "no place"
    told = "\n\n".join(filter(None, [lead, words]))
    return Answer((answer(s, told, rows),), state=s.state.asking(Step.TIMES, about))


def ask_clock(s: Situation) -> Answer:
    """ "In the evening": which time on the clock?"""
    step = s.state.step if s.state.step is Step.RETIME else Step.TIMES
    state = s.state if s.state.step is step else s.state.asking(step)
    return Answer((answer(s, s.words("times.clock"), question(s, step)[1]),), state=state)


def halves(plan: Schedule, days: frozenset[int]) -> tuple[list[Times], list[Times]]:
    """The times as said, and as they are if the other half of the day is meant."""
    return [(plan.times, days)], [(plan.other, days)]


def ask_half(s: Situation, both: Sequence[Sequence[Times]], reminder_id: str = "") -> Answer:
    """Morning or evening? What was said is remembered, so that "evening" is an answer."""
    rows = [labelled(s, sets, reminder_id) for sets in both]
    if any(len(data) > MOST_IN_A_BUTTON for _, data in rows):
        return ask_clock(s)
    state = s.state if reminder_id else s.state.asking(Step.TIMES)
    unsure = "|".join(as_buttons(sets).removeprefix("at:") for sets in both)
    return Answer((answer(s, s.words("times.which"), [[row] for row in rows]),), state=replace(state, unsure=unsure))


def labelled(s: Situation, sets: Sequence[Times], reminder_id: str = "") -> Button:
    """A button that sets these; the days are told where they differ."""
    label = clocks(s, sets[0][0]) if len(sets) == 1 else named_times(s, sets)
    return label, as_button(*sets[0], reminder_id) if reminder_id else as_buttons(sets)


def named(s: Situation) -> Answer:
    """One or more times: a reminder for each."""
    if s.heard.schedule and s.heard.schedule.unsure:
        return ask_half(s, halves(s.heard.schedule, s.heard.schedule.days))
    return made(s, adding(s, times_heard(s.heard)))


def adding(s: Situation, sets: Sequence[Times]) -> Edit:
    """A reminder for each of these times."""
    rules = [Rule((at,), days).as_json() for times, days in sets for at in times]
    known = [reminder.rule for reminder in s.reminders]
    reminders = (*s.reminders, *new_reminders(s, [rule for rule in rules if rule not in known]))
    about = [reminder for reminder in reminders if reminder.rule in rules]
    return Edit(reminders, (s.words("times.set", named=named_times(s, sets)),), about, sets=True)


def skipped(s: Situation) -> Answer:
    """Past the open question, and on to the next one in the welcome. An old button skips nothing else: what is open is
    asked, so that a Skip pressed twice reads as if it was pressed once."""
    step = s.state.step
    if s.heard.arg not in ("", step.value):
        return Answer((answer(s, *question(s, step)) if step in ASKED else below(s, s.words("skip.past")),))
    if step is Step.FIRST or (step is Step.ZONE and not s.reminders):
        return next_asked(s)
    key = "skip.done" if step in (Step.ZONE, Step.TIMES) and not s.reminders else "skip.same"
    return Answer((answer(s, s.words(key)),), state=s.state.asking(Step.IDLE))


def next_asked(s: Situation) -> Answer:
    """The next question of the welcome that is not settled: where, then when."""
    lead = s.words("first.skip") if s.state.step is Step.FIRST else ""
    step = Step.TIMES if s.state.step is Step.ZONE else next_step(s)
    if step is Step.TIMES:
        return ask_times(s, lead)
    if step is Step.IDLE:
        return Answer((answer(s, lead or s.words("skip.done")),), state=s.state.asking(Step.IDLE))
    words = f"{lead}\n\n{s.words('zone.first')}"
    return Answer((answer(s, words, [skip_row(s, step)]),), state=s.state.asking(step))
