"""Past days and stretches of days in a message in signs: "SINCE M2", "BETWEEN 5O AND 9O", "LAST WEEK", "BEFORE XMAS".

Weeks run from Monday to Sunday; last week, month and year are the calendar's; what comes again is the latest that has
begun; what goes on ends today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, takewhile

from bot.understanding import counted as counted  # their rules read the phrases
from bot.understanding import named as named
from bot.understanding import placed as placed
from bot.understanding.almanac import MANY, Stretch, latest, only, over, plus_days
from bot.understanding.amounts import AMOUNT, amount
from bot.understanding.periods import MOST_TRIED, RULES, Phrase, Reader, head_of, is_meant, length
from bot.understanding.places import zones_by_country

# Where 3/4 is in March: some countries write the month first, others the year and then the month.
MONTH_BEFORE_DAY = "US PR VI GU AS MP UM PH FM PW MH JP KR KP CN TW MN HU LT".split()
LEADS = frozenset(
    "IN ON AT FROM FOR OF DURING AGO MOVED SINCE BEGINNING BETWEEN PAST UNTIL BEFORE THROUGH OLDER".split()
)
BOUNDS = frozenset("SINCE BEGINNING PAST UNTIL BEFORE THROUGH OLDER".split())
FROM = ("SINCE", "BEGINNING")
MOST_LEADS = 3
START = re.compile(r"(?<!\S)[A-Z0-9]")
SIGN = re.compile(r"\S+")
TO_END = re.compile(r" (TO|-|UNTIL|THROUGH|AND)(?: (?:ON|IN|AT))? ")
TWO_IN_ONE = re.compile(r"(\d\d?[/.]\d\d?(?:[/.]\d{2,4})?)-(\d\d?[/.]\d\d?(?:[/.]\d{2,4})?)(?!\S)")
ONWARDS = re.compile(r" (?:ONWARDS|SOFAR|ON(?= [?!.,]|$))(?!\S)")
SO_LONG = re.compile(rf"({AMOUNT})(?: AGO)?(?!\S)")
BETWEEN_SPANS = re.compile(r" (?:(?:AND|OR|BUT) )?")


@dataclass(frozen=True)
class Days:
    """From `first` to `last`, both inclusive; None where it is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Span:
    """Where in the signs `days` are named."""

    start: int
    end: int
    days: Days


@cache
def month_first(zone: str) -> bool:
    """Whether 3/4 is in March where the zone is."""
    zones = zones_by_country()
    return zone.startswith("US/") or any(zone in zones.get(country, ()) for country in MONTH_BEFORE_DAY)


def past_days(signs: str, today: date, month_first: bool) -> list[Span]:
    """All days that are named, from left to right, each in its longest reading."""
    return list(_merged(signs, _spans(Reader(signs, today, month_first)), today))


def _spans(reader: Reader) -> Iterator[Span]:
    start = START.search(reader.text)
    while start and reader.tried < MOST_TRIED:
        span = _span(reader, start.start()) if _may_begin(reader.text, start.start()) else None
        if span:
            yield span
        start = START.search(reader.text, span.end if span else start.end())


def _span(reader: Reader, start: int) -> Span | None:
    led = _led(reader, start)
    if not led:
        return None
    leads, at, one = led
    found = _from_to(reader, leads, one)
    if not found and is_meant(reader.text, at, one):
        found = _bounded(reader, leads, one)
    return Span(start, *found) if found else None


def _may_begin(text: str, at: int) -> bool:
    end = text.find(" ", at)
    sign = text[at : end if end >= 0 else None]
    return sign in LEADS or head_of(sign) in RULES


def _led(reader: Reader, at: int) -> tuple[list[str], int, Phrase] | None:
    """The signs that lead up to a phrase, where it begins, and the phrase."""
    leads: list[str] = []
    while True:
        phrase = reader.phrase(at) or _two_in_one(reader, at) or _so_long(reader, leads, at)
        if phrase and (is_meant(reader.text, at, phrase) or TO_END.match(reader.text, phrase.end)):
            return leads, at, phrase
        sign = SIGN.match(reader.text, at)
        if not sign or sign[0] not in LEADS or len(leads) == MOST_LEADS:
            return None
        leads.append(sign[0])
        at = sign.end() + 1


