"""A change that says first what is wrong: "the evening one comes too late, make it 8". Data in `complaints.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from bot.understanding.frames import framed
from bot.understanding.manners import clauses, without_manners
from bot.understanding.meaning import Change, Meaning
from bot.understanding.reader import Reader
from bot.understanding.requests import half_of, in_half, requests, with_new
from bot.understanding.signs import Signs
from bot.understanding.which import Which

MOST_CLAUSES = 3
ALL = Which("")
ASKING = "CANWE|MAKE|DO|TRY|GIVE|WANT|HAVE|have|could|can|would|IT|BE|be|SO|ME|TO|TIME|use|rather|KEPT|AT|FOR|ON|IN"
LEADS = rf"(?:(?:{ASKING}) )*"
ENDS = r"(?: (?:CANWE|INSTEADLY|is|OKAY|FINE|would|be|better|do|DO|ENOUGH|D0123456|NUDGE|plenty|suits|ME))*"
COUNT = re.compile(rf"{LEADS}(?P<many>ONCE|TWICE|[1-9]W?){ENDS}")
NEW = re.compile(rf"{LEADS}(?P<new>.+?){ENDS}")
COUNTS = {"ONCE": 1, "TWICE": 2}


def change_with_a_reason(said: Signs, read: Reader, language: str) -> Meaning | None:
    """The change, of the reminder that is complained of."""
    parts = clauses(said, language)
    if not 1 < len(parts) <= MOST_CLAUSES or not read.past.isdisjoint(said.meant):
        return None
    found = filter(None, (change_of(*pair, read, language) for pair in permutations(parts, 2)))
    change = next(found, None)
    return Meaning("change_reminder", change) if change else None


def change_of(complaint: Signs, wish: Signs, read: Reader, language: str) -> Change | None:
    for held in framed(complaint, read, language, "complaints"):
        which, is_plain = held.slots.get("which_named", ALL), bool(held.frame.fixed.get("plain"))
        wished = without_manners(wish, language)
        found = next(changes(which, wished, read, language, is_plain), None)
        if found and found != Change(which=which.name, other_which=which.other):
            return found
    return None


def changes(which: Which, wish: Signs, read: Reader, language: str, is_plain: bool) -> Iterator[Change]:
    """What the reminder shall be: so many, what a frame says, or no more than the new time."""
    if which == ALL and (many := COUNT.fullmatch(wish.text)):
        yield Change(per_day=COUNTS.get(many["many"]) or int(many["many"].strip("W")))
    asked = next(requests(wish, read, language), (None, False))[0]
    if asked and isinstance(asked.slots, Change):
        yield of_that(asked.slots, which)
    if is_plain and (said := NEW.fullmatch(wish.text)):
        new = read.when_of(said["new"])
        if new and not new.is_once:
            yield with_new(Change(which=which.name, other_which=which.other), new, which)


def of_that(change: Change, which: Which) -> Change:
    """The same of this reminder, at a time in its half of the day."""
    if change.which:
        return change
    half = half_of(which)
    return replace(
        change,
        which=which.name,
        other_which=which.other,
        times=tuple(sorted(in_half(at, half) for at in change.times)),
        other=() if half else change.other,
    )
