"""Stopping questions at once and without a question back, until told otherwise or for a while; and going on."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.conversation.edit import coming
from bot.conversation.plan import replanned
from bot.conversation.recess import ahead, recess_of, span
from bot.conversation.say import NONE, Moments, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from bot.understanding.meaning import Pause
from scheduler.recurrence import Recess
from storage.records import Person


def pause(s: Situation) -> Answer:
    """Until told otherwise, or as long as they said."""
    wish = s.heard.pause or Pause()
    if wish.resume:
        return resume(s)
    if wish == Pause():
        return stands(s, paused=True)
    found = recess_of(wish, s.now, s.zone)
    return Answer((answer(s, s.words(found)),)) if isinstance(found, str) else stands(s, recess=found)


def resume(s: Situation) -> Answer:
    """Both kinds of pause end."""
    return stands(s)


def unpaused(s: Situation) -> Answer:
    """As it stood before, unless that has changed since."""
    since, _, before = s.heard.arg.partition(".")
    if since != standing(s):
        return Answer((answer(s, s.words("pause.since")),))
    recess = stored_recess(before)
    return stands(s, paused=before == "all", recess=None if recess and recess.is_over(s.now) else recess)


def undone(s: Situation) -> Answer:
    """The same, in words."""
    return unpaused(replace(s, heard=replace(s.heard, arg=s.state.pause_before)))


def stands(s: Situation, paused: bool = False, recess: Recess | None = None) -> Answer:
    """How it stands from now on, told with what comes next and Undo."""
    person = replace(s.consented, paused=paused)
    state = s.state.asking(Step.IDLE) if paused or recess else s.state
    here = replace(s, person=person, state=replace(state, recess=recess))
    undo = way_back(s, standing(here))
    words, moments = told(here, person)
    rows: Rows = [*([[(s.words("button.undo"), f"unpause:{undo}")]] if undo else []), *adding(here, person)]
    state = replace(here.state, last="pause" if paused or recess else "resume", pause_before=undo)
    reminders = replanned(here, person, s.reminders)
    return Answer((answer(s, words, rows, moments),), state=state, person=person, reminders=reminders)


def way_back(s: Situation, after: str) -> str:
    """What Undo carries: how it stands after this, and how it stood before; nothing where that is the same. Said or
    pressed twice, it is still the way to what was before the first."""
    before = standing(s)
    if after == before:
        return s.state.pause_before if s.state.pause_before.startswith(f"{after}.") else ""
    return f"{after}.{before}"


def standing(s: Situation) -> str:
    if s.consented.paused:
        return "all"
    recess = ahead(s)
    return f"{seconds(recess.begin)}-{seconds(recess.end)}" if recess else ""


def seconds(at: datetime | None) -> str:
    return str(int(at.timestamp())) if at else ""


def stored_recess(stood: str) -> Recess | None:
    begin, _, end = stood.partition("-")
    if not begin.isdigit():
        return None
    return Recess(datetime.fromtimestamp(int(begin), UTC), datetime.fromtimestamp(int(end), UTC) if end else None)


def told(s: Situation, person: Person) -> tuple[str, Moments]:
    """One short line, and the moments in it."""
    if person.paused:
        return s.words("pause.done"), NONE
    next_, recess = coming(s, person, s.reminders), ahead(s)
    if recess is None:
        return s.words("pause.over" if s.reminders else "pause.over.none", next=next_), next_
    after = s.words("next" if s.reminders else "pause.notimes", next=next_)
    return f"{s.words('pause.until', span=span(s, recess))} {after}", next_


def adding(s: Situation, person: Person) -> Rows:
    """Whoever wants questions and has set no time may want to."""
    return [] if s.reminders or person.paused or ahead(s) else [[(s.words("button.add"), "add")]]
