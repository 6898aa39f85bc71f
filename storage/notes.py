"""Notes: what people write down for themselves beside glimmers. What kind each is lies sealed with its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.records import Note, NoteKind, Person
from storage.store import Tx
from storage.tables import notes
from storage.upsert import insert_new
from storage.vault import seal_json, unseal_json


def of_people(tx: Tx, here: Mapping[int, Person]) -> dict[int, list[Note]]:
    """The notes of each of these people, oldest first."""
    found: dict[int, list[Note]] = {}
    mine = select(notes).where(notes.c.person_id.in_(here)).order_by(notes.c.person_id, notes.c.id)
    for row in tx.connection.execute(mine).mappings():
        found.setdefault(row["person_id"], []).append(opened(row, here[row["person_id"]].key))
    return found


def add(tx: Tx, new: Sequence[Note], keys: Mapping[int, bytes]) -> None:
    insert_new(tx.connection, notes, [row_of(note, keys[note.person_id]) for note in new])


def drop(tx: Tx, ids: Collection[str]) -> None:
    if ids:
        tx.connection.execute(notes.delete().where(notes.c.id.in_(ids)))


def row_of(note: Note, key: bytes) -> dict[str, Any]:
    content = {"kind": note.kind, "at": note.at.isoformat(), "words": note.words, "about": note.about}
    sealed = seal_json(key, content, "notes", "sealed", note.person_id, note.id)
    return {"id": note.id, "person_id": note.person_id, "sealed": sealed}


def opened(row: Mapping[Any, Any], key: bytes) -> Note:
    content = unseal_json(key, row["sealed"], "notes", "sealed", row["person_id"], row["id"])
    return Note(
        id=row["id"],
        person_id=row["person_id"],
        kind=NoteKind(content["kind"]),
        at=datetime.fromisoformat(content["at"]),
        words=content["words"],
        about=content["about"],
    )
