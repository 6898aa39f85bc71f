"""Reminders: rules, and the next moment of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.records import Reminder
from storage.store import Tx
from storage.tables import reminders
from storage.upsert import insert_new

PLAN: dict[str, Any] = {name: bindparam(name) for name in ("next_at", "next_day", "next_slot")}
UPDATE = reminders.update().where(reminders.c.id == bindparam("which")).values(rule=bindparam("rule"), **PLAN)
ORDER = (reminders.c.person_id, reminders.c.id)


def of_people(tx: Tx, ids: Collection[int]) -> dict[int, list[Reminder]]:
    """The reminders of each, oldest first."""
    found: dict[int, list[Reminder]] = {}
    for row in tx.connection.execute(
        select(reminders).where(reminders.c.person_id.in_(ids)).order_by(*ORDER)
    ).mappings():
        found.setdefault(row["person_id"], []).append(Reminder(**row))
    return found


def claim(tx: Tx, now: datetime, limit: int) -> list[Reminder]:
    """The reminders due by `now`, longest due first; on PostgreSQL those no other replica holds."""
    due = select(reminders).where(reminders.c.next_at <= now).order_by(reminders.c.next_at).limit(limit)
    rows = tx.connection.execute(due.with_for_update(skip_locked=True)).mappings()
    return [Reminder(**row) for row in rows]


def add(tx: Tx, new: Sequence[Reminder]) -> None:
    insert_new(tx.connection, reminders, [asdict(reminder) for reminder in new])


def update(tx: Tx, changed: Sequence[Reminder]) -> None:
    """Write rules and next moments as they are now."""
    if changed:
        rows = [asdict(reminder) | {"which": reminder.id} for reminder in changed]
        tx.connection.execute(UPDATE, [{k: v for k, v in row.items() if k not in ("id", "person_id")} for row in rows])


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
