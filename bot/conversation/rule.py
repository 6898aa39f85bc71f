"""One row of the rule table, and the names its rows are written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.situation import Answer, Need, Situation
from bot.conversation.state import Step

Handler = Callable[[Situation], Answer]
NOTHING: frozenset[Need] = frozenset()
PLANS = frozenset({Need.USED})
PAGE = frozenset({Need.PAGE})
RECALL = frozenset({Need.RECALL})
NUDGE = frozenset({Need.NUDGE})
MESSAGE = frozenset({Need.MESSAGE})
NOTES = frozenset({Need.NOTES})
ANCHOR = frozenset({Need.ANCHOR})
SEVEN, LOOK = frozenset({Need.SEVEN}), frozenset({Need.LOOK})
IDLE, FIRST, ZONE, TIMES, RETIME = Step.IDLE, Step.FIRST, Step.ZONE, Step.TIMES, Step.RETIME
PROMPT, ERASE, QUIET, COUNTRY, FORGET = Step.PROMPT, Step.ERASE, Step.QUIET, Step.COUNTRY, Step.FORGET
WORDS, NOTE, GROUND = Step.WORDS, Step.NOTE, Step.GROUND


@dataclass(frozen=True)
class Rule:
    """`step`: only while this is being asked; None: always. `to`: what may be asked after it, besides the same."""

    heard: str
    answer: Handler
    needs: frozenset[Need] = NOTHING
    step: Step | None = None
    to: tuple[Step, ...] = ()
