"""Where the person lives: the zone their times go by, and the country whose help lines are shown."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.conversation.carried import to_set
from bot.conversation.events import Said
from bot.conversation.keep import keep_after_all
from bot.conversation.naming import clocks
from bot.conversation.plan import replanned, rules_heard
from bot.conversation.questions import question, skip_row
from bot.conversation.recess import moved
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import Step
from bot.conversation.times import ask_times
from bot.conversation.values import replace
from bot.understanding.places import Place, zone_named, zones_by_country


def ask_place(s: Situation, lead: str = "") -> Answer:
    """Which city? `lead` is said before it."""
    words, rows = question(s, Step.ZONE)
    told = "\n\n".join(filter(None, [lead, words]))
    return Answer((answer(s, told, rows),), state=s.state.asking(Step.ZONE))


def told(s: Situation) -> Answer:
    """Which clock their times go by, and how to change that."""
    if s.consented.zone is None:
        return ask_place(s)
    words = s.words("zone.mine", zone=zone_name(s), clock=s.voice.clock(s.now, s.zone))
    return Answer((answer(s, words, [[(s.words("button.other"), "other")]]),))


def zone_name(s: Situation) -> str:
    """The city that names the zone, as far as one does."""
    zone = s.consented.zone
    if zone is None:
        return s.words("settings.nozone")
    return s.words("settings.unnamed") if zone.startswith("Etc/") else zone.rpartition("/")[2].replace("_", " ")


def named(s: Situation) -> Answer:
    """A place, or several that share a name; the zone is set at once and shown with its local time."""
    places = s.heard.places
    if not places:
        return Answer((send(s, s.words("zone.sea"), [skip_row(s, Step.ZONE)]),), state=s.state.asking(Step.ZONE))
    if len(places) > 1:
        return which(s, "zone.which", [*choices(s), skip_row(s, Step.ZONE)])
    return settled(s, places[0])


def named_in_doubt(s: Situation) -> Answer:
    """An everyday word that is a city, too ("nice"): nothing is set, and nothing kept, before they say which."""
    assert isinstance(s.event, Said)
    keep = [(s.words("button.glimmer"), f"keep:{s.event.message.id}")]
    return which(s, "zone.doubt", [*choices(s), keep])


def clock_in_doubt(s: Situation) -> Answer:
    """A time alone: the time where they live, or when to ask."""
    rules = rules_heard(s)
    ask = [(s.words("button.askat", times=clocks(s, rules[0].times)), to_set(rules))]
    return which(s, "zone.clock.which", [*choices(s), ask])


def which(s: Situation, key: str, rows: Rows) -> Answer:
    assert isinstance(s.event, Said)
    say = send(s, s.words(key), rows, reply_to=s.event.message.id)
    return Answer((say,), state=s.state.asking(Step.ZONE))


def choices(s: Situation) -> Rows:
    return [[(name(s, place), f"zone:{place.zone}:{place.country or ''}")] for place in s.heard.places]


def pressed(s: Situation) -> Answer:
    zone, _, country = s.heard.arg.partition(":")
    if zone_named(zone) != zone:
        return ask_place(s)
    return settled(s, Place("", country if country in zones_by_country() else None, zone))


def settled(s: Situation, place: Place) -> Answer:
    """Set the zone, plan all reminders by it, show the time there, and ask for a time if there is none yet."""
    person = replace(s.consented, zone=place.zone)
    clock = s.voice.clock(s.now, ZoneInfo(place.zone))
    recess = moved(s.state.recess, s.now, s.zone, ZoneInfo(place.zone))
    abroad = other_lines(s, place)
    country = s.state.country if abroad else place.country or s.state.country
    state = replace(s.state.asking(Step.TIMES, "place"), country=country, last="place", recess=recess)
    doubt = was_it(s)
    right = [[(s.words("button.right"), "right"), (s.words("button.other"), "other")], *doubt, *abroad]
    words = s.words("zone.settled", place=name(s, place), clock=clock)
    if abroad and country:
        words += " " + s.words("zone.lines", country=s.voice.country(country))
    if s.reminders:
        say = answer(s, f"{words} {s.words('zone.settled.times')}", right)
        return Answer((say,), state, person, replanned(replace(s, state=state), person, s.reminders))
    ask, rows = question(s, Step.TIMES)
    say = (replied if doubt else answer)(s, f"{words}\n\n{ask}", [*right, *rows])
    return Answer((say,), state, person)


def other_lines(s: Situation, place: Place) -> Rows:
    """Whose lines, where this is another country than theirs, and not the correction of a place told just now?"""
    if not place.country or s.state.country in (None, place.country) or s.state.last == "place":
        return []
    return [[(s.words("button.linesof", country=s.voice.country(place.country)), f"linesof:{place.country}")]]


def lines_chosen(s: Situation) -> Answer:
    """The lines of the country they are in now; what is being asked stays."""
    country = s.heard.arg if s.heard.arg in zones_by_country() else s.state.country
    words = s.words("lines.set", country=s.voice.country(country) if country else s.words("settings.nocountry"))
    return Answer((send(s, words),), state=replace(s.state, country=country))


def replied(s: Situation, words: str, rows: Rows) -> Say:
    """As a reply, so that [A glimmer, keep it] finds the words."""
    assert isinstance(s.event, Said)
    return send(s, words, rows, reply_to=s.event.message.id)


def was_it(s: Situation) -> Rows:
    """Where a first glimmer was asked for, a city's name may be one."""
    if s.state.step is not Step.FIRST or not isinstance(s.event, Said) or s.event.message.media:
        return []
    return [[(s.words("button.glimmer"), f"notplace:{s.event.message.id}")]]


def was_glimmer(s: Situation) -> Answer:
    """It was a glimmer, no place: kept, and the place is asked for again; unless that was settled since, or it is a
    day on which nothing is asked."""
    if s.state.last != "place":
        return keep_after_all(s)
    person = replace(s.consented, zone=None)
    step = Step.IDLE if s.state.is_quiet(s.now) else Step.ZONE
    recess = moved(s.state.recess, s.now, s.zone, ZoneInfo("UTC"))
    state = replace(s.state.asking(step), country=None, last="", recess=recess)
    here = replace(s, person=person, state=state)
    kept = keep_after_all(here)
    if not (kept.kept or kept.amended):
        return kept
    return replace(kept, person=person, state=kept.state or state, reminders=replanned(here, person, s.reminders))


def name(s: Situation, place: Place) -> str:
    """ "Lisbon, Portugal"; the clock time where no place was named."""
    country = s.voice.country(place.country) if place.country else ""
    named = ", ".join(part for part in (place.name, country) if part)
    return named or s.words("zone.clock", clock=s.voice.clock(s.now, ZoneInfo(place.zone)))


def country_named(s: Situation) -> Answer:
    """A country with several zones: its city, please."""
    words = s.words("zone.city", country=s.voice.country(s.heard.arg))
    return Answer((send(s, words, [skip_row(s, Step.ZONE)]),), state=s.state.asking(Step.ZONE))


def right(s: Situation) -> Answer:
    """The place is right: on to the times, or done."""
    if s.reminders:
        return Answer((answer(s, s.words("zone.thanks")),), state=s.state.asking(Step.IDLE))
    return ask_times(s)


def yes(s: Situation) -> Answer:
    """A yes while times are asked: to the place, if that was asked with them."""
    return right(s) if s.state.about == "place" else ask_times(s)
