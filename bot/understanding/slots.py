"""Readers of a frame's slots, by their names in `frames.toml`: each understands all that stands there, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from bot.understanding import stretches, whereabouts, which
from bot.understanding.ahead import AMOUNT, DAY, minutes_of
from bot.understanding.clocks import CLOCK, clock_of
from bot.understanding.draft import WEEKDAYS, weekdays
from bot.understanding.meaning import Pause, Snooze, When
from bot.understanding.rates import HOUR_OF_24
from bot.understanding.reader import READERS, Read, Reader
from bot.understanding.signs import Signs
from bot.understanding.when import PART_SIGNS, is_glue

MOST_SIGNS = 7  # of an excuse
TASK = re.compile(
    r"[\s~,TA\d]*(?:TO|ABOUT|IF|FOR|that|WHAT|HOW|PAST|WHEN|BEFORE|SO|because|cos|WITH|BUT|as|since|SINCE|while)\b.*"
)
EXCUSE = re.compile(
    r"\b(?:IM|I|in|IN|AT|ON|still|HAVE|DID|SORRY|meeting|work|SNOOZE|NOT|DONT|cant|class|WITH|hands|busy)\b"
)
TO_COME = re.compile(r"\b(?:SNOOZE|ill|will|well|gonna|going|should|done|free|PAUSE|BREAK|NOW|TODAY|TONIGHT)\b")
MINUTES = re.compile(r"IN ([1-5]\d|5)W?")  # of a bare number: "again in 20"
NEGATIONS = ("NOT", "DONT", "NO")
TIMED = re.compile(rf"\d|\b(?:{'|'.join(PART_SIGNS)}|REMIND|NUDGE|STOP|DELETE|CHANGE)\b")
ANOTHER = re.compile(r"(?<!\d )(?<!\dW )\b(?:NUDGE|MESSAGE)\b")
WINDOWED = re.compile(r"BETWEEN|FROM|-|UNTIL|THROUGH|OLDEST|BEFORE")
PLAIN_TIME = re.compile(
    r"\d[:.]\d|\b\d\d?W (?:15|30|45)W\b|\b\d{4}\b|[AP]M\b|NOON|MIDNIGHT|OCLOCK|PAST|HALF|QUARTER|\bh\b|ISH"
)
YEAR = re.compile(r"(?:IN )?(?:19|20)\d\d")
TOLD = re.compile(r"\d(?![\dWO])|NOON|MIDNIGHT|OCLOCK|PAST|HALF|QUARTER|[AP]M\b")  # a time in figures, or plainly
LEADS = re.compile(r"^(?:(?:AT|UNTIL|IN|FOR|ON|PAST|ABOUT|WHEN|IT|is|,) )+")


def when(said: Signs, read: Reader) -> When | None:
    return read.when_of(said.text)


def when_that(fits: Callable[[When, Signs], bool]) -> Read:
    """A time of this kind."""

    def reader(said: Signs, read: Reader) -> When | None:
        found = when(said, read)
        return found if found and fits(found, said) else None

    return reader


def new_that(fits: Callable[[When, Signs], bool]) -> Read:
    """The times of this kind that a reminder shall have; "a nudge" among them would be another one."""

    def reader(said: Signs, read: Reader) -> When | None:
        found = None if ANOTHER.search(said.text) or YEAR.fullmatch(said.text) else when(said, read)
        return found if found and not found.is_once and fits(found, said) else None

    return reader


def when_somewhere(said: Signs, read: Reader) -> When | None:
    """A time among other words."""
    found, _ = read.read_when(said.text)
    return found if found and (found.times or found.parts or found.per_day or found.every_minutes) else None


def when_task(said: Signs, read: Reader) -> When | None:
    """A time, and what for."""
    found, left = read.read_when(said.text)
    return found if found and (is_glue(left) or TASK.fullmatch(left)) else None


def each_part(said: Signs, read: Reader) -> When | None:
    """ "mornings": parts of the day said in the plural."""
    found = when(said, read) if read.is_weekly(said) else None
    return found if found and found.parts and not found.is_once else None


def led_part(said: Signs, read: Reader) -> When | None:
    """A part of the day as a time to be asked: "after lunch", "right before bed"."""
    first = said.typed.partition(" ")[0]
    found = when(said, read) if first in read.leading_part else None
    return found if found and len(found.parts) == 1 and found == When(parts=found.parts) else None


def says_surely(found: When, said: Signs) -> bool:
    """Whether this names a time so plainly that it cannot be meant otherwise, without a verb."""
    words = said.text.split()
    if YEAR.fullmatch(said.text):
        return False
    if found.is_once:
        return bool(found.date and found.times) and (TOLD.search(said.text) is not None or "AT" in words)
    if found.every_minutes or found.per_day or found.per_week or found.interval_days > 1:
        return True
    if found.times:
        led = words[0] in ("AT", "EVERY", "ABOUT") or "D0123456" in words or not PART_SIGNS.keys().isdisjoint(words)
        return bool(PLAIN_TIME.search(said.text)) or led or found.days_said
    if found.parts:
        return "EVERY" in words or len(found.parts) > 1 or (found.days_said and len(found.days) > 1)
    if found.window:
        return "FROM" not in words
    return found.days_said and (words[0] in ("EVERY", "WEEKLY", "D01234", "D0123456", "D56") or len(found.days) > 1)


def is_rate(found: When, _said: Signs) -> bool:
    return not found.times and not found.parts and bool(found.per_day or found.interval_days > 1)


def is_days(found: When, _said: Signs) -> bool:
    return found.days_said and not found.times and not found.parts


def is_window(found: When, said: Signs) -> bool:
    return found.window is not None and bool(WINDOWED.search(said.text))


def days(said: Signs, _read: Reader) -> frozenset[int] | None:
    return weekdays(said.text) if re.fullmatch(WEEKDAYS, said.text) and "D0123456" not in said.text else None


def weekly_days(said: Signs, read: Reader) -> frozenset[int] | None:
    """Days that are meant every week: "sundays", "every sunday", not "sunday"."""
    return days(said, read) if read.is_weekly(said) else None


def clock_near(half: str) -> Read:
    def reader(said: Signs, _read: Reader) -> time | None:
        found = CLOCK.fullmatch(said.text)
        return clock_of(found).near(half).at() if found else None

    return reader


def minutes(said: Signs, _read: Reader) -> int | None:
    """A length of less than a day."""
    is_amount = said.text != "MINUTE" and not HOUR_OF_24.fullmatch(said.text)  # "20 minute", "20h"
    found = AMOUNT.fullmatch(said.text) if is_amount else None
    length = minutes_of(found) if found else 0
    return length if 0 < length < DAY else None


def amount(said: Signs, read: Reader) -> Snooze | None:
    length = minutes(said, read)
    return Snooze(length) if length else None


def few_minutes(said: Signs, _read: Reader) -> Snooze | None:
    return Snooze(int(said.text.strip("W"))) if re.fullmatch(r"[1-9]\d?W?", said.text) else None


def put_off(said: Signs, read: Reader) -> Snooze | None:
    """In a length of time, or at a time of today."""
    left = LEADS.sub("", re.sub(r" ?\b(?:AGAIN|LATER|TODAY)\b", "", said.text)).strip()
    if (found := AMOUNT.fullmatch(left)) and 0 < minutes_of(found) < DAY:
        return Snooze(minutes_of(found))
    if found := MINUTES.fullmatch(said.text):
        return Snooze(int(found[1]))
    if found := CLOCK.fullmatch(left):
        return Snooze(until=stretches.coming(clock_of(found), read.now))
    return Snooze() if left.removeprefix("THIS ") in PART_SIGNS else None


def clock_to_come(said: Signs, read: Reader) -> Snooze | None:
    """A time of today that somebody tells of as one to come: "at 7 i will have time"."""
    found = CLOCK.search(said.text) if TO_COME.search(said.text) and read.past.isdisjoint(said.meant) else None
    return Snooze(until=stretches.coming(clock_of(found), read.now)) if found else None


def until_day(said: Signs, read: Reader) -> Pause | None:
    """The day that somebody is back: "thursday"."""
    found = None if read.is_weekly(said) else stretches.until(said.text, read.now)
    return found if found and found.until else None


def until_past(said: Signs, read: Reader) -> Pause | None:
    """After a day: "back after the 9th"."""
    return until_day(said, read) if said.text.startswith("PAST ") else None


def excuse(said: Signs, read: Reader) -> str | None:
    told = (
        EXCUSE.search(said.text)
        and not TIMED.search(said.text)
        and read.past.isdisjoint(said.meant)
        and said.text not in NEGATIONS
    )
    return said.text if told and len(said.words) <= MOST_SIGNS else None


def stretch(said: Signs, read: Reader) -> Pause | None:
    return None if read.is_weekly(said) else stretches.stretch(read.with_days(said.text), read.now)


def days_off(said: Signs, read: Reader) -> Pause | None:
    """Days that are named once: "tomorrow", "this weekend", not "sundays"."""
    found = stretch(said, read)
    return found if found and found.until else None


def days_to_come(said: Signs, read: Reader) -> Pause | None:
    """Days that have to lie ahead: "tomorrow", "next week", "over the weekend"; not "a quiet sunday"."""
    return days_off(said, read) if said.text.startswith(("TOMORROW", "NEXT ", "DURING ", "OVER ", "ALL NEXT")) else None


def days_away(said: Signs, read: Reader) -> Pause | None:
    """Several days with both their ends: "3 to 10 june"."""
    found = stretch(said, read)
    several = found and found.start and found.until and (found.until - found.start).days > 1
    return found if several else None


def until_or_for(said: Signs, read: Reader) -> Pause | None:
    return stretch(said, read) if said.text.startswith(("UNTIL ", "FOR ")) else None


def of_signs(read_signs: Callable[[str, datetime], Any]) -> Read:
    return lambda said, read: read_signs(said.text, read.now)


def which_one(said: Signs, read: Reader) -> which.Which | None:
    words = said.text.split()
    one = sum(words.count(name) for name in ("1W", "ONES", "NUDGE")) == 1 and not {"THIS", ","}.intersection(words)
    return which.named(said.text, read.now) if one else None


def named_nudge(said: Signs, read: Reader) -> which.Which | None:
    return which.named(said.text, read.now) if "NUDGE" in said.text.split() else None


def which_number(said: Signs, _read: Reader) -> which.Which | None:
    return which.Which(said.text.strip("OW")) if re.fullmatch(r"\d{1,2}[OW]?", said.text) else None


def which_day(said: Signs, _read: Reader) -> which.Which | None:
    return which.Which(which.days_name(weekdays(said.text))) if re.fullmatch(WEEKDAYS, said.text) else None


def any_number(said: Signs, _read: Reader) -> str | None:
    return said.text if re.fullmatch(r"\d+W?|ONCE|TWICE", said.text) else None


READERS |= {
    "when": when,
    "when_sure": when_that(says_surely),
    "when_at": when_that(lambda found, said: says_surely(found, said) and bool(found.times or found.per_day)),
    "when_weak": when_that(lambda found, _: found.in_minutes is None),
    "when_once": when_that(lambda found, _: found.date is not None),
    "when_in": when_that(lambda found, _: found.is_once or bool(found.times)),
    "when_timed": when_that(lambda found, _: bool(found.times)),
    "when_somewhere": when_somewhere,
    "when_task": when_task,
    "each_part": each_part,
    "new": new_that(lambda _, __: True),
    "new_only": new_that(lambda _, __: True),
    "new_days": new_that(is_days),
    "new_time": new_that(lambda found, _: bool(found.times or found.parts)),
    "new_rate": new_that(is_rate),
    "new_count": new_that(lambda found, said: is_rate(found, said) and bool(found.per_day)),
    "new_window": new_that(is_window),
    "when_drawn": when_that(lambda found, said: is_window(found, said) or bool(found.parts)),
    "exclude": weekly_days,
    "exclude_any": days,
    "add": days,
    "not_before": clock_near("AM"),
    "not_after": clock_near("PM"),
    "by": minutes,
    "amount": amount,
    "few_minutes": few_minutes,
    "put_off": put_off,
    "clock_to_come": clock_to_come,
    "until_day": until_day,
    "until_past": until_past,
    "excuse": excuse,
    "stretch": stretch,
    "days_off": days_off,
    "days_away": days_away,
    "days_to_come": days_to_come,
    "until_or_for": until_or_for,
    "which": of_signs(which.which),
    "which_named": of_signs(which.named),
    "which_nudge": of_signs(which.nudge),
    "which_time": of_signs(which.by_time),
    "which_one": which_one,
    "named_nudge": named_nudge,
    "which_number": which_number,
    "which_day": which_day,
    "any_number": any_number,
    "many": any_number,
    "city": lambda said, _: whereabouts.city(said),
    "zone": lambda said, _: whereabouts.zone(said),
    "zone_of_people": lambda said, _: whereabouts.zone_of_people(said),
    "clock_here": lambda said, read: whereabouts.clock_here(said.text, read.now, read.utc),
}
