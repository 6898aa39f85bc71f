"""Reminders: rules, and the next moment of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.records import Kind, Person, Reminder
from storage.store import Tx
from storage.tables import reminders
from storage.upsert import insert_new
from storage.vault import seal_json, unseal_json

MOVING = ("next_at", "next_day", "next_slot")
CHANGING = ("rule", *MOVING)
MOVE, UPDATE = (
    reminders.update().where(reminders.c.id == bindparam("which")).values({name: bindparam(name) for name in names})
    for names in (MOVING, CHANGING)
)
COLUMNS = [
    reminders.c[name] for name in ("id", "person_id", "rule", "next_at", "next_day", "next_slot", "kind", "sealed")
]
ORDER = (reminders.c.person_id, reminders.c.id)


def of_people(tx: Tx, here: Mapping[int, Person]) -> dict[int, list[Reminder]]:
    """The reminders of each of these people, oldest first."""
    found: dict[int, list[Reminder]] = {}
    mine = select(*COLUMNS).where(reminders.c.person_id.in_(here)).order_by(*ORDER)
    for row in tx.connection.execute(mine):
        found.setdefault(row.person_id, []).append(record(list(row), here[row.person_id].key))
    return found


def claim(tx: Tx, now: datetime, limit: int) -> list[Reminder]:
    """The reminders due by `now`, longest due first, their words unopened; on PostgreSQL those no other replica
    holds."""
    due = select(*COLUMNS).where(reminders.c.next_at <= now).order_by(reminders.c.next_at).limit(limit)
    return [record(list(row)) for row in tx.connection.execute(due.with_for_update(skip_locked=True))]


def add(tx: Tx, new: Sequence[Reminder], keys: Mapping[int, bytes]) -> None:
    insert_new(tx.connection, reminders, [row_of(reminder, keys[reminder.person_id]) for reminder in new])


def update(tx: Tx, changed: Sequence[Reminder]) -> None:
    """Write rules and next moments as they are now; kinds and words stay."""
    if changed:
        rows = [{"which": reminder.id} | {name: getattr(reminder, name) for name in CHANGING} for reminder in changed]
        tx.connection.execute(UPDATE, rows)


def move(tx: Tx, moved: Sequence[Reminder]) -> None:
    """Write next moments as they are now."""
    if moved:
        rows = [{"which": reminder.id} | {name: getattr(reminder, name) for name in MOVING} for reminder in moved]
        tx.connection.execute(MOVE, rows)


def drop(tx: Tx, ids: Collection[str]) -> None:
    if ids:
        tx.connection.execute(reminders.delete().where(reminders.c.id.in_(ids)))


def silence(tx: Tx, person_id: int) -> None:
    """No next moment for any of one person's reminders; the rules stay."""
    mine = reminders.update().where(reminders.c.person_id == person_id)
    tx.connection.execute(mine.values(next_at=None, next_day=None, next_slot=None))


def next_moment(tx: Tx) -> datetime | None:
    """When the next reminder of anyone falls due."""
    moment: datetime | None = tx.connection.scalar(select(func.min(reminders.c.next_at)))
    return moment


def record(row: Sequence[Any], key: bytes | None = None) -> Reminder:
    """A row as a reminder; its words where the key is given."""
    one, person_id, rule, next_at, next_day, next_slot, kind, sealed = row
    words = unseal_json(key, sealed, "reminders", "sealed", person_id, one) if key and sealed else ""
    return Reminder(one, person_id, rule, next_at, next_day, next_slot, Kind(kind), words)


def row_of(reminder: Reminder, key: bytes) -> dict[str, Any]:
    values = dict(vars(reminder))
    words = values.pop("words")
    sealed = seal_json(key, words, "reminders", "sealed", reminder.person_id, reminder.id) if words else None
    return values | {"sealed": sealed}
