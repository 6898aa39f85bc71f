"""The days of a question, as they are said: " in March", " since Mon 4 May"; "" for all of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from bot.conversation.situation import Situation
from bot.understanding.meaning import Recall


def span(s: Situation, recall: Recall) -> str:
    """With a space before it."""
    today = s.now.astimezone(s.zone).date()
    said = on_this_day(s) if recall.pick == "on_this_day" else between(s, recall.start, recall.end, today)
    return f" {said}" if said else ""


def on_this_day(s: Situation) -> str:
    return s.words("span.this")


def between(s: Situation, start: date | None, end: date | None, today: date) -> str:
    """A year or a month by its name, as far as it has come; a day; or from a day to a day."""
    day = s.voice.day
    if start is None or end is None:
        if end:
            return s.words("span.until", day=day(end, today))
        return s.words("span.since", day=day(start, today)) if start else ""
    if start == end:
        return s.words("span.near" if abs((start - today).days) < 2 else "span.on", day=day(start, today))
    if fills(start, end, today, date(start.year, 1, 1), date(start.year, 12, 31)):
        return s.words("span.in", when=start.year)
    if fills(start, end, today, start.replace(day=1), start.replace(day=monthrange(start.year, start.month)[1])):
        return s.words("span.in", when=s.voice.month(start, today))
    if end == today:
        return s.words("span.since", day=day(start, today))
    return s.words("span.range", start=day(start, today), end=day(end, today))


def fills(start: date, end: date, today: date, first: date, last: date) -> bool:
    """Whether these are all the days, or all there were so far."""
    return start == first and end in (last, min(last, today))
