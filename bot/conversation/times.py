"""When to ask: times in words or by buttons, asked back where unclear, echoed with what really comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from bot.conversation.events import Said
from bot.conversation.plan import as_button, changed, new_reminders, next_moments, rules_of
from bot.conversation.questions import ASKED, next_step, question, skip_row
from bot.conversation.recess import ahead, span
from bot.conversation.say import Moments, answer, below, moment, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from scheduler.recurrence import Rule
from storage.records import Person, Reminder

MOST_REMINDERS = 12
MOST_IN_A_BUTTON = 5  # times beside a reminder's id, in 64 bytes


def ask_times(s: Situation, lead: str = "") -> Answer:
    """When may I ask? `lead` is said before it."""
    words, rows = question(s, Step.TIMES)
    about = None if s.consented.zone else "no place"
    told = "\n\n".join(filter(None, [lead, words]))
    return Answer((answer(s, told, rows),), state=s.state.asking(Step.TIMES, about))


def ask_clock(s: Situation) -> Answer:
    """ "In the evening": which time on the clock?"""
    return Answer((send(s, s.words("times.clock"), question(s, s.state.step)[1]),))


def clocks(s: Situation, times: Iterable[time]) -> str:
    """ "08:00 and 21:30"."""
    return s.voice.list([s.voice.time_of_day(at) for at in times])


def ask_half(s: Situation, days: frozenset[int], reminder_id: str = "") -> Answer:
    """Morning or evening? What they said is remembered, so that "evening" is an answer."""
    assert isinstance(s.event, Said) and s.heard.schedule
    both = (s.heard.schedule.times, s.heard.schedule.other)
    if reminder_id and len(both[0]) > MOST_IN_A_BUTTON:
        return ask_clock(s)
    rows = [[(clocks(s, times), as_button(times, days, reminder_id))] for times in both]
    state = s.state if s.state.step is Step.RETIME else s.state.asking(Step.TIMES)
    return Answer((send(s, s.words("times.which"), rows),), state=replace(state, unsure=s.event.message.text))


def named(s: Situation) -> Answer:
    """One or more times: a reminder for each. Who asks for times while paused is asked again."""
    times, days = rules_of(s.heard)
    rules = [Rule((at,), days).as_json() for at in times]
    known = [reminder.rule for reminder in s.reminders]
    reminders = (*s.reminders, *new_reminders(s, [rule for rule in rules if rule not in known]))
    if len(reminders) > MOST_REMINDERS:
        return too_many(s)
    if s.heard.schedule and s.heard.schedule.unsure:
        return ask_half(s, days)
    person = replace(s.consented, paused=False)
    result = changed(s, reminders, person)
    next_ = coming(s, person, [reminder for reminder in reminders if reminder.rule in rules])
    words = s.words("times.set", times=clocks(s, times), days=s.voice.days(days), next=next_)
    return echoed(s, result, [words, *besides(s)], next_)


def too_many(s: Situation) -> Answer:
    return Answer((answer(s, s.words("times.many")),), state=s.state.asking(Step.IDLE))


def echoed(s: Situation, result: Answer, told: list[str], moments: Moments) -> Answer:
    """What was set, said with Undo; the question about the place comes with it in the welcome, or stays open."""
    assert result.person and result.state
    undo = (s.words("button.undo"), f"back:{result.state.stamp}")
    if result.person.zone is None and s.state.step in (Step.FIRST, Step.ZONE):
        say = answer(s, "\n\n".join(told), [[undo], skip_row(s, Step.ZONE)], moments)
        return replace(result, says=(say,), state=result.state.asking(Step.ZONE))
    placeless = [[(s.words("button.place"), "other")]] if result.person.zone is None else []
    say = answer(s, "\n\n".join(told), [[undo, (s.words("button.list"), "list")], *placeless], moments)
    return replace(result, says=(say,), state=result.state.asking(Step.IDLE))


def besides(s: Situation) -> Iterator[str]:
    """What else is to be said with new times: the first time, after a pause, and where no place is known."""
    if not s.reminders and not s.state.is_quiet(s.now):
        yield s.words("times.first")
    if s.reminders and s.consented.paused:
        yield s.words("times.again")
    if recess := ahead(s):
        yield s.words("pause.until", span=span(s, recess))
    if s.consented.zone is None:
        key = "times.utc.ask" if s.state.step in (Step.FIRST, Step.ZONE) else "times.utc"
        yield s.words(key, clock=s.voice.clock(s.now, s.zone))


def coming(s: Situation, person: Person, reminders: Collection[Reminder]) -> Moments:
    """ "today 08:30, tomorrow 08:30 and Wed 25 Nov 08:30": what is really asked next."""
    zone = ZoneInfo(person.zone or "UTC")
    told = [] if person.paused else [(moment(s, at, zone), at) for at in next_moments(s, person, reminders)]
    if not told:
        return Moments(s.words("remind.quiet" if reminders or person.paused else "remind.never"))
    return Moments(s.voice.list([words for words, _ in told]), tuple(told))


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
