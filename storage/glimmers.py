"""Glimmers: what people keep."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, tuple_

from storage.records import Glimmer, Media, Part, Person
from storage.store import Tx
from storage.tables import glimmers, parts
from storage.upsert import insert_new
from storage.vault import seal_json, unseal_json

AMEND = glimmers.update().where(glimmers.c.id == bindparam("which")).values(sealed=bindparam("sealed"))
NEWEST_FIRST = (glimmers.c.kept_at.desc(), glimmers.c.message_id.desc())


def keep(tx: Tx, kept: Sequence[Glimmer], keys: Mapping[int, bytes]) -> None:
    """Write new glimmers; one of the same message is already there and stays as it is."""
    rows = [row_of(glimmer, keys[glimmer.person_id]) for glimmer in kept]
    new = insert_new(tx.connection, glimmers, rows, returning=glimmers.c.id)
    insert_new(tx.connection, parts, part_rows([glimmer for glimmer in kept if glimmer.id in new]))


def amend(tx: Tx, changed: Sequence[Glimmer], keys: Mapping[int, bytes]) -> None:
    """Write the parts of glimmers that are already kept."""
    if changed:
        rows = [{"which": glimmer.id, "sealed": sealed(glimmer, keys[glimmer.person_id])} for glimmer in changed]
        tx.connection.execute(AMEND, rows)
        tx.connection.execute(parts.delete().where(parts.c.glimmer_id.in_([glimmer.id for glimmer in changed])))
        insert_new(tx.connection, parts, part_rows(changed))


def forget(tx: Tx, ids: Collection[str]) -> None:
    if ids:
        tx.connection.execute(glimmers.delete().where(glimmers.c.id.in_(ids)))


def of_messages(
    tx: Tx,
    messages: Collection[tuple[int, int]],
    albums: Collection[tuple[int, str]],
    keys: Mapping[int, bytes],
) -> list[Glimmer]:
    """Glimmers that these (person, message) or (person, album) pairs are a part of, albums last."""
    found: list[Glimmer] = []
    if messages:
        found += chosen(tx, tuple_(parts.c.person_id, parts.c.message_id).in_(messages), keys)
    if albums:
        found += chosen(tx, tuple_(parts.c.person_id, parts.c.album).in_(albums), keys)
    return found


def last(tx: Tx, person: Person) -> list[Glimmer]:
    """The glimmer of the newest message that is kept, if there is one."""
    newest_part = (
        select(parts.c.glimmer_id).where(parts.c.person_id == person.id).order_by(parts.c.message_id.desc()).limit(1)
    )
    rows = tx.connection.execute(select(glimmers).where(glimmers.c.id.in_(newest_part))).mappings()
    return [opened(row, person.key) for row in rows]


def newest(tx: Tx, person: Person, offset: int, limit: int) -> list[Glimmer]:
    """A page of one person's glimmers, newest first."""
    mine = select(glimmers).where(glimmers.c.person_id == person.id)
    rows = tx.connection.execute(mine.order_by(*NEWEST_FIRST).offset(offset).limit(limit)).mappings()
    return [opened(row, person.key) for row in rows]


def every(tx: Tx, person: Person) -> Iterator[Glimmer]:
    """All glimmers of one person, oldest first, opened one by one."""
    mine = select(glimmers).where(glimmers.c.person_id == person.id)
    for row in tx.connection.execute(mine.order_by(glimmers.c.kept_at, glimmers.c.message_id)).mappings():
        yield opened(row, person.key)


def count(tx: Tx, person_id: int) -> int:
    mine = select(func.count()).select_from(glimmers).where(glimmers.c.person_id == person_id)
    return tx.connection.scalar(mine) or 0


def chosen(tx: Tx, which: ColumnElement[bool], keys: Mapping[int, bytes]) -> list[Glimmer]:
    """Glimmers with a part of which this is true."""
    meant = select(parts.c.glimmer_id).where(which)
    rows = tx.connection.execute(select(glimmers).where(glimmers.c.id.in_(meant))).mappings()
    return [opened(row, keys[row["person_id"]]) for row in rows]


def row_of(glimmer: Glimmer, key: bytes) -> dict[str, Any]:
    return {
        "id": glimmer.id,
        "person_id": glimmer.person_id,
        "message_id": glimmer.message_id,
        "album": glimmer.album,
        "nudge_id": glimmer.nudge_id,
        "day": glimmer.day,
        "kept_at": glimmer.kept_at,
        "sealed": sealed(glimmer, key),
    }


def part_rows(kept: Sequence[Glimmer]) -> list[dict[str, Any]]:
    return [
        {
            "person_id": glimmer.person_id,
            "message_id": part.message_id,
            "album": part.album,
            "glimmer_id": glimmer.id,
        }
        for glimmer in kept
        for part in glimmer.parts
    ]


def sealed(glimmer: Glimmer, key: bytes) -> bytes:
    content = [part_json(part) for part in glimmer.parts]
    return seal_json(key, content, "glimmers", "sealed", glimmer.person_id, glimmer.id)


def opened(row: Mapping[Any, Any], key: bytes) -> Glimmer:
    content = unseal_json(key, row["sealed"], "glimmers", "sealed", row["person_id"], row["id"])
    return Glimmer(
        id=row["id"],
        person_id=row["person_id"],
        message_id=row["message_id"],
        album=row["album"],
        nudge_id=row["nudge_id"],
        day=row["day"],
        kept_at=row["kept_at"],
        parts=tuple(part_of(part, row["album"]) for part in content),
    )


def part_json(part: Part) -> dict[str, Any]:
    media = [{name: value for name, value in asdict(one).items() if value is not None} for one in part.media]
    return {"message_id": part.message_id, "text": part.text, "media": media, "album": part.album}


def part_of(part: dict[str, Any], album: str | None) -> Part:
    """`album` is for parts written before they held their own: nothing could be added to a glimmer then."""
    media = tuple(Media(**one) for one in part["media"])
    return Part(part["message_id"], part["text"], media, part.get("album", album))
