"""Stretches of time without questions, in signs: "UNTIL D0", "FOR 3 DAY", "THIS D56", "FROM D4 UNTIL D0"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.understanding.ahead import (
    AHEAD,
    AMOUNT,
    DAY,
    date_ahead,
    day_ahead,
    days_of_name,
    minutes_of,
    weekday_ahead,
    with_name,
)
from bot.understanding.clocks import CLOCK, Clock, clock_of
from bot.understanding.meaning import Pause
from bot.understanding.when import PART_SIGNS

ONE_DAY = timedelta(days=1)
EVENING = time(18)
LAST_SIGNS = re.compile(rf"(?<=\w) (?:(?:IN|AT) )*(?:{'|'.join(PART_SIGNS)})$")
OPEN_END = re.compile(r"UNTIL (?:I|IM|YOU|further|FURTHER)\b.*")
SPAN = re.compile(r"(?:FROM|BETWEEN) (.+?) (UNTIL|TO|THROUGH|AND|-) (.+)")
SINCE_FOR = re.compile(r"FROM (.+?) FOR (.+)")
FROM = re.compile(r"FROM (\S+(?: \S+)?)")
TO = re.compile(r"(?:UNTIL|THROUGH|TO) (.+)")
PAST = re.compile(r"^PAST ")
MONTH = re.compile(r"M(\d+)")
LEADS = re.compile(r"^(?:(?:FOR|ON|OVER|IN|AT|DURING) )+")
JOINT = r"(?P<joint>TO|-|UNTIL|THROUGH|AND)"
BOTH = r"(?P<a>\d{1,2})O?(?: (?P<joint>TO|-|UNTIL|THROUGH|AND) |-)(?P<b>\d{1,2})O?"
IN_A_MONTH = re.compile(rf"(?:FROM |BETWEEN )?(?:M(?P<m>\d+) )?{BOTH}(?:(?: OF)? M(?P<m2>\d+))?")  # june 20-24
BARE_SPAN = re.compile(rf"(?P<a>(?:\d{{1,2}}O? (?:OF )?M\d+|M\d+ \d{{1,2}}O?|D\d)) {JOINT} (?P<b>.+)")
ALL_OF = re.compile(r"^(?:REST|ALL)(?: OF)?(?: THIS)? ")


def stretch(signs: str, now: datetime) -> Pause | None:
    """The stretch that these signs name; `now` is the local wall time."""
    today, signs = now.date(), with_ends(signs)
    if OPEN_END.fullmatch(signs):
        return Pause()
    if found := SPAN.fullmatch(signs):
        return span(found, today)
    if found := SINCE_FOR.fullmatch(signs):
        first, amount = first_day(found[1], today), AMOUNT.fullmatch(found[2])
        return Pause(start=first, until=first + lasting(amount)) if first and amount else None
    if (found := FROM.fullmatch(signs)) and (first := first_day(found[1], today)):
        return Pause(start=first)
    if found := TO.fullmatch(signs):
        return until(found[1], now)
    if signs == "FOR NEXT MONTH":
        return Pause(until=today + timedelta(days=31))
    return named(LEADS.sub("", signs), today)


def with_ends(signs: str) -> str:
    """A span of days with both its ends said whole: "20 to 24 june" is from 20 june to 24 june."""
    bare = LEADS.sub("", signs)
    if (found := IN_A_MONTH.fullmatch(bare)) and (month := found["m"] or found["m2"]):
        return f"FROM {found['a']}O M{month} {found['joint'] or '-'} {found['b']}O M{month}"
    return f"FROM {bare}" if BARE_SPAN.fullmatch(bare) else signs


def span(found: re.Match[str], today: date) -> Pause | None:
    """From one day to another; "until" leaves that day out."""
    first, last = first_day(found[1], today), day_of(found[3], today)
    if not first or not last:
        return None
    both = found[2] == "AND"  # on thursday, "tomorrow and friday" are one day
    while last < first + ONE_DAY * (not both) and found[3].removeprefix("NEXT ")[0] == "D":
        last += timedelta(days=7)
    is_span = last > first or (both and last == first)
    return Pause(start=first, until=last + ONE_DAY * (found[2] != "UNTIL")) if is_span else None


def until(signs: str, now: datetime) -> Pause | None:
    """The first day with questions again, or a time of today."""
    if found := CLOCK.fullmatch(signs):
        return Pause(until_time=coming(clock_of(found), now))
    if re.fullmatch(r"end OF (?:THIS )?WEEK|END OF (?:THIS )?WEEK|PAST D56", signs):
        return Pause(until=weekday_ahead(0, now.date() + ONE_DAY))
    if signs == "NEXT MONTH":
        return Pause(until=date_ahead(1, None, now.date() + ONE_DAY))
    if found := MONTH.fullmatch(signs):
        return Pause(until=date_ahead(1, int(found[1]), now.date() + ONE_DAY))
    if signs in PART_SIGNS:
        return Pause(until=now.date() + ONE_DAY) if signs == "MORNING" else Pause(until_time=EVENING)
    signs, past = PAST.subn("", LAST_SIGNS.sub("", signs))
    days = past and (found := with_name().fullmatch(signs)) and days_of_name(found, now.date())
    day = (days and days.last) or day_of(signs, now.date()) or numbered_day(signs, now.date())
    return Pause(until=day + ONE_DAY * past) if day else None


def coming(clock: Clock, now: datetime) -> time:
    """The next of the times it may mean, today if there is one."""
    readings = clock.readings()
    return min((at for at in readings if at > now.time()), default=readings[0])


def day_of(signs: str, today: date) -> date | None:
    """A day to come, by its name or date: the next one, never today by a weekday's name."""
    signs = re.sub(r"^(?:ON|NEXT|THIS) (?=D\d)", "", signs)
    if re.fullmatch(r"D\d", signs):
        return weekday_ahead(int(signs[1]), today + ONE_DAY)
    if signs == "D56":
        return weekday_ahead(5, today)
    if found := AHEAD.fullmatch(signs):
        return day_ahead(found, today)
    if found := with_name().fullmatch(signs):
        days = days_of_name(found, today)
        return days and days.first
    if (found := AMOUNT.fullmatch(signs.removeprefix("IN "))) and minutes_of(found) >= DAY:
        return today + lasting(found)
    return numbered_day(signs, today) if "O" in signs else None


