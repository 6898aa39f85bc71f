"""From an event to what it means. The order of reading: care words, commands, what was asked, phrases, a glimmer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.conversation import view
from bot.conversation.events import KEPT_KINDS, Edited, Event, Message, Pressed, Said
from bot.conversation.placeholder import wish
from bot.conversation.questions import ASKED
from bot.conversation.situation import Heard
from bot.conversation.state import State, Step
from bot.understanding import places
from bot.understanding.care import Level, care_level
from bot.understanding.meaning import Recall
from bot.understanding.phrases import phrase
from bot.understanding.times import is_vague, schedule, span
from bot.understanding.understand import understand

COMMAND = re.compile(r"/([a-z0-9_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
ALIASES = {"glimmer": "ask", "delete_me": "erase", "forget_me": "erase", "stop": "pause", "about": "help"}
COMMANDS = frozenset(
    "start ask glimmers hard_day reminders pause resume export settings help help_now privacy erase undo".split()
)
ASKS_FOR_TIMES = re.compile(r"(please |can you |could you )?(remind|ask|nudge|ping) me\b", re.IGNORECASE)
TIME = r"\d{1,2}(?:[:.]\d\d(?: ?[ap]m)?| ?[ap]m)"
CLOCK_TIMES = re.compile(rf"{TIME}(?:(?:,|,? and|,? &)? {TIME})*", re.ASCII | re.IGNORECASE)
LONGEST_ANSWER = 120
NUMBER = re.compile(r"\d{1,15}", re.ASCII)
ID = "[0-9a-f]{32}"
HOUR = r"(?:[01]\d|2[0-3])"
AT = rf"{HOUR}[0-5]\d"
DAYS = r"(?:[1-9]\d?|1[01]\d|12[0-7])"
STOOD = r"(?:all|\d{10}-(?:\d{10})?)?"  # paused, in a recess, or neither
CARRIED = {
    "page": re.compile(r"\d{1,8}", re.ASCII),
    "recall": view.CARRIED,
    "choose": view.CARRIED,
    "letgo": NUMBER,
    "letall": re.compile(r"\d{1,2}\.[0-9a-f]{8}", re.ASCII),
    "at": re.compile(rf"(?:{AT}){{1,12}}\.{DAYS}", re.ASCII),
    "hours": re.compile(rf"new|{ID}"),
    "hour": re.compile(rf"(?:new|{ID})\.{HOUR}", re.ASCII),
    "time": re.compile(rf"{ID}\.(?:{AT}){{1,5}}\.{DAYS}", re.ASCII),
    "day": re.compile(rf"{ID}\.(?:0|{DAYS})", re.ASCII),
    "quiet": re.compile(rf"(?:{AT}\.{AT}|none)?", re.ASCII),
    "lines": re.compile(r"(?:[A-Z]{2}|none)?"),
    "notplace": NUMBER,
    "once": re.compile(rf"[1-9]\d{{5}}\.(?:{AT}){{1,12}}", re.ASCII),
    "unpause": re.compile(rf"{STOOD}\.{STOOD}", re.ASCII),
    "notlater": re.compile(ID),
    "undo": re.compile(r"\d{1,15}(?:\.\d{1,15})?", re.ASCII),
    "keep": NUMBER,
    "join": NUMBER,
    "show": NUMBER,
    "yes": re.compile(r"(\d{1,15})?", re.ASCII),
    "notmeant": re.compile(r"(\d{1,10}\.\d{0,10})?", re.ASCII),
}
RECALLING = ("recall", "choose", "letall")
QUESTIONS = (*ASKED, Step.ERASE, Step.FORGET)  # what a "no" or "later" is a way past
LINKS = frozenset("ask glimmers hard_day help help_now pause privacy reminders settings".split())
DECLINES = ("skip", "later", "not_today")
ANSWERS = (*DECLINES, "yes", "no")  # phrases that are no command while something is asked

Reader = Callable[[Message, State, datetime], Heard | None]


def hear(event: Event, state: State, now: datetime) -> Heard:
    """What an event is, by name: a press's verb, a command, an intent, or the kind of event itself. `now` is in the
    person's zone."""
    match event:
        case Said(message):
            return said(message, state, now)
        case Edited(message):
            return in_care(message, state, now) or Heard("edited")
        case Pressed(data=data):
            return pressed(data, event, state, now)
        case _:
            return Heard(type(event).__name__.lower())


def pressed(data: str, event: Event, state: State, now: datetime) -> Heard:
    """A button's verb and what it carries; "press" alone where that is not what our buttons carry.

    Under an answer about the past they mean that question: it is understood once more, as of when it was asked.
    """
    verb, _, arg = data.partition(":")
    if verb in CARRIED and not CARRIED[verb].fullmatch(arg):
        return Heard("press")
    question = view.question_of(event) if verb in RECALLING else None
    return Heard(f"press {verb}", arg, recall=recall_meant(question, state, now)[1] if question else None)


def recall_meant(message: Message, state: State, now: datetime) -> tuple[str, Recall | None]:
    """Whether glimmers are wanted back, or let go, and which; `now` is in the person's zone."""
    at = message.at.astimezone(now.tzinfo)
    meaning = understand(message.text, at, str(now.tzinfo), state.preferences.language)
    return meaning.intent, meaning.slots if isinstance(meaning.slots, Recall) else None


def said(message: Message, state: State, now: datetime) -> Heard:
    for read in READERS:
        heard = read(message, state, now)
        if heard is not None:
            return heard
    return Heard("glimmer")


