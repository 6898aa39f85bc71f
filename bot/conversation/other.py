"""What the bot cannot do: said kindly, and nothing stored unless they wish it."""

from __future__ import annotations

from bot.conversation.events import Said
from bot.conversation.pages import help_rows
from bot.conversation.say import Rows, send
from bot.conversation.situation import Answer, Situation

A_FEW = 4  # words of small talk


def key_for(text: str) -> str:
    """Which words fit: to a question, to a word or two, to anything else that is wished."""
    if text.rstrip().endswith(("?", "؟", "？")):
        return "other.question"
    return "other.small" if len(text.split()) < A_FEW else "other"


def cannot(s: Situation) -> Answer:
    """The words are found again in the message this answers."""
    assert isinstance(s.event, Said)
    message = s.event.message
    rows: Rows = [[(s.words("button.asglimmer"), f"keep:{message.id}")], *help_rows(s)]
    return Answer((send(s, s.words(key_for(message.text)), rows, reply_to=message.id),))
