"""Between hearing and answering: one reading for the whole batch of what the answers want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from random import Random

from bot.conversation import keep, look
from bot.conversation.anchor import SHUT
from bot.conversation.events import Edited, Message, Pressed, Said
from bot.conversation.letter import week_due
from bot.conversation.pools import order_of
from bot.conversation.recall import offset
from bot.conversation.rules import needs
from bot.conversation.situation import Found, Need, Recalled, Situation
from bot.conversation.trail import SEVEN
from bot.conversation.values import replace
from bot.conversation.view import PAGE, view_of
from bot.search import look_up
from scheduler.budget import Unasked
from storage import glimmers, notes, nudges
from storage.records import Glimmer, Nudge, Person, Span
from storage.store import Tx

DRAWN = 12  # glimmers, of which one is handed back
LOOK_BACK = timedelta(days=3)
A_DAY = timedelta(days=1, hours=2)  # the longest
NOTHING = Found()
LOOKING_BACK = {Need.SEVEN, Need.LOOK, Need.AFTER_HARD}
TO_KEEP = ("press keep", "press note", "press join", "press yes", "press notplace")
ABOUT_MARKS = ("name told", "said told")
ABOUT_MESSAGES = (
    *TO_KEEP,
    *(f"press {verb}" for verb in ("undo", "show", "letgo", "sure", "shut", "unshut", "aside", "share")),
)


def gather(tx: Tx, situations: Sequence[Situation]) -> list[Situation]:
    """The situations with what each wants found in it."""
    wanted = [(s, needs(s)) for s in situations]
    messages = kept_from(tx, [s for s, needed in wanted if Need.MESSAGE in needed])
    asked = nudges_meant(tx, [s for s, needed in wanted if Need.NUDGE in needed])
    planning = [s.chat_id for s, needed in wanted if Need.USED in needed and s.person]
    used = nudges.used(tx, planning, (situations[0].now - LOOK_BACK).date()) if planning else {}
    unasked = [s.chat_id for s, needed in wanted if {Need.SENT, Need.USED} & needed and s.person]
    sent = nudges.since(tx, unasked, situations[0].now - A_DAY) if unasked else {}
    writers = {s.chat_id: s.person for s, needed in wanted if Need.NOTES in needed and s.person}
    written = notes.of_people(tx, writers) if writers else {}
    return [
        with_found(
            tx,
            s,
            needed,
            Found(
                messages.get(s.chat_id, ()),
                0,
                asked.get(s.chat_id),
                used,
                sent=lately(sent, s.chat_id),
                notes=tuple(written.get(s.chat_id, ())),
            ),
        )
        for s, needed in wanted
    ]


def lately(sent: Mapping[int, Sequence[Nudge]], person_id: int) -> tuple[Unasked, ...]:
    return tuple(Unasked(nudge.due_at, nudge.day, nudge.kind) for nudge in sent.get(person_id, ()))


def with_found(tx: Tx, s: Situation, needed: frozenset[Need], found: Found) -> Situation:
    """The situation with what was read for all, and what only this one wants; what was searched for is there."""
    if Need.RECALL in needed and view_of(s.heard):
        here = s.found if s.found.recalled else look_up(tx, s)
        found = replace(found, glimmers=here.glimmers, total=here.total, recalled=here.recalled)
    if Need.PAGE in needed and s.person:
        page = tuple(glimmers.newest(tx, s.person, offset(s), PAGE))
        found = replace(found, glimmers=page, total=glimmers.count(tx, s.chat_id))
    elif Need.WEEK in needed and (week := week_due(s)):
        found = replace(found, total=glimmers.count(tx, s.chat_id, week))
    elif Need.ANCHOR in needed and s.person:
        found = replace(found, glimmers=anchor_for(tx, s, s.person))
    elif LOOKING_BACK & needed and s.person:
        found = looked_back(tx, replace(s, found=found), needed, s.person)
    elif Need.NEWEST in needed and s.person and message_meant(s) is None:
        found = replace(found, glimmers=tuple(glimmers.last(tx, s.person)))
    return s if found == NOTHING else replace(s, found=found)


def anchor_for(tx: Tx, s: Situation, person: Person) -> tuple[Glimmer, ...]:
    """One of their glimmers, drawn: none that was put away, and none they saw of late while there are others."""
    total = glimmers.count(tx, person.id)
    drawn = Random(repr(s.seed)).sample(range(total), min(total, DRAWN))
    found = [one for spot in drawn for one in glimmers.newest(tx, person, spot, 1)]
    open_ = [one for one in found if SHUT not in one.marks]
    order = order_of(s.state)
    return tuple(sorted(open_, key=lambda one: order.get(one.id, -1))[:1])


def looked_back(tx: Tx, s: Situation, needed: frozenset[Need], person: Person) -> Found:
    """The last seven, what came after hard days, or all of it at a glance."""
    if Need.SEVEN in needed:
        return replace(s.found, glimmers=tuple(glimmers.newest(tx, person, 0, SEVEN)))
    if Need.AFTER_HARD in needed:
        return replace(s.found, glimmers=after_hard(tx, s, person))
    return looked_over(tx, s, person, s.found)


def looked_over(tx: Tx, s: Situation, person: Person, found: Found) -> Found:
    """What is kept of all days or of a month: the newest of them and the very first, and what lies beside."""
    span = look.span_of(s.heard.arg if s.heard.name == "press look" else "")
    total = glimmers.count(tx, person.id, span)
    read = glimmers.newest(tx, person, 0, look.MOST_READ, span)
    first = glimmers.oldest(tx, person, 0, 1, span) if total > len(read) else []
    before, after = glimmers.days_beside(tx, person.id, span)
    return replace(found, glimmers=(*read, *first), total=total, recalled=Recalled(before=before, after=after))


def after_hard(tx: Tx, s: Situation, person: Person) -> tuple[Glimmer, ...]:
    """What was kept first after each of the last hard days."""
    days = look.hard_days(s)[: look.MOST_DAYS]
    found = [one for day in days for one in glimmers.oldest(tx, person, 0, 1, Span(day + timedelta(days=1)))]
    return tuple({one.id: one for one in found if SHUT not in one.marks}.values())


def message_meant(s: Situation) -> int | None:
    """The number of the person's message that an edit, a reply or a button is about."""
    if s.heard.name in ABOUT_MARKS:
        return int((s.state.about or "").partition(".")[2] or 0)
    match s.event:
        case Edited(message):
            return message.id
        case Pressed():
            return keep.number_meant(s.heard) if s.heard.name in ABOUT_MESSAGES and s.heard.arg else None
        case Said(message) if message.reply_to and not message.reply_to.from_bot:
            return message.reply_to.id
    return None


