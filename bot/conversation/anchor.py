"""Their own glimmers, handed back one at a time and only when they ask; never one they put away."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.pages import quoted
from bot.conversation.pools import from_pool, with_drawn
from bot.conversation.say import Button, Rows, answer, below
from bot.conversation.share import share_button
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import enough_button, person_row, tool, ways_on
from bot.conversation.values import replace
from storage.records import Glimmer

SHUT = "shut"


def anchor(s: Situation) -> Answer:
    """One of them, in their words, with its day."""
    if not s.found.glimmers:
        return Answer((answer(s, s.words("anchor.none"), ways_on(s)),))
    one = s.found.glimmers[0]
    today = s.now.astimezone(s.zone).date()
    words = s.words("anchor", day=s.voice.day(one.day, today), words=quoted(s, one))
    return Answer((answer(s, words, ways(s, one)),), state=with_drawn(s.state, one.id))


def ways(s: Situation, one: Glimmer) -> Rows:
    shows: list[Button] = [(s.words("button.anchor.show"), f"show:{one.message_id}")] if one.media else []
    return [
        [another(s), (s.words("button.anchor.stay"), "stay")],
        *([shows] if shows else []),
        [(s.words("button.anchor.shut"), f"shut:{one.message_id}"), share_button(s, one)],
        [tool(s, "toolkit"), enough_button(s)],
        person_row(s),
    ]


def stayed(s: Situation) -> Answer:
    """A small way to stay with it for a breath."""
    one, state = from_pool(s, "savour")
    say = below(s, one.text, ways_on(s, another(s)))
    return Answer((say,), state=state)


def shut(s: Situation) -> Answer:
    """It stays kept, and is not handed back by chance."""
    back = (s.words("button.anchor.open"), f"unshut:{s.heard.arg}")
    return marked(s, "anchor.shut", {SHUT: "1"}, ways_on(s, back, another(s)))


def opened(s: Situation) -> Answer:
    """It may be handed back again."""
    return marked(s, "anchor.open", {}, ways_on(s, another(s)))


def marked(s: Situation, key: str, mark: Mapping[str, str], rows: Rows) -> Answer:
    """The glimmer put away, or no longer."""
    if not s.found.glimmers:
        return Answer((answer(s, s.words("replay.gone"), ways_on(s)),))
    one = s.found.glimmers[0]
    kept = {name: value for name, value in one.marks.items() if name != SHUT}
    return Answer((answer(s, s.words(key), rows),), amended=(replace(one, marks={**kept, **mark}),))


def another(s: Situation) -> Button:
    return s.words("button.anchor.another"), "go:anchor"
