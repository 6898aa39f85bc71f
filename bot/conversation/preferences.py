"""What a person set for themselves: how the bot speaks, what it may ask about, when it is quiet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from scheduler.grace import NIGHT, Quiet

LANGUAGE = "en"


@dataclass(frozen=True)
class Preferences:
    """`quiet`: from and to on the person's clock, None for no quiet hours; `off`: kinds of prompts not to be asked;
    `anyway`: asked on a day they wrote of already, too; `seasons`: "north", "south" or "none", "" for those of their
    zone; `own`: questions of their own."""

    language: str = LANGUAGE
    twelve: bool = False
    silent: bool = False
    quiet: Quiet | None = NIGHT
    off: frozenset[str] = frozenset()
    anyway: bool = False
    seasons: str = ""
    own: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Only what differs from what everyone begins with."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: plain(value) for name, value in values.items() if value != getattr(COMMON, name)}

    @staticmethod
    def from_json(values: dict[str, Any]) -> Preferences:
        return Preferences(**{name: READ.get(name, lambda same: same)(value) for name, value in values.items()})


def plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [one.isoformat("minutes") if isinstance(one, time) else one for one in value]
    return value


def read_quiet(value: list[str] | None) -> Quiet | None:
    return (time.fromisoformat(value[0]), time.fromisoformat(value[1])) if value else None


READ: dict[str, Any] = {"quiet": read_quiet, "off": frozenset, "own": tuple}
COMMON = Preferences()
