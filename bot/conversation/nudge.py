"""The question at its time, and what may be answered to it; put off, it is asked once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import once
from bot.conversation.events import Due, Said
from bot.conversation.prompts import Prompt, next_prompt, remembered
from bot.conversation.say import Moments, Rows, answer, below, moment, pressed_message, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import OpenNudge, State, Step
from bot.understanding.meaning import Snooze
from bot.understanding.phrases import phrase
from scheduler.grace import expiry, is_quiet
from scheduler.instants import instant
from storage.records import Nudge, Person, Priority

SNOOZE = timedelta(hours=1)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=20)  # that a question may be put off
MINUTE = timedelta(minutes=1)
HARD_DAY = timedelta(hours=24)
OLD = timedelta(hours=20)  # a question from another day is not put off any more


def fall_due(s: Situation) -> Answer:
    """A reminder's moment: one prompt, unless this is no time to ask."""
    assert isinstance(s.event, Due)
    due, expires = s.event, expiry(s.event.at, s.zone, s.preferences.quiet)
    if not may_ask(s.consented, s.state, s.now) or s.now >= expires:
        return Answer()
    if s.state.care_until:
        return checked_in(s, expires)
    prompt = next_prompt(s.library, s.state.seen, s.seed)
    nudge = Nudge(due.nudge_id, s.chat_id, due.reminder_id, due.day, due.slot, due.at, prompt.id)
    question = asked(s, prompt, nudge.id)
    seen = remembered(s.library, s.state.seen, prompt.id)
    return Answer(
        (replace(question, expires_at=expires),),
        state=replace(s.state.asking(Step.PROMPT), seen=seen, nudge=OpenNudge(nudge.id, nudge.day), last=""),
        asked=nudge,
    )


def checked_in(s: Situation, expires: datetime) -> Answer:
    """The first time after a day of care: hello, and nothing to answer. A locked screen shows nothing of why."""
    rows: Rows = [[(s.words("button.pause"), "pause")], [(s.words("button.person"), "person")]]
    say = send(s, s.words("care.checkin"), rows, priority=Priority.NUDGE, silent=s.preferences.silent)
    return Answer((replace(say, expires_at=expires),), state=replace(s.state, care_until=None, care_before=None))


def may_ask(person: Person, state: State, now: datetime) -> bool:
    """Asked once more just before a nudge leaves."""
    return not (person.paused or person.away or state.is_quiet(now) or state.in_recess(now))


def asked(s: Situation, prompt: Prompt, nudge_id: str) -> Say:
    """The question itself. It comes from the library alone: a locked screen shows nothing that was kept."""
    rows, silent = ways_out(s, nudge_id), s.preferences.silent
    return replace(send(s, prompt.text, rows, priority=Priority.NUDGE, silent=silent), nudge_id=nudge_id)


def ways_out(s: Situation, nudge_id: str) -> Rows:
    return [
        [
            (s.words("button.nottoday"), f"nottoday:{nudge_id}"),
            (s.words("button.later"), f"later:{nudge_id}"),
        ],
        [(s.words("button.hard"), f"hard:{nudge_id}")],
    ]


def ask_now(s: Situation) -> Answer:
    """/glimmer: a prompt, because they asked for one; not on a day after words about harm."""
    if s.state.in_care(s.now):
        return Answer((send(s, s.words("quiet.ask"), [[(s.words("button.person"), "person")]]),))
    prompt = next_prompt(s.library, s.state.seen, s.seed)
    seen = remembered(s.library, s.state.seen, prompt.id)
    rows: Rows = [[(s.words("button.nottoday"), "nottoday"), (s.words("button.hard"), "hard")]]
    return Answer((send(s, prompt.text, rows),), state=replace(s.state.asking(Step.PROMPT), seen=seen, last=""))


def not_today(s: Situation) -> Answer:
    """Nothing today is a full answer."""
    open_nudge = s.state.nudge.id if s.state.nudge else ""
    return Answer((below(s, s.words("nudge.nottoday")),), cancelled=(s.heard.arg or open_nudge,))


def bare_yes(s: Situation) -> Answer:
    """ "Yes" to a question is a full answer, too."""
    return Answer((send(s, s.words("nudge.yes")),))


