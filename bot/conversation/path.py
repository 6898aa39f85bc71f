"""The icy path: six places one may be on it, each with a door; and the last word of it."""

from __future__ import annotations

from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import IN_TOOLS, enough_button, person_row, tool, ways_on

DOORS = (("fear", "step"), ("rails", "slip"), ("ahead",))  # scared, wobbly, in need of a rail, slipped, can't see


def path(s: Situation) -> Answer:
    """Which bit of it? Any, or none."""
    bits: Rows = [[(s.words(f"button.path.{name}"), f"go:{name}") for name in row] for row in DOORS]
    onward = (s.words("button.path.on"), "onward")
    rows = [*bits[:-1], [*bits[-1], onward], [tool(s, "toolkit"), enough_button(s)], person_row(s)]
    return Answer((answer(s, s.words("path"), rows),), state=s.state.past(*IN_TOOLS))


def onward(s: Situation) -> Answer:
    """No sprint, and no need to be brave."""
    first = [(s.words("button.still"), "still"), tool(s, "footing")]
    return Answer((answer(s, s.words("path.on"), [first, [tool(s, "path")], *ways_on(s)]),))
