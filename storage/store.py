"""Opening a database: engine, pragmas, migrations, the post key. `with store.begin() as tx` is a transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from storage import tables
from storage.migrate import known, migrate
from storage.upsert import insert_new
from storage.vault import Vault, VaultError, new_key

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "busy_timeout=30000",
)
CONNECT = 10  # seconds for PostgreSQL to answer
POST_KEY_PLACE = ("installation", "post_key", 1)


class KeyMismatch(Exception):
    """The database was sealed with another master key; `fingerprint` names the one it needs."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(f"this database needs the key with fingerprint {fingerprint}")
        self.fingerprint = fingerprint


class Unreachable(Exception):
    """The database cannot be opened; the text says why in a few words, without the address."""


@dataclass(frozen=True)
class Tx:
    """One open transaction and the keys that go with it."""

    connection: Connection
    vault: Vault
    post_key: bytes

    @property
    def postgres(self) -> bool:
        return self.connection.dialect.name == "postgresql"


class Store:
    """An open database. Leaving a `begin()` block commits; an exception rolls all of it back."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self.engine = engine
        self.vault = vault
        self._post_key = installed_post_key(engine, vault)

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A writing transaction."""
        with self.engine.begin() as connection:
            yield Tx(connection, self.vault, self._post_key)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A reading transaction; it waits for no writer."""
        with self.engine.connect().execution_options(reading=True) as connection:
            yield Tx(connection, self.vault, self._post_key)

    def checkpoint(self) -> None:
        """After an erasure: nothing of it stays in SQLite's write-ahead log."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        self.engine.dispose()


def open_store(url: str, vault: Vault) -> Store:
    """Open `sqlite:///…` or `postgresql://…` and bring its schema up to date. KeyMismatch, Newer or Unreachable."""
    with reached(url) as engine:
        check_key(engine, vault)
        migrate(engine)
        return Store(engine, vault)


@contextmanager
def reached(url: str, make: Callable[[str], Engine] | None = None) -> Iterator[Engine]:
    """The engine of a database; disposed of where something goes wrong, and told as Unreachable what it was."""
    engine: Engine | None = None
    try:
        engine = (make or make_engine)(url)
        yield engine
    except BaseException as error:
        if engine:
            engine.dispose()
        if isinstance(error, DBAPIError | OSError):
            raise Unreachable(reason(error)) from None
        raise


def reason(error: DBAPIError | OSError) -> str:
    """The database's or the system's own words, without the address that may stand before them."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    first = str(error.orig).strip().partition("\n")[0]
    return re.sub(r"^\[Errno -?\d+\] ", "", first.rpartition(": ")[2].strip()) or type(error.orig).__name__


def address(url: str) -> URL:
    """The parts of a database's URL; Unreachable where it has a wrong shape."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise Unreachable("the address has a wrong shape") from None


def check_key(engine: Engine, vault: Vault) -> None:
    """KeyMismatch or Newer before anything is written. A database nobody is in may begin anew with another key."""
    with engine.connect().execution_options(reading=True) as connection:
        known(connection)
        fit = remembered(connection) if has_schema(connection) else None
        if fit is None or fit in vault.fingerprints:
            return
        if anyone_in(connection):
            raise KeyMismatch(fit)
    with engine.begin() as connection:
        for table in (tables.inbox, tables.outbox, tables.invites, tables.installation):
            connection.execute(table.delete())


def make_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            address(url).set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT},
        )
    make_room(Path(address(url).database or ""))
    engine = create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def make_room(file: Path) -> None:
    """The data folder, open to its owner alone."""
    if not file.parent.exists():
        file.parent.mkdir(parents=True, mode=0o700)


def prepare_sqlite(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: Connection) -> None:
    """Writers begin IMMEDIATE: a deferred transaction that turns writer loses updates."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def anyone_in(connection: Connection) -> bool:
    return has_schema(connection) and connection.scalar(select(tables.people.c.id).limit(1)) is not None


def has_schema(connection: Connection) -> bool:
    return connection.dialect.has_table(connection, "installation")


def remembered(connection: Connection) -> str | None:
    fit: str | None = connection.scalar(select(tables.installation.c.fingerprint))
    return fit


def installed_post_key(engine: Engine, vault: Vault) -> bytes:
    """The post key, made at the first start; several processes may start at once."""
    row = {
        "id": 1,
        "fingerprint": vault.fingerprints[0],
        "post_key": vault.wrap(new_key(), *POST_KEY_PLACE),
    }
    with engine.begin() as connection:
        insert_new(connection, tables.installation, [row])
        wrapped = connection.scalar(select(tables.installation.c.post_key))
    try:
        return vault.unwrap(wrapped or b"", *POST_KEY_PLACE)
    except VaultError:
        raise KeyMismatch("unknown") from None


def rotate(store: Store) -> int:
    """Re-wrap every data key with the newest master key; texts stay untouched. Returns how many people it moved."""
    vault, people = store.vault, tables.people
    with store.begin() as tx:
        rows = tx.connection.execute(select(people.c.id, people.c.key)).all()
        for person_id, wrapped in rows:
            place = ("people", "key", person_id)
            fresh = vault.wrap(vault.unwrap(wrapped, *place), *place)
            tx.connection.execute(people.update().where(people.c.id == person_id).values(key=fresh))
        tx.connection.execute(
            tables.installation.update().values(
                fingerprint=vault.fingerprints[0], post_key=vault.wrap(tx.post_key, *POST_KEY_PLACE)
            )
        )
    return len(rows)


def is_passing(error: BaseException) -> bool:
    """Trouble of the database's surroundings (lock, disk, connection), not of the row being written."""
    return isinstance(error, OperationalError)
