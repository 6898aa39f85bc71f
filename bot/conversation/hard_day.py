"""A hard day: nothing to answer, nothing asked for a day, a person one tap away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation.events import Said
from bot.conversation.nudge import may_ask
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.understanding.phrases import phrase

HARD_DAY = timedelta(hours=24)


def hard_day(s: Situation) -> Answer:
    """A hard day: nothing to answer, nothing asked for a day, a person one tap away."""
    rows: Rows = [[(s.words("button.person"), "person")], [(s.words("button.okay"), "okay")]]
    state = replace(s.state.asking(Step.IDLE), quiet_until=s.now + HARD_DAY, last="hard")
    if isinstance(s.event, Said) and is_told(s.event.message.text):
        keep = [(s.words("button.words"), f"keep:{s.event.message.id}")]
        return Answer((send(s, s.words("hard.day"), [*rows, keep], reply_to=s.event.message.id),), state=state)
    return Answer((answer(s, s.words("hard.day"), rows),), state=state)


def is_told(text: str) -> bool:
    """Whether somebody says what makes it a hard day, in words they may want to have kept."""
    return phrase(text) is None and not text.startswith("/")


def okay_again(s: Situation) -> Answer:
    """They are okay: questions come again at their times, unless they were stopped for another reason, too."""
    state = replace(s.state, quiet_until=None, last="")
    key = "hard.over" if s.reminders and may_ask(s.consented, state, s.now) else "hard.over.quiet"
    return Answer((answer(s, s.words(key)),), state=state)


def hard_for_guest(s: Situation) -> Answer:
    """A hard day, before any yes."""
    return Answer((send(s, s.words("hard.guest"), [[(s.words("button.person"), "person")]]),))
