"""The five senses: a prompt for the one they choose, and what does each of them good, as a list of their own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import noting
from bot.conversation.pages import help_rows
from bot.conversation.prompts import Library, next_prompt
from bot.conversation.say import Button, Rows, answer, clipped, send
from bot.conversation.season import moment_of
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.taste import taste_of, with_asked
from bot.conversation.toolkit import person_row, tool
from storage.records import Note, NoteKind

SENSES = ("see", "hear", "touch", "smell", "taste")
MOST = 12  # comforts in all
QUOTE = 200


def senses(s: Situation) -> Answer:
    """Which one today? Any, or none."""
    rows = [*of_senses(s, "sense"), [comforts_door(s), tool(s, "enough")], *help_rows(s)]
    return Answer((answer(s, s.words("senses"), rows),), state=s.state.past(Step.NOTE))


def of_senses(s: Situation, verb: str) -> Rows:
    each = [(s.words(f"button.sense.{one}"), f"{verb}:{one}") for one in SENSES]
    return [each[:3], each[3:]]


def comforts_door(s: Situation) -> Button:
    return s.words("button.comforts"), "comforts"


def asked(s: Situation) -> Answer:
    """One prompt for it, kept as any glimmer when it is answered; on a day after words about harm nothing is asked."""
    if s.state.in_care(s.now):
        return Answer((send(s, s.words("quiet.ask"), [person_row(s)]),))
    prompt = next_prompt(of_sense(s, s.heard.arg), taste_of(s.state), s.seed, moment_of(s, s.now))
    rows: Rows = [
        [(s.words("button.nottoday"), "nottoday"), (s.words("button.sense.other"), f"sense:{s.heard.arg}")],
        [tool(s, "senses"), comforts_door(s)],
        *help_rows(s),
    ]
    state = with_asked(s.state, prompt).asking(Step.PROMPT, last="")
    return Answer((answer(s, prompt.text, rows),), state=state)


def of_sense(s: Situation, sense: str) -> Library:
    """All of its prompts, also where it is left out of what comes of itself: they chose it now."""
    every, off = s.house.libraries[s.voice.language], s.preferences.off
    here = tuple(one for one in every if one.category == sense)
    return tuple(one for one in here if not off & one.needs) or here


# --- what does them good


def comforts(s: Situation) -> Answer:
    """All of them by sense; each sense is a way to add one or to let one go."""
    here = noting.of_kind(s, NoteKind.COMFORT)
    lines = [line(s, one, of_sense_here(here, one)) for one in SENSES if of_sense_here(here, one)]
    words = "\n".join([s.words("comforts" if lines else "comforts.none"), *lines])
    rows = [*of_senses(s, "comfort"), [tool(s, "senses"), tool(s, "enough")], *help_rows(s)]
    return Answer((answer(s, words, rows),), state=s.state.past(Step.NOTE))


def line(s: Situation, sense: str, here: Sequence[Note]) -> str:
    named = s.voice.list([clipped(note.words, QUOTE) for note in here])
    return s.words("comforts.line", sense=s.words(f"topic.{sense}"), words=named)


def of_sense_here(here: Sequence[Note], sense: str) -> list[Note]:
    return [note for note in here if note.about == sense]


def comfort(s: Situation) -> Answer:
    """One sense's; each can be let go. Where there is room they may write one more."""
    every, sense = noting.of_kind(s, NoteKind.COMFORT), s.heard.arg
    mine = of_sense_here(every, sense)
    each: Rows = [[noting.letting_go(s, note)] for note in mine]
    if len(every) >= MOST:
        rows = [*each, [comforts_door(s), tool(s, "enough")], *help_rows(s)]
        return Answer((answer(s, s.words("comforts.many"), rows),))
    words = s.words("comforts.ask", ask=s.words("note.ask.comfort"), sense=s.words(f"topic.{sense}"))
    return noting.ask(s, f"comfort.{sense}", words, each)


def told(s: Situation) -> Answer:
    """Kept in their words."""
    sense = (s.state.about or "").partition(".")[2] or SENSES[0]
    note = noting.new_note(s, NoteKind.COMFORT, clipped(s.heard.arg, noting.LONGEST), sense)
    words = s.words("comforts.kept", sense=s.words(f"topic.{sense}"), words=clipped(note.words, QUOTE))
    rows: Rows = [[noting.undo_button(s, note), comforts_door(s)], *help_rows(s)]
    full = len(noting.of_kind(s, NoteKind.COMFORT)) >= MOST
    if full:
        return Answer((answer(s, s.words("comforts.many"), [[comforts_door(s)]]),), state=s.state.asking(Step.IDLE))
    return Answer((answer(s, words, rows),), state=s.state.asking(Step.IDLE), noted=(note,))
