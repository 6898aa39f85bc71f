"""What lasts of one person in a storm, and how a promise that is not kept is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scheduler.budget import Unasked
from storage.records import Glimmer, Person, Reminder


class Broken(Exception):
    """A promise that was not kept: its name, and what happened instead."""

    def __init__(self, promise: str, why: object) -> None:
        super().__init__(f"{promise}: {why}")
        self.promise = promise


def hold(kept: object, promise: str, why: object) -> None:
    if not kept:
        raise Broken(promise, why)


@dataclass(frozen=True)
class Kept:
    """What lasts of one person."""

    person: Person | None
    glimmers: tuple[Glimmer, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    used: Mapping[str, set[tuple[date, str]]] = field(default_factory=dict)
    sent: tuple[Unasked, ...] = ()

    @property
    def texts(self) -> dict[int, str]:
        return {part.message_id: part.text for glimmer in self.glimmers for part in glimmer.parts}
