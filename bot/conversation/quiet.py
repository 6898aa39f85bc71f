"""Quiet hours: nothing that was not named for a time comes then. Where they meet a time that was, both are said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.carried import to_move
from bot.conversation.naming import rules_named
from bot.conversation.plan import replanned
from bot.conversation.say import Rows, answer
from bot.conversation.settings import asking, back, button, quiet_hours, set_to
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from scheduler.grace import Quiet
from scheduler.plan import meets
from scheduler.rule import Rule
from storage.records import Reminder


def wished(s: Situation) -> Answer:
    """Which quiet hours? Or set, if they came with it."""
    if not s.heard.arg:
        return asking(s, Step.QUIET, s.words("quiethours.now", quiet=quiet_hours(s)))
    new = None if s.heard.arg == "none" else hours_of(s.heard.arg)
    done = set_to(s, quiet=new)
    assert done.state
    done = replace(done, reminders=replanned(replace(s, state=done.state), s.consented, s.reminders))
    met = [one for one in s.reminders if new and meets(one, new)]
    return replace(done, says=(ask_which(s, new, met),)) if new and met else done


def hours_of(carried: str) -> Quiet:
    begin, end = map(time.fromisoformat, carried.split("."))
    return begin, end


def ask_which(s: Situation, quiet: Quiet, met: Sequence[Reminder]) -> Say:
    """Which of the two is meant: the hours, or the times that were named within them?"""
    rows: Rows = [[button(s, "keepquiet", "settings")], *moving(s, quiet, met), back(s)]
    hours = quiet_hours(replace(s, state=replace(s.state, preferences=replace(s.preferences, quiet=quiet))))
    named = rules_named(s, [Rule.from_json(one.rule) for one in met])
    return answer(s, s.words("quiethours.meet", quiet=hours, named=named), rows)


def moving(s: Situation, quiet: Quiet, met: Sequence[Reminder]) -> Rows:
    """Where it is one time, it may move to when they end."""
    if len(met) > 1:
        return [[button(s, "list")]]
    rule = replace(Rule.from_json(met[0].rule), times=(quiet[1],))
    return [[(s.words("button.moveto", times=s.voice.time_of_day(quiet[1])), to_move([rule], met[0].id))]]
