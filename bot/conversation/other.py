"""What the bot cannot do: said kindly, and nothing stored unless they wish it."""

from __future__ import annotations

from bot.conversation.events import Said
from bot.conversation.pages import help_rows
from bot.conversation.say import Rows, send
from bot.conversation.situation import Answer, Situation


def cannot(s: Situation) -> Answer:
    """The words are found again in the message this answers."""
    assert isinstance(s.event, Said)
    message = s.event.message
    asks = message.text.rstrip().endswith(("?", "؟", "？"))
    rows: Rows = [[(s.words("button.asglimmer"), f"keep:{message.id}")], *help_rows(s)]
    return Answer((send(s, s.words("other.question" if asks else "other"), rows, reply_to=message.id),))
