"""What a message means: words about harm first, then talk, requests and questions about the past, else a glimmer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.understanding.bags import bag_of, else_of, is_appointment, marks_of
from bot.understanding.care import Level, care_level
from bot.understanding.complaints import change_with_a_reason
from bot.understanding.dates import month_first
from bot.understanding.frames import framed
from bot.understanding.guess import guessed
from bot.understanding.heard import Heard, hear
from bot.understanding.loose import OFFERED, looks_like, may_be, slots_of, tells_past
from bot.understanding.manners import clauses
from bot.understanding.meaning import Care, Change, Friend, Meaning, Recall, Snooze, When, Whereabouts
from bot.understanding.passing import asked_in_passing
from bot.understanding.reader import Reader
from bot.understanding.recalling import taken_apart
from bot.understanding.requests import in_one_breath, request_in_a_clause, request_in_doubt, requests
from bot.understanding.signs import Signs
from bot.understanding.slots import PLAIN_TIME, led_part

SURELY_TOLD = 0.95  # from here on a request in a story is others'
HANDS_BACK = re.compile(r"(?:SHOW|GIVE|READ|SURPRISE|SEARCH)\b")
DELETING = re.compile(r"(?<!\S)DELETE(?!\S)")
EVERYTHING_OF_ME = re.compile(r"ABOUT ME$")
OF_THE_CLOCK = re.compile(
    r"\b(?:TIMEZONE|CITY|clock|clocks|HOUR|WRONG|OFF|MOVED|TIMES|TIMEOFDAY|NUDGE|travel\w*|abroad|UTC|GMT)\b"
)
ABOUT_THE_PAST = re.compile(r"REMIND ME (?:WHAT|HOW|WHEN|WHO|ABOUT|OF|THING)\b")
TO_BE_REMEMBERED = re.compile(
    r"REMIND ME (?:TO (?:NOT DELETE|(?:always )?remember) (?:THIS|HOW|WHAT|IT)|why|HOW (?:lucky|blessed|good|much))\b"
)

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
    heard = hear(text, now, zone, language)
    if heard is None:
        return Meaning("glimmer")
    meant = outright(heard)
    if meant and is_told(meant, heard):
        return Meaning("glimmer", doubt=meant)
    meant = meant or otherwise(heard)
    return replace(meant, slots=to_let_go(heard.core, heard.past)) if meant.intent == "delete" else meant


def outright(heard: Heard) -> Meaning | None:
    """What the tables say that it means."""
    said, core, read, past, language = heard.said, heard.core, heard.read, heard.past, heard.language
    if intent := marks_of(heard.text, language) or bag_of(heard.words, language):
        return Meaning(intent)
    return (
        in_one_breath(core, read, language)
        or change_with_a_reason(core, read, language)
        or asked_of_the_bot(heard)
        or part_alone(heard)
        or request_in_a_clause(core, read, language)
        or recalled(past_in_a_clause(core, past, language) or drawn_first(core, past, language))
        or talk(core, said, read, language)
    )


def otherwise(heard: Heard) -> Meaning:
    """What it most likely means where the tables say nothing."""
    said, core, read, words, language = heard.said, heard.core, heard.read, heard.words, heard.language
    other = else_of(heard.text, heard.typed, words, language)
    doubt = request_in_doubt(core, read, language)
    clause = doubt or recalled(past_first(core, heard.past, language) or past_together(core, heard.past, language))
    if clause and other == "other" and clause.intent == "recall":
        return clause
    intent = other if is_appointment(words, language) else looks_like(other, said, words, language, clause)
    if (intent is None or intent == other) and (asked := asked_in_passing(said, read, language)):
        return asked
    if intent is None:
        near = may_be(said, words, language) if other is None and doubt is None else None
        return Meaning("glimmer", doubt=doubt or (guess_of(near, heard) if near else None))
    guess = guess_of(intent, heard) if intent != other else Meaning(intent)
    of_no_clock = guess.slots == Whereabouts() and not OF_THE_CLOCK.search(said.text)
    if of_no_clock or (intent == "recall" and heard.is_telling):
        return Meaning("glimmer")
    return clause if clause and clause.intent == intent and not isinstance(guess.slots, When) else guess


def guess_of(intent: str, heard: Heard) -> Meaning:
    """The intent with the values that stand somewhere in the message."""
    apart = taken_apart(heard.core, heard.read.now.date(), month_first(heard.zone), heard.is_question)
    return Meaning(intent, slots_of(intent, heard.said, heard.read, apart, heard.language))


def is_told(meant: Meaning, heard: Heard) -> bool:
    """Whether a frame found a request in what is rather a story: "find me under the clock, he wrote in 1971"."""
    remembered = TO_BE_REMEMBERED.match(heard.core.text) is not None
    if meant.intent not in OFFERED or not (remembered or tells_past(heard.said, heard.language)):
        return False
    guess = guessed(heard.said, heard.words, heard.language)
    return guess.intent == "glimmer" and (remembered or guess.chance >= SURELY_TOLD)


def asked_of_the_bot(heard: Heard) -> Meaning | None:
    """A request or a question about the past, where a sentence could be read as both what is plainer."""
    said, core, past = heard.said, heard.core, heard.past
    fitting = (
        (asked, plain)
        for asked, plain in requests(core, heard.read, heard.language)
        if not (heard.names_a_new_one and asked.intent == "change_reminder")
    )
    asked, plain = next(fitting, (None, False))
    weekly = heard.read.is_weekly(core)
    if asked and not ABOUT_THE_PAST.match(core.text) and (plain or weekly or not may_be_past(asked, core)):
        return asked
    return next(filter(None, (recalled(past(sentence)) for sentence in distinct(core, said))), asked)


def part_alone(heard: Heard) -> Meaning | None:
    """A part of the day and nothing else, as a time to be asked: "after lunch"."""
    when = led_part(heard.core, heard.read)
    return Meaning("set_reminder", when) if when else None


def names_a_part_alone(text: str, now: datetime, zone: str, language: str = "en") -> bool:
    """Whether it does, so that it may as well answer a question: "when did it reach you?" """
    heard = hear(text, now, zone, language)
    return heard is not None and part_alone(heard) is not None


def distinct(core: Signs, said: Signs) -> tuple[Signs, ...]:
    """The sentence without manners and with them, where they differ."""
    return (core,) if core.text == said.text else (core, said)


def may_be_past(asked: Meaning, core: Signs) -> bool:
    """Whether what was read as times to come may be days gone by: it names no time, or a day and barely a time."""
    slots = asked.slots
    if isinstance(slots, When):
        told = PLAIN_TIME.search(core.text) or "AT" in core.text.split()
        return (not slots.times and len(slots.parts) < 2) or (slots.is_once and not told)
    if isinstance(slots, Change) and (slots.times or slots.shift_minutes is not None) and "OLDEST" not in core.text:
        return False
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


def drawn_first(said: Signs, past: Past, language: str) -> Recall | None:
    """A wish to be surprised, and why: "pick one for me, i need cheering up"."""
    first, *more = clauses(said, language)
    return past(first) if more and first.text == "SURPRISE" else None


def past_first(said: Signs, past: Past, language: str) -> Recall | None:
    """A question about the past before a clause that says why: "give me a random one, need cheering up"."""
    first, *more = clauses(said, language)
    return past(first) if more and HANDS_BACK.match(first.text) else None


def past_together(said: Signs, past: Past, language: str) -> Recall | None:
    """What the clauses that could ask about the past ask for, all of it together: "june. anything with the lake?"."""
    parts = clauses(said, language)
    found = [each for each in map(past, parts) if each] if len(parts) > 1 else []
    if not found:
        return None
    dated = next((each for each in found if each.start or each.end), Recall())
    about = next((each.about for each in found if each.about), None)
    picked = next((each for each in found if each.pick), Recall())
    return Recall(dated.start, dated.end, about, picked.pick, picked.limit)


def talk(core: Signs, said: Signs, read: Reader, language: str) -> Meaning | None:
    """Neither a glimmer nor about reminders or the past."""
    for sentence in distinct(core, said):
        for found in framed(sentence, read, language, "talk"):
            if found.frame.intent != "timezone":
                return Meaning(found.frame.intent)
            return Meaning("timezone", next(iter(found.slots.values()), Whereabouts()))
    return None
