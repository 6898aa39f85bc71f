"""Keeping a glimmer: any words, photo, voice, place. Editing the message edits it; Undo lets it go."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.events import Edited, Message, Pressed, Said
from bot.conversation.questions import ASKED, next_step, question
from bot.conversation.say import KEPT, Rows, answer, clipped, react, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from storage.ids import new_id
from storage.records import Glimmer, Part

KEPT_WORDS = ("kept.1", "kept.2", "kept.3", "kept.short")
IN_WORDS = 3
DAY_ENDS = timedelta(hours=4)
QUOTE = 80
MAY_ANSWER = 24  # letters of words that may have been an answer to an open question
COMMAND = re.compile(r"^/glimmer(@\w+)?\b", re.ASCII | re.IGNORECASE)


def keep(s: Situation) -> Answer:
    """A glimmer came."""
    assert isinstance(s.event, Said)
    message = s.event.message
    album = next((glimmer for glimmer in s.found.glimmers if message.album and glimmer.album == message.album), None)
    if album:
        return Answer(amended=(with_part(album, message),))
    return kept(s, message)


def kept(s: Situation, message: Message) -> Answer:
    """Keep this message: a reaction, and the first few times a word with it; on a heavy day the reaction alone.

    Words come too when it may have been meant as an answer to what is being asked. A question that was put off is
    answered by it; one on its way is not called back.
    """
    says = [react(s, message.id, KEPT, s.words("kept.short"))]
    told, asked = s.state.kept, s.state.nudge
    if not s.state.is_quiet(s.now) and (told < IN_WORDS or asked_again(s, message)):
        told = min(told + 1, IN_WORDS + 1)
        says.append(send(s, *acknowledged(s, KEPT_WORDS[told - 1], message), reply_to=message.id))
    return Answer(
        tuple(says),
        state=after_keeping(s, told),
        person=s.person,
        kept=(new_glimmer(s, message),),
        cancelled=(asked.id,) if asked and asked.snoozed else (),
    )


def after_keeping(s: Situation, told: int) -> State:
    """A place can be corrected, and a change of times undone, only until then; the welcome goes on."""
    state = s.state.asking(welcome_goes_on(s)) if s.state.step is Step.FIRST else s.state
    about = None if state.about == "place" else state.about
    after = replace(state, kept=told, about=about, last="")
    return s.state if after == s.state else after


def welcome_goes_on(s: Situation) -> Step:
    """After the first glimmer; on a heavy day nothing more is asked."""
    return Step.IDLE if s.state.is_quiet(s.now) else next_step(s)


def asked_again(s: Situation, message: Message) -> Step | None:
    """The question that comes with the acknowledgement: the next one of the welcome, or the open one that these
    words may have been meant to answer."""
    if s.state.is_quiet(s.now):
        return None
    if s.state.step is Step.FIRST:
        return next_step(s)
    may_answer = s.state.step in ASKED and not message.media and len(message.text) <= MAY_ANSWER
    return s.state.step if may_answer else None


def acknowledged(s: Situation, key: str, message: Message) -> tuple[str, Rows]:
    """Words and buttons for something kept, and the question that comes with them."""
    undo = (s.words("button.undo"), f"undo:{message.id}")
    step = asked_again(s, message)
    if step is None or step is Step.IDLE:
        return s.words(key), [[undo]]
    words, rows = question(s, step)
    words = s.words("zone.first") if s.state.step is Step.FIRST and step is Step.ZONE else words
    return f"{s.words(key)}\n\n{words}", [*rows[:-1], [undo, *rows[-1]]]


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
    return Part(message.id, COMMAND.sub("", message.text).strip(), message.media)


def with_part(glimmer: Glimmer, message: Message) -> Glimmer:
    """The glimmer with this message as one of its parts, replaced where it is one already."""
    parts = {part.message_id: part for part in glimmer.parts} | {message.id: part_of(message)}
    return replace(glimmer, parts=tuple(parts[number] for number in sorted(parts)))


def edited(s: Situation) -> Answer:
    """An edited message: the glimmer follows. What was never kept is offered, not taken."""
    assert isinstance(s.event, Edited)
    message = s.event.message
    if s.found.glimmers:
        changed = with_part(s.found.glimmers[0], message)
        return Answer((react(s, message.id, KEPT, s.words("edited")),), amended=(changed,))
    rows: Rows = [[(s.words("button.keep"), f"keep:{message.id}")]]
    return Answer((send(s, s.words("edited.unknown"), rows, reply_to=message.id),))


def undo(s: Situation) -> Answer:
    """The Undo button under an acknowledgement."""
    if not s.found.glimmers:
        return Answer((answer(s, s.words("undo.none")),))
    glimmer = s.found.glimmers[0]
    return Answer((answer(s, s.words(let_go(glimmer)), back_rows(s, glimmer)),), forgotten=(glimmer.id,))


def forget(s: Situation) -> Answer:
    """The glimmer of the message replied to, or else the newest one."""
    assert isinstance(s.event, Said)
    if not s.found.glimmers:
        return Answer((send(s, s.words("undo.none" if s.event.message.reply_to else "undo.nothing")),))
    glimmer = s.found.glimmers[0]
    quoted = glimmer.text and len(glimmer.parts) == 1
    words = s.words("forget.done", words=clipped(glimmer.text, QUOTE)) if quoted else s.words(let_go(glimmer))
    say = send(s, words, back_rows(s, glimmer), reply_to=glimmer.message_id)
    return Answer((say,), forgotten=(glimmer.id,))


def let_go(glimmer: Glimmer) -> str:
    return "undo.done" if len(glimmer.parts) == 1 else "undo.done.album"


def back_rows(s: Situation, glimmer: Glimmer) -> Rows:
    """A way back; none for an album, as Telegram hands over one picture of it at a time."""
    if len(glimmer.parts) > 1:
        return []
    return [[(s.words("button.back"), f"keep:{glimmer.message_id}")]]


def keep_after_all(s: Situation) -> Answer:
    """Put back, or keep now: the words are in the message that the question answered.

    A question that offers more (a person to talk to, a place) stays as it is.
    """
    assert isinstance(s.event, Pressed)
    question = s.event.message
    said = question.reply_to if question else None
    if question is None or said is None or said.from_bot or not (said.text or said.media):
        return Answer((send(s, s.words("keep.again")),))
    say = send if len(question.buttons) > 1 else answer
    return replace(kept_now(s, said), says=(say(s, *acknowledged(s, "keep.done", said)),))


def kept_now(s: Situation, said: Message) -> Answer:
    """The message as a glimmer, or as what its glimmer has become."""
    if s.found.glimmers:
        return Answer(amended=(with_part(s.found.glimmers[0], said),))
    # An album's parts come one by one: each is a glimmer of its own here.
    glimmer = replace(new_glimmer(s, said), album=None)
    return Answer(state=after_keeping(s, s.state.kept), kept=(glimmer,))


def other_kind(s: Situation) -> Answer:
    """Polls, contacts, dice: said kindly, not stored."""
    return Answer((send(s, s.words("kept.cannot")),))
