"""Reads questions about the past: which days, about what, and which of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.understanding.dates import Days, past_days
from bot.understanding.frames import framed
from bot.understanding.meaning import Recall
from bot.understanding.signs import Signs, load

NOUN = r"(?:1W|ONES|GLIMMER|THING)"
N = r"(?:(?P<n>\d{1,3})W?|(?P<few>FEW|COUPLE))"
PICKS = tuple(
    (name, re.compile(rf"(?<!\S){pattern}(?!\S)"))
    for name, pattern in (
        ("on_this_day", r"ONTHISDAY"),
        (
            "random",
            rf"(?:{N} )?(?:RANDOM|SURPRISE)(?: (?:RANDOM|SURPRISE|FORGOTTEN|old))?(?: (?P<m>\d{{1,3}})W?)?(?: {NOUN})?"
            r"(?: (?:SURPRISE|FORGOTTEN))?",
        ),
        ("random", rf"(?:{NOUN} )?FORGOTTEN"),
        ("random", r"NEW (?:1W|GLIMMER)|^NEW$|ANY 1W|^ANY GLIMMER$|(?<=SURPRISE )old\b"),
        ("random", rf"ANY {N}(?: {NOUN})?"),
        ("random", rf"(?<=ME ){N}(?= (?:FROM|OF|out OF) (?:THING|GLIMMER|IT|ALL)$)"),
        ("last", rf"(?:{N} )(?:LAST|NEWEST)(?: {NOUN}|$)"),
        ("last", rf"(?:LAST|NEWEST)(?: {N}(?: {NOUN})?| {NOUN}| TIME)|^NEWEST$|(?:LAST|NEWEST)(?= (?:ABOUT|WITH)\b)"),
        ("first", rf"(?:1O|OLDEST)(?: {N}(?: {NOUN})?| {NOUN})(?: EVER)?|^OLDEST$"),
    )
)
SOME = re.compile(  # "show me five glimmers", "three from march"
    rf"(?:^|(?<=SHOW )|(?<=GIVE )|(?<=READ )|(?<=SEARCH ))(?:ME )?(?P<n>[2-9]|[1-9]\d)W? "
    rf"(?=(?:(?:\S+ )?{NOUN}|FROM|OF|ABOUT)\b(?! TO\b))"
)
REASON = re.compile(
    r" [,.?!] (?:\S+ ){0,2}?"
    r"(?:I|IM|IT|YOU|DID|WANT|CANWE|SHOW|SEARCH|GIVE|READ|CHECK|look|because|cos|since|is|was|are)\b"
)
# "last week was lovely" tells; "what was lovely last week" asks.
TELLS = re.compile(
    r"(?!HAPPENED|was|were)(?!.*\b(?:WHAT|WHICH|ANY|DID|HAVE|SHOW|GIVE|READ|SEARCH|CHECK|HOW|HOWMANY|COUNT|WHEN|WHERE"
    r"|where|SOMETHING|EVERYTHING|ALL|GLIMMER|KEPT|THING|1W|ONES|REMIND|MENTION|RANDOM|ONTHISDAY)\b)"
    r".* (?:HAPPENED|was|were)\b.*"
    r"|(?:EVERYTHING|ALL|TODAY|TONIGHT|THIS (?:WEEK|MONTH|YEAR|MORNING|EVENING|AFTERNOON|D\d+)|D\d+)"
    r" (?:CANWE|is|IS|HAPPENED|was|feels|felt) .*"
    r"|SO FEELING .*|[^,]+ , 1O (?:1W|TIME)(?: .*)?"
    r"|1W (?:ABOUT|WITH) .* (?:made|MADE|gave|kept|got|GOT) (?:him|her|them|US|ME|it)\b.*"
)
ALL_OF = re.compile(r"(?:(?:ALL|EVERY|EVERYTHING) )+(?=\S)")
COUNTS = {"FEW": 3, "COUPLE": 2}
MOST_WORDS = 7  # of what it is about
SHORT = 2
NOT_ABOUT = re.compile(
    r"[,.!?%]|\b(?:NUDGE|REMIND|TIMEZONE|YOU|WHAT|BUT|DELETE|NO|DONT|STOP|EXPORT|HERE|D\d+)\b"
    r"|\b(?:copy|email|yourself|document|files?|csv|json|pdf|spreadsheet|computer|laptop)\b|take AGO"
)


@dataclass(frozen=True)
class Question:
    """A message without its dates and its pick, which were read."""

    said: Signs
    days: Days | None
    pick: str | None
    limit: int | None
    asks: bool

    def has(self, what: str | None) -> bool:
        match what:
            case "date":
                return self.days is not None
            case "pick":
                return self.pick is not None
            case "question":
                return self.asks or self.days is not None
            case "asked date":
                return self.asks and self.days is not None
        return True


def recall_of(said: Signs, today: date, month_first: bool, asks: bool, language: str) -> Recall | None:
    """What the message asks for of what was kept; None if it asks for nothing of it. `asks`: it is a question.

    What follows a comma and says why is no part of what it is about: "all about my cat, i miss her".
    """
    if not asks and tells(said, language):
        return None
    whole = asked_for(said, today, month_first, asks, language)
    reason = REASON.search(said.text) if whole and whole.about else None
    if reason is None:
        return whole
    return asked_for(said.between(0, reason.start() + 1), today, month_first, asks, language) or whole


def tells(said: Signs, language: str) -> bool:
    """Whether it says how a time was or is, and asks for nothing."""
    line = f"{said.typed} "
    starts = load(language).telling
    likes = any(line.startswith(f"{start} ") and not line.startswith(f"{start} to ") for start in starts)
    return likes or TELLS.fullmatch(said.text) is not None


def asked_for(said: Signs, today: date, month_first: bool, asks: bool, language: str) -> Recall | None:
    question = taken_apart(said, today, month_first, asks)
    for found in framed(question.said, read, language, "recall"):
        if question.has(found.frame.fixed.get("needs")):
            fixed = found.frame.fixed.get("pick")
            pick = question.pick if question.pick and fixed != "count" else fixed
            about = found.slots.get("about") or found.slots.get("about_short") or None
            days = question.days or Days(None, None)
            if pick == "on_this_day" and days.last:
                days, pick = in_one_year(days.last.year, today)
            return Recall(days.first, days.last, about, pick, question.limit)
    return None


def taken_apart(said: Signs, today: date, month_first: bool, asks: bool) -> Question:
    said, limit = without_number(said)
    spans = past_days(said.text, today, month_first)
    days = spans[0].days if len(spans) == 1 else None
    rest = said.replaced([(span.start, span.end, "") for span in spans[:1]]) if days else said
    pick = None
    for name, pattern in PICKS:
        if found := pattern.search(rest.text):
            pick, limit = name, many(found) or limit
            rest = rest.replaced([(found.start(), found.end(), "%")])
            break
    commas = [
        (start, start + 1, "") for start, (sign, *_) in zip(rest.starts, rest.pieces(), strict=True) if sign == ","
    ]
    return Question(rest.replaced(commas), days, pick, limit, asks)


def without_number(said: Signs) -> tuple[Signs, int | None]:
    """The message without how many are asked for, and that number."""
    found = SOME.search(said.text)
    if found is None:
        return said, None
    return said.replaced([(found.start("n"), found.end(), "")]), int(found["n"])


def in_one_year(year: int, today: date) -> tuple[Days, str | None]:
    """This day of that year; of all, where it is this year ("on this day in past years")."""
    return (same_day(year, today), None) if year < today.year else (Days(None, None), "on_this_day")


def same_day(year: int, today: date) -> Days:
    """This day of the year in another one; the last of February where it has no 29th."""
    try:
        day = today.replace(year=year)
    except ValueError:
        day = date(year, 2, 28)
    return Days(day, day)


def many(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    said = groups.get("n") or groups.get("m")
    count = int(said) if said else COUNTS.get(groups.get("few") or "", 1)
    return count if count > 1 else None


def read(slot: str, said: Signs) -> str | None:
    """What it is about, in the person's words."""
    if said.text == "ME":
        return ""
    if led := ALL_OF.match(said.text):
        said = said.between(led.end(), len(said.text) + 1)
    most = SHORT if slot == "about_short" else MOST_WORDS
    return said.typed if len(said.typed.split()) <= most and not NOT_ABOUT.search(said.text) else None
