"""INSERT … ON CONFLICT DO NOTHING, in the words of either database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

WORDS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows that are new; one whose key is already there is let go."""
    if rows:
        statement = WORDS[connection.dialect.name](table).on_conflict_do_nothing()
        connection.execute(statement, list(rows))
