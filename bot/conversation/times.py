"""When to ask: times in words or by buttons, asked back where unclear, echoed with what really comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from bot.conversation.events import Said
from bot.conversation.plan import as_button, changed, new_reminders, next_moments, rules_of
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from scheduler.recurrence import DAYS, Rule
from storage.records import Person, Reminder

PRESETS = ("08:30", "13:00", "20:30")
MOST_REMINDERS = 12
EVERY_DAY = frozenset(range(len(DAYS)))


def ask_times(s: Situation, lead: str = "") -> Answer:
    """When may I ask? `lead` is said before it."""
    words = "\n\n".join(filter(None, [lead, s.words("times.ask")]))
    about = None if s.consented.zone else "no place"
    return Answer((answer(s, words, presets(s)),), state=s.state.asking(Step.TIMES, about))


def ask_clock(s: Situation) -> Answer:
    """ "In the evening": which time on the clock?"""
    return Answer((send(s, s.words("times.clock"), presets(s)),))


def presets(s: Situation) -> Rows:
    """A few times to press, on the days of the reminder that is being changed."""
    about = next((reminder for reminder in s.reminders if reminder.id == s.state.about), None)
    days = Rule.from_json(about.rule).days if about else EVERY_DAY
    times = [(preset, as_button([time.fromisoformat(preset)], days)) for preset in PRESETS]
    return [times, [(s.words("button.skip"), "skip")]]


def clocks(s: Situation, times: Iterable[time]) -> str:
    """ "08:00 and 21:30"."""
    return s.house.voice.list([f"{at:%H:%M}" for at in times])


def ask_half(s: Situation, days: frozenset[int]) -> Answer:
    """Morning or evening? What they said is remembered, so that "evening" is an answer."""
    assert isinstance(s.event, Said) and s.heard.schedule
    halves = (s.heard.schedule.times, s.heard.schedule.other)
    rows = [[(clocks(s, times), as_button(times, days))] for times in halves]
    state = s.state if s.state.step is Step.RETIME else s.state.asking(Step.TIMES)
    return Answer((send(s, s.words("times.which"), rows),), state=replace(state, unsure=s.event.message.text))


def named(s: Situation) -> Answer:
    """One or more times: a reminder for each. Who asks for times while paused is asked again."""
    times, days = rules_of(s.heard)
    rules = [Rule((at,), days).as_json() for at in times]
    known = [reminder.rule for reminder in s.reminders]
    reminders = (*s.reminders, *new_reminders(s, [rule for rule in rules if rule not in known]))
    if len(reminders) > MOST_REMINDERS:
        return Answer((answer(s, s.words("times.many")),), state=s.state.asking(Step.IDLE))
    if s.heard.schedule and s.heard.schedule.unsure:
        return ask_half(s, days)
    person = replace(s.consented, paused=False)
    result = changed(s, reminders, person)
    next_ = coming(s, person, [reminder for reminder in reminders if reminder.rule in rules])
    words = s.words("times.set", times=clocks(s, times), days=s.house.voice.days(days), next=next_)
    return echoed(s, result, [words, *besides(s)])


def echoed(s: Situation, result: Answer, told: list[str]) -> Answer:
    """What was set, said with Undo; the question about the place stays open if it was."""
    assert result.person and result.state
    if result.person.zone is not None:
        step, rows = Step.IDLE, []
    elif s.state.step is Step.ZONE:
        step, rows = Step.ZONE, [[(s.words("button.skip"), "skip")]]
    else:
        step, rows = Step.IDLE, [[(s.words("button.place"), "other")]]
    undo = [(s.words("button.undo"), f"back:{result.state.stamp}")]
    say = answer(s, "\n\n".join(told), [undo, *rows])
    return replace(result, says=(say,), state=result.state.asking(step))


def besides(s: Situation) -> Iterator[str]:
    """What else is to be said with new times: the first time, after a pause, and where no place is known."""
    if not s.reminders and not s.state.is_quiet(s.now):
        yield s.words("times.first")
    if s.reminders and s.consented.paused:
        yield s.words("times.again")
    if s.consented.zone is None:
        key = "times.utc.ask" if s.state.step is Step.ZONE else "times.utc"
        yield s.words(key, clock=s.house.voice.clock(s.now, s.zone))


def coming(s: Situation, person: Person, reminders: Iterable[Reminder]) -> str:
    """ "today 08:30, tomorrow 08:30 and Wed 25 Nov 08:30": what is really asked next."""
    zone, voice = ZoneInfo(person.zone or "UTC"), s.house.voice
    if person.paused:
        return s.words("remind.quiet")
    today = s.now.astimezone(zone).date()
    moments = next_moments(s, person, reminders)
    told = [f"{voice.day(at.astimezone(zone).date(), today)} {voice.clock(at, zone)}" for at in moments]
    return voice.list(told) or s.words("remind.never")


def skipped(s: Situation) -> Answer:
    """Past this question: without a place, times are asked for all the same; without times, all is done."""
    if s.state.step is Step.ZONE and not s.reminders:
        return ask_times(s)
    return Answer((answer(s, s.words("skip.done")),), state=s.state.asking(Step.IDLE))
