"""The day after a hard one: what helped may become a rail; nothing did is as good an answer."""

from __future__ import annotations

from bot.conversation import noting, rails, times
from bot.conversation.events import words_of
from bot.conversation.pages import help_rows
from bot.conversation.say import answer, below, markup, replying
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from bot.understanding.phrases import phrase

ABOUT = "helped"


def helped(s: Situation) -> Answer:
    """Something did: what?"""
    return noting.ask(s, ABOUT, s.words("helped.what"))


def told(s: Situation) -> Answer:
    """A yes asks what; anything else is what helped, and becomes a rail that can be undone."""
    if phrase(s.heard.arg) == "yes":
        return helped(s)
    answer_ = rails.told(s)
    return replace(answer_, says=tuple(or_a_glimmer(s, say) for say in answer_.says))


def or_a_glimmer(s: Situation, say: Say) -> Say:
    """They may have told of a moment instead: it can be kept as one."""
    said = words_of(s.event)
    if said is None:
        return say
    keep = markup([[(s.words("button.asglimmer"), f"keep:{said.id}")]])
    rows = say.params.get("reply_markup", {}).get("inline_keyboard", [])
    return replace(say, params=say.params | replying(said.id) | {"reply_markup": {"inline_keyboard": [*rows, *keep]}})


def not_helped(s: Situation) -> Answer:
    """Nothing did, or they would rather not say: the same warmth."""
    return Answer((below(s, s.words("helped.no"), help_rows(s)),), state=s.state.past(Step.NOTE))


def skipped(s: Situation) -> Answer:
    """Past whatever was to be written down."""
    if s.heard.arg not in ("", Step.NOTE.value):
        return times.skipped(s)
    if s.state.about == ABOUT:
        return not_helped(s)
    return Answer((answer(s, s.words("note.skipped"), help_rows(s)),), state=s.state.asking(Step.IDLE))
