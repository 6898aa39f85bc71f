"""What comes of itself at its time: a question, a person's own words, a letter; and what may be answered to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from bot.conversation.events import Due
from bot.conversation.letter import in_letter
from bot.conversation.plan import course_of
from bot.conversation.pools import from_pool
from bot.conversation.prompts import Prompt, draw, next_prompt
from bot.conversation.rhythm import beforehand, farewell
from bot.conversation.say import Rows, below, send
from bot.conversation.season import moment_of
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import OpenNudge, State, Step
from bot.conversation.taste import taste_of, with_asked, with_skipped
from bot.conversation.values import replace
from scheduler.budget import Unasked, fits
from scheduler.grace import expiry
from scheduler.plan import coming, is_once
from scheduler.rhythm import Turn
from scheduler.rule import Rule, minutes_of
from storage.records import Kind, Nudge, Person, Priority, Reminder

AHEAD = timedelta(hours=24)
HELPED = timedelta(hours=1)  # how long words are an answer to what helped
ANCHOR = "anchor"
STEADY = timedelta(days=7)  # how long a day they called steady speaks for the next ones
MANY_KEPT, ONE_IN = 3, 10
LINES_OF = ("hope", "supports")
SINCE_SAID = timedelta(hours=3)  # that a day is hard, before a line comes of itself


def fall_due(s: Situation) -> Answer:
    """A reminder's moment: what it is there for, unless this is no time for it."""
    assert isinstance(s.event, Due)
    expires = expiry(s.event.at, s.zone, s.preferences.quiet)
    reminder = next((one for one in s.reminders if one.id == s.event.reminder_id), None)
    if reminder is None or s.now >= expires:
        return Answer()
    if s.state.checkin == reminder.id and may_check_in(s):
        return checked_in(s, reminder)
    if not may_ask(s.consented, s.state, s.now):
        return quiet_line(s, reminder) or Answer()
    kind = Kind.HELLO if s.state.care_until else reminder.kind
    return (SENDING[kind](s, reminder) if is_once(reminder) or is_room(s, kind) else None) or Answer()


def quiet_line(s: Situation, reminder: Reminder) -> Answer | None:
    """On a hard day, where a question would come: once a line that asks nothing. It is no question, answered or not."""
    may = may_say_line(s) and s.state.hard_for(s.now) >= SINCE_SAID
    if not may or s.state.line or reminder.kind is not Kind.PROMPT or not is_room(s, Kind.PROMPT):
        return None
    line, state = from_pool(s, LINES_OF[draw(s.seed, len(LINES_OF))], asks=False)
    nudge = nudge_of(s, Kind.PROMPT, line.id)
    rows: Rows = [[(s.words("button.silent3"), "hush")], [(s.words("button.person"), "person")]]
    return told(s, line.text, rows, nudge, replace(state, line=nudge.id))


def may_say_line(s: Situation) -> bool:
    return s.state.takes_line(s.now) and not (s.consented.paused or s.consented.away or s.state.in_recess(s.now))


def may_check_in(s: Situation) -> bool:
    """A hello they asked for comes on a hard day, too; not after words about harm, nor while they want nothing."""
    return not s.state.care_until and (may_say_line(s) or may_ask(s.consented, s.state, s.now))


def checked_in(s: Situation, reminder: Reminder) -> Answer:
    """In its soft words, with nothing to answer. On a hard day it is the line of that day."""
    nudge = nudge_of(s, Kind.WORDS)
    hard = s.state.is_quiet(s.now)
    rows: Rows = [[(s.words("button.toolkit"), "go:toolkit")]]
    rows = [*rows, [(s.words("button.person"), "person")]] if hard else [*rows, *own_ways_out(s, nudge.id)]
    return told(s, reminder.words, rows, nudge, replace(s.state, line=nudge.id if hard else s.state.line, checkin=""))


def helped_asked(s: Situation) -> Answer:
    """The day after a hard one, once, instead of a question: did anything help? What they type soon is the answer."""
    nudge = nudge_of(s, Kind.PROMPT, "helped")
    rows: Rows = [
        [(s.words("button.helped"), "helped"), (s.words("button.helped.no"), "nothelped")],
        [(s.words("button.helped.skip"), "nothelped")],
    ]
    asking = replace(s.state, rough=None).asking(Step.NOTE, "helped", until=s.now + HELPED)
    return told(s, s.words("helped.ask"), rows, nudge, asking)


