"""Answers in words to what was asked last: a time where a time was asked, a city where a place was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.conversation.carried import days_of, read
from bot.conversation.events import Message
from bot.conversation.situation import Heard
from bot.conversation.state import State, Step
from bot.conversation.values import replace
from bot.understanding import places
from bot.understanding.meaning import ALL_DAYS, PARTS, When
from bot.understanding.phrases import phrase
from bot.understanding.signs import signs
from bot.understanding.times import Schedule, is_vague, schedule, span
from bot.understanding.when import PART_SIGNS
from scheduler.budget import MOST_PROMPTS

TIME = r"\d{1,2}(?:[:.]\d\d(?: ?[ap]m)?| ?[ap]m)"
CLOCK_TIMES = re.compile(rf"{TIME}(?:(?:,|,? and|,? &)? {TIME})*", re.ASCII | re.IGNORECASE)
EARLY, LATE = {"AM", "MORNING", "BREAKFAST"}, {"PM", "EVENING", "NIGHT", "AFTERNOON", "AFTERWORK", "BEDTIME"}

Reader = Callable[[Message, State, datetime], Heard | None]


def fitting(state: State) -> tuple[Reader, ...]:
    """What would fit the open question, the likeliest first."""
    if state.step is Step.TIMES and state.about in ("place", "no place"):
        return (times, place)
    return FITTING.get(state.step, ())


def times(message: Message, state: State, _now: datetime) -> Heard | None:
    """Times of day; or morning or evening, after a time that may be either."""
    if plan := schedule(message.text):
        return many_times(on_days_asked(plan, state), every_asked(state))
    if half := half_meant(message.text, state):
        return Heard("times", half)
    return part_of_day(message.text, state) if state.step in (Step.TIMES, Step.RETIME) else None


def many_times(plan: Schedule, every: int) -> Heard:
    """As an answer; as a wish, where there are more times than a day may have, or they come every so many days."""
    if len(plan.times) <= MOST_PROMPTS and every == 1:
        return Heard("times", schedule=plan)
    days_said = plan.days_said and plan.days != ALL_DAYS
    when = When(times=plan.times, other=plan.other, days=plan.days, days_said=days_said, interval_days=every)
    return Heard("set", when=when)


def every_asked(state: State) -> int:
    """Every how many days it was to be, where that was said with the question."""
    every = (state.about or "").partition(".")[2] if state.step is Step.TIMES else ""
    return int(every) if every.isdecimal() else 1


def half_meant(text: str, state: State) -> str | None:
    """Morning or evening, in words, after times that may be either: the one meant, as a button carries it."""
    known = set(signs(text, state.preferences.language).text.split())
    early, late = bool(known & EARLY), bool(known & LATE)
    if not state.unsure or early == late or not is_vague(text):
        return None
    halves = [carried for carried in state.unsure.split("|") if "-" not in carried]
    return sorted(halves, key=lambda carried: read(carried).times)[late] if len(halves) > 1 else None


def on_days_asked(plan: Schedule, state: State) -> Schedule:
    """Days that were said with the question stay, unless others are said now."""
    bits = (state.about or "").partition(".")[0]
    if plan.days_said or state.step is not Step.TIMES or not bits.isdecimal():
        return plan
    return replace(plan, days=days_of(int(bits)), days_said=True)


def part_of_day(text: str, state: State) -> Heard | None:
    """A part of the day, where a time of day was asked for."""
    if not is_vague(text):
        return None
    parts = parts_of_day(text, state.preferences.language)
    if not parts or state.step is not Step.TIMES:
        return Heard("vague time")
    days = on_days_asked(Schedule((), ALL_DAYS, unsure=False), state).days
    return Heard("set", when=When(parts=parts, days=days, days_said=days != ALL_DAYS))


def parts_of_day(text: str, language: str) -> tuple[str, ...]:
    found = {PART_SIGNS[sign] for sign in signs(text, language).text.split() if sign in PART_SIGNS}
    return tuple(part for part in PARTS if part in found)


def bare_clock(message: Message, _state: State, now: datetime) -> Heard | None:
    """A time alone, where the place was asked: it may be the time there, or the time to ask."""
    plan = schedule(message.text) if CLOCK_TIMES.fullmatch(message.text.strip()) else None
    zones = places.zones_by_clock(message.text, now, bare=True) if plan else ()
    return Heard("clock or times", places=somewhere(zones), schedule=plan) if zones else None


def own_words(message: Message, _state: State, _now: datetime) -> Heard | None:
    """What a reminder shall say."""
    return Heard("own words", message.text.strip()) if message.text.strip() and not message.media else None


def note_words(message: Message, state: State, now: datetime) -> Heard | None:
    """What they were asked to write down, while it is fresh: "rail told"."""
    told = message.text.strip()
    if not told or message.media or state.until is None or now >= state.until:
        return None
    return Heard(f"{(state.about or '').partition('.')[0]} told", told)


def grounded(message: Message, state: State, now: datetime) -> Heard | None:
    """Words in the middle of an exercise are a part of it."""
    is_part = message.text.strip() and not message.media and state.until is not None and now < state.until
    return Heard("grounded") if is_part else None


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


FITTING: dict[Step, tuple[Reader, ...]] = {
    Step.FIRST: (surely_place, times),
    Step.ZONE: (bare_clock, place, times),
    Step.QUIET: (quiet_hours,),
    Step.COUNTRY: (lines_country,),
    Step.TIMES: (times,),
    Step.RETIME: (times,),
    Step.WORDS: (own_words,),
    Step.NOTE: (note_words,),
    Step.GROUND: (grounded,),
}