def first_day(signs: str, today: date) -> date | None:
    return today if signs == "NOW" else day_of(signs, today)


def numbered_day(signs: str, today: date) -> date | None:
    found = re.fullmatch(r"(?:D\d )?(\d{1,2})O?", signs)
    return date_ahead(int(found[1]), None, today) if found else None


def lasting(amount: re.Match[str]) -> timedelta:
    return timedelta(minutes=minutes_of(amount))


def named(signs: str, today: date) -> Pause | None:
    """A length of time, or days by their name: "3 DAY", "REST OF WEEK", "THIS D56", "TOMORROW"."""
    signs = ALL_OF.sub("REST ", signs)
    if found := AMOUNT.fullmatch(re.sub(r"^(?:NEXT|REST|ABOUT) (?=\d|FEW|COUPLE)", "", signs)):
        minutes = minutes_of(found)
        return Pause(until=today + lasting(found)) if minutes >= DAY else Pause(minutes=minutes)
    if signs in (names := named_stretches(today)):
        return names[signs]
    if (found := with_name().fullmatch(signs)) and (days := days_of_name(found, today)):
        return Pause(start=days.first, until=days.last + ONE_DAY)
    day = day_of(signs.removeprefix("REST "), today)
    if day is None and (found := re.fullmatch(r"(.+) (TO|UNTIL|THROUGH|-|AND) (.+)", signs)):
        return span(re.fullmatch(SPAN, f"FROM {found[1]} {found[2]} {found[3]}") or found, today)
    return Pause(start=day, until=day + ONE_DAY) if day else None


def next_of(day: date) -> date:
    """The first day of the month after it."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def named_stretches(today: date) -> dict[str, Pause]:
    monday = today - timedelta(days=today.weekday())
    saturday = monday + timedelta(days=5)
    rest_of_day = Pause(until=today + ONE_DAY)
    this_week, next_week = Pause(until=monday + timedelta(days=7)), monday + timedelta(days=7)
    weekend = Pause(start=max(saturday, today), until=next_week)
    month = Pause(until=next_of(today))
    return {
        **dict.fromkeys(("TODAY", "REST TODAY", "REST DAY", "TONIGHT", "THIS EVENING", "THIS AFTERNOON"), rest_of_day),
        **dict.fromkeys(("THIS WEEK", "REST WEEK"), this_week),
        **dict.fromkeys(("NEXT WEEK", "REST NEXT WEEK"), Pause(start=next_week, until=next_week + timedelta(days=7))),
        **dict.fromkeys(("D56", "THIS D56", "REST D56"), weekend),
        **dict.fromkeys(("THIS MONTH", "REST MONTH"), month),
        "NEXT MONTH": Pause(start=next_of(today), until=next_of(next_of(today))),
        "NEXT D56": Pause(start=saturday + timedelta(days=7), until=next_week + timedelta(days=7)),
    }
