"""The inbox: what arrived and waits for its turn, in order of arrival."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Row, cast, func, select

from storage.records import Waiting
from storage.store import Tx
from storage.tables import inbox
from storage.upsert import insert_new
from storage.vault import seal_json, unseal_json

IS_WAITING = inbox.c.sealed.is_not(None) & ~inbox.c.aside


def put(tx: Tx, bot_id: int, arrived: Sequence[tuple[int, int, dict[str, Any]]], now: datetime) -> None:
    """Write (update id, person, update) in order; one that is already here is let go."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": update_id,
            "person_id": person_id,
            "received_at": now,
            "attempts": 0,
            "aside": False,
            "sealed": seal_json(tx.post_key, body, "inbox", "sealed", bot_id, update_id),
        }
        for update_id, person_id, body in arrived
    ]
    insert_new(tx.connection, inbox, rows)


def oldest(tx: Tx, limit: int, only: Collection[int] = (), but: Collection[int] = ()) -> list[Waiting]:
    """The oldest waiting update of each of up to `limit` people, `only` these, `but` for those; on PostgreSQL of those
    no other replica holds."""
    heads = select(func.min(inbox.c.seq)).where(*waiting_of(only, but)).group_by(inbox.c.person_id)
    heads = heads.order_by(func.min(inbox.c.seq)).limit(limit)
    if tx.postgres:
        heads = select(func.min(inbox.c.seq)).where(IS_WAITING, inbox.c.person_id.in_(locked(tx, limit, only, but)))
        heads = heads.group_by(inbox.c.person_id)
    rows = tx.connection.execute(select(inbox).where(inbox.c.seq.in_(heads)).order_by(inbox.c.seq))
    return [opened(tx, row) for row in rows]


def waiting_of(only: Collection[int], but: Collection[int]) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = [IS_WAITING]
    if only:
        limits.append(inbox.c.person_id.in_(only))
    if but:
        limits.append(inbox.c.person_id.not_in(but))
    return limits


def locked(tx: Tx, limit: int, only: Collection[int], but: Collection[int]) -> list[int]:
    """People with something waiting whom this transaction could take (a second look follows, under the lock)."""
    waiting = select(inbox.c.person_id, func.min(inbox.c.seq).label("head")).where(*waiting_of(only, but))
    heads = waiting.group_by(inbox.c.person_id).order_by("head").limit(limit).subquery()
    return take(tx, list(tx.connection.scalars(select(heads.c.person_id))))


def take(tx: Tx, ids: Collection[int]) -> list[int]:
    """Those of `ids` nobody else is busy with; on PostgreSQL held until this transaction ends."""
    if not tx.postgres:
        return list(ids)
    wanted = func.unnest(cast(sorted(set(ids)), ARRAY(BigInteger))).column_valued("wanted")
    tried = tx.connection.execute(select(wanted, func.pg_try_advisory_xact_lock(wanted)))
    return [person_id for person_id, ours in tried if ours]


def done(tx: Tx, seqs: Collection[int]) -> None:
    """Heard: the words go, the ids stay against doubles."""
    if seqs:
        tx.connection.execute(inbox.update().where(inbox.c.seq.in_(seqs)).values(sealed=None))


def failed(tx: Tx, seqs: Collection[int], limit: int) -> list[int]:
    """Count one more failure for each; returns those that are set aside because it was the last they are given."""
    if not seqs:
        return []
    these = inbox.c.seq.in_(seqs)
    attempts = inbox.c.attempts + 1
    tx.connection.execute(inbox.update().where(these).values(attempts=attempts, aside=attempts >= limit))
    return list(tx.connection.scalars(select(inbox.c.seq).where(these, inbox.c.aside)))


def waiting(tx: Tx) -> int:
    return tx.connection.scalar(select(func.count()).select_from(inbox).where(IS_WAITING)) or 0


def forget_before(tx: Tx, moment: datetime) -> None:
    """Ids of what was heard before `moment` go (Telegram repeats nothing older than a day)."""
    tx.connection.execute(inbox.delete().where(inbox.c.received_at < moment, ~IS_WAITING))


def opened(tx: Tx, row: Row[Any]) -> Waiting:
    body = unseal_json(tx.post_key, row.sealed, "inbox", "sealed", row.bot_id, row.update_id)
    return Waiting(row.seq, row.bot_id, row.update_id, row.person_id, body, row.attempts, row.received_at)