def later(s: Situation) -> Answer:
    """The same question once more, in an hour or when they say; never into the night. Where none is open, a time that
    was said is a wish for one."""
    nudge, wish = s.found.nudge, s.heard.snooze or Snooze()
    if nudge is None or nudge.due_at < s.now - OLD or not may_ask(s.consented, s.state, s.now):
        return once.instead_of_snooze(s, wish) if wish != Snooze() else Answer((below(s, s.words("nudge.later.none")),))
    at = again_at(s, wish)
    if at is None or not SHORTEST <= at - s.now <= LONGEST:
        return Answer((below(s, s.words("nudge.later.past" if at and at <= s.now else "nudge.later.span")),))
    if is_quiet(at, s.zone, s.preferences.quiet):
        return Answer((below(s, s.words("nudge.later.night")),), cancelled=(nudge.id,))
    if not may_ask(s.consented, s.state, at):
        return Answer((below(s, s.words("nudge.later.none")),), cancelled=(nudge.id,))
    return put_off(s, nudge, at)


def again_at(s: Situation, wish: Snooze) -> datetime | None:
    """When a question that is put off is asked again; None if that is too far off to tell."""
    if wish.until is not None:
        return instant(s.now.astimezone(s.zone).date(), wish.until, s.zone)
    if wish.minutes is None:
        return s.now + SNOOZE
    return s.now + timedelta(minutes=wish.minutes) if wish.minutes <= LONGEST // MINUTE else None


def put_off(s: Situation, nudge: Nudge, at: datetime) -> Answer:
    """The same nudge, not before then."""
    prompt = next((known for known in s.library if known.id == nudge.prompt), s.library[0])
    again = replace(asked(s, prompt, nudge.id), not_before=at, expires_at=expiry(at, s.zone, s.preferences.quiet))
    is_today = at.astimezone(s.zone).date() == s.now.astimezone(s.zone).date()
    when = s.voice.clock(at, s.zone) if is_today else moment(s, at, s.zone)
    words = s.words("nudge.later" if is_today else "nudge.later.day", when=when)
    rows: Rows = [[(s.words("button.notlater"), f"notlater:{nudge.id}")]]
    state = replace(s.state.asking(Step.PROMPT), nudge=OpenNudge(nudge.id, nudge.day, snoozed=True))
    told = below(s, words, rows, Moments(when, ((when, at),)))
    return Answer((told, again), state=state, cancelled=(nudge.id,))


def not_later(s: Situation) -> Answer:
    """Put off no more: it stays open as it was asked, and is not asked again."""
    message, words = pressed_message(s), s.words("nudge.notlater")
    question = message.text.rpartition("\n\n")[0] if message else ""
    told = replace(answer(s, "\n\n".join(filter(None, [question, words]))), instead=words)
    open_nudge = s.state.nudge
    if open_nudge and open_nudge.id == s.heard.arg:
        open_nudge = replace(open_nudge, snoozed=False)
    return Answer((told,), state=replace(s.state, nudge=open_nudge), cancelled=(s.heard.arg,))


def hard_day(s: Situation) -> Answer:
    """A hard day: nothing to answer, nothing asked for a day, a person one tap away."""
    rows: Rows = [[(s.words("button.person"), "person")], [(s.words("button.okay"), "okay")]]
    state = replace(s.state.asking(Step.IDLE), quiet_until=s.now + HARD_DAY, last="hard")
    if isinstance(s.event, Said) and is_told(s.event.message.text):
        keep = [(s.words("button.words"), f"keep:{s.event.message.id}")]
        return Answer((send(s, s.words("hard.day"), [*rows, keep], reply_to=s.event.message.id),), state=state)
    return Answer((answer(s, s.words("hard.day"), rows),), state=state)


def is_told(text: str) -> bool:
    """Whether somebody says what makes it a hard day, in words they may want to have kept."""
    return phrase(text) is None and not text.startswith("/")


def okay_again(s: Situation) -> Answer:
    """They are okay: questions come again at their times, unless they were stopped for another reason, too."""
    state = replace(s.state, quiet_until=None, last="")
    key = "hard.over" if s.reminders and may_ask(s.consented, state, s.now) else "hard.over.quiet"
    return Answer((answer(s, s.words(key)),), state=state)


def hard_for_guest(s: Situation) -> Answer:
    """A hard day, before any yes."""
    return Answer((send(s, s.words("hard.guest"), [[(s.words("button.person"), "person")]]),))
