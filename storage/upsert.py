"""INSERT … ON CONFLICT DO NOTHING, in the words of either database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

WORDS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_new(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], returning: Column[Any] | None = None
) -> set[Any]:
    """Insert the rows that are new; one whose key is already there is let go.

    Returns the values of one column in the rows that were new, where that is asked for.
    """
    if not rows:
        return set()
    statement = WORDS[connection.dialect.name](table).on_conflict_do_nothing()
    if returning is None:
        connection.execute(statement, list(rows))
        return set()
    return set(connection.scalars(statement.returning(returning), list(rows)))
