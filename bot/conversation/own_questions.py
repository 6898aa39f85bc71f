"""Their own questions, asked among those of the library."""

from __future__ import annotations

from bot.conversation import noting
from bot.conversation.prompts import own_prompt
from bot.conversation.say import Rows, answer, clipped
from bot.conversation.settings import back, button
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from bot.conversation.values import replace

MOST = 12
LABEL = 40


def shown(s: Situation) -> Answer:
    """All of them, each a button that lets it go, and a way to add one."""
    own = s.preferences.own
    each: Rows = [
        [(s.words("button.letgo", what=clipped(words, LABEL)), f"unown:{own_prompt(words).id}")] for words in own
    ]
    add: Rows = [[button(s, "own.add", "ownadd")]] if len(own) < MOST else []
    state = s.state.past(Step.NOTE)
    return Answer((answer(s, s.words("own.list" if own else "own.none"), [*each, *add, back(s)]),), state=state)


def asked(s: Situation) -> Answer:
    return noting.ask(s, "own", s.words("note.ask.own"))


def told(s: Situation) -> Answer:
    """From now on it is asked now and then, as it was written."""
    words = clipped(s.heard.arg, noting.LONGEST)
    own = (*(one for one in s.preferences.own if one != words), words)[-MOST:]
    rows: Rows = [[(s.words("button.undo"), f"unown:{own_prompt(words).id}"), button(s, "own", "own")]]
    return Answer((answer(s, s.words("own.kept", words=words), rows),), state=with_own(s, own).asking(Step.IDLE))


def let_go(s: Situation) -> Answer:
    own = tuple(words for words in s.preferences.own if own_prompt(words).id != s.heard.arg)
    state = with_own(s, own)
    return replace(shown(replace(s, state=state)), state=state)


def with_own(s: Situation, own: tuple[str, ...]) -> State:
    return replace(s.state, preferences=replace(s.preferences, own=own))
