"""A slip is no way back to the start: what is kept is still there, all of it, and it is said how much that is."""

from __future__ import annotations

from bot.conversation.pools import from_pool
from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import IN_TOOLS, enough_button, person_row, tool


def slip(s: Situation) -> Answer:
    """The ground that was covered, and soft words; nothing of how long it was quiet."""
    line, state = from_pool(s, "slips", asks=False)
    ground = s.voice.count("slip.kept", s.found.total) if s.found.total else s.words("slip")
    words = f"{ground}\n\n{line.text}"
    hard = [] if s.state.is_quiet(s.now) else [(s.words("button.hard"), "hard")]
    rows: Rows = [
        [(s.words("button.sentences"), "saying:slip"), tool(s, "step")],
        [tool(s, "rails"), *hard],
        [tool(s, "toolkit"), enough_button(s)],
        person_row(s),
    ]
    return Answer((answer(s, words, rows),), state=state.past(*IN_TOOLS))
