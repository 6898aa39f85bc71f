"""How they stand today: steady, wobbly or still. All three get the same thanks."""

from __future__ import annotations

from bot.conversation.pages import help_rows
from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import tool, ways_on
from bot.conversation.values import replace

WAYS = ("steady", "wobbly", "still")


def footing(s: Situation) -> Answer:
    rows: Rows = [[(s.words(f"button.footing.{way}"), f"footing:{way}") for way in WAYS], [tool(s, "enough")]]
    return Answer((answer(s, s.words("footing"), [*rows, *help_rows(s)]),))


def told(s: Situation) -> Answer:
    """Remembered for a while: of their own glimmers they are reminded unasked on steady days alone."""
    day = s.now.astimezone(s.zone).date().isoformat()
    say = answer(s, s.words("footing.thanks", way=s.words(f"button.footing.{s.heard.arg}").lower()), ways_on(s))
    return Answer((say,), state=replace(s.state, footing=(s.heard.arg, day)))
