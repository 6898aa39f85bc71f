"""From an event to what it means. The order of reading: care words, commands, what was asked, phrases, a glimmer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.conversation.events import Edited, Event, Message, Pressed, Said
from bot.conversation.situation import Heard
from bot.conversation.state import State, Step
from bot.understanding import places
from bot.understanding.care import Level, care_level
from bot.understanding.phrases import phrase
from bot.understanding.times import schedule

COMMAND = re.compile(r"/([a-z0-9_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
ALIASES = {"glimmer": "ask", "delete_me": "erase", "forget_me": "erase", "stop": "pause", "about": "help"}
COMMANDS = frozenset(
    "start ask glimmers hard_day reminders pause resume export settings help help_now privacy erase undo".split()
)
ASKS_FOR_TIMES = re.compile(r"(please |can you |could you )?(remind|ask|nudge|ping) me\b", re.IGNORECASE)
CLOCK_TIME = re.compile(r"\d{1,2}[:.]\d\d ?([ap]m)?", re.ASCII | re.IGNORECASE)
LONGEST_ANSWER = 120
KEPT_KINDS = frozenset(
    "photo voice video video_note audio animation sticker document location venue live_photo".split()
)

NUMBER = re.compile(r"\d{1,15}", re.ASCII)
CARRIED = {
    "page": re.compile(r"\d{1,8}", re.ASCII),
    "at": re.compile(r"([01]\d|2[0-3])[0-5]\d\.([1-9]\d?|1[01]\d|12[0-7])", re.ASCII),
    "undo": NUMBER,
    "keep": NUMBER,
}

Reader = Callable[[Message, State, datetime], Heard | None]


def hear(event: Event, state: State, now: datetime) -> Heard:
    """What an event is, by name: a press's verb, a command, an intent, or the kind of event itself."""
    match event:
        case Said(message):
            return said(message, state, now)
        case Edited(message):
            return in_care(message, state, now) or Heard("edited")
        case Pressed(data=data):
            return pressed(data)
        case _:
            return Heard(type(event).__name__.lower())


def pressed(data: str) -> Heard:
    """A button's verb and what it carries; "press" alone where that is not what our buttons carry."""
    verb, _, arg = data.partition(":")
    fits = verb not in CARRIED or CARRIED[verb].fullmatch(arg)
    return Heard(f"press {verb}", arg) if fits else Heard("press")


def said(message: Message, state: State, now: datetime) -> Heard:
    for read in READERS:
        heard = read(message, state, now)
        if heard is not None:
            return heard
    return Heard("glimmer")


def in_care(message: Message, _state: State, _now: datetime) -> Heard | None:
    level = care_level(message.text)
    return Heard(level.value) if level in (Level.DIRECT, Level.UNCLEAR, Level.FRIEND) else None


def command(message: Message, _state: State, _now: datetime) -> Heard | None:
    found = COMMAND.fullmatch(message.text.strip())
    if found is None:
        return None
    name, words = found[1].lower(), (found[2] or "").strip()
    if name == "glimmer" and words:
        return Heard("glimmer")
    name = ALIASES.get(name, name)
    return Heard(name if name in COMMANDS else "unknown command", words)


def asked(message: Message, state: State, now: datetime) -> Heard | None:
    """An answer to what was asked last, if the words fit it."""
    if message.forwarded or len(message.text) > LONGEST_ANSWER:
        return None
    wants_place = state.step is Step.ZONE or (state.step is Step.TIMES and state.about == "place")
    if state.step in (Step.TIMES, Step.RETIME) and (plan := schedule(message.text)):
        return Heard("times", schedule=plan)
    return place(message, now) if wants_place else None


def place(message: Message, now: datetime) -> Heard | None:
    """A shared location, a city, a country, a zone's name, or the time on the person's clock."""
    for media in message.media:
        if media.lat is not None and media.lon is not None:
            here = places.place_at(media.lat, media.lon)
            return Heard("place", places=(here,) if here else ())
    found = places.find_places(message.text)
    if found:
        return Heard("place", places=found)
    if country := places.find_country(message.text):
        if len(country.zones) != 1:
            return Heard("country", country.code)
        return Heard("place", places=(places.Place("", country.code, country.zones[0]),))
    zones = places.zones_by_clock(message.text, now) or tuple(filter(None, [places.zone_named(message.text)]))
    return Heard("place", places=tuple(places.Place("", None, zone) for zone in zones)) if zones else None


def in_words(message: Message, _state: State, _now: datetime) -> Heard | None:
    if message.forwarded or message.media:
        return None
    if intent := phrase(message.text):
        return Heard(intent)
    if len(message.text) <= LONGEST_ANSWER and (
        ASKS_FOR_TIMES.match(message.text) or CLOCK_TIME.fullmatch(message.text.strip())
    ):
        plan = schedule(message.text)
        return Heard("times", schedule=plan) if plan else None
    return None


def not_for_keeping(message: Message, _state: State, _now: datetime) -> Heard | None:
    """Kinds of messages that hold no moment of one's own: polls, contacts, dice, games."""
    unknown = message.media and not any(media.kind in KEPT_KINDS for media in message.media)
    return Heard("other kind") if unknown and not message.text else None


READERS: tuple[Reader, ...] = (in_care, command, asked, in_words, not_for_keeping)
