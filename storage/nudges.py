"""Nudges: every question asked, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, tuple_

from storage.records import Kind, Nudge
from storage.store import Tx
from storage.tables import nudges
from storage.upsert import insert_new

END = (
    nudges.update()
    .where(nudges.c.id == bindparam("which"))
    .values(ended=bindparam("how"), message_id=bindparam("message"))
)


def write(tx: Tx, new: Sequence[Nudge]) -> set[str]:
    """Write nudges; returns the ids of those whose moment was still free. The others are let go."""
    return insert_new(tx.connection, nudges, [dict(vars(nudge)) for nudge in new], returning=nudges.c.id)


def end(tx: Tx, endings: Sequence[tuple[str, str, int | None]]) -> None:
    """Record how sends ended: (nudge, how, message)."""
    if endings:
        rows = [{"which": which, "how": how, "message": message} for which, how, message in endings]
        tx.connection.execute(END, rows)


def by_id(tx: Tx, ids: Collection[str]) -> dict[str, Nudge]:
    rows = tx.connection.execute(select(nudges).where(nudges.c.id.in_(ids))).mappings()
    return {row["id"]: record(row) for row in rows}


def of_messages(tx: Tx, messages: Collection[tuple[int, int]]) -> dict[tuple[int, int], Nudge]:
    """The nudges that stand in these (person, message) pairs."""
    here = tuple_(nudges.c.person_id, nudges.c.message_id).in_(messages)
    rows = tx.connection.execute(select(nudges).where(here)).mappings()
    return {(row["person_id"], row["message_id"]): record(row) for row in rows}


def since(tx: Tx, ids: Collection[int], moment: datetime) -> dict[int, list[Nudge]]:
    """What was due for these people from then on, the oldest first."""
    recent = select(nudges).where(nudges.c.person_id.in_(ids), nudges.c.due_at >= moment).order_by(nudges.c.due_at)
    found: dict[int, list[Nudge]] = {}
    for row in tx.connection.execute(recent).mappings():
        found.setdefault(row["person_id"], []).append(record(row))
    return found


def used(tx: Tx, ids: Collection[int], since: date) -> dict[str, set[tuple[date, str]]]:
    """For each reminder of these people: the (day, slot) keys already used from `since` on."""
    recent = select(nudges.c.reminder_id, nudges.c.day, nudges.c.slot).where(
        nudges.c.person_id.in_(ids), nudges.c.day >= since
    )
    keys: dict[str, set[tuple[date, str]]] = {}
    for reminder_id, day, slot in tx.connection.execute(recent):
        keys.setdefault(reminder_id, set()).add((day, slot))
    return keys


def forget_before(tx: Tx, moment: datetime) -> None:
    """Details older than `moment` go; what was kept in answer stays."""
    tx.connection.execute(nudges.delete().where(nudges.c.due_at < moment))


def record(row: Mapping[Any, Any]) -> Nudge:
    return Nudge(**{name: row[name] for name in Nudge.__dataclass_fields__} | {"kind": Kind(row["kind"])})
