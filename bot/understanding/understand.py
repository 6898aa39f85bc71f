"""What a message means: words about harm first, then talk, requests and questions about the past, else a glimmer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.understanding.bags import bag_of, else_of, is_appointment
from bot.understanding.care import Level, care_level
from bot.understanding.dates import month_first
from bot.understanding.frames import framed
from bot.understanding.loose import looks_like, slots_of
from bot.understanding.manners import clauses, without_manners
from bot.understanding.meaning import Care, Change, Friend, Meaning, Recall, Snooze, When, Whereabouts
from bot.understanding.recalling import recall_of, taken_apart
from bot.understanding.requests import in_one_breath, request_in_a_clause, request_in_doubt, requests
from bot.understanding.signs import Signs, load, signed, spelled, tokens
from bot.understanding.slots import PLAIN_TIME, Reader

LONGEST = 240  # letters of a request; what is longer tells of something
MOST_SIGNS = 28
HANDS_BACK = re.compile(r"(?:SHOW|GIVE|READ|SURPRISE|SEARCH)\b")
DELETING = re.compile(r"(?<!\S)DELETE(?!\S)")
EVERYTHING_OF_ME = re.compile(r"ABOUT ME$")
ABOUT_THE_PAST = re.compile(r"REMIND ME (?:WHAT|HOW|WHEN|WHO|ABOUT|OF|THING)\b")

Past = Callable[[Signs], Recall | None]


def understand(text: str, now: datetime, zone: str, language: str = "en") -> Meaning:
    """What `text` means at `now` (aware) to somebody in this IANA zone."""
    return of_harm(text) or wish(text, now, zone, language)


def of_harm(text: str) -> Meaning | None:
    match care_level(text):
        case Level.DIRECT | Level.ABUSE:
            return Meaning("crisis", Care("direct"))
        case Level.UNCLEAR:
            return Meaning("crisis", Care("unclear"))
        case Level.FRIEND:
            return Meaning("help", Friend())
    return None


def wish(text: str, now: datetime, zone: str, language: str = "en") -> Meaning:
    """What a message without words of harm wants; a glimmer wants nothing."""
    typed = tokens(text, language) if len(text) <= LONGEST else None
    said = signed(typed, language) if typed is not None else None
    if typed is None or said is None or len(said.words) > MOST_SIGNS:
        return Meaning("glimmer")
    words = spelled(typed, language)
    if intent := bag_of(words, language):
        return Meaning(intent)
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    read = Reader(local, load(language).each_week, load(language).past, now.astimezone(UTC).replace(tzinfo=None))
    is_question = text.rstrip(" !.").endswith("?")
    past = partial(recall_of, today=local.date(), month_first=month_first(zone), asks=is_question, language=language)
    core = without_manners(said, language)
    meant = (
        in_one_breath(core, read, language)
        or asked_of_the_bot(said, core, read, past, language)
        or request_in_a_clause(core, read, language)
        or recalled(past_in_a_clause(core, past, language))
        or talk(core, said, read, language)
    )
    if meant is None:
        otherwise = else_of(text, typed, words, language)
        doubt = request_in_doubt(core, read, language)
        clause = doubt or recalled(past_first(core, past, language))
        if clause and otherwise == "other" and clause.intent == "recall":
            return clause
        intent = otherwise if is_appointment(words, language) else looks_like(otherwise, said, language, clause)
        if intent is None:
            return Meaning("glimmer", doubt=doubt if otherwise is None else None)
        apart = taken_apart(core, local.date(), month_first(zone), is_question)
        guess = Meaning(intent, slots_of(intent, said, read, apart) if intent != otherwise else None)
        meant = clause if clause and clause.intent == intent and not isinstance(guess.slots, When) else guess
    return replace(meant, slots=to_let_go(core, past)) if meant.intent == "delete" else meant


def asked_of_the_bot(said: Signs, core: Signs, read: Reader, past: Past, language: str) -> Meaning | None:
    """A request or a question about the past, where a sentence could be read as both what is plainer."""
    asked, plain = next(requests(core, read, language), (None, False))
    weekly = read.is_weekly(core)
    if asked and not ABOUT_THE_PAST.match(core.text) and (plain or weekly or not may_be_past(asked, core)):
        return asked
    return next(filter(None, (recalled(past(sentence)) for sentence in distinct(core, said))), asked)


def distinct(core: Signs, said: Signs) -> tuple[Signs, ...]:
    """The sentence without manners and with them, where they differ."""
    return (core,) if core.text == said.text else (core, said)


def may_be_past(asked: Meaning, core: Signs) -> bool:
    """Whether what was read as times to come may be days gone by: it names no time, or a day and barely a time."""
    slots = asked.slots
    if isinstance(slots, When):
        told = PLAIN_TIME.search(core.text) or "AT" in core.text.split()
        return (not slots.times and len(slots.parts) < 2) or (slots.is_once and not told)
    return isinstance(slots, Snooze | Change) and slots != Snooze()


def to_let_go(core: Signs, past: Callable[[Signs], Recall | None]) -> Recall | None:
    """Which glimmers are to be let go, read as if they were asked for; None where it is everything, or the account."""
    found = None if EVERYTHING_OF_ME.search(core.text) else DELETING.search(core.text)
    asked = past(core.replaced([(found.start(), found.end(), "SHOW")])) if found else None
    return None if asked == Recall() else asked


def recalled(found: Recall | None) -> Meaning | None:
    return Meaning("recall", found) if found else None


def past_in_a_clause(said: Signs, past: Past, language: str) -> Recall | None:
    """A question about the past after a clause that says why: "long night. show me something good"."""
    asking = (part for part in clauses(said, language)[1:] if HANDS_BACK.match(part.text))
    return next(filter(None, map(past, asking)), None)


def past_first(said: Signs, past: Past, language: str) -> Recall | None:
    """A question about the past before a clause that says why: "give me a random one, need cheering up"."""
    first, *more = clauses(said, language)
    return past(first) if more and HANDS_BACK.match(first.text) else None


def talk(core: Signs, said: Signs, read: Reader, language: str) -> Meaning | None:
    """Neither a glimmer nor about reminders or the past."""
    for sentence in distinct(core, said):
        for found in framed(sentence, read, language, "talk"):
            if found.frame.intent != "timezone":
                return Meaning(found.frame.intent)
            return Meaning("timezone", next(iter(found.slots.values()), Whereabouts()))
    return None
