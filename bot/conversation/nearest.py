"""What the rules of time cannot hold yet: what comes nearest is offered by buttons. Nothing is set unasked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.parts import edges, every, inner, usual
from bot.conversation.plan import Times
from bot.conversation.questions import PRESETS
from bot.understanding.meaning import When

WEEK = 7
MOST_CHOICES = 4
MOST_TIMES = 12
MOST_EACH_DAY = 4  # offered where "every hour" was wished
SPREADS = {
    1: (frozenset({0}), frozenset({6})),
    2: (frozenset({0, 3}), frozenset({1, 5})),
    3: (frozenset({0, 2, 4}), frozenset({1, 3, 5})),
    4: (frozenset({0, 1, 3, 5}),),
    5: (frozenset(range(5)),),
    6: (frozenset(range(6)),),
}
EVERY_DAY = frozenset(range(WEEK))


def holds(when: When) -> bool:
    """Whether times on weekdays are all it takes."""
    return holds_days(when) and holds_times(when) and all(map(holds, when.groups))


def holds_days(when: When) -> bool:
    weekly = when.interval_days == 1 or (when.interval_days == WEEK and when.days_said)
    return weekly and when.per_week in (None, len(when.days))


def holds_times(when: When) -> bool:
    """A time that is named is; how often it is to be does not matter then, if it is as often."""
    if when.every_minutes or (when.per_day or 1) > MOST_TIMES:
        return False
    if when.times:
        return when.per_day in (None, len(when.times) + len(when.parts))
    return when.window is None and when.per_day in (None, max(1, len(when.parts)))


def choices(when: When) -> list[list[Times]]:
    """What comes nearest, the likeliest first."""
    found = [[(times, days)] for days in days_near(when) for times in times_near(when)]
    return [choice for n, choice in enumerate(found) if choice not in found[:n]][:MOST_CHOICES]


def days_near(when: When) -> Sequence[frozenset[int]]:
    if holds_days(when) or when.days_said:
        return [when.days]
    if when.per_week:
        return SPREADS.get(when.per_week, (EVERY_DAY,))
    if when.interval_days == 2:
        return [EVERY_DAY, *SPREADS[3][:1]]
    return SPREADS[2] if when.interval_days < WEEK else SPREADS[1]


def times_near(when: When) -> list[tuple[time, ...]]:
    if when.every_minutes:
        return often(when)
    if when.times or when.parts:
        return [times for whole in whole_days(when) for times, _ in whole]
    if when.per_day or when.window:
        count = min(when.per_day or 1, MOST_TIMES)
        return list(dict.fromkeys([edges(count, when.window), inner(count, when.window)]))
    return [PRESETS[:1], PRESETS[-1:]]


def often(when: When) -> list[tuple[time, ...]]:
    """As they were wished, if they are few; else spread over the same hours."""
    assert when.every_minutes
    wished = every(when.every_minutes, when.window)
    if len(wished) <= MOST_EACH_DAY:
        return [wished]
    return [edges(MOST_EACH_DAY, when.window), inner(2, when.window)]


def whole_days(when: When) -> list[list[Times]]:
    """The times for all days: one reading, or more where the half of the day or the part of it leaves a choice."""
    groups = when.groups or (when,)
    late = any(group.other for group in groups)
    parts = any(group.parts for group in groups)
    return [
        [(times_of(group, half, nth), group.days) for group in groups]
        for half in ((False, True) if late else (False,))
        for nth in ((0, 1) if parts else (0,))
    ]


def times_of(when: When, late: bool, nth: int) -> tuple[time, ...]:
    said = when.other if late and when.other else when.times
    return tuple(sorted({*said, *usual(when.parts, nth)}))
