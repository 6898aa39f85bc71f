"""Days named in a message in signs (`signs.py`): "LAST D1", "1O D0 OF LAST MONTH", "2W DAY BEFORE YESTERDAY".

A phrase is a kernel ("M5", "2W YEAR AGO") and what narrows or places it ("M5 LAST YEAR", "2W YEAR AGO IN M7"). Each
kernel is a rule: a pattern of signs, found by its first sign, and what days it means.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from bot.understanding.almanac import (
    SEASONS,
    Stretch,
    Times,
    every_unit,
    holidays,
    latest,
    newest_of,
    of_both,
    only,
    unit_of,
)
from bot.understanding.amounts import UNITS, Amount

DEEPEST = 3  # phrases in one another
MOST_JOINED = 4  # to one kernel
MOST_TRIED = 100  # kernels in a message; a question about the past has few
PART = r"(?:MORNING|AFTERNOON|EVENING|NIGHT|BEDTIME|NOON|MIDNIGHT)"
CLOCK = r"(?:AT \d\d?(?:[:.]\d\d)?W?(?: (?:AM|PM|OCLOCK))?|\d\d?(?:[:.]\d\d)?W? (?:AM|PM|OCLOCK)|\d\d?:\d\d)"
TIME = re.compile(rf"(?:(?: (?:IN|AT|ON|DURING))? {PART}| {CLOCK}| SOFAR)(?!\S)")
LINK = re.compile(r"(?: ,)?(?: (OF|IN|FROM|DURING|FOR|ON|AT))? (?=[A-Z0-9])")
AROUND_IT = ("", "OF", "IN", "FROM", "DURING", "FOR")  # what joins a time to a longer one
IN_IT = ("", "IN", "ON", "AT", "FROM", "DURING")  # and to a shorter one
UNIT_AS_SUCH = re.compile(r"(?:WEEK|MONTH|QUARTER|YEAR|DECADE)(?!\S)")

NOTHING_MORE = re.compile(r"(?: [?!.,])*(?:$| GLIMMER\b| (?:AND|OR) M\d| M\d)")
LONGEST_LEAD = 12  # letters

# What has to stand before signs that often say something else.
MUST_BE_SAID = re.compile(r"\b(?:IN|ON|AT|FROM|SINCE|DURING|FOR|OF|UNTIL|BEFORE|PAST|THROUGH|TO|AND|OR|AGO|SHOW|DID) $")
MUST_BE_A_DAY = re.compile(r"\b(?:ON|SINCE|UNTIL|BEFORE|PAST|THROUGH|D[0-6])(?: ,)? $")
MUST_BE_AN_END = re.compile(r"\b(?:TO|UNTIL|AND|-|THROUGH) $")
MUST_BE_IN = re.compile(r"\bIN $")


@dataclass(frozen=True)
class Phrase:
    """Days named up to `end`.

    `fixed`: they do not come again; `wide`: the calendar's unit around them, where they were counted in such units.
    `kind`: "weekday", "date", "ordinal" (a day of any month), "end" (of a longer time), "long" (no time of the day can
    follow) or ""; `other`: the date with day and month swapped. `ago`: how long ago; `unit`: the unit they are.
    `needs`: what has to stand before, else it says something else. `whole`: not cut if it ends after today. `vague`:
    some day, nobody says which.
    """

    end: int
    times: Times
    fixed: bool = False
    wide: Stretch | None = None
    kind: str = ""
    other: Times | None = None
    ago: Amount | None = None
    unit: str = ""
    needs: re.Pattern[str] | None = None
    whole: bool = False
    vague: bool = False


Rule = Callable[["Reader", "re.Match[str]"], Phrase | None]
LoneRule = Callable[["re.Match[str]"], Phrase | None]
RULES: dict[str, list[tuple[re.Pattern[str], Rule]]] = defaultdict(list)


def rule(heads: str, pattern: str) -> Callable[[Rule], Rule]:
    def kept(read: Rule) -> Rule:
        for head in heads.split():
            RULES[head].append((re.compile(rf"(?:{pattern})(?:(?!\S)|(?<= ))"), read))
        return read

    return kept


def lone_rule(heads: str, pattern: str) -> Callable[[LoneRule], LoneRule]:
    """A rule for which the signs are enough."""

    def kept(read: LoneRule) -> LoneRule:
        rule(heads, pattern)(lambda _reader, said: read(said))
        return read

    return kept


def head_of(sign: str) -> str:
    """What rules are looked up by: signs of a kind share theirs."""
    return "#" if sign[0].isdigit() else heads().get(sign, sign)


@cache
def heads() -> dict[str, str]:
    kinds = {
        "MONTHNAME": (f"M{n}" for n in range(1, 13)),
        "WEEKDAY": (f"D{n}" for n in range(7)),
        "WEEKEND": ("D56",),
        "SEASON": SEASONS,
        "HOLIDAY": holidays(),
        "UNIT": (*UNITS, "D0123456"),
    }
    return {sign: kind for kind, signs in kinds.items() for sign in signs}


@dataclass
class Reader:
    """Reads the phrases of one message. `month_first`: 3/4 is in March."""

    text: str
    today: date
    month_first: bool
    depth: int = 0
    tried: int = 0
    read: dict[tuple[int, int], Phrase | None] = field(default_factory=dict)

    def phrase(self, at: int) -> Phrase | None:
        """The longest phrase that begins at `at`."""
        key = at, self.depth
        if key not in self.read:
            self.depth += 1
            self.read[key] = self.extended(self.kernel(at))
            self.depth -= 1
        return self.read[key]

    def kernel(self, at: int) -> Phrase | None:
        end = self.text.find(" ", at)
        sign = self.text[at : end if end >= 0 else None]
        rules = RULES.get(head_of(sign)) if sign else None
        if not rules or self.depth > DEEPEST or self.tried >= MOST_TRIED:
            return None
        self.tried += 1
        matches = ((read, pattern.match(self.text, at)) for pattern, read in rules)
        return longest(read(self, match) for read, match in matches if match)

    def whole(self, at: int) -> Phrase | None:
        """A phrase, or a unit as such: the first Monday "of the month"."""
        unit = UNIT_AS_SUCH.match(self.text, at)
        return self.phrase(at) or (Phrase(unit.end(), every_unit(unit[0])) if unit else None)

    def extended(self, said: Phrase | None) -> Phrase | None:
        """The phrase with all that narrows it."""
        for _ in range(MOST_JOINED):
            more = self.with_time(said) or self.with_more(said) if said else None
            if not more:
                break
            said = more
        return said

    def with_time(self, said: Phrase) -> Phrase | None:
        """A time of the day, which says nothing more about the day: "LAST D1 AT 8 PM"."""
        time = TIME.match(self.text, said.end)
        day = latest(said.times, self.today) if time and said.kind != "long" else None
        return replace(said, end=time.end()) if time and day and length(day) == 1 else None

    def with_more(self, said: Phrase) -> Phrase | None:
        link = LINK.match(self.text, said.end)
        if not link:
            return None
        how = link[1] or ""
        more = self.whole(link.end()) if how in ("OF", "IN") else self.phrase(link.end())
        return self.joined(said, more, how) if more and is_meant(self.text, link.end(), more) else None

    def joined(self, one: Phrase, more: Phrase, how: str) -> Phrase | None:
        times = self.one_day(one, more, how) or self.moved(one, more) or self.inside(one, more, how)
        kind = "" if "weekday" in (one.kind, more.kind) else one.kind if not one.fixed else more.kind
        return Phrase(more.end, times, one.fixed or more.fixed, kind=kind) if times else None

    def one_day(self, one: Phrase, more: Phrase, how: str) -> Times | None:
        """A weekday beside a date: it settles which year or month, or which number is the month."""
        weekday, day = (one, more) if one.kind == "weekday" else (more, one)
        if how or weekday.kind != "weekday" or day.kind not in ("date", "ordinal"):
            return None
        if not day.other:
            return day.times if day.fixed else on_weekday(day.times, weekday.times)
        mine, swapped = (latest(of_both(order, weekday.times), self.today) for order in (day.times, day.other))
        return only(max(mine, swapped)) if mine and swapped else day.times

    def moved(self, one: Phrase, more: Phrase) -> Times | None:
        """So long ago, counted from another day than today: "WEEK AGO YESTERDAY"."""
        ago, unit = (one.ago, more.unit) if one.ago else (more.ago, one.unit)
        start = latest((more if one.ago else one).times, self.today)
        if not ago or not unit or not start or self.text.startswith(" ,", one.end):
            return None
        day = self.today if start.first <= self.today <= start.last else start.first
        return only(unit_of(unit, ago.before(day)))

    def inside(self, one: Phrase, more: Phrase, how: str) -> Times | None:
        """One in the other, whichever is said first: "M5 LAST YEAR", "LAST WEEK ON D0"."""
        if how in AROUND_IT and not one.fixed and (more.fixed or how in ("OF", "IN")):
            return self.found(one, more)
        return self.found(more, one) if how in IN_IT and one.fixed and not more.fixed else None

    def found(self, inner: Phrase, outer: Phrase) -> Times | None:
        outside = around(outer)
        whole, part = latest(outside, self.today), latest(inner.times, self.today)
        if not whole or not part or length(whole) <= length(part):
            return None
        if inner.kind == "ordinal" and length(whole) > 31:
            return None
        times = newest_of(inner.times, outside)
        begun = latest(times, self.today)
        if begun and begun.first > self.today:  # the winter of a year ends in it, if it has not begun in it
            ended = next((each for each in inner.times(self.today) if each.last >= whole.first), None)
            return only(ended) if ended and length(ended) > 7 else times
        return times if begun else None


def is_meant(text: str, at: int, phrase: Phrase) -> bool:
    """Whether a word that often says something else says a day here."""
    if not phrase.needs or phrase.needs.search(text[max(0, at - LONGEST_LEAD) : at]):
        return True
    return phrase.needs is MUST_BE_SAID and bool(NOTHING_MORE.match(text, phrase.end))


def longest(phrases: Iterable[Phrase | None]) -> Phrase | None:
    """The first of the longest."""
    return max((phrase for phrase in phrases if phrase), key=lambda phrase: phrase.end, default=None)


def around(outer: Phrase) -> Times:
    """The longer time that something else lies in."""
    return only(outer.wide) if outer.wide else outer.times


def length(stretch: Stretch) -> int:
    return (stretch.last - stretch.first).days + 1


def on_weekday(times: Times, weekday: Times) -> Times:
    """Only where it falls on the weekday; anywhere if it never does."""
    both = of_both(times, weekday)
    return lambda until: both(until) if next(both(until), None) else times(until)
