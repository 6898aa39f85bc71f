"""What is said on demand: lines for a hard day, tiny steps, hope. Of each pool the one not shown for longest."""

from __future__ import annotations

from bot.conversation.prompts import Prompt, draw, load_pools, remembered
from bot.conversation.situation import Situation
from bot.conversation.state import State
from bot.conversation.values import replace

REMEMBERED = 100
NOTHING: frozenset[str] = frozenset()


def from_pool(
    s: Situation, pool: str, asks: bool | None = None, without: frozenset[str] = NOTHING
) -> tuple[Prompt, State]:
    """One of a pool that fits this person, and the state that remembers it. `asks`: a question, or none; `without`:
    topics that it must not touch now."""
    off = s.preferences.off | without
    here = [one for one in load_pools(s.voice.language)[pool] if not off & one.needs]
    here = [one for one in here if asks is None or ("?" in one.text) is asks]
    shown = order_of(s.state)
    longest_ago = sorted(here, key=lambda one: shown.get(one.id, -1))[: len(here) // 2]
    rested = [one for one in here if one.id not in shown] or longest_ago
    found = rested[draw(s.seed, len(rested))]
    return found, with_drawn(s.state, found.id)


def with_drawn(state: State, shown: str) -> State:
    """The same, with this one shown last."""
    return replace(state, drawn=remembered(state.drawn, shown)[-REMEMBERED:])


def order_of(state: State) -> dict[str, int]:
    """What was shown lately, by when: the lower, the longer ago; what was not is not in it."""
    return {one: n for n, one in enumerate(state.drawn)}
