"""Reads when to ask from signs: times of day, weekdays, intervals, windows, counts, and once only.

What stands for a time is taken out piece by piece, in an order in which no piece can be mistaken for another; what is
left over says whether the message was about anything else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.understanding.ahead import AHEAD, IN_MONTH, day_ahead, day_in_month, day_of_name, weekday_ahead, with_name
from bot.understanding.clocks import CLOCK, Clock, clock_of, in_order, times_of, window_of
from bot.understanding.draft import WEEKDAYS, Draft, NotRead, weekdays
from bot.understanding.meaning import ALL_DAYS, PARTS, When
from bot.understanding.rates import counts, intervals, lengths

PART_SIGNS = {part.upper().replace("_", ""): part for part in PARTS} | {"TONIGHT": "evening"}
PART = re.compile(rf"\b(?:{'|'.join(PART_SIGNS)})\b")
ON = r"(?:(?:AT|ON|IN|FOR|EVERY|OF|THIS) )*"
TO = "(?:AND|TO|UNTIL|THROUGH|-)"
CORRECTED = re.compile(r"\bACTUALLY\b|\bNO ,|, NO (?=\d)")
WISHING = re.compile(r"\b(?:REMIND|NUDGE|ASK|MESSAGE|SET)\b")
ONCE = re.compile(r"^(?!.*\bEVERY\b).*\bONCE\b(?! [,@]* *(?:DAY|WEEK|D0123456|IN|BETWEEN|FROM)\b)")
LISTED = re.compile(r"T0(?:(?:[ ,]| AND| OR| AT| THEN)+T\d+)+(?! AM| PM)")  # "at 10, 2 and 6"
SAID_AFTER = rf"({'|'.join(PART_SIGNS)})(?: ,)? KEPT(?= \d)"  # "in the evening, say 9"
EARLY, LATE = {"morning"}, {"afternoon", "evening", "night", "bedtime"}
INSIDE = {  # hours in which a part of the day lies: a time there says it more exactly
    "morning": (4, 12),
    "breakfast": (5, 11),
    "lunch": (11, 15),
    "after_lunch": (12, 16),
    "afternoon": (12, 18),
    "after_work": (13, 22),
    "evening": (16, 24),
    "night": (-6, 6),
    "bedtime": (18, 24),
}
GLUE = re.compile(
    r"(?:~|T\d+) +(?:1W|ONES)\b|\b1W(?= +(?:(?:AT|IN|ON|FOR) +)*(?:~|T\d))|"
    r"\b(?:1W NUDGE|AT|ON|OF|IN|FOR|EVERY|AND|OR|BUT|THIS|ABOUT|FROM|ISH|TIMES?|TO|WITH|ALL|DAY|WEEK|NUDGE|MESSAGE|NEW"
    r"|OKAY|RANDOM|ONES|ANY|PAST|OFF|LIKE|MOST|LEAST|NICE|SET|ONCE|ENOUGH|is|IT|ALSO|AGAIN|SO|CANWE|[TA]\d+)\b"
    r"|[~,@!?.:-]"
)


def when_of(signs: str, now: datetime) -> When | None:
    """The times that these signs name, if they name nothing else."""
    when, left = read_when(signs, now)
    return when if when and is_glue(left) else None


def is_glue(left: str) -> bool:
    """Whether nothing is left that means anything."""
    return not GLUE.sub("", left).strip()


def read_when(signs: str, now: datetime) -> tuple[When | None, str]:
    """The times in these signs, and what is left; `now` is the local wall time. None where there are none."""
    *before, corrected = CORRECTED.split(signs)
    if before and (found := read_when(corrected, now)[0]):
        return found, ""
    if therefore := after_reason(signs, now):
        return therefore
    draft = Draft(signs, now)
    try:
        read_draft(draft)
    except (ValueError, OverflowError):
        return None, signs
    return (draft.when if draft.when != When() else None), draft.left


def after_reason(signs: str, now: datetime) -> tuple[When, str] | None:
    """What is wished where a reason names a time, too: "i finish at 7:45, so ask me at 8:15"."""
    reason, so, wish = signs.partition(" SO ")
    if not so or not (CLOCK.search(reason) or PART.search(reason)) or WISHING.search(reason):
        return None
    found, left = read_when(wish, now)
    return (found, f"{reason} SO {left}") if found and (found.times or found.parts) else None


def read_draft(draft: Draft) -> None:
    """Take all times out of it; NotRead, ValueError or OverflowError for one that does not exist."""
    draft.take(IN_MONTH, lambda said: draft.keep_day(day_in_month(said, draft.now.date())))
    intervals(draft, "|".join(PART_SIGNS))
    counts(draft)
    lengths(draft)
    dates(draft)
    days(draft)
    draft.take(SAID_AFTER, lambda said: f"{said[1]} AT")
    draft.take(CLOCK, lambda said: draft.keep_clock(real(clock_of(said))))
    windows(draft)
    parts(draft)


def real(clock: Clock) -> Clock:
    """The same; ValueError if no clock shows it."""
    clock.at()
    return clock


def dates(draft: Draft) -> None:
    """Tomorrow, next friday, the 20th, christmas; this evening."""
    today = draft.now.date()

    def ahead(said: re.Match[str]) -> str | None:
        draft.keep_day(day_ahead(said, today))
        return "TONIGHT" if said["word"] == "TONIGHT" else None

    def this(said: re.Match[str]) -> str:
        draft.set(date=today)
        return said["part"]

    draft.take(r"FROM (?:TODAY|TOMORROW|NOW) ON(?= AT\b| EVERY\b)", lambda _: None)
    draft.take(with_name(), lambda said: draft.keep_day(day_of_name(said, today)))
    draft.take(AHEAD, ahead)
    draft.take(r"THIS (?P<part>MORNING|AFTERNOON|EVENING|LUNCH)", this)


def days(draft: Draft) -> None:
    """Weekdays, without those that are left out; weekly where none is named."""
    excluded: set[int] = set()
    named: set[int] = set()
    weekly: list[str] = []
    draft.take(
        rf"(?:NOT|NO|EXCEPT|(?<=D0123456 )BUT|(?<=D01234 )BUT)(?: NUDGE| MESSAGE)? {ON}(?P<days>{WEEKDAYS})",
        lambda said: excluded.update(weekdays(said["days"])),
    )
    draft.take(WEEKDAYS, lambda said: named.update(weekdays(said[0])))
    draft.take("WEEKLY", lambda said: weekly.append(said[0]))
    if len(named) == 1 and not excluded and ONCE.search(draft.left):
        draft.keep_day(weekday_ahead(min(named), draft.now.date()))
    elif named or excluded:
        draft.set(days=frozenset(named or ALL_DAYS) - excluded, days_said=True)
    if not draft.when.days:
        raise NotRead
    if weekly and not named:
        draft.set(interval_days=7)


def windows(draft: Draft) -> None:
    """Between 10 and 6, from 9 for two hours, not before 10 and not after 20; what is left are times."""
    spent: set[int] = set()

    def clock(index: str) -> Clock:
        spent.add(int(index))
        return draft.clocks[int(index)]

    def lasting(said: re.Match[str]) -> None:
        begin = clock(said["a"]).at()
        end = datetime.combine(draft.now.date(), begin) + timedelta(minutes=draft.amount(said["length"]))
        draft.set(window=(begin, end.time()))

    def bounds(said: re.Match[str]) -> None:
        draft.set(window=window_of(clock(said["a"]), clock(said["b"])))

    outside = (
        r"(?:NOT|NO) (?:NUDGE )?BEFORE T(?P<a>\d+)[ ,]*(?:AND|OR)?[ ,]*(?:(?:NOT|NO) )?(?:NUDGE )?PAST T(?P<b>\d+)"
    )

    def minutes_to(said: re.Match[str]) -> str:
        minutes, hour = draft.clocks[int(said["a"])], draft.clocks[int(said["b"])]
        of_a_part = hour.half in ("AM", "NIGHT") and draft.when.per_day is None and draft.when.every_minutes is None
        few = (5, 10) if said["at"] else (5, 10, 20) if of_a_part else ()
        if minutes.half or minutes.hour not in few or minutes.minute or hour.minute:
            return said[0]
        spent.add(int(said["a"]))
        draft.clocks[int(said["b"])] = replace(hour, minute=-minutes.hour)
        return f"AT T{said['b']}"

    draft.take(r"(?<!BETWEEN )(?<!FROM )(?P<at>AT )?T(?P<a>\d+) TO T(?P<b>\d+)", minutes_to)
    draft.take(r"(?:BETWEEN|FROM) T(?P<a>\d+)(?: ,)? FOR A(?P<length>\d+)", lasting)
    draft.take(rf"(?:BETWEEN|FROM) T(?P<a>\d+)(?: ,)? {TO} T(?P<b>\d+)", bounds)
    draft.take(outside, bounds)
    draft.take(r"(?:PAST|OLDEST) T(?P<a>\d+)[ ,]*(?:AND|BUT)? ?(?:BEFORE|NEWEST) T(?P<b>\d+)", bounds)
    if draft.when.window is None and len(draft.clocks) == 2:
        draft.take(r"T(?P<a>\d+) (?:TO|UNTIL|THROUGH|-) T(?P<b>\d+)", bounds)
    late = in_order(draft.clocks) if LISTED.search(draft.left) and not spent else draft.clocks
    set_times(draft, [clock for n, clock in enumerate(late) if n not in spent])


def set_times(draft: Draft, said: list[Clock]) -> None:
    when = draft.when
    if said:
        times, other = times_of(said)
        draft.set(times=times, other=other, per_day=None)
    elif when.window and not (when.every_minutes or when.per_day or when.per_week):
        draft.set(per_day=1)


def parts(draft: Draft) -> None:
    """Parts of the day that no time on the clock stands for."""
    said: set[str] = set()
    draft.take("AM|PM", lambda half: "MORNING" if half[0] == "AM" else "AFTERNOON")
    draft.take("|".join(PART_SIGNS), lambda part: said.add(PART_SIGNS[part[0]]))
    if len(draft.clocks) == 1 and draft.clocks[0].open and said & EARLY and said & LATE:  # "8:15, morning and evening"
        draft.set(times=draft.clocks[0].readings(), other=())
    hours = [at.hour for at in draft.when.times]
    found = {part for part in said if not any(is_inside(hour, part) for hour in hours)}
    if found and not draft.when.window:
        draft.set(parts=tuple(part for part in PARTS if part in found))
    if 1 < len(found) == draft.when.per_day:
        draft.set(per_day=None)


def is_inside(hour: int, part: str) -> bool:
    first, end = INSIDE[part]
    return first <= hour < end or first <= hour - 24 < end
