"""Glimmers: what people keep."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, tuple_

from storage.records import EVER, Glimmer, Media, Part, Person, Span
from storage.store import Tx
from storage.tables import glimmers, parts
from storage.upsert import insert_new
from storage.vault import opener, seal_json, unseal_json

AMEND = glimmers.update().where(glimmers.c.id == bindparam("which")).values(sealed=bindparam("sealed"))
NEWEST_FIRST = (glimmers.c.kept_at.desc(), glimmers.c.message_id.desc())
OLDEST_FIRST = (glimmers.c.kept_at, glimmers.c.message_id)
SLICE = 100  # rows


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


def newest(tx: Tx, person: Person, offset: int, limit: int, span: Span = EVER) -> list[Glimmer]:
    """A page of one person's glimmers, newest first."""
    return page(tx, person, span, NEWEST_FIRST, offset, limit)


def oldest(tx: Tx, person: Person, offset: int, limit: int, span: Span = EVER) -> list[Glimmer]:
    """A page of one person's glimmers, oldest first."""
    return page(tx, person, span, OLDEST_FIRST, offset, limit)


def page(
    tx: Tx, person: Person, span: Span, order: Sequence[ColumnElement[Any]], offset: int, limit: int
) -> list[Glimmer]:
    mine = select(glimmers).where(*within(person.id, span))
    rows = tx.connection.execute(mine.order_by(*order).offset(offset).limit(limit)).mappings()
    return [opened(row, person.key) for row in rows]


def these(tx: Tx, person: Person, ids: Sequence[str]) -> list[Glimmer]:
    """Some of one person's glimmers, in the order of `ids`."""
    mine = select(glimmers).where(glimmers.c.person_id == person.id, glimmers.c.id.in_(ids))
    found = {row["id"]: opened(row, person.key) for row in tx.connection.execute(mine).mappings()}
    return [found[one] for one in ids if one in found]


def ids(tx: Tx, person_id: int, span: Span, limit: int | None = None) -> list[str]:
    """Which they are, newest first."""
    mine = select(glimmers.c.id).where(*within(person_id, span))
    return list(tx.connection.scalars(mine.order_by(*NEWEST_FIRST).limit(limit)))


def texts(tx: Tx, person: Person, span: Span = EVER) -> Iterator[tuple[str, str]]:
    """Id and words of one person's glimmers, newest first; the names of files and places are words, too.

    Read in slices, so that whoever reads in another thread lets others at work between them.
    """
    mine = select(glimmers.c.id, glimmers.c.sealed).where(*within(person.id, span)).order_by(*NEWEST_FIRST)
    read = opener(person.key)
    with tx.connection.execute(mine, execution_options={"yield_per": SLICE}) as rows:
        for one, sealed in rows:
            yield one, words_of(read(sealed, "glimmers", "sealed", person.id, one))


def every(tx: Tx, person: Person) -> Iterator[Glimmer]:
    """All glimmers of one person, oldest first, opened one by one."""
    mine = select(glimmers).where(glimmers.c.person_id == person.id)
    for row in tx.connection.execute(mine.order_by(*OLDEST_FIRST)).mappings():
        yield opened(row, person.key)


def count(tx: Tx, person_id: int, span: Span = EVER) -> int:
    mine = select(func.count()).select_from(glimmers).where(*within(person_id, span))
    return tx.connection.scalar(mine) or 0


def days_beside(tx: Tx, person_id: int, span: Span) -> tuple[date | None, date | None]:
    """The last day before the span and the first one after it of which something is kept."""
    mine, day = glimmers.c.person_id == person_id, glimmers.c.day
    before = select(func.max(day)).where(mine, day < span.start) if span.start else None
    after = select(func.min(day)).where(mine, day > span.end) if span.end else None
    found = [None if query is None else tx.connection.scalar(query) for query in (before, after)]
    return found[0], found[1]


def first_day(tx: Tx, person_id: int) -> date | None:
    """The earliest day of which something is kept."""
    day: date | None = tx.connection.scalar(select(func.min(glimmers.c.day)).where(*within(person_id, EVER)))
    return day


def within(person_id: int, span: Span) -> list[ColumnElement[bool]]:
    """One person's, of these days."""
    limits = [glimmers.c.person_id == person_id]
    if span.start:
        limits.append(glimmers.c.day >= span.start)
    if span.end:
        limits.append(glimmers.c.day <= span.end)
    if span.days is not None:
        limits.append(glimmers.c.day.in_(span.days))
    return limits


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
    parts_ = [part_json(part) for part in glimmer.parts]
    content = {"parts": parts_, "marks": dict(glimmer.marks)} if glimmer.marks else parts_
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
        parts=tuple(part_of(part, row["album"]) for part in parts_in(content)),
        marks=content["marks"] if isinstance(content, dict) else {},
    )


def parts_in(content: Any) -> Sequence[dict[str, Any]]:
    """A sealed glimmer is the list of its parts, or that with its marks."""
    return content["parts"] if isinstance(content, dict) else content  # type: ignore[no-any-return]


def words_of(content: Any) -> str:
    """A sealed glimmer's words, with the names and addresses of what was sent, and the name they gave it."""
    said = [part["text"] for part in parts_in(content)]
    named = [one.get(field) for part in parts_in(content) for one in part["media"] for field in ("name", "address")]
    name = content["marks"].get("name") if isinstance(content, dict) else None
    return "\n".join(filter(None, [*said, *named, name]))


def part_json(part: Part) -> dict[str, Any]:
    media = [{name: value for name, value in asdict(one).items() if value is not None} for one in part.media]
    return {"message_id": part.message_id, "text": part.text, "media": media, "album": part.album}


def part_of(part: dict[str, Any], album: str | None) -> Part:
    """`album` is for parts written before they held their own: nothing could be added to a glimmer then."""
    media = tuple(Media(**one) for one in part["media"])
    return Part(part["message_id"], part["text"], media, part.get("album", album))
