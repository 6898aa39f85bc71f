"""Keeping a glimmer: any words, photo, voice, place. Editing the message edits it; Undo lets it go.

An album is one glimmer, and a reply to something that is more than words adds to its glimmer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.conversation import aside
from bot.conversation.doubt import doubted, yes_button
from bot.conversation.doubt import question as told_in_doubt
from bot.conversation.events import Edited, Message, Pressed, Said, words_of
from bot.conversation.questions import ASKED, next_step, question
from bot.conversation.rhythm import hour_beside, with_answer
from bot.conversation.say import KEPT, Rows, answer, clipped, react, send
from bot.conversation.situation import Answer, Heard, Say, Situation
from bot.conversation.state import State, Step
from bot.conversation.taste import with_answered
from bot.conversation.values import replace
from bot.understanding.care import care_level
from storage.ids import new_id
from storage.records import Glimmer, Part

KEPT_WORDS = ("kept.1", "kept.2", "kept.3", "kept.short")
ADDED_WORDS = ("added",)
IN_WORDS = 3
DAY_ENDS = timedelta(hours=4)
QUOTE = 80
MAY_ANSWER = 24  # letters of words that may have been an answer to an open question
COMMAND = re.compile(r"^/glimmer(@\w+)?\b", re.ASCII | re.IGNORECASE)


def keep(s: Situation) -> Answer:
    """A glimmer came, or more to one that is kept."""
    assert isinstance(s.event, Said)
    message = s.event.message
    found = next(iter(s.found.glimmers), None)
    if found and is_of_album(found, message):
        return Answer((heart(s, message),), amended=(with_part(found, message),))
    return added(s, found, message) if found and found.media else kept(s, message)


def is_of_album(glimmer: Glimmer, message: Message) -> bool:
    """Whether this is one more picture of an album that is kept."""
    return message.album is not None and message.album in {part.album for part in glimmer.parts}


def kept(s: Situation, message: Message) -> Answer:
    """Keep this message: a reaction, and the first few times a word with it; on a heavy day the reaction alone.

    Words come too when it may have been meant as an answer to what is being asked. A question that was put off is
    answered by it; one on its way is let go by the courier.
    """
    asked, glimmer = s.state.nudge, new_glimmer(s, message)
    first = "kept.1" if message.text else "kept.1.wordless"
    says, told = noted(s, message, s.state.kept, (first, *KEPT_WORDS[1:]))
    answered = with_answered(s, after_keeping(s)) if s.state.step is Step.PROMPT else after_keeping(s)
    hour, state = hour_beside(s, with_answer(s, replace(answered, kept=told), glimmer))
    more, state = aside.beside(s, state, message, (*says, *hour))
    return Answer(
        (*says, *hour, *more),
        state=state,
        person=s.person,
        kept=(glimmer,),
        cancelled=(asked.id,) if asked and asked.snoozed else (),
    )


def added(s: Situation, glimmer: Glimmer, message: Message) -> Answer:
    """More to a glimmer, told by replying to it. Its day stays, and no question is answered by it."""
    says, told = noted(s, message, s.state.added, ADDED_WORDS, home=glimmer.message_id)
    return Answer(
        says, state=replace(aside.noticed(s, after_keeping(s)), added=told), amended=(with_part(glimmer, message),)
    )


def noted(
    s: Situation, message: Message, told: int, keys: Sequence[str], home: int | None = None
) -> tuple[tuple[Say, ...], int]:
    """A heart, with words while few were `told` or something is asked with them; and how many are told now."""
    if home is None and (doubt := doubted(s)):
        return (heart(s, message), in_doubt(s, message, doubt)), told
    if s.state.is_quiet(s.now) or (told >= IN_WORDS and not asked_again(s, message)):
        return (heart(s, message),), told
    words, rows = acknowledged(s, s.words(keys[min(told, len(keys) - 1)]), message, home)
    return (heart(s, message), send(s, words, rows, reply_to=message.id)), min(told + 1, IN_WORDS + 1)


def in_doubt(s: Situation, message: Message, doubt: Heard) -> Say:
    """Kept, and the other reading is offered."""
    words, rows = acknowledged(s, told_in_doubt(s, doubt), message)
    return send(s, words, [[yes_button(s, doubt, message.id)], *rows], reply_to=message.id)


def heart(s: Situation, message: Message) -> Say:
    return react(s, message.id, KEPT, s.words("kept.short"))


def after_keeping(s: Situation) -> State:
    """A place can be corrected, and a change of times undone, only until then; the welcome goes on."""
    state = s.state.asking(welcome_goes_on(s)) if s.state.step is Step.FIRST else s.state
    about = None if state.about == "place" else state.about
    return replace(state, about=about, last="")


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
    pressed = isinstance(s.event, Pressed)  # the question may stand in the very message that is changed
    may_answer = s.state.step in ASKED and (pressed or (not message.media and len(message.text) <= MAY_ANSWER))
    return s.state.step if may_answer else None


def acknowledged(s: Situation, told: str, message: Message, home: int | None = None) -> tuple[str, Rows]:
    """Words and buttons for something kept, and the question that comes with them.

    `home` is the message that began the glimmer this one was added to.
    """
    undo = (s.words("button.undo"), f"undo:{message.id}" + (f".{home}" if home else ""))
    step = asked_again(s, message)
    if step is None or step is Step.IDLE:
        return told, [[undo]]
    words, rows = question(s, step)
    words = s.words("zone.first") if s.state.step is Step.FIRST and step is Step.ZONE else words
    return f"{told}\n\n{words}", [*rows[:-1], [undo, *rows[-1]]]


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
    return Part(message.id, COMMAND.sub("", message.text).strip(), message.media, message.album)


def with_part(glimmer: Glimmer, message: Message) -> Glimmer:
    """The glimmer with this message as one of its parts, replaced where it is one already."""
    parts = {part.message_id: part for part in glimmer.parts} | {message.id: part_of(message)}
    return replace(glimmer, parts=tuple(parts[number] for number in sorted(parts)))


def edited(s: Situation) -> Answer:
    """An edited message: the glimmer follows. What was never kept is offered, not taken."""
    assert isinstance(s.event, Edited)
    message = s.event.message
    glimmer = next(iter(s.found.glimmers), None)
    if glimmer and message.id in {part.message_id for part in glimmer.parts}:
        changed = with_part(glimmer, message)
        return Answer((react(s, message.id, KEPT, s.words("edited")),), amended=(changed,))
    rows: Rows = [[(s.words("button.keep"), f"keep:{message.id}")]]
    return Answer((send(s, s.words("edited.unknown"), rows, reply_to=message.id),))


def undo(s: Situation) -> Answer:
    """The Undo button under an acknowledgement; pressed twice, it is let go once."""
    if not s.found.glimmers:
        return Answer((undone_before(s),))
    glimmer = s.found.glimmers[0]
    gone = brought(glimmer, number_meant(s.heard))
    say = answer(s, s.words(farewell(gone)), back_rows(s, glimmer, gone))
    return replace(without(s, glimmer, gone), says=(say,))


def number_meant(heard: Heard) -> int:
    """The message that a button is about; one that undoes an addition carries its home, too."""
    return int(heard.arg.partition(".")[0])


def undone_before(s: Situation) -> Say:
    """Pressed once more, it reads as it did: let go, with the way back where there is one."""
    said = words_meant(s)
    if said and said.album:
        return answer(s, s.words("undo.done.album"))
    home = s.heard.arg.partition(".")[2]
    return answer(s, s.words("undo.done"), way_back(s, f"join:{home}" if home else again(said, s.heard.arg)))


def forget(s: Situation) -> Answer:
    """What the message replied to brought, or else the newest one."""
    assert isinstance(s.event, Said)
    reply = s.event.message.reply_to
    if not s.found.glimmers:
        return Answer((send(s, s.words("undo.none" if reply else "undo.nothing")),))
    glimmer = s.found.glimmers[0]
    meant = reply.id if reply and not reply.from_bot else glimmer.parts[-1].message_id
    return let_go(s, glimmer, brought(glimmer, meant))


def let_go(s: Situation, glimmer: Glimmer, gone: Sequence[Part]) -> Answer:
    """Without these parts; told as an answer to the first of them, so that it can be put back."""
    quoted = len(gone) == 1 and gone[0].text
    words = s.words("forget.done", words=clipped(quoted, QUOTE)) if quoted else s.words(farewell(gone))
    say = send(s, words, back_rows(s, glimmer, gone), reply_to=gone[0].message_id)
    return replace(without(s, glimmer, gone), says=(say,))


def brought(glimmer: Glimmer, number: int) -> Sequence[Part]:
    """What came with the message of this number: itself, its album; everything, if it began the glimmer."""
    album = next((part.album for part in glimmer.parts if part.message_id == number), glimmer.album)
    came = [part for part in glimmer.parts if part.message_id == number or (album and part.album == album)]
    began = any(part.message_id == glimmer.message_id for part in came)
    return glimmer.parts if began or not came else came


def without(s: Situation, glimmer: Glimmer, gone: Sequence[Part]) -> Answer:
    """Where nothing of it is left, its day may be asked about again."""
    left = tuple(part for part in glimmer.parts if part not in gone)
    if left:
        return Answer(amended=(replace(glimmer, parts=left),))
    state = replace(s.state, wrote=None) if s.state.wrote == glimmer.day and not glimmer.nudge_id else None
    return Answer(state=state, forgotten=(glimmer.id,))


def farewell(gone: Sequence[Part]) -> str:
    return "undo.done" if len(gone) == 1 else "undo.done.album"


def back_rows(s: Situation, glimmer: Glimmer, gone: Sequence[Part]) -> Rows:
    """A way back; none for several messages, as Telegram hands over one of them at a time."""
    if len(gone) > 1:
        return []
    home = glimmer.message_id
    return way_back(s, again(gone[0], home) if len(glimmer.parts) == 1 else f"join:{home}")


def again(said: Message | Part | None, number: int | str) -> str:
    """Words about harm were met when they came; to put them back is to keep a note."""
    return f"note:{number}" if said and care_level(said.text) else f"keep:{number}"


def way_back(s: Situation, data: str) -> Rows:
    return [[(s.words("button.back"), data)]]


def keep_after_all(s: Situation) -> Answer:
    """Put back, or keep now: the words are in the message that the question answered.

    A question that offers more (a person to talk to, a place) stays as it is.
    """
    assert isinstance(s.event, Pressed)
    said = words_meant(s)
    is_other = said and s.heard.name != "press join" and said.id != number_meant(s.heard)
    if s.event.message is None or said is None or is_other:
        return Answer((send(s, s.words("keep.again")),))
    home = int(s.heard.arg) if s.heard.name == "press join" and s.found.glimmers else None
    told = acknowledged(s, s.words("keep.done"), said, home)
    stays = len(s.event.message.buttons) > 1
    return replace(kept_now(s, said), says=(send(s, *told, reply_to=said.id) if stays else answer(s, *told),))


def words_meant(s: Situation) -> Message | None:
    """The person's message that the pressed one answered, if Telegram still gives it."""
    said = words_of(s.event)
    return said if said and (said.text or said.media) else None


def kept_now(s: Situation, said: Message) -> Answer:
    """The message as a glimmer, or as a part of the one that it, or its album, belongs to."""
    if s.found.glimmers:
        return Answer(amended=(with_part(s.found.glimmers[0], said),))
    return Answer(state=after_keeping(s), kept=(new_glimmer(s, said),))


def other_kind(s: Situation) -> Answer:
    """Polls, contacts, dice: said kindly, not stored."""
    return Answer((send(s, s.words("kept.cannot")),))
