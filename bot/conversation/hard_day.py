"""A hard day: it is acknowledged, nothing is asked for a day, and what may help is one tap away, a person above all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation.events import Said
from bot.conversation.nudge import may_ask
from bot.conversation.pools import from_pool
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import HARD_DAY, Step
from bot.conversation.toolkit import person_row, tool
from bot.conversation.values import replace
from bot.understanding.phrases import phrase
from storage.ids import new_id
from storage.records import Note, NoteKind

SILENT = timedelta(days=3)
LIGHT = frozenset({"play"})  # not beside what somebody has told
MARKED_FOR = timedelta(days=366)


def hard_day(s: Situation) -> Answer:
    """Nothing to answer; a few doors. Their own words are kept if they ask for that."""
    told = s.event.message if isinstance(s.event, Said) and is_told(s.event.message.text) else None
    line, state = from_pool(s, "hard", without=LIGHT if told else frozenset())
    words = s.words("hard.day", line=line.text)
    day = s.now.astimezone(s.zone).date()
    state = replace(state.asking(Step.IDLE), quiet_until=s.now + HARD_DAY, last="hard", line="", rough=day)
    rows = doors(s)
    if told:
        keep = [(s.words("button.words"), f"keep:{told.id}")]
        say = send(s, words, [*rows, keep], reply_to=told.id)
    else:
        say = answer(s, words, rows)
    return replace(marking(s), says=(say,), state=state)


def doors(s: Situation) -> Rows:
    """What is there on a hard day; a letter to oneself where there is one."""
    has_letter = any(note.kind is NoteKind.LETTER for note in s.found.notes)
    return [
        [tool(s, "step"), tool(s, "anchor")],
        [tool(s, "rails"), tool(s, "breathe")],
        *([[(s.words("button.letter.read"), "readself")]] if has_letter else []),
        [(s.words("button.silent3"), "hush"), (s.words("button.okay"), "okay")],
        person_row(s),
    ]


def marking(s: Situation) -> Answer:
    """That this day was hard, once a day; sealed, and forgotten after a year."""
    marks = [note for note in s.found.notes if note.kind is NoteKind.HARD]
    old = tuple(note.id for note in marks if s.now - note.at > MARKED_FOR)
    today = [note for note in marks if note.at.astimezone(s.zone).date() == s.now.astimezone(s.zone).date()]
    new: Sequence[Note] = [] if today else [Note(new_id(s.now, *s.seed, "hard"), s.chat_id, NoteKind.HARD, s.now)]
    return Answer(noted=tuple(new), unnoted=old)


def is_told(text: str) -> bool:
    """Whether somebody says what makes it a hard day, in words they may want to have kept."""
    return phrase(text) is None and not text.startswith("/")


def silent(s: Situation) -> Answer:
    """Nothing at all comes of itself for three days."""
    state = replace(s.state, silent_until=s.now + SILENT, last="hard")
    until = s.voice.day((s.now + SILENT).astimezone(s.zone).date(), s.now.astimezone(s.zone).date())
    rows: Rows = [[tool(s, "toolkit"), (s.words("button.okay"), "okay")], person_row(s)]
    return Answer((answer(s, s.words("hard.silent", until=until), rows),), state=state)


def okay_again(s: Situation) -> Answer:
    """They are okay: questions come again at their times, unless they were stopped for another reason, too."""
    state = replace(s.state, quiet_until=None, silent_until=None, last="", line="", rough=None)
    key = "hard.over" if s.reminders and may_ask(s.consented, state, s.now) else "hard.over.quiet"
    return Answer((answer(s, s.words(key)),), state=state)


def hard_for_guest(s: Situation) -> Answer:
    """A hard day, before any yes."""
    return Answer((send(s, s.words("hard.guest"), [[(s.words("button.person"), "person")]]),))
