"""Words about harm, met before anything else. The numbers are printed as the data holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.conversation.events import Message, Pressed, words_of
from bot.conversation.lines import Help, Line, help_for
from bot.conversation.nudge import may_ask
from bot.conversation.say import Rows, send
from bot.conversation.situation import Answer, Say, Situation
from storage.records import Priority

CARE = timedelta(hours=24)


def direct(s: Situation) -> Answer:
    """One message before all others; nothing is kept; nothing is asked for a day."""
    words = s.words("care.direct", lines=lines(s))
    until = s.now + CARE
    rows: Rows = [
        *note_rows(s),
        [(s.words("button.notmeant"), f"notmeant:{seconds(until)}.{seconds(s.state.care_until)}")],
    ]
    say = send(s, words, rows, reply_to=cry(s).id, priority=Priority.CARE)
    return Answer((say,), state=replace(s.state, care_until=until) if s.person else None)


def cry(s: Situation) -> Message:
    """The message with these words: said, edited, or about to be kept by a button."""
    message = words_of(s.event)
    assert message
    return message


def seconds(moment: datetime | None) -> str:
    return str(int(moment.timestamp())) if moment else ""


def note_rows(s: Situation) -> Rows:
    """Only someone who said yes can have the note kept."""
    return [[(s.words("button.note"), f"note:{cry(s).id}")]] if s.person else []


def unclear(s: Situation) -> Answer:
    """Heavy words that may mean more: a soft check-in, with a person one tap away."""
    rows: Rows = [
        [(s.words("button.tired"), "tired"), (s.words("button.some"), "some")],
        [(s.words("button.person"), "person")],
        *note_rows(s),
    ]
    say = send(s, s.words("care.unclear"), rows, reply_to=cry(s).id, priority=Priority.CARE)
    return Answer((say,))


def friend(s: Situation) -> Answer:
    """Somebody else is in danger."""
    words = s.words("care.friend", lines=lines(s, "care.friend.emergency"))
    rows: Rows = [[(s.words("button.person"), "person")], *note_rows(s)]
    return Answer((send(s, words, rows, reply_to=cry(s).id, priority=Priority.CARE),))


def help_now(s: Situation) -> Answer:
    """A person, now: works from the first second, before any yes."""
    return Answer((send(s, s.words("care.help", lines=lines(s)), priority=Priority.CARE),))


def not_meant(s: Situation) -> Answer:
    """They did not mean these words: as before them, which may still be a day without questions."""
    state = s.state
    mine, _, before = s.heard.arg.partition(".")
    if mine and mine == seconds(state.care_until):
        state = replace(state, care_until=datetime.fromtimestamp(int(before), UTC) if before else None)
    asks = s.person and s.reminders and may_ask(s.person, state, s.now)
    told = s.words("care.notmeant.asking" if asks else "care.notmeant")
    return Answer((offering_to_keep(s, told),), state=state if s.person else None)


def offering_to_keep(s: Situation, told: str) -> Say:
    """What is said, and whether to keep the words it is about."""
    pressed = s.event.message if isinstance(s.event, Pressed) else None
    note = pressed.reply_to if pressed else None
    if s.person is None or note is None:
        return send(s, told)
    rows: Rows = [[(s.words("button.keep"), f"note:{note.id}")]]
    return send(s, f"{told} {s.words('care.notmeant.keep')}", rows, reply_to=note.id)


def some(s: Situation) -> Answer:
    """Yes, some thoughts of not being here: as after plain words of it."""
    say = send(s, s.words("care.some", lines=lines(s)), priority=Priority.CARE)
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
