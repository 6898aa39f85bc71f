"""/settings, one message changed in place: everything a person can set, each by a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import aside
from bot.conversation.naming import all_named
from bot.conversation.place import zone_name
from bot.conversation.plan import in_order
from bot.conversation.questions import question
from bot.conversation.questions import span as hours
from bot.conversation.recess import ahead, span
from bot.conversation.remind import in_rows, marked
from bot.conversation.say import Button, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import IN_MENUS, State, Step
from bot.conversation.values import replace

TOPICS = (
    *("people", "pets", "body", "place", "nature", "see", "hear", "touch", "smell", "taste"),
    *("music", "rest", "play", "kindness", "beauty", "ahead", "space", "naming"),
)


SEASONS = ("place", "north", "south", "none")


def shown(s: Situation) -> Answer:
    """All of it at a glance, and the buttons."""
    return Answer((answer(s, at_a_glance(s), doors(s)),), state=s.state.past(*IN_MENUS))


def at_a_glance(s: Situation) -> str:
    lines = [
        s.words("settings.place", zone=zone_name(s), clock=s.voice.clock(s.now, s.zone)),
        s.words("settings.times", times=times(s)),
        s.words("settings.quiet", quiet=quiet_hours(s)),
        s.words("settings.topics", topics=topics_off(s)),
        s.words("settings.sound.off" if s.preferences.silent else "settings.sound.on"),
        s.words("settings.anyway" if s.preferences.anyway else "settings.unlesswritten"),
        s.words("settings.steady" if s.state.rhythm.steady else "settings.thinning"),
        s.words("settings.asides.on" if aside.kinds_on(s.state) else "settings.asides.off"),
        s.words("settings.lines", country=country_named(s)),
        s.words("settings.language", language=s.voice.own_name()),
    ]
    return "\n".join([s.words("settings"), "", *lines])


def doors(s: Situation) -> Rows:
    """A button for each thing; what has two sides is turned by the button itself."""
    return [
        [button(s, "list"), button(s, "place", "other")],
        [button(s, "quiet"), button(s, "twentyfour" if s.preferences.twelve else "twelve")],
        [button(s, "topics"), button(s, "loud" if s.preferences.silent else "silent")],
        [button(s, "unlesswritten" if s.preferences.anyway else "anyway")],
        [button(s, "thinning" if s.state.rhythm.steady else "steady")],
        [button(s, "asidesoff" if aside.kinds_on(s.state) else "asideson")],
        [button(s, "lines"), button(s, "language")],
        [button(s, "resume") if s.consented.paused or ahead(s) else button(s, "pause"), button(s, "export")],
        [button(s, "consent"), button(s, "erase")],
    ]


def button(s: Situation, name: str, data: str = "") -> Button:
    return s.words(f"button.{name}"), data or name


def back(s: Situation) -> list[Button]:
    return [button(s, "settings")]


def times(s: Situation) -> str:
    if s.consented.paused:
        return s.words("settings.paused")
    told = all_named(s, in_order(s.reminders)) or s.words("settings.notimes")
    recess = ahead(s)
    return s.words("settings.recess", times=told, span=span(s, recess)) if recess else told


def quiet_hours(s: Situation) -> str:
    return hours(s, *s.preferences.quiet) if s.preferences.quiet else s.words("settings.noquiet")


def topics_off(s: Situation) -> str:
    off = [s.words(f"topic.{topic}").lower() for topic in TOPICS if topic in s.preferences.off]
    return s.words("settings.topics.without", topics=s.voice.list(off)) if off else s.words("settings.topics.all")


def country_named(s: Situation) -> str:
    return s.voice.country(s.state.country) if s.state.country else s.words("settings.nocountry")


def set_to(s: Situation, show: Callable[[Situation], Answer] = shown, **values: Any) -> Answer:
    """These preferences from now on, and the screen as it is with them."""
    state = replace(s.state.past(*IN_MENUS), preferences=replace(s.preferences, **values))
    return replace(show(replace(s, state=state)), state=state)


def twelve(s: Situation) -> Answer:
    return set_to(s, twelve=True)


def twentyfour(s: Situation) -> Answer:
    return set_to(s, twelve=False)


def silent(s: Situation) -> Answer:
    return set_to(s, silent=True)


def loud(s: Situation) -> Answer:
    return set_to(s, silent=False)


def anyway(s: Situation) -> Answer:
    """Asked on a day they wrote of already, too."""
    return set_to(s, anyway=True)


def unless_written(s: Situation) -> Answer:
    return set_to(s, anyway=False)


def asides_on(s: Situation) -> Answer:
    """The small questions after a glimmer, all of them again."""
    return stated(s, aside.all_on(s.state))


def asides_off(s: Situation) -> Answer:
    return stated(s, aside.all_off(s.state))


def stated(s: Situation, state: State) -> Answer:
    """The screen as it is then."""
    here = replace(s, state=state.past(*IN_MENUS))
    return replace(shown(here), state=here.state)


def asking(s: Situation, step: Step, now: str) -> Answer:
    """How it is now, and what it shall be; the way past is the way back."""
    words, rows = question(s, step)
    return Answer((answer(s, f"{now}\n\n{words}", [*rows[:-1], back(s)]),), state=s.state.asking(step))


def topics(s: Situation) -> Answer:
    """What a question may touch; each is a button, and one of them is always left."""
    off = s.preferences.off
    if s.heard.arg in TOPICS:
        off = off ^ {s.heard.arg}
        if off >= set(TOPICS):
            return Answer((answer(s, s.words("topics.one"), topic_rows(s)),))
        return set_to(replace(s, heard=replace(s.heard, arg="")), topics, off=off)
    return Answer((answer(s, s.words("topics.ask"), topic_rows(s)),))


def topic_rows(s: Situation) -> Rows:
    each = [(marked(s.words(f"topic.{topic}"), topic not in s.preferences.off), f"topics:{topic}") for topic in TOPICS]
    return [*in_rows(each, 2), [button(s, "own"), button(s, "seasons")], back(s)]


def seasons(s: Situation) -> Answer:
    """Which seasons questions may speak of: those of their place unless they choose others."""
    if s.heard.arg:
        chosen = "" if s.heard.arg == "place" else s.heard.arg
        return set_to(replace(s, heard=replace(s.heard, arg="")), seasons, seasons=chosen)
    now = s.preferences.seasons or "place"
    each = [(marked(s.words(f"button.seasons.{one}"), one == now), f"seasons:{one}") for one in SEASONS]
    return Answer((answer(s, s.words("seasons.ask"), [*in_rows(each, 2), back(s)]),))


def lines(s: Situation) -> Answer:
    """Whose help lines? Or set, if a country came with it."""
    if s.heard.arg:
        country = None if s.heard.arg == "none" else s.heard.arg
        here = replace(s, state=replace(s.state.past(*IN_MENUS), country=country))
        return Answer((answer(s, s.words("lines.set", country=country_named(here)), [back(s)]),), state=here.state)
    return asking(s, Step.COUNTRY, s.words("lines.now", country=country_named(s)))


def language(s: Situation) -> Answer:
    """The languages this copy speaks."""
    if s.heard.arg in s.house.voices:
        return set_to(s, language=s.heard.arg)
    each = [
        (marked(voice.own_name(), code == s.voice.language), f"language:{code}")
        for code, voice in s.house.voices.items()
    ]
    return Answer((answer(s, s.words("language.ask"), [*in_rows(each, 2), back(s)]),))


def consent(s: Situation) -> Answer:
    """What the yes covers, when it was said, and how to take it back."""
    rows: Rows = [[button(s, "takeback", "erase")], back(s)]
    words = s.words("consent.mine", date=s.voice.full_date(s.consented.consented_at.astimezone(s.zone).date()))
    return Answer((answer(s, words, rows),))
