"""Rules as a button carries them: "0830.127" is 8:30 on all days, "w10001600x2.31" twice in a window on weekdays,
"pevening.127.2" in the evening of every other day. A rule with an interval begins when its button is pressed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time

from bot.conversation.parts import SPANS
from scheduler.rule import Rule, Window

BEGINNING = date(2001, 1, 1)  # of an interval, until it is known when it begins
AT = r"(?:[01]\d|2[0-3])[0-5]\d"
SHAPE = rf"(?:(?:{AT}){{1,12}}|w{AT}{AT}x[1-3]|p(?:{'|'.join(SPANS)}))"
DAYS = r"(?:[1-9]\d?|1[01]\d|12[0-7])"
EVERY = r"(?:[2-9]|[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])"
RULE = rf"{SHAPE}\.{DAYS}(?:\.{EVERY})?"
SOME = rf"{RULE}(?:-{RULE})*"
RULES = re.compile(SOME, re.ASCII)


def carried(rule: Rule) -> str:
    every = f".{rule.every}" if rule.every > 1 else ""
    return f"{shape(rule)}.{bits_of(rule.days)}{every}"


def shape(rule: Rule) -> str:
    if rule.part:
        return f"p{rule.part}"
    times = "".join(f"{at:%H%M}" for at in rule.window or rule.times)
    return f"w{times}x{rule.count}" if rule.window else times


def read(text: str) -> Rule:
    """The rule that `carried` wrote; an interval is counted from `BEGINNING`."""
    said, bits, *rest = text.split(".")
    every = int(rest[0]) if rest else 1
    since = BEGINNING if every > 1 else None
    days = days_of(int(bits))
    if said[0] == "p":
        return Rule(days=days, every=every, since=since, window=SPANS[said[1:]], part=said[1:])
    if said[0] == "w":
        times, _, count = said[1:].partition("x")
        return Rule(days=days, every=every, since=since, window=window_of(times), count=int(count))
    return Rule(tuple(sorted(set(times_of(said)))), days, every=every, since=since)


def times_of(said: str) -> list[time]:
    return [time.fromisoformat(said[n : n + 4]) for n in range(0, len(said), 4)]


def window_of(said: str) -> Window:
    begin, end = times_of(said)
    return begin, end


def to_set(rules: Iterable[Rule]) -> str:
    """A button that sets these."""
    return f"at:{'-'.join(map(carried, rules))}"


def to_move(rules: Iterable[Rule], reminder_id: str) -> str:
    """A button that moves a reminder to the first of these, and sets the others."""
    return f"time:{reminder_id}.{'-'.join(map(carried, rules))}"


def bits_of(days: Iterable[int]) -> int:
    """A bit for each day."""
    return sum(1 << day for day in days)


def days_of(bits: int) -> frozenset[int]:
    return frozenset(day for day in range(7) if bits >> day & 1)
