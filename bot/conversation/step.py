"""One tiny step, done at any size; half of it counts, later is fine, and so is none."""

from __future__ import annotations

from bot.conversation.pools import from_pool
from bot.conversation.say import COPY, Rows, answer, below
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import enough_button, person_row, tool, ways_on


def step(s: Situation) -> Answer:
    """One of them; what is to be sent to somebody can be copied."""
    one, state = from_pool(s, "steps")
    copies: Rows = [[(s.words("button.copy"), f"{COPY}{one.draft}")]] if one.draft else []
    draft = f"\n\n“{one.draft}”" if one.draft else ""
    rows = [
        [(s.words("button.did"), "did"), (s.words("button.half"), "did")],
        [(s.words("button.step.later"), "steplater"), (s.words("button.step.other"), "go:step")],
        *copies,
        [tool(s, "toolkit"), enough_button(s)],
        person_row(s),
    ]
    return Answer((answer(s, f"{s.words('step')}\n\n{one.text}{draft}", rows),), state=state)


def did(s: Situation) -> Answer:
    """Any size of it counts."""
    return Answer((below(s, s.words("step.did"), ways_on(s, (s.words("button.step.another"), "go:step"))),))


def not_now(s: Situation) -> Answer:
    """Steps keep."""
    return Answer((below(s, s.words("step.later"), [[tool(s, "step"), enough_button(s)], person_row(s)]),))
