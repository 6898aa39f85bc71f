"""What lasts, as plain values: no SQL here, so that the pure parts may speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, NotRequired, TypedDict


@dataclass(frozen=True)
class Media:
    """One thing sent beside words: a photo, a voice note, a place.

    `kind` is Telegram's field name (photo, voice, video, video_note, audio, animation, sticker, document,
    location, venue, contact, poll, dice, …); `file_id` is None for what has no file. `lat` and `lon` in degrees.
    `mime` is the type of a file sent as a document, `address` that of a venue.
    """

    kind: str
    file_id: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    mime: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class Person:
    """Someone who said yes. `key` opens everything of theirs; `zone` is an IANA name, None until they told one."""

    id: int
    version: int
    consented_at: datetime
    consent_version: int
    zone: str | None = None
    paused: bool = False
    away: bool = False
    state: dict[str, Any] = field(default_factory=dict)
    key: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Part:
    """One Telegram message of a glimmer; there are several where an album was sent or something added later."""

    message_id: int
    text: str = ""
    media: tuple[Media, ...] = ()
    album: str | None = None


@dataclass(frozen=True)
class Glimmer:
    """A kept moment. `day` is fixed when it is kept; `message_id` and `album` are of the message that began it.

    `marks` is what they said of it afterwards: its "name", the "kind" of moment, where they noticed it ("body"), how it
    left them ("felt"), what they told themselves ("said"); "shut" where it is not to be handed back by chance.
    """

    id: str
    person_id: int
    message_id: int
    day: date
    kept_at: datetime
    parts: tuple[Part, ...]
    album: str | None = None
    nudge_id: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The person's own words, exactly."""
        return "\n".join(part.text for part in self.parts if part.text)

    @property
    def media(self) -> tuple[Media, ...]:
        return tuple(media for part in self.parts for media in part.media)


@dataclass(frozen=True)
class Span:
    """Which local days: from `start` to `end`, both inclusive, None where open; of these only the `days`, if any."""

    start: date | None = None
    end: date | None = None
    days: tuple[date, ...] | None = None


EVER = Span()


class RuleJson(TypedDict):
    """`times` as "HH:MM", `days` as three letters from "mon" to "sun"; the rest as in `scheduler.rule.Rule`: `date`
    where it is asked once only, and `zone` where that is by another clock than the person's; `every` and `since`;
    `window`, `count` and `part` instead of times."""

    times: list[str]
    days: list[str]
    date: NotRequired[str]
    zone: NotRequired[str]
    every: NotRequired[int]
    since: NotRequired[str]
    window: NotRequired[list[str]]
    count: NotRequired[int]
    part: NotRequired[str]


class Kind(StrEnum):
    """What the bot sends unasked, the most needed first: a hello after a heavy day, a person's own words, a question
    from the library, their week in a letter."""

    HELLO = "hello"
    WORDS = "words"
    PROMPT = "prompt"
    LETTER = "letter"


@dataclass(frozen=True)
class Reminder:
    """A rule (`scheduler.rule.Rule.as_json`) and its next moment: UTC, local day and slot; None while silent.

    `words`: what is sent, where it is the person's own words.
    """

    id: str
    person_id: int
    rule: RuleJson
    next_at: datetime | None = None
    next_day: date | None = None
    next_slot: str | None = None
    kind: Kind = Kind.PROMPT
    words: str = field(default="", repr=False)


class NoteKind(StrEnum):
    """What people write down for themselves: a support, some lines for a hard day, what they look forward to today, a
    step for the week, what does a sense good, a sentence to say; and a mark that a day was hard."""

    RAIL = "rail"
    LETTER = "letter"
    TODAY = "today"
    STEP = "step"
    COMFORT = "comfort"
    SENTENCE = "sentence"
    HARD = "hard"


@dataclass(frozen=True)
class Note:
    """`about` tells what it belongs to: of a comfort its sense, of what they look forward to its local day."""

    id: str
    person_id: int
    kind: NoteKind
    at: datetime
    words: str = field(default="", repr=False)
    about: str = ""


@dataclass(frozen=True)
class Nudge:
    """What was sent of itself: a question, or what else its kind says. (person, reminder, day, slot) and (person,
    due_at) are each unique."""

    id: str
    person_id: int
    reminder_id: str
    day: date
    slot: str
    due_at: datetime
    prompt: str = ""
    message_id: int | None = None
    kind: Kind = Kind.PROMPT


class Priority(IntEnum):
    """Who goes first in the outbox: a person to talk to, and with it /help and /privacy, so that a row on disk does not
    tell who was in need of one."""

    FIRST = 0
    REPLY = 1
    NUDGE = 2


@dataclass(frozen=True)
class Letter:
    """An outbox row. `recipe` is what the courier makes a request of."""

    id: str
    person_id: int
    priority: Priority
    recipe: dict[str, Any]
    not_before: datetime
    expires_at: datetime | None = None
    nudge_id: str | None = None


@dataclass(frozen=True)
class Waiting:
    """An inbox row that waits for its turn; `body` is the update as it came."""

    seq: int
    bot_id: int
    update_id: int
    person_id: int
    body: dict[str, Any]
    attempts: int
    received_at: datetime
