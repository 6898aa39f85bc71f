"""Small values for storage tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from storage import people
from storage.ids import new_id
from storage.records import Glimmer, Letter, Nudge, Part, Person, Priority, Reminder, RuleJson
from storage.store import Store

NOW = datetime(2026, 5, 14, 10, 30, tzinfo=UTC)
TODAY = NOW.date()


def welcome(store: Store, *ids: int) -> dict[int, Person]:
    with store.begin() as tx:
        return people.welcome(tx, [Person(one, 1, NOW, 1, "Europe/Lisbon") for one in ids])


def glimmer(person_id: int, message_id: int, text: str = "steam on the window", album: str | None = None) -> Glimmer:
    at = NOW + timedelta(seconds=message_id)
    parts = (Part(message_id, text, album=album),)
    return Glimmer(new_id(at, person_id, message_id), person_id, message_id, at.date(), at, parts, album)


def reminder(person_id: int, name: str = "r", next_at: datetime | None = NOW) -> Reminder:
    rule: RuleJson = {"times": ["08:30"], "days": ["mon"]}
    if next_at is None:
        return Reminder(f"{name}{person_id}", person_id, rule)
    return Reminder(f"{name}{person_id}", person_id, rule, next_at, next_at.date(), "08:30")


def nudge(person_id: int, name: str, day: date = TODAY, slot: str = "08:30", due_at: datetime = NOW) -> Nudge:
    return Nudge(name, person_id, f"r{person_id}", day, slot, due_at, "core-01")


def letter(person_id: int, name: str, priority: Priority = Priority.REPLY, not_before: datetime = NOW) -> Letter:
    recipe = {"method": "sendMessage", "params": {"chat_id": person_id, "text": name}}
    return Letter(name, person_id, priority, recipe, not_before, nudge_id=name if priority is Priority.NUDGE else None)
