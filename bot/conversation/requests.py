"""What a message asks for in plain words: from its meaning to a name in the rule table, and what comes with it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.conversation.answers import place_said, somewhere
from bot.conversation.events import Message
from bot.conversation.situation import Heard
from bot.conversation.state import State
from bot.conversation.values import replace
from bot.understanding import places
from bot.understanding.meaning import Care, Change, Meaning, Pause, Recall, Snooze, Stop, When, Whereabouts
from bot.understanding.own_words import own_words
from bot.understanding.phrases import plain
from bot.understanding.places import Place
from bot.understanding.understand import names_a_part_alone, understand
from bot.understanding.weekly import letter

CONTENT = Path(__file__).parents[1] / "content"
NAMES = {
    "list_reminders": "reminders",
    "pause": "pause",
    "snooze": "later",
    "timezone": "my_zone",
    "recall": "glimmers",
    "export": "export",
    "help": "help",
    "thanks": "thanks",
    "greeting": "hello",
    "no_glimmer": "not_today",
    "hard_day": "hard_day",
    "other": "other",
}


def meant_by(message: Message, state: State, now: datetime) -> Heard:
    """What a message asks for, as of when it was sent; "glimmer" where it asks for nothing. `now` is in the person's
    zone."""
    at = message.at.astimezone(now.tzinfo)
    if wish := letter(message.text, at, str(now.tzinfo), state.preferences.language):
        return Heard("no_letter") if wish.ends else Heard("letter", when=wish.when)
    meaning = answering(understand(message.text, at, str(now.tzinfo), state.preferences.language), message, state, at)
    heard = request_of(meaning, message, state, now)
    return in_own_words(heard, message.text, at, state.preferences.language)


def answering(meaning: Meaning, message: Message, state: State, at: datetime) -> Meaning:
    """The same; but a part of the day alone, where a question is open, may be the answer and is kept."""
    if state.nudge is None or meaning.intent != "set_reminder":
        return meaning
    is_part = names_a_part_alone(message.text, at, str(at.tzinfo), state.preferences.language)
    return Meaning("glimmer", doubt=meaning) if is_part else meaning


def in_own_words(heard: Heard, text: str, at: datetime, language: str) -> Heard:
    """A reminder that shall say what the person wrote."""
    found = (
        own_words(text, at.replace(tzinfo=None), language) if heard.name in ("set", "once") and not heard.also else None
    )
    if found is None:
        return heard
    words, when = found
    return replace(heard, name="once" if when.is_once else "set", when=when, words=words)


def request_of(meaning: Meaning, message: Message, state: State, now: datetime) -> Heard:
    """With what else it may mean, and what else is asked for in the same breath."""
    doubt = request_of(meaning.doubt, message, state, now) if meaning.doubt else None
    also = tuple(request_of(more, message, state, now) for more in meaning.also)
    return replace(named(meaning, message, state, now), doubt=doubt, also=also)


def named(meaning: Meaning, message: Message, state: State, now: datetime) -> Heard:  # noqa: C901 - a table of slots
    match meaning.slots:
        case When() as when:
            return Heard("once" if when.is_once else "set", when=when)
        case Change() as change:
            return Heard("change", change=change)
        case Stop() as stop:
            return Heard("stop", stop=stop)
        case Pause() as pause:
            return Heard("resume" if pause.resume else "pause", pause=pause)
        case Snooze() as snooze:
            return Heard("later", snooze=snooze)
        case Recall(pick="random" | "count") if meaning.intent == "delete":
            return Heard("what to delete")
        case Recall() as recall:
            return Heard("delete" if meaning.intent == "delete" else "recall", recall=recall)
        case Whereabouts(tz=str(tz)):
            return place_meant(tz, message, now)
        case Care(level=level):
            return Heard(level)
    if meaning.intent == "delete":
        return Heard(deleting(message, state))
    return Heard(NAMES.get(meaning.intent, "glimmer"))


def place_meant(tz: str, message: Message, now: datetime) -> Heard:
    """The place by its name or its clock, as far as the words give one; else the zone."""
    said = place_said(message, now)
    if said and said.places:
        return said
    if tz[0] not in "+-":
        return Heard("place", places=(city_of(tz),))
    zone = places.zone_named(f"UTC{tz}")
    return Heard("place", places=somewhere([zone])) if zone else Heard("my_place")


def city_of(zone: str) -> Place:
    """The city that names a zone, with its country where it is known."""
    name = zone.rpartition("/")[2].replace("_", " ")
    found = (place for place in places.find_places(name) if place.zone == zone)
    return next(found, Place("" if zone.startswith("Etc/") else name, None, zone))


def deleting(message: Message, state: State) -> str:
    """What is to go, where no glimmer is described: everything, or what was done last."""
    words = set(plain(message.text).replace(",", " ").split())
    known = words_of(state.preferences.language)
    if words & known["erase"]:
        return "erase"
    return "undo" if message.reply_to or words & known["undo"] else "what to delete"


@cache
def words_of(language: str) -> dict[str, frozenset[str]]:
    """The words that tell what is to be deleted."""
    table = tomllib.loads((CONTENT / language / "delete.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in table.items()}
