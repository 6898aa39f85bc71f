"""Handrails: a person's own list of what holds them; a line to a friend that they send themselves; a note for the next
session with a therapist, and how to find one."""

from __future__ import annotations

from bot.conversation import noting
from bot.conversation.helping import help_here
from bot.conversation.pages import help_rows
from bot.conversation.say import COPY, Button, Rows, answer, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import IN_TOOLS, enough_button, ways_on
from scheduler.plan import is_once
from storage.records import Kind, Note, NoteKind

KINDS = ("rail", "routine", "grip", "session")  # what is asked for; a session's note stands apart from the rest
SESSION, BACK = "session", "railsback"
MOST = 12
QUOTE = 120
FRIEND_LINES = 4
COPIED = 256  # letters that a button may copy


def rails(s: Situation) -> Answer:
    """The list, what can be added, and, once each time it is opened, that leaning is how people cross ice."""
    lean = [] if s.heard.name == f"press {BACK}" else [s.words("rails.lean")]
    words = "\n\n".join([*listed(s), *lean])
    drop = [(s.words("button.rails.drop"), "raildrop")] if mine(s) else []
    rows: Rows = [
        [(s.words("button.rails.add"), "railadd:rail"), (s.words("button.rails.routine"), "railadd:routine")],
        [(s.words("button.rails.grip"), "railadd:grip"), (s.words("button.rails.friend"), "friend:1")],
        [(s.words("button.rails.therapist"), "therapist"), *drop],
        *ways_on(s),
    ]
    return Answer((answer(s, words, rows),), state=s.state.past(*IN_TOOLS))


def back(s: Situation) -> Button:
    """From what belongs to the list to the list."""
    return s.words("button.rails"), BACK


def mine(s: Situation) -> list[Note]:
    return noting.of_kind(s, NoteKind.RAIL)


def listed(s: Situation) -> list[str]:
    """The rails in their words, and apart from them what they noted for a session."""
    supports = [s.words("rails.item", words=note.words) for note in mine(s) if note.about != SESSION]
    sessions = [s.words("rails.session", words=note.words) for note in mine(s) if note.about == SESSION]
    none = "rails.none.quiet" if s.state.is_quiet(s.now) else "rails.none"
    head = "\n".join([s.words("rails"), *supports]) if supports else s.words(none)
    return [head, *(["\n".join(sessions)] if sessions else [])]


def add(s: Situation) -> Answer:
    """One more: something that holds, a routine, a good grip, or a question for a session."""
    kind = s.heard.arg
    words = [s.words(f"note.ask.{kind}")]
    if kind == "routine":
        words = [*spaces(s), *words]
    if kind == "grip" and not s.state.is_quiet(s.now):
        words = [" ".join([*words, s.words("rails.grip.mine")])]
    return noting.ask(s, kind, "\n\n".join(words))


def spaces(s: Situation) -> list[str]:
    """What has a place in their days already."""
    here = [one for one in s.reminders if one.kind is Kind.WORDS and not is_once(one)]
    told = [s.words("space.here", words=clipped(one.words, QUOTE)) for one in here[:3]]
    return ["\n".join(told)] if told else []


def told(s: Situation) -> Answer:
    """On the list, in their words."""
    kind = (s.state.about or "").partition(".")[0]
    kind = kind if kind in KINDS else "rail"
    here = [note for note in mine(s) if (note.about == SESSION) is (kind == SESSION)]
    if len(here) >= MOST:
        return noting.no_room(s, here)
    note = noting.new_note(s, NoteKind.RAIL, clipped(s.heard.arg, noting.LONGEST), "" if kind == "rail" else kind)
    key = "rails.kept.session" if kind == SESSION else "rails.kept"
    rows: Rows = [[noting.undo_button(s, note), back(s)], [enough_button(s)], *help_rows(s)]
    say = answer(s, s.words(key, words=note.words), rows)
    return Answer((say,), state=s.state.past(Step.NOTE), noted=(note,))


def drop(s: Situation) -> Answer:
    """Each is a button that lets it go."""
    rows = [
        *([noting.letting_go(s, note)] for note in mine(s)),
        [back(s), enough_button(s)],
        *help_rows(s),
    ]
    return Answer((answer(s, s.words("rails.drop" if mine(s) else "rails.none.quiet"), rows),))


# --- a friend


def friend(s: Situation) -> Answer:
    """One line to copy. They send it; the bot knows nobody."""
    if s.heard.arg == "own":
        return noting.ask(s, "line", s.words("note.ask.line"))
    n = int(s.heard.arg)
    line = s.words(f"rails.line.{n}")
    other: Button = (s.words("button.rails.line"), f"friend:{n % FRIEND_LINES + 1}")
    rows: Rows = [
        [(s.words("button.copy"), f"{COPY}{line}"), other],
        [(s.words("button.rails.ownline"), "friend:own")],
        *ways_on(s),
    ]
    return Answer((answer(s, s.words("rails.friend", line=line), rows),), state=s.state.past(*IN_TOOLS))


def line_told(s: Situation) -> Answer:
    """In their own words, ready to be copied; none of it is stored."""
    words = s.heard.arg
    copy = [(s.words("button.copy"), f"{COPY}{words}")] if len(words) <= COPIED else []
    say = answer(s, s.words("rails.line.own", words=words), ways_on(s, *copy))
    return Answer((say,), state=s.state.past(Step.NOTE))


# --- a therapist


def therapist(s: Situation) -> Answer:
    """A rail, too: a note for the next session, or how to find one."""
    rows: Rows = [
        [(s.words("button.rails.write"), "railadd:session"), (s.words("button.rails.no"), BACK)],
        [(s.words("button.rails.find"), "findone")],
        *help_rows(s),
    ]
    return Answer((answer(s, s.words("rails.therapist"), rows),), state=s.state.past(*IN_TOOLS))


def find(s: Situation) -> Answer:
    """Whom to ask, and directories; no numbers are given for this."""
    words = s.words("help.therapist", url=help_here(s).directory)
    return Answer((answer(s, words, ways_on(s, back(s))),))
