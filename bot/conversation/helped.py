"""The day after a hard one: what helped may become a rail; nothing did is as good an answer."""

from __future__ import annotations

from bot.conversation import noting, rails, times
from bot.conversation.say import answer, below
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.understanding.phrases import phrase

ABOUT = "helped"


def helped(s: Situation) -> Answer:
    """Something did: what?"""
    return noting.ask(s, ABOUT, s.words("helped.what"))


def told(s: Situation) -> Answer:
    """A yes asks what; anything else is what helped, and becomes a rail that can be undone."""
    return helped(s) if phrase(s.heard.arg) == "yes" else rails.told(s)


def not_helped(s: Situation) -> Answer:
    """Nothing did, or they would rather not say: the same warmth."""
    return Answer((below(s, s.words("helped.no"), noting.help_row(s)),), state=s.state.past(Step.NOTE))


def skipped(s: Situation) -> Answer:
    """Past whatever was to be written down."""
    if s.heard.arg not in ("", Step.NOTE.value):
        return times.skipped(s)
    if s.state.about == ABOUT:
        return not_helped(s)
    return Answer((answer(s, s.words("note.skipped"), noting.help_row(s)),), state=s.state.asking(Step.IDLE))
