"""Which reminder is meant, in signs: "MORNING NUDGE", "8 AM 1W", "NUDGE 2", "D1 ONES", "ALL NUDGE"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.understanding.clocks import CLOCK, Clock, clock_of
from bot.understanding.draft import WEEKDAYS, weekdays
from bot.understanding.meaning import day_list
from bot.understanding.when import PART, PART_SIGNS, is_glue, read_when

NAMES = re.compile(r"\b(?:NUDGE|MESSAGE|1W|ONES|IT|TIME|OF|FOR|SET|AT|ON|IN|EVERY|D0123456|ASK|REMIND|I|NOW|IS)\b|,")
NAMED = {"ALL": "all", "EVERYTHING": "all", "1O": "first", "LAST": "last", "NEWEST": "last", "OLDEST": "first"}
NAMED |= {"OTHER": "2", "2O": "2", "TODAY": "today", "TOMORROW": "tomorrow", "TONIGHT": "tonight"}
OURS = re.compile(r"\b(?:NUDGE|MESSAGE)\b")
# What was just said, how often, how many; "quarter to" a time.
NO_NUDGE = re.compile(
    r"\bHOURLY\b|(?:LAST|NEWEST) MESSAGE$|(?:QUARTER|HALF|MINUTE|AT (?:5|10|20|25)W)$"
    r"|^[2-9]W (?:NUDGE|MESSAGE) .*\d|(?:NUDGE|MESSAGE) D\d$"
)
MINUTES_TO = re.compile(r"\b(?:20|25)W$")  # what follows is the hour
ORDERED = re.compile(r"\b(?:NUDGE|MESSAGE) (?:number )?\d")
NEW_ONE = re.compile(r"(?:SET|ADD|GIVE|WANT|NEW|\d+W? (?:NUDGE|MESSAGE))\b")
WEEKEND, WEEK = frozenset({5, 6}), frozenset(range(5))
MOST_SIGNS = 7


@dataclass(frozen=True)
class Which:
    """A reminder as `Change` names it, several with commas between; `clock` where a time names it."""

    name: str
    other: str = ""
    clock: Clock | None = None


def which(signs: str, now: datetime) -> Which | None:
    """The reminder that these signs name and nothing else; Which("") if they only say that one is meant."""
    left = " ".join(NAMES.sub(" ", signs).split()) if signs not in ("1W", "1W NUDGE") else ""
    if left in ("", "D0123456"):
        return Which("")
    if left in NAMED or left in PART_SIGNS:
        return Which(NAMED.get(left) or PART_SIGNS[left])
    if number := re.fullmatch(r"(?:number )?(\d{1,2})[OW]?", left):
        numbered = ORDERED.search(signs) or left[-1] == "O" or left != number[0][-len(left) :] or "number" in left
        return Which(number[1]) if numbered and not re.search(r"\b(?:AT|ON)\b", signs) else at_clock(left, now)
    if re.fullmatch(WEEKDAYS, left):
        return Which(days_name(weekdays(left)))
    return at_clock(left, now)


def at_clock(signs: str, now: datetime) -> Which | None:
    found = CLOCK.fullmatch(signs)
    if found is None:
        return described(signs, now)
    clock = clock_of(found)
    return Which(f"{clock.at():%H:%M}", f"{clock.other():%H:%M}" if clock.open else "", clock)


LONGEST_NAME = 6  # signs
NAMES_A_TIME = re.compile(
    rf"\d|\b(?:{'|'.join(PART_SIGNS)}|NOON|MIDNIGHT|HOURLY|WEEKLY|FORTNIGHTLY|MONTHLY|TWICE|THRICE)\b"
)


def described(signs: str, now: datetime) -> Which | None:
    """By its time, with what else is said of it: "8 AM NUDGE ON D01234"."""
    words = signs.split()
    may_be_one = len(words) <= LONGEST_NAME and "FROM" not in words and NAMES_A_TIME.search(signs)
    when, left = read_when(signs, now) if may_be_one else (None, "")
    if when is None or when.is_once or not is_glue(left):
        return None
    if len(when.times) + len(when.parts) > 1:
        return Which(",".join([*(f"{at:%H:%M}" for at in when.times), *when.parts]))
    if when.times:
        clock = next((clock_of(found) for found in CLOCK.finditer(signs)), None)
        return Which(f"{when.times[0]:%H:%M}", f"{when.other[0]:%H:%M}" if when.other else "", clock)
    if when.parts:
        return Which(when.parts[0])
    return Which(days_name(when.days)) if when.days_said else Which("all")


def named(signs: str, now: datetime) -> Which | None:
    """A reminder by its own name: neither all of them nor a new one."""
    found = which(signs, now) if not NEW_ONE.match(signs) else None
    return found if found and found.name not in ("", "all") else None


def nudge(signs: str, now: datetime) -> Which | None:
    """A reminder called so, with whatever else is said of it; all of them if nothing tells which."""
    if not OURS.search(signs) or NO_NUDGE.search(signs) or len(signs.split()) > MOST_SIGNS:
        return None
    told = re.sub(r"\b(?:FROM YOU|THIS|ME|US|[a-z]+)\b", "", signs)
    return which(told, now) or (Which("all") if not re.search(r"\d|,", told) and not PART.search(told) else None)


def by_time(signs: str, now: datetime) -> Which | None:
    """A reminder that its time of day tells apart from anything else that may be at hand."""
    is_one = "," not in signs and len(signs.split()) <= MOST_SIGNS and not MINUTES_TO.search(signs)
    found = which(signs, now) if is_one else None
    if found is None or found.clock is None:
        return found if found and set(found.name.split(",")) <= set(PART_SIGNS.values()) else None
    clock = found.clock
    return (
        found
        if clock.half or clock.minute or not clock.open or not {"1W", "OCLOCK"}.isdisjoint(signs.split())
        else None
    )


def days_name(days: frozenset[int]) -> str:
    if days in (WEEKEND, WEEK):
        return "weekend" if days == WEEKEND else "weekdays"
    return ",".join(day_list(days))
