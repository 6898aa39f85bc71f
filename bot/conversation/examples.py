"""What a glimmer may be: three examples at a time, others each time, in their season where there is one."""

from __future__ import annotations

from bot.conversation.pages import help_rows
from bot.conversation.pools import order_of, with_drawn
from bot.conversation.prompts import Prompt, draw, load_pools
from bot.conversation.say import Rows, answer, below
from bot.conversation.season import moment_of
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import tool


def examples(s: Situation) -> Answer:
    """A set of them. Nothing is asked of a guest, nor on a hard day."""
    found = drawn(s)
    if s.person is None:
        guest = s.words("help.guest" if s.admitted else "examples.any")
        return Answer((answer(s, f"{found.text}\n\n{guest}", [[others(s), tool(s, "why")]]),))
    state = with_drawn(s.state, found.id)
    if s.state.is_quiet(s.now):
        return Answer((answer(s, found.text, [[others(s), tool(s, "enough")], *help_rows(s)]),), state=state)
    rows: Rows = [
        [(s.words("button.examples.write"), "writeit"), others(s)],
        [(s.words("button.examples.later"), "go:enough")],
    ]
    return Answer((answer(s, f"{found.text}\n\n{s.words('examples')}", rows),), state=state)


def drawn(s: Situation) -> Prompt:
    """The one shown longest ago of those that fit; what belongs to the season first, until it was seen."""
    season = moment_of(s, s.now).season if s.person else ""
    pool = load_pools(s.voice.language)["examples"]
    here = [one for one in pool if one.season in ("", season) and not s.preferences.off & one.needs]
    shown = order_of(s.state)
    return min(here, key=lambda one: (shown.get(one.id, -1), one.season == "", draw((*s.seed, one.id), 1 << 32)))


def others(s: Situation) -> tuple[str, str]:
    return s.words("button.examples.other"), "go:examples"


def write(s: Situation) -> Answer:
    """Any words will do; the next message is kept, as always."""
    return Answer((below(s, s.words("pause20.tell")),))
