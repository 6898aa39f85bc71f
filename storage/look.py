"""A look at a database from outside: no key is needed, and nothing is made, migrated, locked or written."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection, Engine, Table, create_engine, func, select
from sqlalchemy.pool import NullPool

from storage.migrate import head, known
from storage.store import address, reached, remembered
from storage.tables import invites, people, reminders

PATIENCE = 5  # seconds
BESIDE = ("", "-wal", "-shm", ".lock")


@dataclass(frozen=True)
class Seen:
    """What a database shows. `fingerprint` names its key, `invites` are those nobody has used."""

    revision: str
    fingerprint: str | None
    people: int
    reminders: int
    invites: int

    @property
    def needed(self) -> str | None:
        """The fingerprint of the key it cannot do without; None while nobody is in it."""
        return self.fingerprint if self.people else None

    @property
    def behind(self) -> bool:
        """Whether the next start brings its schema up to date."""
        return self.revision < head()


def look(url: str) -> Seen | None:
    """What lies there; None where nothing was made yet. Newer or Unreachable where it cannot be read."""
    file = file_of(url)
    with reached(url, reader) as engine:
        if file and not file.exists():
            return None
        with engine.connect() as connection:
            if not file:
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
            return see(connection)


def see(connection: Connection) -> Seen | None:
    revision = known(connection)
    if revision is None:
        return None
    return Seen(
        revision,
        remembered(connection),
        people=count(connection, people),
        reminders=count(connection, reminders),
        invites=count(connection, invites, invites.c.used_at.is_(None)),
    )


def count(connection: Connection, table: Table, *which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(*which)) or 0


def reader(url: str) -> Engine:
    file = file_of(url)
    if not file:
        where = address(url).set(drivername="postgresql+psycopg")
        return create_engine(where, poolclass=NullPool, connect_args={"connect_timeout": PATIENCE})
    # Even a reader makes the files beside a SQLite database, unless they are there, or it is told that nobody writes.
    quiet = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
    path = f"file:{quote(str(file))}?mode=ro{quiet}"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(path, PATIENCE, uri=True), poolclass=NullPool)


def file_of(url: str) -> Path | None:
    """Where a SQLite database lies; None for PostgreSQL."""
    return Path(address(url).database or "").absolute() if url.startswith("sqlite") else None


def place(url: str) -> str:
    """The kind and the place of a database, without who may enter it."""
    if file := file_of(url):
        return f"SQLite, {file}"
    where = address(url)
    port = f":{where.port}" if where.port else ""
    return f"PostgreSQL, {where.host or 'this machine'}{port}/{where.database or ''}"


def unwritable(file: Path) -> Path | None:
    """What this user would have to write for this file to be kept, and may not."""
    there = [part for suffix in BESIDE if (part := file.with_name(file.name + suffix)).exists()]
    folder = next(parent for parent in file.parents if parent.exists())
    return next((path for path in (folder, *there) if not os.access(path, os.W_OK)), None)