def _two_in_one(reader: Reader, at: int) -> Phrase | None:
    """Two dates typed without a space: 7/17-7/18."""
    both = TWO_IN_ONE.match(reader.text, at)
    if not both or reader.tried >= MOST_TRIED:
        return None
    reader.tried += 2
    one, two = (Reader(date, reader.today, reader.month_first).kernel(0) for date in both.groups())
    stretch = _between(one, two, reader.today) if one and two else None
    return Phrase(both.end(), only(stretch), True) if stretch else None


def _so_long(reader: Reader, leads: list[str], at: int) -> Phrase | None:
    """Since two weeks; older than two weeks."""
    said = SO_LONG.match(reader.text, at) if leads and leads[-1] in ("SINCE", "OLDER") else None
    if not said:
        return None
    day = amount(said[1]).before(reader.today)
    return Phrase(said.end(), only(Stretch(day, day)), True)


def _from_to(reader: Reader, leads: list[str], one: Phrase) -> tuple[int, Days] | None:
    joint = TO_END.match(reader.text, one.end)
    if not joint or (joint[1] == "AND" and "BETWEEN" not in leads) or BOUNDS.difference(FROM).intersection(leads):
        return None
    two = reader.phrase(joint.end())
    stretch = _between(one, two, reader.today) if two and not one.vague and not two.vague else None
    return (two.end, Days(*stretch)) if two and stretch else None


def _between(one: Phrase, two: Phrase, today: date) -> Stretch | None:
    """From one to the other, both included: the nearest before the other, where one of them comes again."""
    end = latest(two.times, today)
    start = latest(one.times, today if one.fixed or not end else end.last)
    if not start or not end:
        return None
    if one.fixed and not two.fixed:
        *_, end = end, *takewhile(lambda each: each.first >= start.first, islice(two.times(today), MANY))
    return Stretch(min(start.first, end.first), max(start.last, end.last))


def _bounded(reader: Reader, leads: list[str], one: Phrase) -> tuple[int, Days] | None:
    days = latest(one.times, reader.today)
    onwards = ONWARDS.match(reader.text, one.end)
    is_so_far = "FROM" in leads and reader.text[: one.end].endswith(" SOFAR")  # "from 1 july until now"
    bound = "SINCE" if onwards or is_so_far else next((lead for lead in reversed(leads) if lead in BOUNDS), "")
    if bound == "PAST":
        days = next(over(one.times, reader.today), None)
    if not days:
        return None
    named = Days(None, None) if one.vague else _days(bound, days, one, reader.today)
    return (onwards.end() if onwards else one.end), named


def _days(bound: str, days: Stretch, one: Phrase, today: date) -> Days:
    if bound == "UNTIL" and days.first == today:
        return Days(None, None)
    if bound in ("BEFORE", "UNTIL") and one.kind == "end":
        return Days(None, days.last)
    if bound in ("BEFORE", "UNTIL", "OLDER"):
        return Days(None, plus_days(days.first, -1))
    if bound == "THROUGH" and not 80 < length(days) < 100:  # through the winter is in it
        return Days(None, min(days.last, today))
    if bound in FROM:
        return Days(days.first, max(days.first, today))
    if bound == "PAST":
        return Days(plus_days(days.last, 1), today)
    is_cut = days.first <= today and not one.whole
    last = min(days.last, today) if is_cut else days.last
    return Days(days.first, max(days.first, last))  # at the end of all years a stretch may have no room


def _merged(text: str, spans: Iterable[Span], today: date) -> Iterator[Span]:
    """Days that go on from one another are one: "YESTERDAY AND TODAY", "SINCE M3 BUT BEFORE M5"."""
    last: Span | None = None
    for span in spans:
        joined = _joined(last.days, span.days, today) if last and _are_beside(text, last, span) else None
        if last and joined:
            last = Span(last.start, span.end, joined)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _are_beside(text: str, one: Span, two: Span) -> bool:
    return bool(BETWEEN_SPANS.fullmatch(text, one.end, two.start))


def _joined(one: Days, two: Days, today: date) -> Days | None:
    if one.first and two.last and not two.first and one.last == today and one.first <= two.last:
        return Days(one.first, two.last)
    if not (one.first and one.last and two.first and two.last):
        return None
    touch = plus_days(one.last, 1) >= two.first and plus_days(two.last, 1) >= one.first
    return Days(min(one.first, two.first), max(one.last, two.last)) if touch else None
