"""What this is and where the word comes from, told honestly; and why it may help, in three cards turned in place."""

from __future__ import annotations

from bot.conversation.pages import help_rows
from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import tool

CARDS = 3


def about(s: Situation) -> Answer:
    """The alarm and its other side, a theory in doubt, and that this is not therapy. For guests, too."""
    doors: Rows = [[tool(s, "why"), tool(s, "examples")], *help_rows(s)]
    return Answer((answer(s, s.words("about", age=s.house.minimum_age), doors),))


def why(s: Situation) -> Answer:
    """One of the cards; they promise nothing."""
    here = int(s.heard.arg) if s.heard.name == "press why" else 1
    words = s.words("why.card", words=s.words(f"why.{here}"), n=here, cards=CARDS)
    back = [(s.words("button.back.one"), f"why:{here - 1}")] if here > 1 else [tool(s, "about")]
    on = (s.words("button.next"), f"why:{here + 1}") if here < CARDS else tool(s, "examples")
    return Answer((answer(s, words, [[*back, on], *help_rows(s)]),))
