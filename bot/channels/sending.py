"""How a request to a messenger can end, and what is asked of it. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class End(Enum):
    """The four ends of a send."""

    TAKEN = "taken"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Ending:
    """How one send ended.

    `message_id` where one was made; `retry_after` in seconds where the other side named it; `blocked` when
    the person no longer lets the bot speak (403). `reason` is for the log and holds nothing a person wrote.
    """

    end: End
    message_id: int | None = None
    retry_after: float | None = None
    blocked: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Request:
    """One call: a Bot API method, its JSON parameters, and files as {field: (name, bytes)}."""

    method: str
    params: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Introduction:
    """What Telegram shows beside the bot's name. `commands` are (name, description) in the menu's order."""

    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str


@dataclass(frozen=True)
class Standing:
    """How a bot stands at Telegram: `waiting` counts updates, `failure` says why the last one could not be brought."""

    name: str
    reads_groups: bool
    webhook: str
    waiting: int
    failure: str
