"""Notes that people write down for themselves: asked for, kept as they were written, let go again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.conversation.questions import skip_row
from bot.conversation.say import Button, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import person_row
from storage.ids import new_id
from storage.records import Note, NoteKind

OPEN = timedelta(hours=1)  # how long words are an answer to what was asked
LONGEST = 500  # letters


def ask(s: Situation, about: str, words: str, rows: Rows = ()) -> Answer:
    """Asked to write something down; what they type within the hour is heard as "<about> told"."""
    state = s.state.asking(Step.NOTE, about, until=s.now + OPEN)
    return Answer((answer(s, words, [*rows, skip_row(s, Step.NOTE), *help_row(s)]),), state=state)


def help_row(s: Situation) -> Rows:
    return [person_row(s)] if s.state.is_quiet(s.now) else []


def new_note(s: Situation, kind: NoteKind, words: str, about: str = "") -> Note:
    return Note(new_id(s.now, *s.seed, kind.value), s.chat_id, kind, s.now, words, about)


def of_kind(s: Situation, kind: NoteKind) -> list[Note]:
    """Theirs of this kind, the oldest first."""
    return [note for note in s.found.notes if note.kind is kind]


def undo_button(s: Situation, note: Note) -> Button:
    return s.words("button.undo"), f"unnote:{note.id}"


def let_go(s: Situation) -> Answer:
    """One of their notes is no longer kept; pressed twice, it reads the same."""
    here: Iterable[str] = (note.id for note in s.found.notes if note.id == s.heard.arg)
    return Answer((answer(s, s.words("undo.done")),), unnoted=tuple(here))
