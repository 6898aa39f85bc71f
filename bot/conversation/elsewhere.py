"""Where the bot is not wanted: groups and channels, which it leaves politely, and people who block it."""

from __future__ import annotations

from bot.conversation.events import Elsewhere
from bot.conversation.say import send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.values import replace
from scheduler.plan import silent


def leave(s: Situation) -> Answer:
    assert isinstance(s.event, Elsewhere)
    line = (send(s, s.words("elsewhere")),) if s.event.speakable else ()
    return Answer((*line, Say("leaveChat", {"chat_id": s.chat_id})))


def blocked(s: Situation) -> Answer:
    """They blocked the bot: silent from now on, everything stays."""
    if not s.person:
        return Answer()
    return Answer(person=replace(s.person, away=True), reminders=tuple(silent(reminder) for reminder in s.reminders))


def nothing(_s: Situation) -> Answer:
    """Nothing to answer."""
    return Answer()