def is_room(s: Situation, kind: Kind) -> bool:
    """Whether it fits in beside what came lately, and what is needed more and still to come today."""
    assert isinstance(s.event, Due)
    here = Unasked(s.event.at, s.event.day, kind)
    return fits(here, s.found.sent, more_to_come(s, s.event))


def more_to_come(s: Situation, due: Due) -> Iterator[Unasked]:
    """All that the other reminders have for the next day."""
    others = [one for one in s.reminders if one.id != due.reminder_id]
    course = course_of(s.consented, s.state)
    for other in others:
        for moment in coming(other, due.at, course):
            if moment.at > due.at + AHEAD:
                break
            yield Unasked(moment.at, moment.day, other.kind)


def nudge_of(s: Situation, kind: Kind, prompt: str = "") -> Nudge:
    due = s.event
    assert isinstance(due, Due)
    return Nudge(due.nudge_id, s.chat_id, due.reminder_id, due.day, due.slot, due.at, prompt, kind=kind)


def prompted(s: Situation, reminder: Reminder) -> Answer | None:
    """A question from the library; none where they wrote today already, or where none came back for long."""
    assert isinstance(s.event, Due)
    rhythm, day = s.state.rhythm, s.event.day
    counts = not is_once(reminder)
    if counts and not s.preferences.anyway and s.state.wrote == day:
        return None
    turn = rhythm.turn(day) if counts else Turn.ASK
    if turn is Turn.LET_GO:
        return None
    if turn is Turn.FAREWELL:
        return told(s, *farewell(s), nudge_of(s, Kind.PROMPT), replace(s.state, rhythm=rhythm.asked(day)))
    if s.state.rough and s.state.rough < day and not s.state.is_quiet(s.now):
        return helped_asked(s)
    prompt = own_anchor(s) or next_prompt(s.library, taste_of(s.state), s.seed, moment_of(s, s.event.at))
    nudge = nudge_of(s, Kind.PROMPT, prompt.id)
    words = "\n\n".join(filter(None, [prompt.text, beforehand(s) if counts else ""]))
    return Answer(
        (asked(s, words, nudge),),
        state=with_asked(s.state, prompt).asking(
            Step.PROMPT,
            nudge=OpenNudge(nudge.id, nudge.day, at=minute_of(s, reminder), once=not counts),
            rhythm=rhythm.asked(day) if counts else rhythm,
            last="",
        ),
        asked=nudge,
    )


def own_anchor(s: Situation) -> Prompt | None:
    """Now and then, on steady days alone: one of their own is there to be read, by a tap."""
    assert isinstance(s.event, Due)
    way, day = s.state.footing or ("", "")
    is_steady = way == "steady" and s.event.day - date.fromisoformat(day) <= STEADY
    rests = ANCHOR in s.state.seen[-ONE_IN:]
    if not is_steady or rests or s.state.kept <= MANY_KEPT or draw((*s.seed, ANCHOR), ONE_IN):
        return None
    return Prompt(ANCHOR, ANCHOR, s.words("nudge.anchor"))


def minute_of(s: Situation, reminder: Reminder) -> int | None:
    """The minute of the day it was named for; None where it was drawn, or asked once."""
    rule = Rule.from_json(reminder.rule)
    assert isinstance(s.event, Due)
    return minutes_of(time.fromisoformat(s.event.slot)) if rule.times and not rule.on else None


def own_words(s: Situation, reminder: Reminder) -> Answer:
    """What they wished to be told, as they wrote it."""
    nudge = nudge_of(s, Kind.WORDS)
    return told(s, reminder.words, own_ways_out(s, nudge.id), nudge, s.state)


def letter(s: Situation, _reminder: Reminder) -> Answer | None:
    """How much they kept that week, to be opened by a tap: a locked screen shows nothing of it."""
    if not s.found.total:
        return None
    return told(s, *in_letter(s), nudge_of(s, Kind.LETTER), s.state)


