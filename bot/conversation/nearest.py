"""From a wish for times to rules. What no rule holds as it was said is offered by what comes nearest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.parts import SPANS, edges, every, inner
from bot.conversation.plan import starting
from bot.conversation.questions import PRESETS
from bot.conversation.situation import Situation
from bot.understanding.meaning import When
from scheduler.budget import MOST_PROMPTS
from scheduler.rule import ALL_DAYS, WEEK, Rule, most_within

MOST_CHOICES = 4
WAKING = (time(9), time(21))  # where no stretch of the day was named
MONTHS = (28, 30)  # days, where it was rather months that were said
SPREADS = {
    1: (frozenset({0}), frozenset({6})),
    2: (frozenset({0, 3}), frozenset({1, 5})),
    3: (frozenset({0, 2, 4}), frozenset({1, 3, 5})),
    4: (frozenset({0, 1, 3, 5}),),
    5: (frozenset(range(5)),),
    6: (frozenset(range(6)),),
}


def holds(when: When) -> bool:
    """Whether rules hold it as it was said."""
    return holds_days(when) and holds_times(when) and all(map(holds, when.groups))


def holds_days(when: When) -> bool:
    return when.interval_days not in MONTHS and when.per_week in (None, len(when.days))


def holds_times(when: When) -> bool:
    """A time that is named is; how often it is to be does not matter then, if it is as often."""
    named = len(when.times) + len(when.parts)
    if when.every_minutes or named > MOST_PROMPTS:
        return False
    if named:
        return when.per_day in (None, named)
    if when.window:
        return (when.per_day or 1) <= min(MOST_PROMPTS, most_within(when.window))
    return (when.per_day or 1) == 1


def is_too_often(when: When) -> bool:
    return len(when.times) + len(when.parts) > MOST_PROMPTS or (when.per_day or 1) > MOST_PROMPTS


def readings(s: Situation, when: When) -> list[list[Rule]]:
    """The rules for all days: one reading, or two where the half of the day was left open."""
    groups = when.groups or (when,)
    halves = (False, True) if any(group.other for group in groups) else (False,)
    return [[rule for group in groups for rule in rules_of(s, group, late)] for late in halves]


def rules_of(s: Situation, when: When, late: bool = False) -> list[Rule]:
    """A rule for the times, one for the window, one for each part of the day."""
    times = when.other if late and when.other else when.times
    found = [on_days(s, when, Rule(times))] if times else []
    if when.window and not times:
        found.append(on_days(s, when, Rule(window=when.window, count=when.per_day or 1)))
    return found + [on_days(s, when, Rule(window=SPANS[part], part=part)) for part in when.parts]


def on_days(s: Situation, when: When, rule: Rule) -> Rule:
    """On the days of the wish, every so often; weekly on the day it begins, where none was named."""
    weekly = when.interval_days % WEEK == 0
    days = when.days if when.days_said or not weekly else frozenset({first_day(s, rule)})
    interval = 1 if when.interval_days == WEEK else when.interval_days
    since = s.now.astimezone(s.zone).date() if interval > 1 else None
    return starting(s, Rule(rule.times, days, None, False, interval, since, rule.window, rule.count, rule.part))


def first_day(s: Situation, rule: Rule) -> int:
    """The weekday of its next moment."""
    today = s.now.astimezone(s.zone)
    return (today.weekday() + (rule.begins <= today.time().replace(tzinfo=None))) % WEEK


def choices(s: Situation, when: When) -> list[list[Rule]]:
    """What comes nearest, the likeliest first."""
    found = [[rule] for days in days_near(when) for rule in rules_near(s, when, days)]
    return [choice for n, choice in enumerate(found) if choice not in found[:n]][:MOST_CHOICES]


def rules_near(s: Situation, when: When, days: frozenset[int]) -> list[Rule]:
    """The times that come near on these days; every fourth week where it was rather months that were said."""
    near = [Rule(times, days) for times in times_near(when)] or [Rule(at, days) for at in ((PRESETS[0],), PRESETS[-1:])]
    if when.window or (when.per_day or 1) > 1 or when.every_minutes:
        count = min(often(when), MOST_PROMPTS, most_within(when.window or WAKING))
        near.insert(1, Rule(days=days, window=when.window or WAKING, count=count))
    if when.interval_days in MONTHS:
        monthly = When(times=when.times, parts=when.parts, days=days, days_said=True, interval_days=4 * WEEK)
        near = [rule for one in near for rule in (on_days(s, monthly, one), one)]
    return near


def often(when: When) -> int:
    return len(every(when.every_minutes, when.window)) if when.every_minutes else when.per_day or 1


def days_near(when: When) -> Sequence[frozenset[int]]:
    if holds_days(when) or when.days_said:
        return [when.days]
    if when.per_week:
        return SPREADS.get(when.per_week, (ALL_DAYS,))
    return SPREADS[1]


def times_near(when: When) -> list[tuple[time, ...]]:
    """As they were wished, if they are few; else the first, the last and one between."""
    wished = every(when.every_minutes, when.window) if when.every_minutes else when.times
    if len(wished) > MOST_PROMPTS:
        return [(wished[0], wished[len(wished) // 2], wished[-1]), (wished[0], wished[-1])]
    if wished or when.parts:
        return [wished or tuple(sorted(SPANS[part][0] for part in when.parts))]
    if when.per_day or when.window:
        count = min(when.per_day or 1, MOST_PROMPTS)
        return list(dict.fromkeys([edges(count, when.window), inner(count, when.window)]))
    return []
