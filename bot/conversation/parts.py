"""Parts of the day and stretches of it, as times on the clock that may be meant. Nothing of this is set unasked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from bot.understanding.meaning import When
from scheduler.rule import WHOLE_DAY, minutes_of, time_at

USUAL = {
    "morning": (time(8), time(9)),
    "breakfast": (time(7, 30), time(8, 30)),
    "lunch": (time(12), time(13)),
    "after_lunch": (time(13, 30), time(14, 30)),
    "afternoon": (time(15), time(16, 30)),
    "after_work": (time(17, 30), time(18, 30)),
    "evening": (time(19), time(21)),
    "night": (time(21), time(22)),
    "bedtime": (time(21, 30), time(22, 30)),
}
SPANS = {  # in which a question comes that is wished for a part of the day
    "morning": (time(8), time(11)),
    "breakfast": (time(7, 30), time(9, 30)),
    "lunch": (time(12), time(13, 30)),
    "after_lunch": (time(13, 30), time(15)),
    "afternoon": (time(14), time(17)),
    "after_work": (time(17), time(19)),
    "evening": (time(18, 30), time(21)),
    "night": (time(20, 30), time(22)),
    "bedtime": (time(21), time(22)),
}
HOURS = {  # from and up to, counted on after midnight
    "morning": (4, 12),
    "breakfast": (4, 11),
    "lunch": (11, 15),
    "after_lunch": (12, 17),
    "afternoon": (12, 18),
    "after_work": (15, 21),
    "evening": (17, 25),
    "night": (19, 28),
    "bedtime": (19, 28),
}
DAY = (time(9), time(21))  # where no stretch of it was named
STEP = 15  # minutes that a time is rounded to


def is_within(at: time, part: str) -> bool:
    """Whether a time on the clock lies in a part of the day."""
    begin, end = HOURS[part]
    return begin <= at.hour < end or begin <= at.hour + 24 < end


def fitting_times(when: When) -> tuple[time, ...]:
    """Times that fit what was said of one day without a time on the clock."""
    if when.parts:
        return tuple(sorted({at for part in when.parts for at in USUAL[part]}))
    return inner(2, when.window) if when.window else ()


def edges(count: int, window: tuple[time, time] | None) -> tuple[time, ...]:
    """So many times spread over a stretch of the day, its ends included."""
    begin, length = stretch(window)
    return clock_times(begin + length * n / max(1, count - 1) for n in range(count))


def inner(count: int, window: tuple[time, time] | None) -> tuple[time, ...]:
    """So many times spread over a stretch of the day, each in the middle of its share."""
    begin, length = stretch(window)
    return clock_times(begin + length * (2 * n + 1) / (2 * count) for n in range(count))


def every(minutes: int, window: tuple[time, time] | None) -> tuple[time, ...]:
    """The times that come every so many minutes."""
    begin, length = stretch(window)
    return tuple(sorted({time_at(begin + n) for n in range(0, length + 1, minutes)}))


def stretch(window: tuple[time, time] | None) -> tuple[int, int]:
    """Where it begins and how long it is, in minutes; over midnight, if it ends before it begins."""
    begin, end = map(minutes_of, window or DAY)
    return begin, (end - begin) % WHOLE_DAY


def clock_times(minutes: Iterable[float]) -> tuple[time, ...]:
    return tuple(sorted({time_at(STEP * round(one / STEP)) for one in minutes}))