def told(s: Situation, words: str, rows: Rows, nudge: Nudge, state: State) -> Answer:
    """Something that asks for no glimmer: a question before it is no longer open."""
    past = replace(state.past(Step.PROMPT), nudge=None, last="")
    return Answer((unasked(s, words, rows, nudge.id),), state=past, asked=nudge)


def hello_again(s: Situation, _reminder: Reminder) -> Answer:
    """The first time after a day of care: hello, and nothing to answer. A locked screen shows nothing of why."""
    nudge = nudge_of(s, Kind.HELLO)
    rows: Rows = [[(s.words("button.pause"), "pause")], [(s.words("button.person"), "person")]]
    state = replace(s.state, care_until=None, care_before=None)
    return Answer((unasked(s, s.words("care.checkin"), rows, nudge.id),), state=state, asked=nudge)


Sending = Callable[[Situation, Reminder], Answer | None]
SENDING: dict[Kind, Sending] = {
    Kind.PROMPT: prompted,
    Kind.WORDS: own_words,
    Kind.LETTER: letter,
    Kind.HELLO: hello_again,
}


def may_ask(person: Person, state: State, now: datetime) -> bool:
    """Asked once more just before a nudge leaves."""
    return not (person.paused or person.away or state.is_quiet(now) or state.in_recess(now))


def asked(s: Situation, words: str, nudge: Nudge) -> Say:
    """The question itself. It comes from the library alone: a locked screen shows nothing that was kept."""
    shows: Rows = [[(s.words("button.anchor.one"), "go:anchor")]] if nudge.prompt == ANCHOR else []
    return unasked(s, words, [*shows, *ways_out(s, nudge.id)], nudge.id)


def unasked(s: Situation, words: str, rows: Rows, nudge_id: str) -> Say:
    """With a moment's grace, where it comes at its own."""
    say = send(s, words, rows, priority=Priority.NUDGE, silent=s.preferences.silent)
    expires = expiry(s.event.at, s.zone, s.preferences.quiet) if isinstance(s.event, Due) else None
    return replace(say, nudge_id=nudge_id, expires_at=expires)


def said_of(s: Situation, nudge: Nudge) -> str:
    """What a nudge says, to be said once more."""
    if nudge.kind is Kind.WORDS:
        return next((one.words for one in s.reminders if one.id == nudge.reminder_id), "")
    if nudge.prompt == ANCHOR:
        return s.words("nudge.anchor")
    return next((known.text for known in s.library if known.id == nudge.prompt), s.library[0].text)


def ways_out(s: Situation, nudge_id: str) -> Rows:
    return [
        [
            (s.words("button.nottoday"), f"nottoday:{nudge_id}"),
            (s.words("button.later"), f"later:{nudge_id}"),
        ],
        [(s.words("button.hard"), f"hard:{nudge_id}")],
    ]


def own_ways_out(s: Situation, nudge_id: str) -> Rows:
    return [[(s.words("button.later"), f"later:{nudge_id}")]]


def ask_now(s: Situation) -> Answer:
    """/glimmer: a prompt, because they asked for one; not on a day after words about harm."""
    if s.state.in_care(s.now):
        return Answer((send(s, s.words("quiet.ask"), [[(s.words("button.person"), "person")]]),))
    prompt = next_prompt(s.library, taste_of(s.state), s.seed, moment_of(s, s.now))
    rows: Rows = [[(s.words("button.nottoday"), "nottoday"), (s.words("button.hard"), "hard")]]
    return Answer((send(s, prompt.text, rows),), state=with_asked(s.state, prompt).asking(Step.PROMPT, last=""))


def not_today(s: Situation) -> Answer:
    """Nothing today is a full answer."""
    open_nudge = s.state.nudge.id if s.state.nudge else ""
    skipped = with_skipped(s, s.state) if s.state.step is Step.PROMPT else None
    return Answer((below(s, s.words("nudge.nottoday")),), state=skipped, cancelled=(s.heard.arg or open_nudge,))


def bare_yes(s: Situation) -> Answer:
    """ "Yes" to a question is a full answer, too."""
    return Answer((send(s, s.words("nudge.yes")),))
