"""A glimmer that may have been a request: it is kept, and the other reading is one button away."""

from __future__ import annotations

from bot.conversation.naming import when_asked
from bot.conversation.nearest import holds, readings
from bot.conversation.say import Button
from bot.conversation.situation import Heard, Situation
from bot.understanding.meaning import When

OFFERED = ("set", "once", "change", "stop", "recall", "place", "pause", "later")
ON_HARD_DAYS = ("stop", "recall", "pause", "later")


def doubted(s: Situation) -> Heard | None:
    """What else it may be, where that can be offered now."""
    doubt = s.heard.doubt
    offered = ON_HARD_DAYS if s.state.is_quiet(s.now) else OFFERED
    return doubt if doubt and doubt.name in offered else None


def question(s: Situation, doubt: Heard) -> str:
    """ "Kept. Or did you mean a reminder at 20:00 every day?"."""
    return s.words("doubt", what=meaning(s, doubt))


def meaning(s: Situation, doubt: Heard) -> str:
    if doubt.name == "set" and doubt.when and is_plain(doubt.when):
        return s.words("doubt.set.at", named=when_asked(s, readings(s, doubt.when)[0]))
    return s.words(f"doubt.{doubt.name}")


def is_plain(when: When) -> bool:
    """Whether nothing about it would be asked back."""
    groups = when.groups or (when,)
    return holds(when) and all(group.times and not group.other for group in groups)


def yes_button(s: Situation, doubt: Heard, message_id: int) -> Button:
    return s.words(f"button.sure.{doubt.name}"), f"sure:{message_id}"
