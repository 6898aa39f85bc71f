"""Which question may follow which, as the rule table says it."""

from __future__ import annotations

from bot.conversation.respond import AT_ONCE
from bot.conversation.rules import rule_for
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step


def is_allowed(s: Situation, answer: Answer) -> bool:
    """Whether the question that is open after an answer may follow the one before."""
    before, rule = s.state.step, rule_for(s)
    after = (answer.state or s.state).step
    return after in {before, *rule.to} or (after is Step.IDLE and before in AT_ONCE)
