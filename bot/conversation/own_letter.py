"""A letter to oneself, written on a day that allows it and handed back on a hard one, by a tap alone."""

from __future__ import annotations

from bot.conversation import noting
from bot.conversation.pages import help_rows
from bot.conversation.pools import order_of, with_drawn
from bot.conversation.say import Button, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import IN_TOOLS, enough_button, tool, ways_on
from storage.records import Note, NoteKind

MOST = 12
LONGEST = 2000  # letters


def own_letter(s: Situation) -> Answer:
    """Read or write one. On a hard day none has to be written, and on one after words about harm none is asked for."""
    here = noting.of_kind(s, NoteKind.LETTER)
    if not here and not s.state.is_quiet(s.now):
        return write(s)
    if not here and s.state.in_care(s.now):
        return Answer((answer(s, s.words("ownletter.none.care"), ways_on(s)),), state=s.state.past(*IN_TOOLS))
    label = s.words("button.letter.another" if here else "button.letter.write")
    write_one = [] if s.state.in_care(s.now) else [(label, "writeself")]
    words = s.voice.count("ownletter.here", len(here)) if here else s.words("ownletter.none")
    drop_one = [[(s.words("button.letter.drop"), "letterdrop")]] if here else []
    rows = [[*([read_button(s)] if here else []), *write_one], *drop_one, *ways_on(s)]
    return Answer((answer(s, words, rows),), state=s.state.past(*IN_TOOLS))


def read_button(s: Situation) -> Button:
    return s.words("button.letter.open"), "readself"


def write(s: Situation) -> Answer:
    return noting.ask(s, "letter", s.words("note.ask.letter"))


def told(s: Situation) -> Answer:
    """Kept as it was written, every line of it."""
    here = noting.of_kind(s, NoteKind.LETTER)
    if len(here) >= MOST:
        return noting.no_room(s, here)
    if len(s.heard.arg) > LONGEST:
        return noting.ask(s, "letter", s.words("ownletter.long", most=LONGEST))
    note = noting.new_note(s, NoteKind.LETTER, s.heard.arg)
    rows: Rows = [[noting.undo_button(s, note), enough_button(s)], *help_rows(s)]
    say = answer(s, s.words("ownletter.kept", words=note.words), rows)
    return Answer((say,), state=s.state.past(Step.NOTE), noted=(note,))


def read(s: Situation) -> Answer:
    """The one not read for longest, in their words."""
    here = noting.of_kind(s, NoteKind.LETTER)
    if not here:
        return own_letter(s)
    one = longest_ago(s, here)
    words = s.words("ownletter.read", day=written(s, one), words=one.words)
    more = [(s.words("button.letter.next"), "readself")] if len(here) > 1 else []
    return Answer((answer(s, words, ways_on(s, *more)),), state=with_drawn(s.state.past(*IN_TOOLS), one.id))


def drop(s: Situation) -> Answer:
    """Each is a button that lets it go; not where it is read, in the middle of a hard day."""
    here = noting.of_kind(s, NoteKind.LETTER)
    rows = [*([noting.letting_go(s, note)] for note in here), [tool(s, "own_letter"), enough_button(s)]]
    words = s.words("rails.drop" if here else "ownletter.none")
    return Answer((answer(s, words, [*rows, *help_rows(s)]),))


def longest_ago(s: Situation, here: list[Note]) -> Note:
    """The newest comes first, as long as it was not read."""
    order = order_of(s.state)
    return min(reversed(here), key=lambda note: order.get(note.id, -1))


def written(s: Situation, note: Note) -> str:
    return s.voice.day(note.at.astimezone(s.zone).date(), s.now.astimezone(s.zone).date())
