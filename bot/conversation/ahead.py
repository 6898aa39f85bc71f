"""A few metres ahead: one thing today, one step this week. It lapses by itself, and is asked after if they wish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.conversation import noting
from bot.conversation.edit import Edit, coming, echo
from bot.conversation.once import is_free
from bot.conversation.plan import new_reminders
from bot.conversation.say import Rows, answer, clipped
from bot.conversation.season import light_grows
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import ways_on
from bot.conversation.values import replace
from bot.conversation.weekly import at_a_free_hour
from scheduler.instants import instant
from scheduler.rule import Rule
from storage.records import Kind, Note, NoteKind

EVENING, SUNDAY = time(20), 6
AT_LEAST = timedelta(hours=1)  # between what is looked forward to and being asked after it
MONDAY, MORNINGS = frozenset({0}), (9, 10, 11, 12, 17, 18)
KINDS = {"today": NoteKind.TODAY, "week": NoteKind.STEP}
QUOTE = 200


def ahead(s: Situation) -> Answer:
    """What is there to look forward to, and the two questions."""
    here = list(open_ones(s))
    told = [s.words(f"ahead.{about_of(note)}.now", words=clipped(note.words, QUOTE)) for note in here]
    light = [s.words("season.light")] if light_grows(s, s.now) else []
    words = "\n\n".join([*light, s.words("ahead"), *told])
    gone = [[(s.words(f"button.ahead.gone.{about_of(note)}"), f"unnote:{note.id}")] for note in here]
    asks = [(s.words("button.ahead.today"), "ahead:today"), (s.words("button.ahead.week"), "ahead:week")]
    return Answer((answer(s, words, [asks, *gone, *ways_on(s)]),), state=s.state.past(Step.NOTE))


def open_ones(s: Situation) -> Iterator[Note]:
    """Of today and of this week; older ones have lapsed."""
    today = s.now.astimezone(s.zone).date().isoformat()
    return (note for kind in KINDS.values() for note in noting.of_kind(s, kind) if note.about >= today)


def about_of(note: Note) -> str:
    return next(about for about, kind in KINDS.items() if kind is note.kind)


def asked(s: Situation) -> Answer:
    """One of the two questions; on a hard day neither has to be answered."""
    about = s.heard.arg
    rows: Rows = [[(s.words("button.ahead.weekly"), "weekly")]] if about == "week" else []
    return noting.ask(s, about, s.words(f"note.ask.{about}"), rows)


def told(s: Situation) -> Answer:
    """Kept until it lapses; the last one of its kind gives way to it."""
    about = (s.state.about or "today").partition(".")[0]
    day = until(s, about)
    note = noting.new_note(s, KINDS[about], clipped(s.heard.arg, noting.LONGEST), day.isoformat())
    before = tuple(old.id for old in noting.of_kind(s, KINDS[about]))
    asks = [[(s.words("button.ahead.ask"), f"askafter:{note.id}")]] if moment_after(s, note) else []
    words = s.words(f"ahead.{about}.kept", words=clipped(note.words, QUOTE))
    say = answer(s, words, [*asks, [noting.undo_button(s, note), (s.words("button.enough"), "go:enough")]])
    return Answer((say,), state=s.state.asking(Step.IDLE), noted=(note,), unnoted=before)


def until(s: Situation, about: str) -> date:
    """Today, or the Sunday of this week."""
    today = s.now.astimezone(s.zone).date()
    return today if about == "today" else today + timedelta(days=SUNDAY - today.weekday())


def moment_after(s: Situation, note: Note) -> datetime | None:
    """In the evening of its day, if that is far enough ahead and anything is asked then."""
    at = instant(date.fromisoformat(note.about), EVENING, s.zone)
    may = at is not None and at - s.now >= AT_LEAST and is_free(s, at) and not s.consented.paused
    return at if may else None


def asked_after(s: Situation) -> Answer:
    """They want to be asked, once: did it come? In words that a locked screen may show."""
    mine = (note for kind in KINDS.values() for note in noting.of_kind(s, kind))
    note = next((one for one in mine if one.id == s.heard.arg), None)
    at = moment_after(s, note) if note else None
    if note is None or at is None:
        return ahead(s)
    words = s.words("ahead.asks", words=clipped(note.words, QUOTE))
    once = Rule.once(date.fromisoformat(note.about), EVENING)
    new = new_reminders(s, [once.as_json()], Kind.WORDS, words)
    told_ = s.words("ahead.asked", next=coming(s, s.consented, new))
    return echo(s, Edit([*s.reminders, *new], (told_,), new, complete=True))


def weekly(s: Situation) -> Answer:
    """The question of the week, each Monday morning until they change it."""
    new = new_reminders(s, [at_a_free_hour(s, MONDAY, MORNINGS).as_json()], Kind.WORDS, s.words("note.ask.week"))
    told_ = s.words("ahead.weekly")
    return echo(replace(s, state=s.state.past(Step.NOTE)), Edit([*s.reminders, *new], (told_,), new, sets=True))
