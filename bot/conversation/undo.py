"""Undo in words: what was done last."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.events import Said
from bot.conversation.keep import forget
from bot.conversation.remind import undone
from bot.conversation.situation import Answer, Situation


def undo_last(s: Situation) -> Answer:
    """A glimmer that is replied to, else a change of times nothing was kept since, else the newest glimmer."""
    assert isinstance(s.event, Said)
    if s.state.changed and s.event.message.reply_to is None:
        return undone(replace(s, heard=replace(s.heard, arg=s.state.stamp or "")))
    return forget(s)
