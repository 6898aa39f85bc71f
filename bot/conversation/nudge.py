"""The question at its time, and what may be answered to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.events import Due
from bot.conversation.prompts import Prompt, next_prompt, remembered
from bot.conversation.say import Rows, answer, below, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import OpenNudge, State, Step
from scheduler.grace import expiry, is_quiet
from storage.records import Nudge, Person, Priority

SNOOZE = timedelta(hours=1)
HARD_DAY = timedelta(hours=24)
OLD = timedelta(hours=20)  # a question from another day is not put off any more


def fall_due(s: Situation) -> Answer:
    """A reminder's moment: one prompt, unless this is no time to ask."""
    assert isinstance(s.event, Due)
    due, expires = s.event, expiry(s.event.at, s.zone, s.preferences.quiet)
    if not may_ask(s.consented, s.state, s.now) or s.now >= expires:
        return Answer()
    prompt = next_prompt(s.library, s.state.seen, s.seed)
    nudge = Nudge(due.nudge_id, s.chat_id, due.reminder_id, due.day, due.slot, due.at, prompt.id)
    question = asked(s, prompt, nudge.id)
    seen = remembered(s.library, s.state.seen, prompt.id)
    return Answer(
        (replace(question, expires_at=expires),),
        state=replace(s.state.asking(Step.PROMPT), seen=seen, nudge=OpenNudge(nudge.id, nudge.day), last=""),
        asked=nudge,
    )


def may_ask(person: Person, state: State, now: datetime) -> bool:
    """Asked once more just before a nudge leaves."""
    return not (person.paused or person.away or state.is_quiet(now))


def asked(s: Situation, prompt: Prompt, nudge_id: str) -> Say:
    """The question itself. It comes from the library alone: a locked screen shows nothing that was kept."""
    rows, silent = ways_out(s, nudge_id), s.preferences.silent
    return replace(send(s, prompt.text, rows, priority=Priority.NUDGE, silent=silent), nudge_id=nudge_id)


def ways_out(s: Situation, nudge_id: str) -> Rows:
    return [
        [
            (s.words("button.nottoday"), f"nottoday:{nudge_id}"),
            (s.words("button.later"), f"later:{nudge_id}"),
        ],
        [(s.words("button.hard"), f"hard:{nudge_id}")],
    ]


def ask_now(s: Situation) -> Answer:
    """/glimmer: a prompt, because they asked for one; not on a day after words about harm."""
    if s.state.in_care(s.now):
        return Answer((send(s, s.words("quiet.ask"), [[(s.words("button.person"), "person")]]),))
    prompt = next_prompt(s.library, s.state.seen, s.seed)
    seen = remembered(s.library, s.state.seen, prompt.id)
    rows: Rows = [[(s.words("button.nottoday"), "nottoday"), (s.words("button.hard"), "hard")]]
    return Answer((send(s, prompt.text, rows),), state=replace(s.state.asking(Step.PROMPT), seen=seen, last=""))


def not_today(s: Situation) -> Answer:
    """Nothing today is a full answer."""
    open_nudge = s.state.nudge.id if s.state.nudge else ""
    return Answer((below(s, s.words("nudge.nottoday")),), cancelled=(s.heard.arg or open_nudge,))


def bare_yes(s: Situation) -> Answer:
    """ "Yes" to a question is a full answer, too."""
    return Answer((send(s, s.words("nudge.yes")),))


def later(s: Situation) -> Answer:
    """The same question once more in an hour; never into the night."""
    nudge, at = s.found.nudge, s.now + SNOOZE
    if nudge is None or nudge.due_at < s.now - OLD or not may_ask(s.consented, s.state, s.now):
        return Answer((below(s, s.words("nudge.later.none")),))
    if is_quiet(at, s.zone, s.preferences.quiet):
        return Answer((below(s, s.words("nudge.later.night")),), cancelled=(nudge.id,))
    prompt = next((known for known in s.library if known.id == nudge.prompt), s.library[0])
    again = replace(asked(s, prompt, nudge.id), not_before=at, expires_at=expiry(at, s.zone, s.preferences.quiet))
    clock = s.voice.clock(at, s.zone)
    state = replace(s.state.asking(Step.PROMPT), nudge=OpenNudge(nudge.id, nudge.day, snoozed=True))
    return Answer((below(s, s.words("nudge.later", clock=clock)), again), state=state, cancelled=(nudge.id,))


def hard_day(s: Situation) -> Answer:
    """A hard day: nothing to answer, nothing asked for a day, a person one tap away."""
    rows: Rows = [[(s.words("button.person"), "person")], [(s.words("button.okay"), "okay")]]
    state = replace(s.state.asking(Step.IDLE), quiet_until=s.now + HARD_DAY, last="hard")
    return Answer((answer(s, s.words("hard.day"), rows),), state=state)


def okay_again(s: Situation) -> Answer:
    """They are okay: questions come again at their times, unless they were stopped for another reason, too."""
    state = replace(s.state, quiet_until=None, last="")
    key = "hard.over" if s.reminders and may_ask(s.consented, state, s.now) else "hard.over.quiet"
    return Answer((answer(s, s.words(key)),), state=state)


def hard_for_guest(s: Situation) -> Answer:
    """A hard day, before any yes."""
    return Answer((send(s, s.words("hard.guest"), [[(s.words("button.person"), "person")]]),))
