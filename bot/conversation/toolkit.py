"""The toolkit: a few things for a hard moment, each a tap away; and the way out of any of them."""

from __future__ import annotations

from bot.conversation.say import Button, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step

TOOLS = (("anchor", "ground"), ("breathe", "step"), ("rails", "sentences"), ("own_letter",))
IN_TOOLS = (Step.NOTE, Step.GROUND)


def toolkit(s: Situation) -> Answer:
    """Pick one, or none."""
    rows = [[tool(s, name) for name in row] for row in TOOLS]
    say = answer(s, s.words("toolkit"), [*rows, [enough_button(s)], person_row(s)])
    return Answer((say,), state=s.state.past(*IN_TOOLS))


def tool(s: Situation, name: str) -> Button:
    """The door to one of them."""
    return s.words(f"button.{name}"), f"go:{name}"


def enough_button(s: Situation) -> Button:
    return tool(s, "enough")


def person_row(s: Situation) -> list[Button]:
    """A person to talk to: below everything that is shown on a hard day."""
    return [(s.words("button.person"), "person")]


def ways_on(s: Situation, *first: Button) -> Rows:
    """What is offered below a tool: more of it, the others, enough, a person."""
    more: Rows = [list(first)] if first else []
    return [*more, [tool(s, "toolkit"), enough_button(s)], person_row(s)]


def enough(s: Situation) -> Answer:
    """It can be left there; nothing is asked."""
    return Answer((answer(s, s.words("enough")),), state=s.state.past(*IN_TOOLS))
