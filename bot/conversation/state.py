"""Where a conversation stands, as one small value that is sealed with the person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.conversation.preferences import COMMON, Preferences
from bot.conversation.values import replace
from scheduler.recurrence import Recess
from scheduler.rhythm import Rhythm


class Step(StrEnum):
    """What the bot asked last and would still take an answer to."""

    IDLE = "idle"
    FIRST = "first"
    ZONE = "zone"
    TIMES = "times"
    RETIME = "retime"
    ERASE = "erase"
    PROMPT = "prompt"
    QUIET = "quiet"
    COUNTRY = "country"
    FORGET = "forget"
    WORDS = "words"
    NOTE = "note"
    GROUND = "ground"


FRESH_RHYTHM = Rhythm()
HARD_DAY = timedelta(hours=24)
IN_MENUS = (Step.RETIME, Step.QUIET, Step.COUNTRY)  # asked in a message of buttons, and left with it


@dataclass(frozen=True)
class OpenNudge:
    """The question asked last, as long as nothing else was said since; `snoozed` while it waits to be asked again, `at`
    the minute of the day that its time was named for, `answered` once something was kept in answer;
    `once` where it was asked for at that moment."""

    id: str
    day: date
    snoozed: bool = False
    at: int | None = None
    answered: bool = False
    once: bool = False


@dataclass(frozen=True)
class State:
    """What the bot remembers of one conversation.

    `about`: what the open question is about (a reminder's id; "place" when a place may still be corrected,
    "no place" when one may still be told; the days a time is asked for, as a button carries them; the ids of glimmers
    that may be let go).
    `unsure`: the person's words for a time that may be morning or evening.
    `own`: their own words, for which a time is asked.
    `kept`, `added`: how many glimmers, and additions to one, were acknowledged in words.
    `seen`: prompts asked lately, newest last.
    `care_before`: what `care_until` was before the last words about harm.
    `before`: the rules before the last change of reminders, with the stamp its Undo carries.
    `rhythm`: how it goes with the questions; `wrote`: the last day they wrote of, unasked.
    `recess`: from when to when they want no questions; it may be over. `pause_before`: how pauses stood before the last
    change of them, as `pause.py` writes it.
    `asked_in`: the message that was changed to ask the open question, if one was.
    `until`: until when words are an answer to the open question, where that is not for long. `guided_until`: until when
    something is said bit by bit.
    `silent_until`: until when nothing at all comes of itself, not even a line; `line`: the nudge that is such a line.
    `rough`: the hard day that is still to be asked about, once. `drawn`: what was shown lately of the pools.
    `liked`: how often each kind of prompt was asked and answered. `told`: what is told once, and was.
    `step_until`: until when "did it" is about a tiny step. `checkin`: the reminder that is a hello they asked for,
    which may come on a hard day, too.
    `footing`: how they said they stand, and when. `asides`: what is asked after a glimmer, see `aside.py`.
    `last`: what was done last, by its name in `undo.py`; "" if that was keeping a glimmer, or too long ago to undo.
    """

    step: Step = Step.IDLE
    about: str | None = None
    unsure: str | None = None
    own: str = ""
    country: str | None = None
    kept: int = 0
    added: int = 0
    seen: tuple[str, ...] = ()
    nudge: OpenNudge | None = None
    quiet_until: datetime | None = None
    care_until: datetime | None = None
    care_before: datetime | None = None
    rhythm: Rhythm = FRESH_RHYTHM
    wrote: date | None = None
    recess: Recess | None = None
    pause_before: str = ""
    before: tuple[dict[str, Any], ...] = ()
    stamp: str | None = None
    last: str = ""
    preferences: Preferences = COMMON
    asked_in: int | None = None
    until: datetime | None = None
    guided_until: datetime | None = None
    silent_until: datetime | None = None
    line: str = ""
    step_until: datetime | None = None
    checkin: str = ""
    rough: date | None = None
    drawn: tuple[str, ...] = ()
    liked: dict[str, list[float]] = field(default_factory=dict, hash=False)
    told: tuple[str, ...] = ()
    footing: tuple[str, str] | None = None
    asides: dict[str, Any] = field(default_factory=dict, hash=False)

    def as_json(self) -> dict[str, Any]:
        """Only what differs from a fresh start."""
        changed = {name: value for name, value in vars(self).items() if value is not AT_FIRST[name]}
        return {name: plain(value) for name, value in changed.items() if value != AT_FIRST[name]}

    @staticmethod
    def from_json(values: dict[str, Any]) -> State:
        return replace(FRESH, **{name: READ.get(name, same)(value) for name, value in values.items()})

    def asking(self, step: Step, about: str | None = None, **more: Any) -> State:
        """The same with another question open, and what else is different with it."""
        plain_question: dict[str, Any] = {"unsure": None, "own": "", "asked_in": None, "until": None}
        return replace(self, step=step, about=about, **plain_question | more)

    def past(self, *steps: Step) -> State:
        """The same with these questions no longer open."""
        return self.asking(Step.IDLE) if self.step in steps else self

    def is_quiet(self, now: datetime) -> bool:
        """A hard day, or a day after words about harm: nothing is asked."""
        return self.asks_from(now) > now

    def in_recess(self, moment: datetime) -> bool:
        return self.recess is not None and moment in self.recess

    def in_care(self, now: datetime) -> bool:
        """Within a day of words about harm."""
        return self.care_until is not None and now < self.care_until

    def asks_from(self, now: datetime) -> datetime:
        """From when on anything is asked, but for a recess: now, unless it is quiet."""
        return max(now, self.quiet_until or now, self.care_until or now, self.silent_until or now)

    def hard_for(self, now: datetime) -> timedelta:
        """Since when it is a hard day."""
        return now - (self.quiet_until or now) + HARD_DAY

    def takes_line(self, now: datetime) -> bool:
        """A hard day on which one line that asks nothing may come."""
        hushed = self.in_care(now) or (self.silent_until is not None and now < self.silent_until)
        return self.quiet_until is not None and now < self.quiet_until and not hushed


def plain(value: Any) -> Any:
    if isinstance(value, Preferences):
        return value.as_json()
    if isinstance(value, OpenNudge):
        return [value.id, value.day.isoformat(), value.snoozed, value.at, value.answered, value.once]
    if isinstance(value, Rhythm):
        return [value.silence, plain(value.last), value.steady, value.answers, plain(value.suggest_from)]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Recess):
        return [plain(value.begin), plain(value.end)]
    return value.isoformat() if isinstance(value, datetime) else value


def same(value: Any) -> Any:
    return value


def open_nudge(value: list[Any]) -> OpenNudge:
    return OpenNudge(value[0], date.fromisoformat(value[1]), *value[2:])


def recess(value: list[Any]) -> Recess:
    begin, end = value
    return Recess(datetime.fromisoformat(begin), datetime.fromisoformat(end) if end else None)


def rhythm(value: list[Any]) -> Rhythm:
    silence, last, steady, answers, suggest_from = value
    return Rhythm(silence, day(last), steady, tuple((a, b) for a, b in answers), day(suggest_from))


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


READ: dict[str, Any] = {
    "step": Step,
    "seen": tuple,
    "drawn": tuple,
    "told": tuple,
    "footing": tuple,
    "until": datetime.fromisoformat,
    "guided_until": datetime.fromisoformat,
    "silent_until": datetime.fromisoformat,
    "rough": date.fromisoformat,
    "step_until": datetime.fromisoformat,
    "before": tuple,
    "nudge": open_nudge,
    "preferences": Preferences.from_json,
    "quiet_until": datetime.fromisoformat,
    "care_until": datetime.fromisoformat,
    "care_before": datetime.fromisoformat,
    "recess": recess,
    "rhythm": rhythm,
    "wrote": date.fromisoformat,
}
FRESH = State()
AT_FIRST = vars(FRESH)
