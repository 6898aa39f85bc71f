"""How much may come unasked: three questions a day, six messages in all, an hour apart. Pure.

What does not fit is let go, the least needed first. What somebody asked for at a moment of their own (once, or put off)
is not held back, but counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from scheduler.rule import ALL_DAYS, Rule, minutes_of
from storage.records import Kind

MOST_PROMPTS = 3
MOST = 6
APART = timedelta(hours=1)
NEEDED = tuple(Kind)  # the most first


@dataclass(frozen=True)
class Unasked:
    """A message that comes of itself: sent, or still to come."""

    at: datetime
    day: date
    kind: Kind


def fits(one: Unasked, sent: Iterable[Unasked], coming: Iterable[Unasked]) -> bool:
    """Whether it may be sent beside what was sent, and what is more needed and still to come."""
    ahead = [other for other in coming if NEEDED.index(other.kind) < NEEDED.index(one.kind)]
    before = list(sent)
    if any(abs(other.at - one.at) < APART for other in (*before, *ahead)):
        return False
    today = [other for other in (*before, *ahead) if other.day == one.day]
    prompts = sum(other.kind is Kind.PROMPT for other in today)
    return len(today) < MOST and (one.kind is not Kind.PROMPT or prompts < MOST_PROMPTS)


def most_a_day(rules: Sequence[Rule]) -> int:
    """How many moments the rules have on the fullest day; what comes once only is not counted."""
    again = [rule for rule in rules if not rule.on]
    return max(sum(rule.often for rule in again if day in rule.days) for day in ALL_DAYS)


def too_near(rules: Sequence[Rule]) -> bool:
    """Whether two named times of a day are less than an hour apart; what comes on some days only may be told from the
    rest by its interval, and what is drawn is drawn apart."""
    named = [rule for rule in rules if not rule.on and not rule.window and rule.every == 1]
    for day in ALL_DAYS:
        minutes = sorted(minutes_of(at) for rule in named if day in rule.days for at in rule.times)
        if any(b - a < APART // timedelta(minutes=1) for a, b in pairwise(minutes)):
            return True
    return False
