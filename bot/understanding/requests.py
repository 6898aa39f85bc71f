"""From a frame that holds to what it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import time
from typing import TypeVar

from bot.understanding.clocks import CLOCK, clock_of
from bot.understanding.frames import Framed, framed
from bot.understanding.groups import grouped
from bot.understanding.manners import breaths, clauses, without_manners
from bot.understanding.meaning import Change, Meaning, Pause, Slots, Snooze, Stop, When
from bot.understanding.reader import Reader
from bot.understanding.signs import Signs, load
from bot.understanding.which import Which

LATE_PARTS = ("lunch", "after_lunch", "afternoon", "after_work", "evening", "night", "bedtime")
IN_ONE_BREATH = 3  # requests
MOST_IN_DOUBT = 14  # signs
FEW = 3  # signs of a message that may be nothing but a part of the day
WHY = re.compile(r" (?:WHEN|WHILE|while|because|cos|since|as)\b.*")  # after a time
ONE = re.compile(r"(?<!\S)(?:1W|ONES|NUDGE|MESSAGE)(?!\S)")
ASKING = re.compile(r"(?<!\S)(?:REMIND|NUDGE|ASK|MESSAGE|TRY|SET|CANWE|WANT|GIVE|MAKE)(?!\S)")
MOST_OF_A_NAME = 3  # signs before its noun
T = TypeVar("T")
Build = Callable[[Framed, Signs, Reader], Slots | None]


def requests(said: Signs, read: Reader, language: str) -> Iterator[tuple[Meaning, bool]]:
    """What the frames make of the sentence, the likeliest first, and whether it asks plainly."""
    for found in framed(said, read, language):
        slots = BUILD[found.frame.intent](found, said, read)
        yield Meaning(found.frame.intent, slots), bool(found.frame.fixed.get("plain"))


def plain_request(said: Signs, read: Reader, language: str) -> Meaning | None:
    return next((asked for asked, plain in requests(said, read, language) if plain), None)


def in_one_breath(said: Signs, read: Reader, language: str) -> Meaning | None:
    """Several requests, one after the other: "move the morning one to 9 and stop the evening one"."""
    parts = breaths(said, language)
    if not 1 < len(parts) <= IN_ONE_BREATH:
        return None
    found = [(*next(requests(part, read, language), (None, False)), verb) for part, verb in parts]
    asked = [
        each
        for (each, _, verb), (part, _) in zip(found, parts, strict=True)
        if each and (verb or (names_a_reminder(each) and ONE.search(part.text)))
    ]
    together = len(asked) == len(parts) and any(plain for _, plain, _ in found)
    return replace(asked[0], also=tuple(asked[1:])) if together else None


def names_a_reminder(asked: Meaning) -> bool:
    """Whether it changes a reminder that it names, so that it needs no verb after another change."""
    return isinstance(asked.slots, Change) and bool(asked.slots.which)


def request_in_a_clause(said: Signs, read: Reader, language: str) -> Meaning | None:
    """A plain request in one clause of a message, beside others that say why."""
    parts = clauses(said, language)
    found = (plain_request(without_manners(part, language), read, language) for part in parts if len(parts) > 1)
    asked = next(filter(None, found), None)
    if asked and isinstance(asked.slots, When):
        return replace(asked, slots=times_in(said, read, language) or asked.slots)
    return with_named(asked, parts, read) if asked else None


def with_named(asked: Meaning, parts: list[Signs], read: Reader) -> Meaning:
    """The change of the one reminder that another clause names: "the evening one's fine, but push it back by 10"."""
    if not isinstance(asked.slots, Change) or asked.slots.which:
        return asked
    named = {found.name: found for part in parts for _, _, found in reminders_in(part, read)}
    if len(named) != 1:
        return asked
    found = next(iter(named.values()))
    return replace(asked, slots=replace(asked.slots, which=found.name, other_which=found.other))


def reminders_in(part: Signs, read: Reader) -> Iterator[tuple[int, int, Which]]:
    """A reminder that is called one, and where: "MORNING ONES", "8 AM NUDGE"."""
    for noun in ONE.finditer(part.text):
        starts = [start for start in part.starts if start < noun.start()][-MOST_OF_A_NAME:]
        found = ((start, read("which_named", part.between(start, noun.end() + 1))) for start in starts)
        yield from ((start, noun.end(), which) for start, which in found if which)


def times_in(said: Signs, read: Reader, language: str) -> When | None:
    """The times of the clauses that ask or are about nothing else, before they say why; where these name no hour, all
    times of the message: "mornings are a blur. at lunch?", "the 8:10 bus is late, so ask me at 8:30"."""
    whole = read.read_when(said.text)[0]
    heads = [WHY.sub("", without_manners(part, language).text) for part in clauses(said, language)]
    asking = [head for head in heads if head and (ASKING.search(head) or read.when_of(head))]
    found = read.read_when(" , ".join(asking))[0] if len(asking) < len(heads) else None
    if not found or not (found.times or found.parts or found.window):
        return whole
    if whole is None or found.days_said or found.date:
        return found
    return replace(whole, times=found.times, other=found.other, parts=found.parts, window=found.window or whole.window)


def request_in_doubt(said: Signs, read: Reader, language: str) -> Meaning | None:
    """What a clause may ask for, though the message is rather a glimmer; nothing where it tells of what happened."""
    if len(said.words) > MOST_IN_DOUBT or not load(language).past.isdisjoint(said.meant):
        return None
    if len(said.words) <= FEW and (when := read.when_of(said.text)) and when.parts:
        return Meaning("set_reminder", when)
    parts = (without_manners(part, language) for part in clauses(said, language))
    found = (next(requests(part, read, language), (None, False))[0] for part in parts if part.text)
    return next((asked for asked in found if asked and asked.slots), None)


def set_reminder(found: Framed, said: Signs, read: Reader) -> When:
    when = read.read_when(said.text)[0] or first_of(When, found) or When()
    return grouped(when, said.text, read.now)


def change_reminder(found: Framed, said: Signs, _read: Reader) -> Change:
    slots, which = found.slots, first_of(Which, found) or Which(found.frame.fixed.get("which", ""))
    change = Change(
        which=which.name,
        other_which=which.other,
        exclude_days=slots.get("exclude") or slots.get("exclude_any") or frozenset(),
        add_days=slots.get("add", frozenset()),
        window_start=slots.get("not_before"),
        window_end=slots.get("not_after"),
        shift_minutes=slots["by"] * found.frame.fixed["direction"] if "by" in slots else None,
    )
    new = first_of(When, found)
    return with_new(change, new, which, plain_times(said)) if new else change


def with_new(change: Change, new: When, which: Which, plain: Collection[time] = ()) -> Change:
    """The change with the new times: in the half of the day that the reminder lies in, where that is plain, but for
    those that are `plain` themselves."""
    half = half_of(which)
    in_place_of_all = new.per_day and not new.times
    return replace(
        change,
        which="" if in_place_of_all else change.which,
        other_which="" if in_place_of_all else change.other_which,
        times=tuple(sorted(at if at in plain else in_half(at, half) for at in new.times)),
        other=() if half else new.other,
        parts=new.parts,
        days=new.days if new.days_said else frozenset(),
        interval_days=new.interval_days if new.interval_days > 1 else None,
        per_day=new.per_day if not new.window or new.per_day != 1 else None,
        window=new.window,
    )


def in_half(at: time, half: str | None) -> time:
    """The same on a clock of twelve hours, in this half of the day; twelve is noon."""
    return at.replace(hour=at.hour + 12 * (half == "PM")) if half and 1 <= at.hour < 12 else at


def plain_times(said: Signs) -> frozenset[time]:
    """The times in it that say which half of the day they are in: "8 am", "noon", "07:30"."""
    return frozenset(filter(None, map(plain_time, CLOCK.finditer(said.text))))


def plain_time(found: re.Match[str]) -> time | None:
    try:
        clock = clock_of(found)
        return None if clock.open else clock.at()
    except ValueError:  # a time that does not exist
        return None


def half_of(which: Which) -> str | None:
    if which.clock and not which.clock.open:
        return "PM" if which.clock.at() >= time(12) else "AM"
    if which.name in ("morning", "breakfast"):
        return "AM"
    return "PM" if which.name in LATE_PARTS else None


def stop_reminder(found: Framed, _said: Signs, _read: Reader) -> Stop:
    which = first_of(Which, found) or Which("all")
    return Stop(which.name or "all", which.other)


def pause(found: Framed, _said: Signs, _read: Reader) -> Pause:
    return Pause(resume=True) if found.frame.fixed.get("resume") else first_of(Pause, found) or Pause()


def snooze(found: Framed, _said: Signs, _read: Reader) -> Snooze:
    return first_of(Snooze, found) or Snooze()


def nothing(_found: Framed, _said: Signs, _read: Reader) -> None:
    return None


def first_of(kind: type[T], found: Framed) -> T | None:
    return next((slot for slot in found.slots.values() if isinstance(slot, kind)), None)


BUILD: dict[str, Build] = {
    "set_reminder": set_reminder,
    "change_reminder": change_reminder,
    "stop_reminder": stop_reminder,
    "list_reminders": nothing,
    "pause": pause,
    "snooze": snooze,
}
