"""Keeping a glimmer: any words, photo, voice, place. Editing the message edits it; Undo lets it go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.events import Edited, Message, Pressed, Said
from bot.conversation.say import KEPT, Rows, answer, clipped, react, send
from bot.conversation.situation import Answer, Situation
from storage.ids import new_id
from storage.records import Glimmer, Part

IN_WORDS = 3
DAY_ENDS = timedelta(hours=4)
QUOTE = 80


def keep(s: Situation) -> Answer:
    """A glimmer came."""
    assert isinstance(s.event, Said)
    message = s.event.message
    album = next((glimmer for glimmer in s.found.glimmers if message.album and glimmer.album == message.album), None)
    if album:
        return Answer(amended=(with_part(album, message),))
    return kept(s, message)


def kept(s: Situation, message: Message) -> Answer:
    """Keep this message: a reaction, and the first few times a word with it; on a heavy day the reaction alone."""
    glimmer = new_glimmer(s, message)
    reaction = react(s, message.id, KEPT, s.words("kept.short"))
    if s.state.kept >= IN_WORDS or s.state.is_quiet(s.now):
        state = replace(s.state, changed=False) if s.state.changed else None
        return Answer((reaction,), person=s.person, kept=(glimmer,), state=state)
    state = replace(s.state, kept=s.state.kept + 1, changed=False)
    words = send(s, s.words(f"kept.{state.kept}"), undo_rows(s, message.id), reply_to=message.id)
    return Answer((reaction, words), state=state, person=s.person, kept=(glimmer,))


def undo_rows(s: Situation, message_id: int) -> Rows:
    return [[(s.words("button.undo"), f"undo:{message_id}")]]


def new_glimmer(s: Situation, message: Message) -> Glimmer:
    day, nudge_id = day_of(s, message)
    return Glimmer(
        id=new_id(message.at, s.chat_id, message.id),
        person_id=s.chat_id,
        message_id=message.id,
        day=day,
        kept_at=message.at,
        parts=(part_of(message),),
        album=message.album,
        nudge_id=nudge_id,
    )


def day_of(s: Situation, message: Message) -> tuple[date, str | None]:
    """The local day it was sent; a nudge's day when it answers one: as a reply, or before that day is over."""
    sent = message.at.astimezone(s.zone)
    if s.found.nudge:
        return s.found.nudge.day, s.found.nudge.id
    asked = s.state.nudge
    if asked and message.reply_to is None and (sent - DAY_ENDS).date() <= asked.day:
        return asked.day, asked.id
    return sent.date(), None


def part_of(message: Message) -> Part:
    return Part(message.id, message.text.removeprefix("/glimmer").strip(), message.media)


def with_part(glimmer: Glimmer, message: Message) -> Glimmer:
    """The glimmer with this message as one of its parts, replaced where it is one already."""
    parts = {part.message_id: part for part in glimmer.parts} | {message.id: part_of(message)}
    return replace(glimmer, parts=tuple(parts[number] for number in sorted(parts)))


def edited(s: Situation) -> Answer:
    """An edited message: the glimmer follows. What was never kept is offered, not taken."""
    assert isinstance(s.event, Edited)
    message = s.event.message
    if s.person and s.found.glimmers:
        changed = with_part(s.found.glimmers[0], message)
        return Answer((react(s, message.id, KEPT, s.words("edited")),), amended=(changed,))
    if not s.person:
        return Answer((send(s, s.words("edited.guest"), reply_to=message.id),))
    rows: Rows = [[(s.words("button.keep"), f"keep:{message.id}")]]
    return Answer((send(s, s.words("edited.unknown"), rows, reply_to=message.id),))


def undo(s: Situation) -> Answer:
    """The Undo button under an acknowledgement."""
    if not s.found.glimmers:
        return Answer((answer(s, s.words("undo.none")),))
    glimmer = s.found.glimmers[0]
    return Answer((answer(s, s.words("undo.done"), keep_rows(s, glimmer)),), forgotten=(glimmer.id,))


def forget(s: Situation) -> Answer:
    """The glimmer of the message replied to, or else the newest one."""
    if not s.found.glimmers:
        return Answer((send(s, s.words("undo.none")),))
    glimmer = s.found.glimmers[0]
    words = s.words("forget.done", words=clipped(glimmer.text, QUOTE)) if glimmer.text else s.words("undo.done")
    say = send(s, words, keep_rows(s, glimmer), reply_to=glimmer.message_id)
    return Answer((say,), forgotten=(glimmer.id,))


def keep_rows(s: Situation, glimmer: Glimmer) -> Rows:
    return [[(s.words("button.back"), f"keep:{glimmer.message_id}")]]


def keep_after_all(s: Situation) -> Answer:
    """Put back, or keep now: the words are in the message that the question answered."""
    assert isinstance(s.event, Pressed)
    question = s.event.message
    said = question.reply_to if question else None
    if said is None or said.from_bot or not (said.text or said.media):
        return Answer((answer(s, s.words("keep.again")),))
    glimmer = new_glimmer(s, said)
    return Answer((answer(s, s.words("keep.done"), undo_rows(s, said.id)),), kept=(glimmer,))


def other_kind(s: Situation) -> Answer:
    """Polls, contacts, dice: said kindly, not stored."""
    return Answer((send(s, s.words("kept.cannot")),))
