"""Sentences to say to oneself: one at a time, from what is easily true upwards. Nobody has to claim what isn't true; a
sentence can be changed, and their own versions come first from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import noting
from bot.conversation.pages import help_rows
from bot.conversation.pools import order_of, with_drawn
from bot.conversation.prompts import load_pools
from bot.conversation.say import COPY, Button, Rows, answer, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from bot.conversation.toolkit import IN_TOOLS, enough_button, person_row, tool, ways_on
from storage.records import NoteKind

EASY = 4  # lines that are easily true: one of them comes first
FEAR, SLIP = "lines-07", "lines-08"  # the lines that belong to these two bits of the path
NAMED = {"fear": FEAR, "slip": SLIP}
MOST = 12
LONGEST = 300
COPIED = 256  # letters that a button may copy


@dataclass(frozen=True)
class Line:
    """`of`: the line of the pool that one of their own began as."""

    id: str
    words: str
    is_own: bool = False
    of: str = ""


def lines(s: Situation) -> list[Line]:
    """Their own first, the newest before the others; then the pool, as it is graded."""
    own = [Line(note.id, note.words, True, note.about) for note in noting.of_kind(s, NoteKind.SENTENCE)]
    pool = load_pools(s.voice.language)["lines"]
    return [*reversed(own), *(Line(one.id, one.text) for one in pool if not s.preferences.off & one.needs)]


def sentences(s: Situation) -> Answer:
    """One to begin with: one of their own, or one that is easily true."""
    every = lines(s)
    own = [one for one in every if one.is_own]
    return shown(s, longest_ago(s, own or every[:EASY]))


def longest_ago(s: Situation, here: Sequence[Line]) -> Line:
    order = order_of(s.state)
    return min(here, key=lambda one: order.get(one.id, -1))


def saying(s: Situation) -> Answer:
    """The one that a button means: by its name, or the one for fear or for a slip, in their own version if there is
    one."""
    of = NAMED.get(s.heard.arg, s.heard.arg)
    found = next((one for one in lines(s) if of in (one.id, one.of)), None)
    return shown(s, found) if found else sentences(s)


def shown(s: Situation, one: Line) -> Answer:
    """To be tried on; it fits, it is changed, there is another, or it isn't true today."""
    state = with_drawn(s.state.past(*IN_TOOLS), one.id)
    rows: Rows = [
        [(s.words("button.line.fits"), f"fits:{one.id}"), (s.words("button.line.change"), f"reword:{one.id}")],
        [another(s, one), (s.words("button.line.untrue"), f"untrue:{one.id}")],
        *extra(s, one),
        [tool(s, "toolkit"), enough_button(s)],
        person_row(s),
    ]
    return Answer((answer(s, s.words("sentence", words=one.words), rows),), state=state)


def extra(s: Situation, one: Line) -> Rows:
    """One of their own can go; after a slip there is what a friend would hear."""
    friend = [[(s.words("button.line.friend"), "tofriend")]] if SLIP in (one.id, one.of) else []
    return [*friend, *([[(s.words("button.line.letgo"), f"unnote:{one.id}")]] if one.is_own else [])]


def another(s: Situation, one: Line) -> Button:
    """The next one, a little less easily true; after the last the first."""
    every = lines(s)
    here = next((n for n, known in enumerate(every) if known.id == one.id), -1)
    return s.words("button.step.another"), f"saying:{every[(here + 1) % len(every)].id}"


def meant(s: Situation) -> Line | None:
    return next((one for one in lines(s) if one.id == s.heard.arg), None)


def fits(s: Situation) -> Answer:
    """It can be said; once is plenty."""
    one = meant(s)
    if one is None:
        return sentences(s)
    return Answer((answer(s, s.words("sentence.fits", words=one.words), ways_on(s, another(s, one))),))


def untrue(s: Situation) -> Answer:
    """A good answer."""
    one = meant(s)
    return Answer((answer(s, s.words("sentence.untrue"), ways_on(s, another(s, one)) if one else ways_on(s)),))


def reword(s: Situation) -> Answer:
    """How they would say it; the line can be copied, to be changed."""
    one = meant(s)
    if one is None:
        return sentences(s)
    copy: Rows = [[(s.words("button.copy"), f"{COPY}{one.words}")]] if len(one.words) <= COPIED else []
    words = s.words("sentence.change", words=one.words, ask=s.words("note.ask.sentence"))
    return noting.ask(s, f"sentence.{one.id}", words, copy)


def to_friend(s: Situation) -> Answer:
    """What they would say to a friend may be theirs, too."""
    return noting.ask(s, f"sentence.{SLIP}", s.words("sentence.friend"))


def told(s: Situation) -> Answer:
    """Their own version, kept as it was written; of one of their own it takes the place."""
    of = (s.state.about or "").partition(".")[2]
    before = next((one for one in lines(s) if one.is_own and one.id == of), None)
    mine = noting.of_kind(s, NoteKind.SENTENCE)
    if before is None and len(mine) >= MOST:
        return noting.no_room(s, mine)
    note = noting.new_note(s, NoteKind.SENTENCE, clipped(s.heard.arg, LONGEST), before.of if before else of)
    rows: Rows = [[noting.undo_button(s, note), tool(s, "sentences")], [enough_button(s)], *help_rows(s)]
    return Answer(
        (answer(s, s.words("sentence.kept", words=note.words), rows),),
        state=closed(s),
        noted=(note,),
        unnoted=(before.id,) if before else (),
    )


def closed(s: Situation) -> State:
    return s.state.past(Step.NOTE)
