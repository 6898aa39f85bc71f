"""The databases that the tests are given."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest


def connect(url: str) -> sqlite3.Connection | psycopg.Connection:
    return sqlite3.connect(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else psycopg.connect(url)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_gets_an_empty_database_of_its_own(database_url: str, turn: str) -> None:
    with closing(connect(database_url)) as connection:
        connection.execute("CREATE TABLE seen (turn TEXT)")
        connection.execute(f"INSERT INTO seen VALUES ('{turn}')")
        connection.commit()
        assert connection.execute("SELECT turn FROM seen").fetchall() == [(turn,)]


def test_no_test_sees_the_home_folder_of_whoever_runs_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert tmp_path_factory.getbasetemp() in Path.home().parents
