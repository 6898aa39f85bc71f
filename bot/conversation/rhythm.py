"""Asking less where nothing comes back, said beforehand and undone by any sign of life; a better hour, if they like."""

from __future__ import annotations

from datetime import date, datetime, time

from bot.conversation.carried import to_move
from bot.conversation.events import Due
from bot.conversation.plan import course_of
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import OpenNudge, State, Step
from bot.conversation.values import replace
from scheduler.plan import coming
from scheduler.rhythm import Rhythm, better_hour, thins_out
from scheduler.rule import Rule, minutes_of, time_at
from storage.records import Glimmer, Kind, Reminder


def beforehand(s: Situation) -> str:
    """What is said with a question after which, if nothing comes, fewer are asked; nothing where it is as seldom."""
    assert isinstance(s.event, Due)
    days = None if s.state.rhythm.steady else thins_out(s.state.rhythm.silence)
    if days is None or days <= usual_wait(s, s.event):
        return ""
    return s.words(f"rhythm.{days}")


def usual_wait(s: Situation, due: Due) -> int:
    """Days to the next question, as they wished them."""
    course = course_of(s.consented, s.state)
    prompts = [one for one in s.reminders if one.kind is Kind.PROMPT]
    ahead = [next((moment.day for moment in coming(one, due.at, course)), date.max) for one in prompts]
    return (min(ahead, default=date.max) - due.day).days


def farewell(s: Situation) -> tuple[str, Rows]:
    """Once, after a long silence: shall I pause? After that nothing, until they speak."""
    rows: Rows = [[(s.words("button.pause.yes"), "pause")], [(s.words("button.pause.no"), "steady")]]
    return s.words("rhythm.farewell"), rows


def steady(s: Situation) -> Answer:
    """Asked as often as they wished, whatever comes back."""
    return turned(s, True)


def thinning(s: Situation) -> Answer:
    """Fewer questions again where nothing comes back."""
    return turned(s, False)


def turned(s: Situation, on: bool) -> Answer:
    rows: Rows = [[(s.words("button.thinning" if on else "button.steady"), "thinning" if on else "steady")]]
    state = replace(s.state, rhythm=replace(s.state.rhythm, steady=on))
    return Answer((answer(s, s.words("rhythm.steady" if on else "rhythm.thinning"), rows),), state=state)


# --- a better hour


def with_answer(s: Situation, state: State, glimmer: Glimmer) -> State:
    """What the glimmer says of the questions: the one it answers, or that none is needed that day."""
    asked = state.nudge
    if asked is None or asked.id != glimmer.nudge_id:
        unasked = glimmer.nudge_id is None and s.state.step is not Step.FIRST
        return replace(state, wrote=glimmer.day) if unasked else state
    return replace(state, nudge=replace(asked, answered=True), rhythm=noticed(s, asked, glimmer))


def hour_beside(s: Situation, state: State) -> tuple[tuple[Say, ...], State]:
    """A better hour, where they usually answer at one."""
    is_free = state.step in (Step.IDLE, Step.PROMPT) and not state.is_quiet(s.now)
    found = suggested(s, state.rhythm) if is_free else None
    if found is None:
        return (), state
    words, rows, rhythm = found
    return (send(s, words, rows),), replace(state, rhythm=rhythm)


def noticed(s: Situation, nudge: OpenNudge, glimmer: Glimmer) -> Rhythm:
    """When they were asked at a time of their own, and when they answered first."""
    if nudge.at is None or nudge.snoozed or nudge.answered:
        return s.state.rhythm
    return s.state.rhythm.answered(nudge.at, minutes_of(wall(s, glimmer.kept_at).time()))


def wall(s: Situation, at: datetime) -> datetime:
    return at.astimezone(s.zone)


def suggested(s: Situation, rhythm: Rhythm) -> tuple[str, Rows, Rhythm] | None:
    """Another hour for the one reminder they usually answer at it, to be taken or left."""
    today = wall(s, s.now).date()
    for reminder in s.reminders:
        rule = Rule.from_json(reminder.rule)
        if reminder.kind is not Kind.PROMPT or rule.on or len(rule.times) != 1:
            continue
        minute = better_hour(rhythm, minutes_of(rule.times[0]), today)
        if minute is not None:
            return *offer(s, reminder, rule, time_at(minute)), rhythm.suggested(today)
    return None


def offer(s: Situation, reminder: Reminder, rule: Rule, at: time) -> tuple[str, Rows]:
    new, old = s.voice.time_of_day(at), s.voice.time_of_day(rule.times[0])
    rows: Rows = [
        [(s.words("button.moveto", times=new), to_move([replace(rule, times=(at,))], reminder.id))],
        [(s.words("button.leave"), "leavehour")],
    ]
    return s.words("rhythm.hour", new=new, old=old), rows


def left(s: Situation) -> Answer:
    """The hour stays; it is not brought up again for long."""
    rhythm = s.state.rhythm.declined(wall(s, s.now).date())
    return Answer((answer(s, s.words("rhythm.hour.left")),), state=replace(s.state, rhythm=rhythm))
