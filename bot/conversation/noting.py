"""Notes that people write down for themselves: asked for, kept as they were written, let go again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.conversation.pages import help_rows
from bot.conversation.questions import skip_row
from bot.conversation.say import Button, Rows, answer, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from storage.ids import new_id
from storage.records import Note, NoteKind

OPEN = timedelta(hours=1)  # how long words are an answer to what was asked
LONGEST = 500  # letters
LABEL = 40


def ask(s: Situation, about: str, words: str, rows: Rows = ()) -> Answer:
    """Asked to write something down; what they type within the hour is heard as "<about> told"."""
    state = s.state.asking(Step.NOTE, about, until=s.now + OPEN)
    return Answer((answer(s, words, [*rows, skip_row(s, Step.NOTE), *help_rows(s)]),), state=state)


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
    return Answer((answer(s, s.words("undo.done"), help_rows(s)),), unnoted=tuple(here))


def no_room(s: Situation, here: Iterable[Note]) -> Answer:
    """There are many already: one may go first. What was asked stays open, so that it can be sent once more."""
    rows: Rows = [[letting_go(s, note)] for note in here]
    state = replace(s.state, until=s.now + OPEN)
    return Answer((answer(s, s.words("note.many"), [*rows, skip_row(s, Step.NOTE), *help_rows(s)]),), state=state)


def letting_go(s: Situation, note: Note) -> Button:
    return s.words("button.letgo", what=clipped(note.words, LABEL)), f"unnote:{note.id}"
