"""What a person is asked about, and what comes back, by kinds of prompts: it weighs a little in what comes next."""

from __future__ import annotations

from bot.conversation.prompts import Prompt, Taste, remembered
from bot.conversation.situation import Situation
from bot.conversation.state import State
from bot.conversation.values import replace

SKIPPED = 0.5  # of an ignored one


def taste_of(state: State) -> Taste:
    return Taste(state.seen, state.liked)


def with_asked(state: State, prompt: Prompt) -> State:
    return replace(counted(state, prompt.category, shown=1), seen=remembered(state.seen, prompt.id))


def with_answered(s: Situation, state: State) -> State:
    """Something was kept in answer to the newest prompt."""
    category = newest_category(s)
    return counted(state, category, answered=1) if category else state


def with_skipped(s: Situation, state: State) -> State:
    """A full answer, too: it counts half as much as silence does."""
    category = newest_category(s)
    return counted(state, category, shown=-SKIPPED) if category else state


def newest_category(s: Situation) -> str | None:
    newest = s.state.seen[-1] if s.state.seen else None
    return next((prompt.category for prompt in s.library if prompt.id == newest), None)


def counted(state: State, category: str, shown: float = 0, answered: float = 0) -> State:
    before = state.liked.get(category, [0, 0])
    after = [max(0, before[0] + shown), before[1] + answered]
    return replace(state, liked={**state.liked, category: after})
