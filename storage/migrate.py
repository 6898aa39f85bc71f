"""Alembic at start-up: forward only, and safe when several processes start at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x61_11_33


class Newer(Exception):
    """The database was brought up to date by a newer version of this program; `revision` is its schema's number."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the schema is {revision}; this program knows up to {head()}")
        self.revision = revision


def head() -> str:
    """The newest revision: the number that its file's name begins with."""
    return max(file.stem.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def migrate(engine: Engine) -> None:
    """Bring the schema to `head`. Alembic is loaded only when there is something to do."""
    with engine.connect().execution_options(reading=True) as connection:
        if current(connection) == head():
            return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if current(connection) != head():
            upgrade(connection)


def known(connection: Connection) -> str | None:
    """The schema's revision; None before the first one. Newer where this program does not know it."""
    revision = current(connection)
    if revision and revision > head():
        raise Newer(revision)
    return revision


def current(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def upgrade(connection: Connection, revision: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
