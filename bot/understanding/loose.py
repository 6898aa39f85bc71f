"""Reads a message that no frame holds: what it most likely is, and the values that stand somewhere in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from bot.understanding.dates import Days
from bot.understanding.guess import Guess, guessed
from bot.understanding.meaning import Change, Meaning, Pause, Recall, Slots, Snooze, Stop, When, Whereabouts
from bot.understanding.passing import has_word_of_asking
from bot.understanding.reader import Reader
from bot.understanding.recalling import Question, read, tells
from bot.understanding.requests import reminders_in, times_in, with_new
from bot.understanding.signs import Signs, load
from bot.understanding.which import Which

STORY = 6  # words of a message that may be light though one of them is heavy
LIGHT = 0.5  # from here on it is
MOST_WORDS = 28  # of more, nothing can be said
FEW_WORDS = 3
LONGEST_RUN = 10  # signs that stand for one value
LIKELY = 0.5  # from here on a guess may be right
LIKELY_OTHER = 0.6
STORY_LIKELY = 0.8
NEAR = 0.4  # how likely at most a message is a glimmer that is offered as something else
OFFERED = {"set_reminder", "change_reminder", "stop_reminder", "recall", "pause", "snooze", "timezone"}
PLAIN = 0.93  # from here on there is no doubt about it
# How likely at most a message is a glimmer that is taken for something else, where only the guess says so.
AT_MOST = 0.1
AT_MOST_TOLD = 0.03  # where words tell of what happened
AT_MOST_SHORT = 0.05  # where there are next to no words
MOST_LEADS = 3  # words that may lead to a new time
ABOUT = re.compile(r"\b(?:ABOUT|WITH|OF|MENTION|where)\b (?=\S)")
NUMBER = re.compile(r"\d+[WO]?")  # "one": which, of what?
NEW = re.compile(r"\b(?:TO|AT|INTO|FOR|ON|SHOULD|BE|be|,)\b")


def looks_like(
    otherwise: str | None, said: Signs, words: Sequence[str], language: str, doubt: Meaning | None = None
) -> str | None:
    """What a message most likely is that single words make "hard_day" or "other", or nothing: a glimmer (None).

    `words`: its words, spelled right; `doubt`: what one clause of it asks for, read by a frame.
    """
    if otherwise not in (None, "other", "hard_day") or not any(map(str.isalpha, words)):
        return otherwise
    guess = guessed(said, words, language)
    long = len(said.typed.split())
    if doubt and bears_out(guess, doubt, said) and not may_tell(said, language):
        return guess.intent
    if otherwise == "hard_day":
        return None if guess.intent == "glimmer" and guess.chance >= LIGHT and long >= STORY else otherwise
    if otherwise == "other" and is_story(guess, said, language):
        return None
    if guess.intent == "glimmer" or guess.chance < LIKELY or long > MOST_WORDS:
        return otherwise
    if guess.intent == "other":
        return "other" if otherwise or is_plainly_other(guess, said, language) else None
    if otherwise:
        return otherwise if guess.intent == "timezone" else guess.intent  # of some place, not of the person
    return guess.intent if is_sure(guess, said, language) and not (doubt and long <= FEW_WORDS) else None


def is_story(guess: Guess, said: Signs, language: str) -> bool:
    """Whether it tells of what happened, and others were asked: "play that again, said the lady"."""
    return guess.intent == "glimmer" and guess.chance >= STORY_LIKELY and tells_past(said, language)


def tells_past(said: Signs, language: str) -> bool:
    """Whether there are words of what happened."""
    return not load(language).past.isdisjoint(" ".join(said.meant).split())


def may_be(said: Signs, words: Sequence[str], language: str) -> str | None:
    """What a message that is kept as a glimmer may be instead, so that it can be offered."""
    guess = guessed(said, words, language)
    is_near = guess.intent in OFFERED and guess.moment <= NEAR and len(words) >= FEW_WORDS
    return guess.intent if is_near and not (guess.intent == "recall" and tells(said, language)) else None


def is_plainly_other(guess: Guess, said: Signs, language: str) -> bool:
    """Small talk, or a wish that is not for this bot; a word or two may name what was good."""
    is_plain = guess.moment <= AT_MOST_SHORT and guess.chance >= LIKELY_OTHER and len(said.typed.split()) >= FEW_WORDS
    return is_plain and not tells_past(said, language)


def bears_out(guess: Guess, doubt: Meaning, said: Signs) -> bool:
    """Whether it looks like what one clause asks for, in words of asking or very much so: "sunday 9am, church bells"
    has a time alone."""
    is_same = guess.intent == doubt.intent and guess.chance >= LIKELY
    return is_same and (guess.moment <= AT_MOST or has_word_of_asking(said))


def is_sure(guess: Guess, said: Signs, language: str) -> bool:
    """Whether it is sure enough where only the guess says so; a hard day reads like many a moment."""
    if guess.intent == "recall" and tells(said, language):
        return False
    if guess.intent == "hard_day":
        return guess.chance >= PLAIN and not may_tell(said, language)
    if not load(language).past.isdisjoint(said.meant):
        return guess.moment <= AT_MOST_TOLD
    if len(said.typed.split()) <= FEW_WORDS:
        return guess.moment <= AT_MOST_SHORT and not NUMBER.fullmatch(said.text)
    return guess.moment <= AT_MOST


def may_tell(said: Signs, language: str) -> bool:
    """Whether it may tell of a moment: it has words of what happened, or next to none."""
    return len(said.typed.split()) <= FEW_WORDS or not load(language).past.isdisjoint(said.meant)


def slots_of(intent: str, said: Signs, read_slot: Reader, question: Question, language: str) -> Slots | None:
    match intent:
        case "set_reminder":
            return times_in(said, read_slot, language) or When()
        case "change_reminder":
            return change(said, read_slot)
        case "recall":
            return recall(question)
        case _:
            return longest(intent, said, read_slot)


def longest(intent: str, said: Signs, read_slot: Reader) -> Slots | None:
    """The value that the longest run of signs stands for."""
    if intent not in SEARCHED:
        return None
    names, built, nothing = SEARCHED[intent]
    values = (read_slot(name, run) for run in runs(said) for name in names)
    return next((built(value) for value in values if value), nothing)


def change(said: Signs, read_slot: Reader) -> Change:
    """Which reminder, before the word that leads to its new times; what is not called a reminder is a new time."""
    for led in islice(NEW.finditer(said.text), MOST_LEADS):
        which = found_in(said.between(0, led.start()), "which_named", read_slot) or Which("")
        new = read_slot.read_when(said.text[led.end() :].strip())[0]
        if new and not new.is_once and (which.name or led.start()):
            return with_new(Change(which=which.name, other_which=which.other), new, which)
    start, end, which = next(reminders_in(said, read_slot), (0, 0, Which("")))
    new = read_slot.read_when(f"{said.text[:start]} {said.text[end:]}".strip())[0]
    found = Change(which=which.name, other_which=which.other)
    return with_new(found, new, which) if new and not new.is_once else found


def found_in(said: Signs, name: str, read_slot: Reader) -> Any:
    return next(filter(None, (read_slot(name, run) for run in runs(said))), None)


def recall(question: Question) -> Recall:
    days = question.days or Days(None, None)
    led = ABOUT.search(question.said.text)
    about = read("about", question.said.between(led.end(), len(question.said.text) + 1)) if led else None
    pick = None if question.pick == "on_this_day" and days.last else question.pick
    return Recall(days.first, days.last, about, pick, question.limit)


def runs(said: Signs) -> Iterator[Signs]:
    """Every run of neighbours, the longest first."""
    edges = [*said.starts, len(said.text) + 1]
    for size in range(min(len(said.starts), LONGEST_RUN), 0, -1):
        for first in range(len(said.starts) - size + 1):
            yield said.between(edges[first], edges[first + size])


def same(value: Any) -> Any:
    return value


def stopped(which: Which) -> Stop:
    return Stop(which.name or "all", which.other)


SEARCHED: dict[str, tuple[tuple[str, ...], Callable[[Any], Slots], Slots]] = {
    "stop_reminder": (("which_nudge", "which_time"), stopped, Stop()),
    "pause": (("stretch",), same, Pause()),
    "snooze": (("put_off", "amount"), same, Snooze()),
    "timezone": (("zone", "city"), same, Whereabouts()),
}
