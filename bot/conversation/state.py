"""Where a conversation stands, as one small value that is sealed with the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What the bot asked last and would still take an answer to."""

    IDLE = "idle"
    ZONE = "zone"
    TIMES = "times"
    RETIME = "retime"
    ERASE = "erase"


@dataclass(frozen=True)
class OpenNudge:
    """The question asked last, as long as nothing else was said since."""

    id: str
    day: date


@dataclass(frozen=True)
class State:
    """What the bot remembers of one conversation.

    `about`: what the open question is about (a reminder's id; "place" when a place may still be corrected).
    `kept`: how many glimmers were acknowledged in words. `seen`: prompts asked lately, newest last.
    `before`: the rules before the last change of reminders, with the stamp its Undo carries; `changed`: nothing was
    kept since, so that "undo" means that change.
    """

    step: Step = Step.IDLE
    about: str | None = None
    country: str | None = None
    kept: int = 0
    seen: tuple[str, ...] = ()
    nudge: OpenNudge | None = None
    quiet_until: datetime | None = None
    care_until: datetime | None = None
    before: tuple[dict[str, Any], ...] = ()
    stamp: str | None = None
    changed: bool = False

    def as_json(self) -> dict[str, Any]:
        """Only what differs from a fresh start."""
        return {name: plain(value) for name, value in vars(self).items() if value != getattr(FRESH, name)}

    @staticmethod
    def from_json(values: dict[str, Any]) -> State:
        return State(**{name: READ.get(name, same)(value) for name, value in values.items()})

    def is_quiet(self, now: datetime) -> bool:
        """A hard day, or a day after words about harm: nothing is asked."""
        return any(until is not None and now < until for until in (self.quiet_until, self.care_until))


def plain(value: Any) -> Any:
    if isinstance(value, OpenNudge):
        return [value.id, value.day.isoformat()]
    return value.isoformat() if isinstance(value, datetime) else value


def same(value: Any) -> Any:
    return value


def open_nudge(value: list[str]) -> OpenNudge:
    return OpenNudge(value[0], date.fromisoformat(value[1]))


READ: dict[str, Any] = {
    "step": Step,
    "seen": tuple,
    "before": tuple,
    "nudge": open_nudge,
    "quiet_until": datetime.fromisoformat,
    "care_until": datetime.fromisoformat,
}
FRESH = State()
