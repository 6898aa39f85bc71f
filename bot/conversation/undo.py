"""Undo in words: what was done last."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.events import Said
from bot.conversation.hard_day import okay_again
from bot.conversation.keep import forget
from bot.conversation.nudge import not_today
from bot.conversation.pause import undone as unpaused
from bot.conversation.place import ask_place
from bot.conversation.remind import undone
from bot.conversation.say import send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace


def times(s: Situation) -> Answer:
    return undone(replace(s, heard=replace(s.heard, arg=s.state.stamp or "")))


UNDOING: dict[str, Callable[[Situation], Answer]] = {
    "times": times,
    "place": ask_place,
    "pause": unpaused,
    "resume": unpaused,
    "hard": okay_again,
}


def undo_last(s: Situation) -> Answer:
    """A glimmer that is replied to; else what was done last; "forget it" to a question lets the question go."""
    assert isinstance(s.event, Said)
    reply = s.event.message.reply_to
    if reply and not reply.from_bot:
        return forget(s)
    if reply and reply.media:  # shown again by the bot: Telegram does not tell which glimmer it is of
        return Answer((send(s, s.words("forget.which"), reply_to=s.event.message.id),))
    if s.state.step is Step.PROMPT:
        return not_today(s)
    return UNDOING.get(s.state.last, forget)(s)
