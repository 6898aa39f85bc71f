"""When to ask: times as an answer or by buttons, asked back where unclear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.carried import carried, to_move, to_set
from bot.conversation.edit import MOST_IN_A_BUTTON, Edit, made
from bot.conversation.naming import clocks, rules_named, when_asked
from bot.conversation.plan import course_of, own_words, rules_heard, with_new
from bot.conversation.questions import ASKED, next_step, question, skip_row
from bot.conversation.say import Button, Rows, answer, below, moment
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from bot.understanding.times import Schedule
from scheduler.recurrence import next_moment
from scheduler.rule import ALL_DAYS, Rule
from storage.records import Reminder


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


def halves(plan: Schedule, rule: Rule) -> tuple[list[Rule], list[Rule]]:
    """The times as said, and as they are if the other half of the day is meant; else like this rule."""
    return [timed(rule, plan.times)], [timed(rule, plan.other)]


def timed(rule: Rule, times: tuple[time, ...]) -> Rule:
    """At these times instead."""
    return replace(rule, times=times, window=None, count=1, part="")


def ask_half(s: Situation, both: Sequence[Sequence[Rule]], reminder_id: str = "") -> Answer:
    """Morning or evening? What was said is remembered, so that "evening" is an answer."""
    rows = [labelled(s, rules, reminder_id) for rules in both]
    if any(len(data) > MOST_IN_A_BUTTON for _, data in rows):
        return ask_clock(s)
    state = s.state if reminder_id else replace(s.state.asking(Step.TIMES), own=own_words(s))
    unsure = "|".join("-".join(map(carried, rules)) for rules in both)
    return Answer((answer(s, s.words("times.which"), [[row] for row in rows]),), state=replace(state, unsure=unsure))


def labelled(s: Situation, rules: Sequence[Rule], reminder_id: str = "") -> Button:
    """A button that sets these; the days are told where they differ."""
    label = clocks(s, rules[0].times) if len(rules) == 1 and rules[0].times else rules_named(s, rules)
    return label, to_move(rules[:1], reminder_id) if reminder_id else to_set(rules)


def named(s: Situation) -> Answer:
    """One or more times: a reminder for each."""
    if s.heard.schedule and s.heard.schedule.unsure:
        plan = s.heard.schedule
        return ask_half(s, halves(plan, Rule(plan.times, plan.days)))
    found = adding(s, rules_heard(s))
    return made(s, replace(found, rows=once_instead(s, found.about or ())) if s.state.unsure else found)


def once_instead(s: Situation, new: Sequence[Reminder]) -> Rows:
    """ "Ask me at 3" is taken for every day; one press, and it is that once."""
    rule = Rule.from_json(new[0].rule) if len(new) == 1 else None
    if rule is None or not rule.times or rule.days != ALL_DAYS or rule.every > 1 or not s.reminders:
        return []
    moment_ = next_moment(rule, s.now, course_of(s.consented, s.state))
    return [[(s.words("button.once", when=moment(s, moment_.at, s.zone)), f"thisonce:{new[0].id}")]] if moment_ else []


def adding(s: Situation, rules: Sequence[Rule]) -> Edit:
    """A reminder for each of these times, and for each window."""
    words = own_words(s)
    reminders, about = with_new(s, [one for rule in rules for one in each(rule)])
    key = "times.set.words" if words else "times.set"
    return Edit(reminders, (s.words(key, named=when_asked(s, rules), words=words),), about, sets=True)


def each(rule: Rule) -> list[Rule]:
    """A rule for each of its times."""
    return [replace(rule, times=(at,)) for at in rule.times] or [rule]


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
