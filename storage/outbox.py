"""The outbox: what the bot will say, until its end is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from storage.records import Letter, Priority
from storage.store import Tx
from storage.tables import outbox
from storage.vault import seal_json, unseal_json

TRYING = (outbox.c.priority == Priority.NUDGE) & outbox.c.trying


@dataclass(frozen=True)
class Posted:
    """A letter that lies in the outbox under its number."""

    seq: int
    letter: Letter


def put(tx: Tx, letters: Sequence[Letter]) -> None:
    """Write letters in order."""
    rows = [
        {
            "id": letter.id,
            "person_id": letter.person_id,
            "priority": letter.priority,
            "not_before": letter.not_before,
            "expires_at": letter.expires_at,
            "nudge_id": letter.nudge_id,
            "trying": False,
            "sealed": sealed(tx, letter),
        }
        for letter in letters
    ]
    if rows:
        tx.connection.execute(outbox.insert(), rows)


def heads(tx: Tx, now: datetime, limit: int, busy: Collection[int]) -> list[Posted]:
    """The first letter of each person whose time has come, care before replies before nudges, none of `busy`."""
    ready = select(outbox.c.seq, outbox.c.person_id, outbox.c.priority).where(
        outbox.c.not_before <= now, ~outbox.c.trying, outbox.c.person_id.not_in(busy)
    )
    firsts: dict[int, int] = {}
    for seq, person_id, _ in tx.connection.execute(ready.order_by(outbox.c.priority, outbox.c.seq).limit(limit * 8)):
        firsts.setdefault(person_id, seq)
    wanted = list(firsts.values())[:limit]
    rows = tx.connection.execute(
        select(outbox).where(outbox.c.seq.in_(wanted)).order_by(outbox.c.priority, outbox.c.seq)
    )
    return [opened(tx, row) for row in rows]


def try_nudges(tx: Tx, seqs: Collection[int]) -> set[int]:
    """Mark nudges as being tried, before their requests leave; returns those that were still ours to try."""
    if not seqs:
        return set()
    free = outbox.c.seq.in_(seqs) & ~outbox.c.trying
    marked = outbox.update().where(free).values(trying=True).returning(outbox.c.seq)
    return set(tx.connection.scalars(marked))


def back(tx: Tx, seqs: Collection[int]) -> None:
    """Not sent, as the process that tried saw itself: they wait again."""
    if seqs:
        tx.connection.execute(outbox.update().where(outbox.c.seq.in_(seqs)).values(trying=False))


def drop(tx: Tx, seqs: Collection[int]) -> None:
    """Their end is known."""
    if seqs:
        tx.connection.execute(outbox.delete().where(outbox.c.seq.in_(seqs)))


def cancel(tx: Tx, nudge_ids: Collection[str]) -> None:
    """Nudges that wait and shall not be asked any more."""
    if nudge_ids:
        tx.connection.execute(outbox.delete().where(outbox.c.nudge_id.in_(nudge_ids), ~outbox.c.trying))


def stop(tx: Tx, person_ids: Collection[int], at_once: datetime) -> None:
    """What is said bit by bit, and has not left yet."""
    if person_ids:
        timed = outbox.c.person_id.in_(person_ids) & (outbox.c.not_before > at_once) & outbox.c.nudge_id.is_(None)
        tx.connection.execute(outbox.delete().where(timed))


def drop_for(tx: Tx, person_id: int) -> None:
    """Nothing that waits for this person will be said any more."""
    tx.connection.execute(outbox.delete().where(outbox.c.person_id == person_id, ~outbox.c.trying))


def abandoned(tx: Tx) -> list[Posted]:
    """Nudges a process was trying when it died: nobody knows whether they arrived, so they are never sent again."""
    return [opened(tx, row) for row in tx.connection.execute(select(outbox).where(TRYING))]


def next_moment(tx: Tx, now: datetime) -> datetime | None:
    """When the next letter that is not ready yet becomes so."""
    later = select(func.min(outbox.c.not_before)).where(outbox.c.not_before > now, ~outbox.c.trying)
    moment: datetime | None = tx.connection.scalar(later)
    return moment


def waiting(tx: Tx, now: datetime) -> int:
    """Letters ready to leave, or leaving."""
    ready = select(func.count()).select_from(outbox).where(outbox.c.not_before <= now)
    return tx.connection.scalar(ready) or 0


def sealed(tx: Tx, letter: Letter) -> bytes:
    return seal_json(tx.post_key, letter.recipe, "outbox", "sealed", letter.person_id, letter.id)


def opened(tx: Tx, row: Row[Any]) -> Posted:
    recipe = unseal_json(tx.post_key, row.sealed, "outbox", "sealed", row.person_id, row.id)
    letter = Letter(
        id=row.id,
        person_id=row.person_id,
        priority=Priority(row.priority),
        recipe=recipe,
        not_before=row.not_before,
        expires_at=row.expires_at,
        nudge_id=row.nudge_id,
    )
    return Posted(row.seq, letter)
