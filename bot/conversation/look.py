"""Looking back: how much is kept in all and in a month, what they said of it most, the first and the latest; a year
ago, and what came after hard days, by a tap alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from bot.conversation.anchor import SHUT
from bot.conversation.pages import headed, help_rows, listed, quoted
from bot.conversation.recall import counted, nothing_yet
from bot.conversation.say import Rows, answer, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.toolkit import tool
from bot.conversation.view import View
from bot.understanding.meaning import Recall
from storage.records import Glimmer, NoteKind, Span

MOST_READ = 500  # glimmers, the newest, of which marks are counted
MOST_MARKS, MOST_DAYS = 3, 3
QUOTE = 200
ENOUGH = 5  # glimmers, before it is said when they come
PARTS = ((12, "morning"), (17, "afternoon"), (24, "evening"))
YEARS_AGO = Recall(pick="on_this_day")


def look(s: Situation) -> Answer:
    """In all, or one month of it. Numbers of what is there; none of what is not."""
    if not s.found.total:
        return Answer((answer(s, nothing_yet(s), help_rows(s)),))
    month = month_of(s.heard.arg)
    told = [head(s, month), *often(s), *([] if s.state.is_quiet(s.now) else ends(s))]
    return Answer((answer(s, "\n\n".join(told), [*(turning(s) if month else doors(s)), *help_rows(s)]),))


def month_of(arg: str) -> date | None:
    """The first day of a month, as a button carries it: "202605"."""
    return date(int(arg[:4]), int(arg[4:]), 1) if arg else None


def span_of(arg: str) -> Span:
    first = month_of(arg)
    return Span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)) if first else Span()


def head(s: Situation, month: date | None) -> str:
    today = s.now.astimezone(s.zone).date()
    if month:
        return s.voice.count("look.month", s.found.total, month=s.voice.month(month, today))
    return s.voice.count("look", s.found.total, day=s.voice.day(s.found.glimmers[-1].day, today))


def often(s: Situation) -> list[str]:
    """What they said of them most, and when most of them came."""
    marks = Counter(f"mark.{name}.{one.marks[name]}" for one in s.found.glimmers for name in ("kind", "felt", "body")
                    if name in one.marks)  # fmt: skip
    named = [f"{s.words(key)} ({n})" for key, n in marks.most_common(MOST_MARKS)]
    parts = Counter(part(s, one) for one in s.found.glimmers)
    most, n = parts.most_common(1)[0]
    is_plain = len(s.found.glimmers) >= ENOUGH and 2 * n > len(s.found.glimmers)
    lines = [s.words("look.often", what=s.voice.list(named))] if named else []
    return [" ".join([*lines, *([s.words(f"look.{most}")] if is_plain else [])])] if named or is_plain else []


def part(s: Situation, one: Glimmer) -> str:
    hour = one.kept_at.astimezone(s.zone).hour
    return next(name for end, name in PARTS if hour < end)


def ends(s: Situation) -> list[str]:
    """The first one and the latest, but for those put away."""
    here = [one for one in s.found.glimmers if SHUT not in one.marks]
    today = s.now.astimezone(s.zone).date()
    found = [("look.first", here[-1])] if here else []
    found += [("look.latest", here[0])] if len(here) > 1 else []
    return [s.words(key, day=s.voice.day(one.day, today), words=short(s, one)) for key, one in found]


def short(s: Situation, one: Glimmer) -> str:
    return clipped(quoted(s, one), QUOTE)


def doors(s: Situation) -> Rows:
    latest = s.found.glimmers[0].day
    after = [(s.words("button.look.after"), "afterhard")] if hard_days(s) else []
    return [
        [(s.words("button.look.months"), f"look:{latest:%Y%m}"), (s.words("button.look.year"), "yearago")],
        [tool(s, "trail"), *after],
    ]


def turning(s: Situation) -> Rows:
    """The months before and after that hold something."""
    today = s.now.astimezone(s.zone).date()
    beside = (s.found.recalled.before, s.found.recalled.after) if s.found.recalled else ()
    months = [(s.voice.month(day, today), f"look:{day:%Y%m}") for day in beside if day]
    return [*([months] if months else []), [(s.words("button.look.all"), "look")]]


def year_ago(s: Situation) -> Answer:
    """On this day in earlier years, or around it."""
    rows: Rows = [[tool(s, "look")], *help_rows(s)]
    if not s.found.total or not s.found.recalled:
        return Answer((answer(s, s.words("look.year.none"), rows),))
    told = counted(s, View(YEARS_AGO), s.found.recalled)
    return Answer((answer(s, f"{told}\n\n{listed(s, headed(s))}", rows),))


# --- hard days pass


def hard_days(s: Situation) -> list[date]:
    """The days they called hard, newest first; today is not over."""
    today = s.now.astimezone(s.zone).date()
    days = {note.at.astimezone(s.zone).date() for note in s.found.notes if note.kind is NoteKind.HARD}
    return sorted((day for day in days if day < today), reverse=True)


def after_hard(s: Situation) -> Answer:
    """What they kept next after a hard day: their own words that it passed."""
    days, today = hard_days(s), s.now.astimezone(s.zone).date()
    told = [
        s.words("look.after", hard=s.voice.day(hard, today), day=s.voice.day(one.day, today), words=short(s, one))
        for hard, one in pairs(days, s.found.glimmers)
    ]
    words = "\n\n".join(told) or s.words("look.after.none")
    return Answer((answer(s, words, [[tool(s, "look")], *help_rows(s)]),))


def pairs(days: Sequence[date], kept: Sequence[Glimmer]) -> list[tuple[date, Glimmer]]:
    """Each of these glimmers with the last hard day before it, newest first."""
    each = [(max(before), one) for one in kept if (before := [day for day in days if day < one.day])]
    each.sort(key=lambda pair: (pair[1].day, pair[0]), reverse=True)
    return [next(same) for _, same in groupby(each, key=lambda pair: pair[1].id)][:MOST_DAYS]
