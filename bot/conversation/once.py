"""A question that is asked once only, at one moment: "ask me tomorrow at 9", "in 45 minutes"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.conversation.edit import Edit, coming, made
from bot.conversation.naming import clocks
from bot.conversation.parts import fitting_times
from bot.conversation.plan import own_words, with_new
from bot.conversation.questions import PRESETS
from bot.conversation.recess import LONGEST, ahead, span, whole_minute
from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from bot.conversation.values import replace
from bot.understanding.meaning import Snooze, When
from scheduler.recurrence import Course, Moment, next_moment
from scheduler.rule import Rule


def wished(s: Situation) -> Answer:
    return made(s, edit(s))


def edit(s: Situation) -> Edit | Answer:
    """In so many minutes, or on a day; asked back where no time was said, or it may be morning or evening."""
    when = s.heard.when
    assert when
    if when.in_minutes is not None:
        return in_minutes(s, when.in_minutes)
    day = when.date or today(s)
    if not day_fits(s, day):
        return refused(s, "once.past" if day < today(s) else "once.far")
    if not when.times:
        return ask_clock(s, day, fitting_times(when) or PRESETS)
    halves = [times for times in (when.times, when.other) if to_come(s, on_day(day, times))]
    return ask_half(s, day, halves) if len(halves) > 1 else asked_once(s, on_day(day, (halves or [when.times])[0]))


def instead_of_snooze(s: Situation, wish: Snooze) -> Answer:
    """No question is open that could wait: a new one is asked then."""
    when = When(in_minutes=wish.minutes) if wish.until is None else When(date=today(s), times=(wish.until,))
    return wished(replace(s, heard=replace(s.heard, when=when)))


def pressed(s: Situation) -> Answer:
    """A day and its times, as a button carries them."""
    day, _, ats = s.heard.arg.partition(".")
    times = {time.fromisoformat(ats[n : n + 4]) for n in range(0, len(ats), 4)}
    on = date.fromordinal(int(day))
    return made(s, asked_once(s, on_day(on, sorted(times))) if day_fits(s, on) else refused(s, "once.past"))


def in_minutes(s: Situation, minutes: int) -> Edit | Answer:
    if minutes > LONGEST // timedelta(minutes=1):
        return refused(s, "once.far")
    at = whole_minute(s.now + timedelta(minutes=max(0, minutes)))
    return asked_once(s, [Rule.once(at.date(), at.time(), in_utc=True)])


def asked_once(s: Situation, rules: Sequence[Rule]) -> Edit | Answer:
    """As far as it is still to come and questions are asked then."""
    soon = to_come(s, rules)
    if not soon:
        return refused(s, "once.past")
    taken = next((moment.at for _, moment in soon if not is_free(s, moment.at)), None)
    if s.consented.paused or taken:
        return not_then(s, taken or s.now)
    words = own_words(s)
    reminders, about = with_new(s, [rule for rule, _ in soon])
    told = s.words("once.set.words" if words else "once.set", next=coming(s, s.consented, about), words=words)
    return Edit(reminders, (told,), about, sets=True, complete=True)


def on_day(day: date, times: Sequence[time]) -> list[Rule]:
    return [Rule.once(day, at) for at in times]


def to_come(s: Situation, rules: Sequence[Rule]) -> list[tuple[Rule, Moment]]:
    """Those whose moment has not passed."""
    return [(rule, moment) for rule in rules if (moment := next_moment(rule, s.now, Course(s.zone)))]


def is_free(s: Situation, at: datetime) -> bool:
    return at >= s.state.asks_from(s.now) and not s.state.in_recess(at)


def today(s: Situation) -> date:
    return s.now.astimezone(s.zone).date()


def day_fits(s: Situation, day: date) -> bool:
    return today(s) <= day <= today(s) + LONGEST


def ask_clock(s: Situation, day: date, usual: Sequence[time]) -> Answer:
    """A day, or a part of it: which time on the clock?"""
    usual = [at for at in usual if to_come(s, on_day(day, [at]))]
    rows: Rows = [[button(s, day, [at]) for at in usual], [(s.words("button.skip"), "skip:idle")]]
    return Answer((answer(s, s.words("once.clock"), [row for row in rows if row]),), state=with_own(s))


def ask_half(s: Situation, day: date, halves: Sequence[Sequence[time]]) -> Answer:
    """Morning or evening?"""
    rows: Rows = [*([button(s, day, times)] for times in halves), [(s.words("button.skip"), "skip:idle")]]
    return Answer((answer(s, s.words("times.which"), rows),), state=with_own(s))


def with_own(s: Situation) -> State | None:
    """Their own words wait until one of the times is pressed."""
    words = own_words(s)
    return replace(s.state.asking(Step.IDLE), own=words) if words else None


def button(s: Situation, day: date, times: Sequence[time]) -> tuple[str, str]:
    return clocks(s, times), f"once:{day.toordinal()}.{''.join(f'{at:%H%M}' for at in times)}"


def not_then(s: Situation, at: datetime) -> Answer:
    """Nothing is set that would not be asked; a pause can be ended."""
    again: Rows = [[(s.words("button.resume"), "resume")]]
    if s.consented.paused:
        return refused(s, "once.paused", again)
    recess = ahead(s)
    if recess is None or at < s.state.asks_from(s.now):
        return refused(s, "once.quiet")
    return Answer((answer(s, s.words("once.recess", span=span(s, recess)), again),))


def refused(s: Situation, key: str, rows: Rows = ()) -> Answer:
    return Answer((answer(s, s.words(key), rows),))