def album_meant(s: Situation) -> str | None:
    """The album of the message, or of the one that a question was about."""
    match s.event:
        case Said(message) | Edited(message):
            return message.album
        case Pressed(message=question) if s.heard.name in TO_KEEP and question and question.reply_to:
            return question.reply_to.album
    return None


def put_back(s: Situation) -> int | None:
    """The message that shall go back into a glimmer it was added to."""
    match s.event:
        case Pressed(message=question) if s.heard.name == "press join" and question and question.reply_to:
            return question.reply_to.id
    return None


def kept_from(tx: Tx, situations: Sequence[Situation]) -> dict[int, tuple[Glimmer, ...]]:
    """For each person, the glimmer that the message meant, or its album, became; for one to be put back into a
    glimmer first its own, if it was kept by itself since."""
    members = [s for s in situations if s.person]
    back = {s.chat_id: number for s in members if (number := put_back(s)) is not None}
    messages = [(s.chat_id, number) for s in members if (number := message_meant(s)) is not None] + list(back.items())
    albums = [(s.chat_id, album) for s in members if (album := album_meant(s)) is not None]
    keys = {s.chat_id: s.person.key for s in members if s.person}
    found = glimmers.of_messages(tx, messages, albums, keys)
    found.sort(key=lambda glimmer: back.get(glimmer.person_id) in {part.message_id for part in glimmer.parts})
    return {glimmer.person_id: (glimmer,) for glimmer in found}


def nudges_meant(tx: Tx, situations: Iterable[Situation]) -> dict[int, Nudge]:
    """For each person, the nudge that a reply, a button or "later" is about; never somebody else's."""
    replies, ids = [], {}
    for s in situations:
        replied = question(s)
        if replied:
            replies.append((s.chat_id, replied.id))
        elif s.heard.name != "glimmer":
            ids[s.chat_id] = s.heard.arg or (s.state.nudge.id if s.state.nudge else "")
    by_id = nudges.by_id(tx, [nudge_id for nudge_id in ids.values() if nudge_id]) if any(ids.values()) else {}
    meant = {nudge.person_id: nudge for nudge in by_id.values() if ids.get(nudge.person_id) == nudge.id}
    by_message = nudges.of_messages(tx, replies) if replies else {}
    return meant | {person_id: nudge for (person_id, _), nudge in by_message.items()}


def question(s: Situation) -> Message | None:
    """The bot's message that this one replies to."""
    message = s.event.message if isinstance(s.event, Said) else None
    return message.reply_to if message and message.reply_to and message.reply_to.from_bot else None
