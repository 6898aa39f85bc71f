"""What an answer is made from, and what it is made of. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.events import Event
from bot.conversation.lines import Lines
from bot.conversation.preferences import Preferences
from bot.conversation.prompts import Library, own_prompt
from bot.conversation.state import FRESH, State
from bot.understanding.meaning import Change, Pause, Recall, Snooze, Stop, When
from bot.understanding.places import Place
from bot.understanding.times import Schedule
from bot.voice import Voice
from scheduler.budget import Unasked
from storage.records import Glimmer, Note, Nudge, Person, Priority, Reminder


@dataclass(frozen=True)
class Operator:
    """Who hosts this copy, as /privacy says it; empty where the host did not say."""

    name: str = ""
    contact: str = ""
    place: str = ""
    authority: str = ""
    privacy_url: str = ""


@dataclass(frozen=True)
class House:
    """What is the same for everyone in this copy of the bot; voices and prompts by language, its own first."""

    voices: Mapping[str, Voice]
    libraries: Mapping[str, Library]
    lines: Lines
    operator: Operator = Operator()
    minimum_age: int = 18

    @property
    def voice(self) -> Voice:
        """The one that speaks where nobody chose another."""
        return next(iter(self.voices.values()))


class Need(Enum):
    """What an answer wants read from the database first."""

    MESSAGE = auto()
    NEWEST = auto()
    PAGE = auto()
    RECALL = auto()
    NUDGE = auto()
    USED = auto()
    SENT = auto()
    WEEK = auto()
    NOTES = auto()
    ANCHOR = auto()
    SEVEN = auto()
    LOOK = auto()
    AFTER_HARD = auto()


@dataclass(frozen=True)
class Recalled:
    """What was found for a question about the past, beside a page of it.

    `looked`: how many are kept of the days asked about; `kept`: ever. `meant`: the words looked for, as the texts spell
    them. `partly`: what is found has some of the words, or is of days around those asked about. `elsewhere`: how many
    fit at other times. `before`, `after`: the nearest days with something kept, where there is nothing.
    `ids`: all that fit, where they may be let go; one more than may be at once, where they are too many.
    """

    looked: int = 0
    kept: int = 0
    meant: str = ""
    partly: bool = False
    elsewhere: int = 0
    before: date | None = None
    after: date | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What was read: `glimmers` of the message, the newest one, or a page of `total`; the nudge meant; used keys;
    what was sent unasked of late; what they wrote down for themselves."""

    glimmers: tuple[Glimmer, ...] = ()
    total: int = 0
    nudge: Nudge | None = None
    used: Mapping[str, set[tuple[date, str]]] = field(default_factory=dict)
    recalled: Recalled | None = None
    sent: tuple[Unasked, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Heard:
    """What an event was understood to be: a name in the rule table, and what came with it.

    `words`: what a reminder shall say, in their own words.
    `doubt`: what else it may be, where it is read as a glimmer to be safe. `also`: what else is asked in one breath.
    """

    name: str
    arg: str = ""
    places: tuple[Place, ...] = ()
    schedule: Schedule | None = None
    recall: Recall | None = None
    pause: Pause | None = None
    snooze: Snooze | None = None
    when: When | None = None
    change: Change | None = None
    stop: Stop | None = None
    words: str = ""
    doubt: Heard | None = None
    also: tuple[Heard, ...] = ()


@dataclass(frozen=True)
class Situation:
    """One event of one chat. `person` is None before their yes; `admitted` says whether they may come in."""

    event: Event
    heard: Heard
    now: datetime
    seed: tuple[str | int, ...]
    chat_id: int
    house: House
    person: Person | None = None
    state: State = FRESH
    reminders: tuple[Reminder, ...] = ()
    admitted: bool = True
    found: Found = field(default_factory=Found)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The person's zone; UTC until they told one."""
        return ZoneInfo((self.person and self.person.zone) or "UTC")

    @property
    def consented(self) -> Person:
        """The person, where the rule table lets only people who said yes come."""
        assert self.person is not None
        return self.person

    @property
    def preferences(self) -> Preferences:
        return self.state.preferences

    @cached_property
    def voice(self) -> Voice:
        """In the person's language and clock."""
        voice = self.house.voices.get(self.preferences.language, self.house.voice)
        return voice.in_twelve_hours() if self.preferences.twelve else voice

    @cached_property
    def library(self) -> Library:
        """The prompts that may be asked of this person."""
        prompts, off = self.house.libraries[self.voice.language], self.preferences.off
        fitting = tuple(one for one in prompts if one.category not in off and not off & one.needs) if off else prompts
        return (*fitting, *map(own_prompt, self.preferences.own)) if self.preferences.own else fitting

    def words(self, key: str, **values: object) -> str:
        return self.voice(key, **values)


@dataclass(frozen=True)
class Say:
    """One thing to say: a Bot API method with its parameters, or something to `make` when its turn comes.

    `instead` are words for where Telegram refuses this one, so that nobody waits in silence.
    """

    method: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    make: str | None = None
    instead: str | None = None
    priority: Priority = Priority.REPLY
    not_before: datetime | None = None
    expires_at: datetime | None = None
    nudge_id: str | None = None


@dataclass(frozen=True)
class Answer:
    """What follows from an event. None means unchanged.

    `reminders` is the person's whole new set; `cancelled` are nudges that shall not be asked any more; `noted` and
    `unnoted` are notes that come and go; `stops`: what is still to be said bit by bit is not said any more.
    """

    says: tuple[Say, ...] = ()
    state: State | None = None
    person: Person | None = None
    reminders: tuple[Reminder, ...] | None = None
    kept: tuple[Glimmer, ...] = ()
    amended: tuple[Glimmer, ...] = ()
    forgotten: tuple[str, ...] = ()
    asked: Nudge | None = None
    cancelled: tuple[str, ...] = ()
    invitation: str | None = None
    erased: bool = False
    noted: tuple[Note, ...] = ()
    unnoted: tuple[str, ...] = ()
    stops: bool = False
