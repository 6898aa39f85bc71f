"""The last seven glimmers, newest first, as crumbs on a path."""

from __future__ import annotations

from bot.conversation.pages import headed, help_rows, listed, quoted
from bot.conversation.recall import nothing_yet
from bot.conversation.remind import has_letter
from bot.conversation.say import Rows, answer, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import tool

SEVEN = 7
LABEL = 40


def trail(s: Situation) -> Answer:
    """However many days they lie apart; the days between are no matter."""
    if not s.found.glimmers:
        return Answer((answer(s, nothing_yet(s), help_rows(s)),))
    head = s.voice.count("trail", len(s.found.glimmers))
    letter = [] if has_letter(s) else [(s.words("button.letter"), "letter")]
    rows: Rows = [
        [(s.words("button.share.one"), "sharing"), tool(s, "look")],
        [(s.words("button.read"), "page:0"), *letter],
        *help_rows(s),
    ]
    return Answer((answer(s, f"{head}\n\n{listed(s, headed(s))}", rows),))


def sharing(s: Situation) -> Answer:
    """Which of them shall be made into a message of its own?"""
    each: Rows = [[(clipped(quoted(s, one), LABEL), f"share:{one.message_id}")] for one in s.found.glimmers]
    return Answer((answer(s, s.words("share.which"), [*each, [tool(s, "trail")], *help_rows(s)]),))
