"""Invitations, used once. Only hashes are stored: of the code, and of who opened it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from storage.store import Tx
from storage.tables import invites


def add(tx: Tx, codes: Collection[str], now: datetime) -> None:
    rows = [{"code": hashed(tx, code), "made_at": now} for code in codes]
    tx.connection.execute(invites.insert(), rows)


def hold(tx: Tx, code: str, person_id: int) -> bool:
    """Open an invitation for someone who has not said yes yet; False when there is none left under this code."""
    free = (invites.c.code == hashed(tx, code)) & invites.c.used_at.is_(None)
    return tx.connection.execute(invites.update().where(free).values(holder=hashed(tx, person_id))).rowcount == 1


def free(tx: Tx, codes: Collection[str]) -> set[str]:
    """Those of `codes` that nobody has used yet."""
    names = {hashed(tx, code): code for code in codes}
    unused = select(invites.c.code).where(invites.c.code.in_(names), invites.c.used_at.is_(None))
    return {names[name] for name in tx.connection.scalars(unused)}


def holders(tx: Tx, ids: Collection[int]) -> set[int]:
    """Those of `ids` who hold an invitation that is not used yet."""
    names = {hashed(tx, person_id): person_id for person_id in ids}
    held = select(invites.c.holder).where(invites.c.holder.in_(names), invites.c.used_at.is_(None))
    return {names[holder] for holder in tx.connection.scalars(held) if holder is not None}


def use(tx: Tx, person_id: int, now: datetime) -> None:
    """They said yes: the invitation is used, and no longer tells by whom."""
    mine = (invites.c.holder == hashed(tx, person_id)) & invites.c.used_at.is_(None)
    tx.connection.execute(invites.update().where(mine).values(used_at=now, holder=None))


def hashed(tx: Tx, value: str | int) -> str:
    return hashlib.blake2b(repr(value).encode(), key=tx.post_key, digest_size=16).hexdigest()
