"""Words about harm, met before anything else: the first message, and what clears it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.events import Message, Pressed, words_of
from bot.conversation.helping import barrier, lines, ways
from bot.conversation.nudge import may_ask
from bot.conversation.say import Button, Rows, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import State
from bot.conversation.values import replace
from storage.records import Priority

CARE = timedelta(hours=24)
JUST_NOW = timedelta(hours=1)  # how long "not what I meant", typed, is about these words


def direct(s: Situation) -> Answer:
    """One message before all others, then, once a day, what may make it hard; nothing is kept, nothing asked."""
    return met(s, "care.direct", *asked_once(s))


def abuse(s: Situation) -> Answer:
    """Harm done by somebody: the same, in words of its own."""
    return met(s, "care.abuse")


def met(s: Situation, key: str, *more: Say) -> Answer:
    clears = (s.words("button.notmeant"), f"notmeant:{seconds(s.now + CARE)}")
    rows: Rows = [*ways(s), [*note(s), clears]]
    say = send(s, s.words(key, lines=lines(s)), rows, reply_to=cry(s).id, priority=Priority.FIRST)
    return Answer((say, *more), state=in_care(s) if s.person else None)


def in_care(s: Situation) -> State:
    """A day without anything unasked from now on."""
    return replace(s.state, care_until=s.now + CARE, care_before=s.state.care_until)


def asked_once(s: Situation) -> tuple[Say, ...]:
    """What makes it hard to reach out; not again within that day."""
    return () if s.state.in_care(s.now) else (barrier(s),)


def cry(s: Situation) -> Message:
    """The message with these words: said, edited, or about to be kept by a button."""
    message = words_of(s.event)
    assert message
    return message


def seconds(moment: datetime | None) -> str:
    return str(int(moment.timestamp())) if moment else ""


def note(s: Situation) -> list[Button]:
    """Only someone who said yes can have the note kept."""
    return [(s.words("button.note"), f"note:{cry(s).id}")] if s.person else []


def unclear(s: Situation) -> Answer:
    """Heavy words that may mean more: a soft check-in, with a person one tap away."""
    rows: Rows = [
        [(s.words("button.tired"), "tired"), (s.words("button.some"), "some")],
        [(s.words("button.unsaid"), "unsaid"), *note(s)],
        [(s.words("button.person"), "person")],
    ]
    return Answer((send(s, s.words("care.unclear"), rows, reply_to=cry(s).id, priority=Priority.FIRST),))


def friend(s: Situation) -> Answer:
    """Somebody else is in danger."""
    words = s.words("care.friend", lines=lines(s, "care.friend.emergency"))
    rows: Rows = [[(s.words("button.person"), "person"), *note(s)]]
    return Answer((send(s, words, rows, reply_to=cry(s).id, priority=Priority.FIRST),))


def not_meant(s: Situation) -> Answer:
    """They did not mean these words: as before them, which may still be a day without questions."""
    state = s.state
    if is_about_last(s):
        state = replace(state, care_until=state.care_before, care_before=None)
    asks = s.person and s.reminders and may_ask(s.person, state, s.now)
    told = s.words("care.notmeant.asking" if asks else "care.notmeant")
    return Answer((offering_to_keep(s, told),), state=state if s.person else None)


def is_about_last(s: Situation) -> bool:
    """Whether it is about the last words about harm: their button, or typed soon after them."""
    until = s.state.care_until
    if until is None:
        return False
    if isinstance(s.event, Pressed):  # buttons of earlier versions carry a second moment
        return s.heard.arg.partition(".")[0] == seconds(until)
    return s.now < until - CARE + JUST_NOW


def offering_to_keep(s: Situation, told: str) -> Say:
    """What is said, and whether to keep the words it is about."""
    note = words_of(s.event) if isinstance(s.event, Pressed) else None
    if s.person is None or note is None:
        return send(s, told)
    rows: Rows = [[(s.words("button.keep"), f"note:{note.id}")]]
    return send(s, f"{told} {s.words('care.notmeant.keep')}", rows, reply_to=note.id)


def some(s: Situation) -> Answer:
    """Yes, some thoughts of not being here: as after plain words of it."""
    say = send(s, s.words("care.some", lines=lines(s)), ways(s), priority=Priority.FIRST)
    return Answer((say, *asked_once(s)), state=in_care(s) if s.person else None)


def tired(s: Situation) -> Answer:
    return softly(s, "care.tired")


def unsaid(s: Situation) -> Answer:
    """They would rather not say: that is an answer."""
    return softly(s, "care.unsaid")


def softly(s: Situation, key: str) -> Answer:
    return Answer((send(s, s.words(key), [[(s.words("button.person"), "person")]]),))
