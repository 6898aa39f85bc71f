"""A recess: from a wish for no questions to the moments it lasts, also when the person travels, and in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.say import moment
from bot.conversation.situation import Situation
from bot.understanding.meaning import Pause
from scheduler.instants import instant, midnight
from scheduler.recurrence import Recess

LONGEST = timedelta(days=366)
PAST, BACKWARDS, FAR = "pause.past", "pause.backwards", "pause.far"


def recess_of(wish: Pause, now: datetime, zone: ZoneInfo) -> Recess | str:
    """The stretch that was meant, by the minute; the key of what to say where nobody could keep it."""
    today = now.astimezone(zone).date()
    if wish.until and wish.until < today:
        return PAST
    if max(wish.start or today, wish.until or today) > today + LONGEST or (wish.minutes or 0) > LONGEST.days * 24 * 60:
        return FAR
    begin = midnight(wish.start, zone) if wish.start and wish.start > today else whole_minute(now)
    end = end_of(wish, begin, today, zone)
    if end is not None and end <= max(now, begin):
        return PAST if end <= now else BACKWARDS
    return Recess(begin, end)


def end_of(wish: Pause, begin: datetime, today: date, zone: ZoneInfo) -> datetime | None:
    if wish.minutes is not None:
        return begin + timedelta(minutes=wish.minutes)
    if wish.until_time is not None:
        day = wish.until or today
        return instant(day, wish.until_time, zone) or midnight(day, zone)
    return midnight(wish.until, zone) if wish.until else None


def whole_minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def moved(recess: Recess | None, now: datetime, old: ZoneInfo, new: ZoneInfo) -> Recess | None:
    """In another zone, days begin by its clock; what was said in minutes or hours lasts as long as it was to."""
    if recess is None:
        return None
    begin = on_the_clock(recess.begin, now, old, new)
    if recess.end is None:
        return Recess(begin)
    end = on_the_clock(recess.end, now, old, new)
    return Recess(begin, end if end > begin else begin + (recess.end - recess.begin))


def on_the_clock(at: datetime, now: datetime, old: ZoneInfo, new: ZoneInfo) -> datetime:
    """The same beginning of a day in another zone; any other moment, and what has passed, as it was."""
    day = at.astimezone(old).date()
    return midnight(day, new) if at > now and at == midnight(day, old) else at


def ahead(s: Situation) -> Recess | None:
    """The recess they are in, or that is still to come."""
    recess = s.state.recess
    return None if recess is None or recess.is_over(s.now) else recess


def span(s: Situation, recess: Recess) -> str:
    """ "until Mon 18 May", "from tomorrow until Mon 18 May"."""
    begin, end = bound(s, recess.begin), bound(s, recess.end) if recess.end else ""
    if recess.begin > s.now:
        return s.words("recess.from", begin=begin, end=end) if end else s.words("recess.on", begin=begin)
    return s.words("recess.until", end=end) if end else s.words("recess.open")


def bound(s: Situation, at: datetime) -> str:
    """A day where it is the beginning of one; else a time, with its day where that is not today."""
    day, today = at.astimezone(s.zone).date(), s.now.astimezone(s.zone).date()
    if at == midnight(day, s.zone):
        return s.voice.day(day, today)
    return s.voice.clock(at, s.zone) if day == today else moment(s, at, s.zone)
