"""What can happen to a person. Values only: no Telegram, no clock, no files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from storage.records import Media as Media

KEPT_KINDS = frozenset(
    "photo voice video video_note audio animation sticker document location venue live_photo".split()
)


@dataclass(frozen=True)
class Message:
    """A message as Telegram gives it. `text` is the text, the caption, or "" where there is none.

    `at` is UTC. `reply_to` is the message it answers; `from_bot` tells whether this bot wrote it;
    `buttons` holds the callback data of the buttons under it; `readable` is False where Telegram gives
    no more than the message's number.
    """

    id: int
    at: datetime
    text: str = ""
    media: tuple[Media, ...] = ()
    album: str | None = None
    reply_to: Message | None = None
    from_bot: bool = False
    forwarded: bool = False
    buttons: tuple[str, ...] = ()
    readable: bool = True


@dataclass(frozen=True)
class Said:
    """The person sent a message: words, media or both."""

    message: Message


@dataclass(frozen=True)
class Edited:
    """The person edited a message they had sent."""

    message: Message


@dataclass(frozen=True)
class Pressed:
    """The person pressed a button; `message` is the one it stood under, None if Telegram no longer says."""

    data: str
    message: Message | None


def words_of(event: object) -> Message | None:
    """The person's message that an event is about: what they said or edited, or what the pressed message answers."""
    match event:
        case Said(message) | Edited(message):
            return message
        case Pressed(message=Message(reply_to=Message(from_bot=False) as answered)):
            return answered
    return None


@dataclass(frozen=True)
class Reacted:
    """The person put a reaction on a message, or took theirs away (`emoji` empty)."""

    message_id: int
    emoji: tuple[str, ...]


@dataclass(frozen=True)
class Blocked:
    """The person blocked the bot."""


@dataclass(frozen=True)
class Unblocked:
    """The person let the bot speak again."""


@dataclass(frozen=True)
class Elsewhere:
    """The bot was spoken to, or added, where it does not work. `speakable`: a group, where a line may be said."""

    speakable: bool


@dataclass(frozen=True)
class Due:
    """A reminder's moment has come. `at` is the moment planned (UTC), `day` and `slot` its local key."""

    nudge_id: str
    reminder_id: str
    at: datetime
    day: date
    slot: str


Event = Said | Edited | Pressed | Reacted | Blocked | Unblocked | Elsewhere | Due
