"""Words about harm, met before anything else. The numbers are printed as the data holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation.events import Edited, Said
from bot.conversation.lines import Help, Line, help_for
from bot.conversation.say import Rows, send
from bot.conversation.situation import Answer, Situation
from storage.records import Priority

CARE = timedelta(hours=24)


def direct(s: Situation) -> Answer:
    """One message before all others; nothing is kept; nothing is asked for a day."""
    assert isinstance(s.event, Said | Edited)
    words = s.words("care.direct", lines=lines(s))
    say = send(s, words, note_rows(s), reply_to=s.event.message.id, priority=Priority.CARE)
    return Answer((say,), state=replace(s.state, care_until=s.now + CARE) if s.person else None)


def note_rows(s: Situation) -> Rows:
    """What may follow; only someone who said yes can have the note kept."""
    assert isinstance(s.event, Said | Edited)
    keep = [[(s.words("button.note"), f"keep:{s.event.message.id}")]] if s.person else []
    return [*keep, [(s.words("button.notmeant"), "notmeant")]]


def unclear(s: Situation) -> Answer:
    """Heavy words that may mean more: a soft check-in, with a person one tap away."""
    assert isinstance(s.event, Said | Edited)
    rows: Rows = [
        [(s.words("button.tired"), "tired"), (s.words("button.some"), "some")],
        [(s.words("button.person"), "person")],
        *([[(s.words("button.note"), f"keep:{s.event.message.id}")]] if s.person else []),
    ]
    say = send(s, s.words("care.unclear"), rows, reply_to=s.event.message.id, priority=Priority.CARE)
    return Answer((say,))


def friend(s: Situation) -> Answer:
    """Somebody else is in danger."""
    words = s.words("care.friend", lines=lines(s, "care.friend.emergency"))
    return Answer((send(s, words, priority=Priority.CARE),))


def help_now(s: Situation) -> Answer:
    """A person, now: works from the first second, before any yes."""
    return Answer((send(s, s.words("care.help", lines=lines(s)), priority=Priority.CARE),))


def not_meant(s: Situation) -> Answer:
    """They did not mean it: questions come again at their times; the next words are read with the same care."""
    state = replace(s.state, care_until=None) if s.person else None
    return Answer((send(s, s.words("care.notmeant")),), state=state)


def some(s: Situation) -> Answer:
    """Yes, some thoughts of not being here: as after plain words of it."""
    say = send(s, s.words("care.help", lines=lines(s)), priority=Priority.CARE)
    return Answer((say,), state=replace(s.state, care_until=s.now + CARE) if s.person else None)


def tired(s: Situation) -> Answer:
    rows: Rows = [[(s.words("button.person"), "person")]]
    return Answer((send(s, s.words("care.tired"), rows),))


def lines(s: Situation, emergency: str = "care.emergency") -> str:
    """The emergency number, one line to call, one to write, then the directory."""
    found: Help = help_for(s.state.country, s.house.lines)
    told = [
        s.words(emergency, number=found.emergency) if found.emergency else s.words(f"{emergency}.unknown"),
        *([s.words("care.call", line=shown(found.call))] if found.call else []),
        *([s.words("care.write", line=shown(found.write))] if found.write else []),
        s.words("care.directory", url=found.directory),
    ]
    return "\n".join(told)


def shown(line: Line) -> str:
    """Name, number and hours, exactly as stored."""
    hours = f" ({line.hours})" if line.hours else ""
    return f"{line.name}: {line.number}{hours}"