def in_care(message: Message, _state: State, _now: datetime) -> Heard | None:
    level = care_level(message.text)
    return Heard(level.value) if level in (Level.DIRECT, Level.UNCLEAR, Level.FRIEND) else None


def command(message: Message, _state: State, now: datetime) -> Heard | None:
    found = COMMAND.fullmatch(message.text.strip())
    if found is None:
        return None
    name, words = found[1].lower(), (found[2] or "").strip()
    if name == "glimmer" and words:
        return Heard("glimmer")
    if name == "start" and words in LINKS:
        return Heard(f"link {words}")
    name = ALIASES.get(name, name)
    if name == "pause" and words and (heard := wish(f"pause {words}", now)):
        return heard
    return Heard(name if name in COMMANDS else "unknown command", words)


def asked(message: Message, state: State, now: datetime) -> Heard | None:
    """An answer to what was asked last, if the words fit it."""
    if message.forwarded or len(message.text) > LONGEST_ANSWER or any(media.lat is None for media in message.media):
        return None
    if declines(message.text, state):
        return Heard("skip")
    if phrase(message.text) not in (None, *ANSWERS):
        return None
    return next(filter(None, (read(message, state, now) for read in fitting(state))), None)


def declines(text: str, state: State) -> bool:
    """Whether this is a way past the open question; a no to "right?" is about the place."""
    said = phrase(text)
    if state.step is Step.QUIET and said in ("no", "not_today"):
        return False
    return state.step in QUESTIONS and (said in DECLINES or (said == "no" and state.about != "place"))


def fitting(state: State) -> tuple[Reader, ...]:
    """What would fit the open question, the likeliest first."""
    match state.step:
        case Step.FIRST:
            return (surely_place, times)
        case Step.ZONE:
            return (bare_clock, place, times)
        case Step.QUIET:
            return (quiet_hours,)
        case Step.COUNTRY:
            return (lines_country,)
        case Step.TIMES if state.about in ("place", "no place"):
            return (times, place)
        case Step.TIMES | Step.RETIME:
            return (times,)
    return ()


def times(message: Message, state: State, _now: datetime) -> Heard | None:
    """Times of day; or morning or evening, after a time that may be either."""
    plan = schedule(message.text)
    if plan is None and state.unsure:
        plan = schedule(f"{message.text} {state.unsure}")
        plan = None if plan and plan.unsure else plan
    if plan:
        return Heard("times", schedule=plan)
    asks = state.step in (Step.TIMES, Step.RETIME)
    return Heard("vague time") if asks and is_vague(message.text) else None


def bare_clock(message: Message, _state: State, now: datetime) -> Heard | None:
    """A time alone, where the place was asked: it may be the time there, or the time to ask."""
    plan = schedule(message.text) if CLOCK_TIMES.fullmatch(message.text.strip()) else None
    zones = places.zones_by_clock(message.text, now, bare=True) if plan else ()
    return Heard("clock or times", places=somewhere(zones), schedule=plan) if zones else None


def place(message: Message, _state: State, now: datetime) -> Heard | None:
    """Where the person lives; in doubt when the word is an everyday one, too."""
    heard = place_said(message, now)
    in_doubt = heard and heard.name == "place" and not message.media and places.is_everyday(message.text)
    return replace(heard, name="place or glimmer") if heard and in_doubt else heard


def surely_place(message: Message, _state: State, now: datetime) -> Heard | None:
    """Where a first glimmer was asked for: a place, unless the word is an everyday one, too."""
    return None if places.is_everyday(message.text) else place_said(message, now)


def quiet_hours(message: Message, _state: State, _now: datetime) -> Heard | None:
    """From when to when nothing is asked that was not named; or no such hours."""
    if phrase(message.text) in ("no", "not_today"):
        return Heard("quiet", "none")
    found = span(message.text)
    return Heard("quiet", f"{found[0]:%H%M}.{found[1]:%H%M}") if found else None


def lines_country(message: Message, _state: State, _now: datetime) -> Heard | None:
    """The country whose help lines are wanted, by its name or a city in it."""
    country = places.find_country(message.text)
    codes = {country.code} if country else {place.country for place in places.find_places(message.text)[:1]}
    code = next(filter(None, codes), None)
    return Heard("lines", code) if code else None


def place_said(message: Message, now: datetime) -> Heard | None:
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
    return Heard("place", places=somewhere(zones)) if zones else None


def somewhere(zones: Iterable[str]) -> tuple[places.Place, ...]:
    """Zones of which no place is known."""
    return tuple(places.Place("", None, zone) for zone in zones)


def in_words(message: Message, state: State, now: datetime) -> Heard | None:
    if message.forwarded or message.media:
        return None
    if intent := phrase(message.text):
        return Heard(intent) if intent != "okay" or state.is_quiet(now) else None
    intent, recall = recall_meant(message, state, now)
    if recall and intent in ("recall", "delete"):
        return Heard(intent, recall=recall)
    if heard := wish(message.text, now):  # until `understand` reads it
        return heard
    if len(message.text) <= LONGEST_ANSWER and (
        ASKS_FOR_TIMES.match(message.text) or CLOCK_TIMES.fullmatch(message.text.strip())
    ):
        plan = schedule(message.text)
        return Heard("times", schedule=plan) if plan else None
    return None


def not_for_keeping(message: Message, _state: State, _now: datetime) -> Heard | None:
    """Kinds of messages that hold no moment of one's own: polls, contacts, dice, games."""
    unknown = message.media and not any(media.kind in KEPT_KINDS for media in message.media)
    return Heard("other kind") if unknown and not message.text else None


READERS: tuple[Reader, ...] = (in_care, command, asked, in_words, not_for_keeping)
