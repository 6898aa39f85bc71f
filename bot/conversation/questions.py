"""The questions that take typed words for an answer: the words and buttons of each, and which one comes next."""

from __future__ import annotations

from datetime import time

from bot.conversation import carried
from bot.conversation.carried import to_move, to_set
from bot.conversation.say import Rows
from bot.conversation.situation import Situation
from bot.conversation.state import Step
from scheduler.rule import ALL_DAYS, Rule

PRESETS = (time(8, 30), time(13), time(20, 30))
SURPRISE = Rule(window=(time(10), time(20)))
QUIET_PRESETS = ((time(21), time(7)), (time(22), time(8)), (time(23), time(9)))
ASKED = {
    Step.FIRST: "first.ask",
    Step.ZONE: "zone.ask",
    Step.TIMES: "times.ask",
    Step.RETIME: "times.clock",
    Step.QUIET: "quiethours.ask",
    Step.COUNTRY: "lines.ask",
    Step.WORDS: "words.ask",
    Step.NOTE: "note.ask",
}


def question(s: Situation, step: Step) -> tuple[str, Rows]:
    """What is asked in this step, and its buttons; the last of them is the way past it."""
    return asked_as(s, step), [*suggestions(s, step), [*more_hours(s, step), *skip_row(s, step)]]


def asked_as(s: Situation, step: Step) -> str:
    """A time for their own words is asked with these."""
    if step is Step.TIMES and s.state.own:
        return s.words("words.when", words=s.state.own)
    return s.words(f"note.ask.{(s.state.about or '').partition('.')[0]}" if step is Step.NOTE else ASKED[step])


def suggestions(s: Situation, step: Step) -> Rows:
    """A few answers to press."""
    match step:
        case Step.TIMES:
            return [[(s.voice.time_of_day(at), to_set([Rule((at,), days_said(s))])) for at in PRESETS]]
        case Step.RETIME:
            rules, about = [Rule((at,), days_of(s)) for at in PRESETS], s.state.about or ""
            return [[(s.voice.time_of_day(rule.times[0]), to_move([rule], about)) for rule in rules]]
        case Step.QUIET:
            spans = [[(span(s, begin, end), f"quiet:{begin:%H%M}.{end:%H%M}")] for begin, end in QUIET_PRESETS]
            return [*spans, [(s.words("button.noquiet"), "quiet:none")]]
        case Step.COUNTRY:
            return [[(s.words("button.nocountry"), "lines:none")]]
    return []


def days_said(s: Situation) -> frozenset[int]:
    """The days a time is asked for, where they are known."""
    bits = s.state.about or ""
    return carried.days_of(int(bits)) if s.state.step is Step.TIMES and bits.isdecimal() else ALL_DAYS


def days_of(s: Situation) -> frozenset[int]:
    """The days of the reminder that is being changed."""
    about = next((reminder for reminder in s.reminders if reminder.id == s.state.about), None)
    return Rule.from_json(about.rule).days if about else ALL_DAYS


def more_hours(s: Situation, step: Step) -> list[tuple[str, str]]:
    """The way to any hour by buttons, or to a moment that differs from day to day, where times are asked."""
    if step is not Step.TIMES:
        return []
    return [(s.words("button.hours"), "hours:new"), (s.words("button.surprise"), to_set([SURPRISE]))]


def skip_row(s: Situation, step: Step) -> list[tuple[str, str]]:
    """The way past a question; it names its step, so that an old button skips no other."""
    return [(s.words("button.skip"), skip_data(step))]


def skip_data(step: Step) -> str:
    return f"skip:{step.value}"


def span(s: Situation, begin: time, end: time) -> str:
    """ "22:00 to 08:00"."""
    return s.words("quiethours.span", begin=s.voice.time_of_day(begin), end=s.voice.time_of_day(end))


def next_step(s: Situation) -> Step:
    """What is not settled yet once somebody is here: where they live, then when to ask."""
    if s.consented.zone is None:
        return Step.ZONE
    return Step.IDLE if s.reminders else Step.TIMES
