"""One process at a time speaks for a database. The others stand by until it ends, however it ends."""

from __future__ import annotations

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from storage.store import Store

LOCK = 0x61_11_34


class Leadership:
    """`take()` until it says True; then ask `held()` now and then. The operating system frees it on a kill."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._file: IO[str] | None = None
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Whether this process now leads."""
        return self._take_file() if self._store.engine.dialect.name == "sqlite" else self._take_lock()

    def held(self) -> bool:
        """Whether it still does: a lost database connection loses it."""
        if self._connection is None:
            return self._file is not None
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def release(self) -> None:
        if self._file:
            self._file.close()
        if self._connection:
            with suppress(SQLAlchemyError):
                self._connection.close()
        self._file = self._connection = None

    def _take_file(self) -> bool:
        file = Path(f"{self._store.engine.url.database}.lock").open("w")  # noqa: SIM115 - it stays open as long as this process leads
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def _take_lock(self) -> bool:
        """A session lock on a connection of its own: through the pool it would be handed to somebody else."""
        connection = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}):
            connection.close()
            return False
        connection.detach()
        self._connection = connection
        return True
