"""Hope in small ways: a line, or a question to leave or to take. On a hard day nothing is asked."""

from __future__ import annotations

from bot.conversation.pools import from_pool
from bot.conversation.say import answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import ways_on


def hope(s: Situation) -> Answer:
    one, state = from_pool(s, "hope", asks=False if s.state.is_quiet(s.now) else None)
    return Answer((answer(s, one.text, ways_on(s, (s.words("button.step.another"), "go:hope"))),), state=state)
