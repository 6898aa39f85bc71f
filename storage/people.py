"""People: everyone here said yes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select

from storage.records import Person, Priority
from storage.store import Tx
from storage.tables import inbox, outbox, people
from storage.upsert import insert_new
from storage.vault import new_key, seal_json, unseal_json

UPDATE = (
    people.update()
    .where(people.c.id == bindparam("who"), people.c.version == bindparam("seen"))
    .values({name: bindparam(name) for name in ("version", "zone", "paused", "away", "sealed")})
    .values(consented_at=bindparam("consented_at"), consent_version=bindparam("consent_version"))
)


class Overtaken(Exception):
    """Somebody else wrote a person between our reading and our writing: the batch must be run again."""


def load(tx: Tx, ids: Collection[int]) -> dict[int, Person]:
    """Those of `ids` who are here, opened."""
    rows = tx.connection.execute(select(people).where(people.c.id.in_(ids))).mappings()
    return {row["id"]: opened(tx, row) for row in rows}


def welcome(tx: Tx, newcomers: Sequence[Person]) -> dict[int, Person]:
    """Write people who said yes, each with a fresh key; returns them with it."""
    keyed = [replace(person, key=new_key()) for person in newcomers]
    insert_new(tx.connection, people, [row_of(tx, person) for person in keyed])
    return {person.id: person for person in keyed}


def update(tx: Tx, changed: Sequence[Person]) -> None:
    """Write people as they are now; Overtaken when any was changed since it was read."""
    if not changed:
        return
    rows = [
        {
            "who": person.id,
            "seen": person.version,
            "version": person.version + 1,
            "zone": person.zone,
            "paused": person.paused,
            "away": person.away,
            "consented_at": person.consented_at,
            "consent_version": person.consent_version,
            "sealed": sealed_state(person),
        }
        for person in changed
    ]
    if tx.connection.execute(UPDATE, rows).rowcount != len(rows):
        raise Overtaken


def erase(tx: Tx, ids: Collection[int]) -> None:
    """Delete people, their keys, and by cascade all that was sealed with them; also what still waits in the post, but
    for help on its way to them: it holds numbers, and none of their words."""
    unhelpful = outbox.c.priority != Priority.FIRST
    tx.connection.execute(outbox.delete().where(outbox.c.person_id.in_(ids), unhelpful))
    tx.connection.execute(inbox.update().where(inbox.c.person_id.in_(ids), inbox.c.aside).values(sealed=None))
    tx.connection.execute(people.delete().where(people.c.id.in_(ids)))


def opened(tx: Tx, row: Mapping[Any, Any]) -> Person:
    key = tx.vault.unwrap(row["key"], "people", "key", row["id"])
    state = unseal_json(key, row["sealed"], "people", "sealed", row["id"])
    return Person(
        id=row["id"],
        version=row["version"],
        consented_at=row["consented_at"],
        consent_version=row["consent_version"],
        zone=row["zone"],
        paused=row["paused"],
        away=row["away"],
        state=state,
        key=key,
    )


def row_of(tx: Tx, person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "version": person.version,
        "key": tx.vault.wrap(person.key, "people", "key", person.id),
        "consented_at": person.consented_at,
        "consent_version": person.consent_version,
        "zone": person.zone,
        "paused": person.paused,
        "away": person.away,
        "sealed": sealed_state(person),
    }


def sealed_state(person: Person) -> bytes:
    return seal_json(person.key, person.state, "people", "sealed", person.id)


def mark_away(tx: Tx, person_id: int) -> None:
    """They do not let the bot speak."""
    tx.connection.execute(people.update().where(people.c.id == person_id).values(away=True))
