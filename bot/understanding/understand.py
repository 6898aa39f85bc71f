"""What a message means: care words first, then requests in words, else a glimmer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.understanding.care import Level, care_level
from bot.understanding.bags import bag_of, else_of
from bot.understanding.dates import month_first
from bot.understanding.frames import Framed, framed
from bot.understanding.meaning import Care, Change, Meaning, Pause, Recall, Slots, Snooze, Stop, When, Whereabouts
from bot.understanding.recalling import recall_of
from bot.understanding.signs import Signs, load, signs
from bot.understanding.slots import Reader, Which
from bot.understanding.when import read_when

LONGEST = 240  # letters of a request; what is longer tells of something
OPENING = re.compile(r"^(?:(?:HELLO|OKAY|THANKS|SORRY|BUT|AND|so|SO|wait|ACTUALLY|oh|OH|huh|NOW ,|[,.!?:-])(?: |$))+")
WISH = re.compile(
    r"^(?:(?:I )?(?:WANT|LIKE) (?:IT )?(?:YOU )?TO |(?:I )?(?:WANT|LIKE) (?:IT )?(?:IF )?YOU |(?:I )?WANT (?=DELETE|STOP|CHANGE|MOVE|SHOW|EXPORT)|YOU (?:can|M5|should) |(?:can|could|might|may|M5) (?:YOU|I|we) |would |I would |(?<!\S)DO (?=SHOW|REMIND|NUDGE|READ|GIVE)|YOU (?=DONT|STOP)|CANWE (?=MOVE|CHANGE|PAUSE|STOP|MAKE|KEPT|SHOW|SKIP|ADD|PUT|DELETE)|we (?:M5|can) |is IT possible TO |go AND )+"
)
CLOSING = re.compile(
    r"(?:^| )(?:(?:THANKS|OKAY|FROM NOW(?: ON)?|(?<!AND )(?<!TO )(?<!UNTIL )(?<!- )(?<!THROUGH )NOW|[,.!?:-]|SORRY|(?<=LATER )CANWE|(?<=EARLIER )CANWE|rn|LIKE)(?: |$))+$"
    r"|(?:[,.!] )+THANKS FOR(?: \S+){1,4}$"
)
HANDS_BACK = re.compile(r"(?:SHOW|GIVE|READ|SURPRISE|SEARCH)\b")
ABOUT_THE_PAST = re.compile(r"REMIND ME (?:WHAT|HOW|WHEN|WHO|ABOUT|OF)\b")
DELETING = re.compile(r"(?<!\S)DELETE(?!\S)")
EVERYTHING_OF_ME = re.compile(r"ABOUT ME$")
CLAUSE = re.compile(r" (?:[,.!?:-] )+| (?:so|SO|because|cos|since|as|BUT) ")


def understand(text: str, now: datetime, zone: str, language: str = "en") -> Meaning:
    """What `text` means at `now` (aware) to somebody in this IANA zone."""
    match care_level(text):
        case Level.DIRECT | Level.UNCLEAR as level:
            return Meaning("crisis", Care(level.value))
        case Level.FRIEND:
            return Meaning("help")
    if len(text) > LONGEST:
        return Meaning("glimmer")
    said, asks = signs(text, language), text.rstrip(" !.").endswith("?")
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    read = Reader(local, load(language).each_week, now.astimezone(UTC).replace(tzinfo=None))
    core = without_manners(said)
    past = partial(recall_of, today=local.date(), month_first=month_first(zone), asks=asks, language=language)
    if intent := bag_of(text, language):
        return Meaning(intent)
    asked, plain = next(heard(core, read, language), (None, False))
    if asked is None or (may_be_past(asked) and not plain) or ABOUT_THE_PAST.match(core.text):
        asked = recalled(past(core)) or recalled(past(said)) or asked
    meant = (
        asked
        or in_a_clause(core, read, language)
        or recalled(past_in_a_clause(core, past))
        or talk(core, said, read, language)
        or Meaning(else_of(text, language) or "glimmer")
    )
    return replace(meant, slots=to_let_go(core, past)) if meant.intent == "delete" else meant


def may_be_past(asked: Meaning) -> bool:
    """Whether what was read as times to come may be days gone by: it names no time on the clock, or a day."""
    slots = asked.slots
    return isinstance(slots, Snooze | Change) or (isinstance(slots, When) and (not slots.times or slots.is_once))


def to_let_go(core: Signs, past: Callable[[Signs], Recall | None]) -> Recall | None:
    """Which glimmers are to be let go, read as if they were asked for; None where it is everything, or the account."""
    found = None if EVERYTHING_OF_ME.search(core.text) else DELETING.search(core.text)
    asked = past(core.replaced([(found.start(), found.end(), "SHOW")])) if found else None
    return None if asked == Recall() else asked


def recalled(found: Recall | None) -> Meaning | None:
    return Meaning("recall", found) if found else None


def talk(core: Signs, said: Signs, read: Reader, language: str) -> Meaning | None:
    """Neither a glimmer nor about reminders or the past."""
    for sentence in (core, said):
        for found in framed(sentence, read, language, "talk"):
            return Meaning(found.frame.intent, whereabouts(found) if found.frame.intent == "timezone" else None)
    return None


def whereabouts(found: Framed) -> Whereabouts:
    return next(iter(found.slots.values()), Whereabouts())


def heard(said: Signs, read: Reader, language: str) -> Iterator[tuple[Meaning, bool]]:
    """What the frames make of it, and whether they ask plainly."""
    for found in framed(said, read, language):
        yield Meaning(found.frame.intent, BUILD[found.frame.intent](found, said, read.now)), bool(found.frame.fixed.get("plain"))


def in_a_clause(said: Signs, read: Reader, language: str) -> Meaning | None:
    """A plain request in one clause of a message, beside others that say why."""
    edges = [0, *(edge for found in CLAUSE.finditer(said.text) for edge in found.span()), len(said.text)]
    clauses = [said.between(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    found = (heard(without_manners(clause), read, language) for clause in clauses if len(clauses) > 1)
    asked = next((asked for each in found for asked, plain in each if plain), None)
    if asked and isinstance(asked.slots, When):
        return replace(asked, slots=read_when(said.text, read.now)[0] or asked.slots)
    return asked


def without_manners(said: Signs) -> Signs:
    """The sentence without what is said around it: greeting, thanks, "could you"."""
    text = said.text
    opened = OPENING.match(text)
    start = opened.end() if opened else 0
    wish = WISH.match(text[start:])
    start += wish.end() if wish else 0
    end = len(text)
    while closed := CLOSING.search(text[:end], start):
        end = closed.start()
    return said.between(start, end)


def past_in_a_clause(said: Signs, past: Callable[[Signs], Recall | None]) -> Recall | None:
    """A question about the past after a clause that says why: "long night. show me something good"."""
    edges = [found.end() for found in CLAUSE.finditer(said.text)]
    asked = (said.between(edge, len(said.text)) for edge in edges)
    return next(filter(None, (past(clause) for clause in asked if HANDS_BACK.match(clause.text))), None)


Build = Callable[[Framed, Signs, datetime], Slots | None]


def set_reminder(found: Framed, said: Signs, now: datetime) -> When:
    slots = (slot for slot in found.slots.values() if isinstance(slot, When))
    return read_when(said.text, now)[0] or next(slots, When())


def change_reminder(found: Framed, said: Signs, now: datetime) -> Change | None:
    slots = found.slots
    which = next((slot for slot in slots.values() if isinstance(slot, Which)), Which(""))
    new = next((slot for slot in slots.values() if isinstance(slot, When)), None)
    change = Change(
        which=which.name,
        other_which=which.other,
        exclude_days=slots.get("exclude") or slots.get("exclude_any") or frozenset(),
        add_days=slots.get("add", frozenset()),
        window_start=slots.get("not_before"),
        window_end=slots.get("not_after"),
        shift_minutes=slots["by"] * found.frame.fixed["direction"] if "by" in slots else None,
    )
    return with_new(change, new, which) if new else change


def with_new(change: Change, new: When, which: Which) -> Change:
    times, other = new.times, new.other
    if new.per_day and not times:
        change = replace(change, which="", other_which="")
    half = half_of(which)
    if half:
        times, other = tuple(sorted(in_half(at, half) for at in times)), ()
    return replace(
        change,
        times=times,
        other=other,
        parts=new.parts,
        days=new.days if new.days_said else frozenset(),
        interval_days=new.interval_days if new.interval_days > 1 else None,
        per_day=new.per_day if not new.window or new.per_day != 1 else None,
        window=new.window,
    )


def in_half(at: time, half: str) -> time:
    """The same on a clock of twelve hours, in this half of the day."""
    return at.replace(hour=at.hour % 12 + 12 * (half == "PM")) if 1 <= at.hour <= 12 else at


def half_of(which: Which) -> str | None:
    """The half of the day that the reminder meant lies in, where that is plain."""
    if which.clock and not which.clock.open:
        return "PM" if which.clock.at() >= time(12) else "AM"
    if which.name in ("morning", "breakfast"):
        return "AM"
    return "PM" if which.name in ("lunch", "afternoon", "after_lunch", "after_work", "evening", "night", "bedtime") else None


def stop_reminder(found: Framed, said: Signs, now: datetime) -> Stop:
    which: Which = next(iter(found.slots.values()), Which("all"))
    return Stop(which.name or "all", which.other)


def pause(found: Framed, said: Signs, now: datetime) -> Pause:
    if found.frame.fixed.get("resume"):
        return Pause(resume=True)
    return next((slot for slot in found.slots.values() if isinstance(slot, Pause)), Pause())


def snooze(found: Framed, said: Signs, now: datetime) -> Snooze:
    return next((slot for slot in found.slots.values() if isinstance(slot, Snooze)), Snooze())


def nothing(found: Framed, said: Signs, now: datetime) -> None:
    return None


BUILD: dict[str, Build] = {
    "set_reminder": set_reminder,
    "change_reminder": change_reminder,
    "stop_reminder": stop_reminder,
    "list_reminders": nothing,
    "pause": pause,
    "snooze": snooze,
}
