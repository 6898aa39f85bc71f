"""From hello to the first question: what this is, a yes, a place, a time. Every step can be skipped."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.conversation.events import Message, Pressed, Said
from bot.conversation.keep import kept
from bot.conversation.plan import as_button, changed, new_reminders, next_moments, replanned, rules_of
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import State, Step
from bot.understanding.places import Place, zone_named
from scheduler.recurrence import Rule
from storage.records import Person, Reminder, RuleJson

CONSENT_VERSION = 1
PRESETS = ("0830", "1300", "2030")
MOST_REMINDERS = 12


def start(s: Situation) -> Answer:
    """/start, and anything said before a yes that is not worth keeping."""
    if s.person:
        return Answer((send(s, s.words("start.again")),))
    if not s.admitted:
        return closed(s)
    return Answer(
        (send(s, s.words("start", age=s.house.minimum_age), consent_rows(s)),),
        invitation=s.heard.arg if s.heard.name == "start" else None,
    )


def closed(s: Situation) -> Answer:
    return Answer((send(s, s.words("access.closed")),))


def ask_consent(s: Situation) -> Answer:
    """Something to keep came before the yes: it is not stored; the question answers that very message."""
    assert isinstance(s.event, Said)
    words = s.words("consent.first", age=s.house.minimum_age)
    return Answer((send(s, words, consent_rows(s), reply_to=s.event.message.id),))


def consent_rows(s: Situation) -> Rows:
    return [
        [(s.words("button.yes"), "yes")],
        [(s.words("button.what"), "what"), (s.words("button.no"), "no")],
    ]


def what(s: Situation) -> Answer:
    """What exactly would be kept."""
    words = s.words("consent.what", age=s.house.minimum_age)
    return Answer((send(s, words, [[(s.words("button.yes"), "yes")], [(s.words("button.no"), "no")]]),))


def declined(s: Situation) -> Answer:
    return Answer((answer(s, s.words("consent.no")),))


def consented(s: Situation) -> Answer:
    """Yes. What they had said before it is found in the message the question answered."""
    if s.person:
        return Answer((answer(s, s.words("consent.already")),))
    person = Person(s.chat_id, 1, s.now, CONSENT_VERSION)
    before = message_before_yes(s)
    here = replace(s, person=person)
    first = kept(here, before) if before else Answer(person=person)
    words = s.words("consent.yes.kept" if first.kept else "consent.yes")
    ask = send(s, words, [[(s.words("button.skip"), "skip")]])
    return replace(
        first,
        says=(*(say for say in first.says if say.method == "setMessageReaction"), ask),
        state=replace(first.state or State(), step=Step.ZONE),
    )


def message_before_yes(s: Situation) -> Message | None:
    """The words that were waiting for the yes, if there were any and Telegram still gives them."""
    question = s.event.message if isinstance(s.event, Pressed) else None
    said = question.reply_to if question else None
    return said if said and not said.from_bot and (said.text or said.media) else None


def place_named(s: Situation) -> Answer:
    """A place, or several that share a name; the zone is set at once and shown with its local time."""
    places = s.heard.places
    if not places:
        return Answer((send(s, s.words("zone.sea")),), state=replace(s.state, step=Step.ZONE))
    if len(places) > 1:
        rows = [[(place_name(s, place), f"zone:{place.zone}:{place.country or ''}")] for place in places]
        return Answer((send(s, s.words("zone.which"), rows),), state=replace(s.state, step=Step.ZONE))
    return zone_set(s, places[0])


def zone_pressed(s: Situation) -> Answer:
    zone, _, country = s.heard.arg.partition(":")
    if zone_named(zone) != zone:
        return other_place(s)
    return zone_set(s, Place("", country or None, zone))


def zone_set(s: Situation, place: Place) -> Answer:
    """Set the zone, plan all reminders by it, show the time there, and ask for a time if there is none yet."""
    person = replace(s.consented, zone=place.zone)
    clock = s.house.voice.clock(s.now, ZoneInfo(place.zone))
    where = place_name(s, place)
    key = "zone.settled" if s.reminders else "zone.settled.times"
    rows: Rows = [[(s.words("button.right"), "right"), (s.words("button.other"), "other")]]
    state = replace(s.state, step=Step.TIMES, about="place", country=place.country or s.state.country)
    return Answer(
        (send(s, s.words(key, place=where, clock=clock), rows),),
        state=state,
        person=person,
        reminders=replanned(s, person, s.reminders),
    )


def place_name(s: Situation, place: Place) -> str:
    """ "Lisbon, Portugal"; the clock time where no place was named."""
    country = s.house.voice.country(place.country) if place.country else ""
    named = ", ".join(part for part in (place.name, country) if part)
    return named or s.words("zone.clock", clock=s.house.voice.clock(s.now, ZoneInfo(place.zone)))


def country_named(s: Situation) -> Answer:
    """A country with several zones: its city, please."""
    words = s.words("zone.city", country=s.house.voice.country(s.heard.arg))
    return Answer((send(s, words, [[(s.words("button.skip"), "skip")]]),))


def right_place(s: Situation) -> Answer:
    return ask_times(s) if not s.reminders else Answer((answer(s, s.words("zone.thanks")),), state=idle(s))


def other_place(s: Situation) -> Answer:
    ask = answer(s, s.words("zone.ask"), [[(s.words("button.skip"), "skip")]])
    return Answer((ask,), state=replace(s.state, step=Step.ZONE))


def ask_times(s: Situation) -> Answer:
    rows: Rows = [
        [(f"{preset[:2]}:{preset[2:]}", f"at:{preset}.127") for preset in PRESETS],
        [(s.words("button.skip"), "skip")],
    ]
    return Answer((answer(s, s.words("times.ask"), rows),), state=replace(s.state, step=Step.TIMES, about=None))


def times_named(s: Situation) -> Answer:
    """One or more times: a reminder for each. An hour that could be morning or evening is asked back."""
    plan = s.heard.schedule
    times, days = rules_of(s.heard)
    if plan and plan.unsure and len(times) == 1:
        halves = [times[0].replace(hour=times[0].hour % 12 + half) for half in (0, 12)]
        rows = [[(f"{at:%H:%M}", f"at:{as_button(at, days)}") for at in halves]]
        return Answer((send(s, s.words("times.which"), rows),), state=replace(s.state, step=Step.TIMES, about=None))
    fresh = [reminder for reminder in new_reminders(s, times, days) if not is_there(reminder, s.reminders)]
    if len(s.reminders) + len(fresh) > MOST_REMINDERS:
        return Answer((answer(s, s.words("times.many")),), state=idle(s))
    result = changed(s, (*s.reminders, *fresh))
    assert result.state
    echo = echoed(s, result.person or s.consented, [Rule((at,), days).as_json() for at in times], result.state)
    return replace(result, says=(echo,), state=replace(result.state, step=Step.IDLE, about=None))


def is_there(new: Reminder, reminders: tuple[Reminder, ...]) -> bool:
    return any(new.rule == reminder.rule for reminder in reminders)


def echoed(s: Situation, person: Person, rules: list[RuleJson], state: State) -> Say:
    """What was set, its next three moments, and Undo; in UTC where no zone is known, and then it says so."""
    asked = [Reminder("", person.id, rule) for rule in rules]
    voice = s.house.voice
    times = voice.list([at for rule in rules for at in rule["times"]])
    days = voice.days(Rule.from_json(rules[0]).days)
    words = s.words("times.set", times=times, days=days, next=coming(s, person, asked))
    if person.zone is None:
        words += "\n\n" + s.words("times.utc", clock=voice.clock(s.now, s.zone))
    return answer(s, words, [[(s.words("button.undo"), f"back:{state.stamp}")]])


def coming(s: Situation, person: Person, reminders: list[Reminder]) -> str:
    """ "today 08:30, tomorrow 08:30 and Wed 25 Nov 08:30"."""
    zone, voice = ZoneInfo(person.zone or "UTC"), s.house.voice
    today = s.now.astimezone(zone).date()
    moments = next_moments(s, person, reminders)
    return voice.list([f"{voice.day(at.astimezone(zone).date(), today)} {voice.clock(at, zone)}" for at in moments])


def skipped(s: Situation) -> Answer:
    """Past this question: without a place, times are asked for all the same; without times, all is done."""
    if s.state.step is Step.ZONE and not s.reminders:
        return ask_times(s)
    return Answer((answer(s, s.words("skip.done")),), state=idle(s))


def idle(s: Situation) -> State:
    return replace(s.state, step=Step.IDLE, about=None)
