"""A look from outside tells what is there, and leaves no trace."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import invites, reminders
from storage.look import Seen, look, place, unwritable
from storage.migrate import Newer, head
from storage.store import Store, Unreachable, open_store
from storage.vault import Vault, new_key
from tests.storage.makers import NOW, reminder, welcome


def fill(store: Store) -> None:
    """Two people, one reminder, three invitations of which one is used."""
    both = welcome(store, 7, 8)
    with store.begin() as tx:
        reminders.add(tx, [reminder(7)], {7: both[7].key})
        invites.add(tx, ["a", "b", "c"], NOW)
        invites.hold(tx, "a", 7)
        invites.use(tx, 7, NOW)


def move_schema(store: Store, revision: str) -> None:
    with store.begin() as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


def test_it_tells_what_is_there_while_the_bot_works(database_url: str, store: Store, vault: Vault) -> None:
    fill(store)
    seen = look(database_url)
    assert seen == Seen(head(), vault.fingerprints[0], people=2, reminders=1, invites=2)
    assert seen.needed == vault.fingerprints[0] and not seen.behind


def test_nobody_in_it_needs_no_key(database_url: str, store: Store) -> None:
    del store
    seen = look(database_url)
    assert seen and seen.needed is None


def test_an_empty_database_is_nothing_yet(database_url: str) -> None:
    assert look(database_url) is None


def test_an_older_schema_is_behind_and_a_newer_one_is_refused_and_left_alone(database_url: str, store: Store) -> None:
    fill(store)
    move_schema(store, "0000")
    seen = look(database_url)
    assert seen and seen.behind
    move_schema(store, "9999")
    with pytest.raises(Newer) as refusal:
        look(database_url)
    assert refusal.value.revision == "9999"
    with pytest.raises(Newer):
        open_store(database_url, Vault([new_key()]))
    with store.read() as tx:
        assert invites.free(tx, ["b", "c"]) == {"b", "c"}


@pytest.mark.parametrize("at_work", [True, False])
def test_it_leaves_every_file_as_it_was(tmp_path: Path, at_work: bool) -> None:
    url = f"sqlite:///{tmp_path}/glimmers.db"
    store = open_store(url, Vault([new_key()]))
    fill(store)
    if not at_work:
        store.close()
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    seen = look(url)
    assert seen and seen.people == 2
    after = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    # Among those at work, SQLite notes in the -shm file who is reading.
    for files in (before, after):
        files.pop("glimmers.db-shm", None)
    assert after == before and ("glimmers.db-wal" in after) == at_work
    store.close()


def test_where_there_is_no_file_none_is_made(tmp_path: Path) -> None:
    assert look(f"sqlite:///{tmp_path}/data/glimmers.db") is None
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_told_in_the_databases_words(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("this is no database, " * 100)
    for url, words in (
        (f"sqlite:///{tmp_path}/notes.txt", "file is not a database"),
        ("postgresql://me:hunter2@127.0.0.1:1/none", "Connection refused"),
        ("postgresql://me:hunter2@127.0.0.1:hunter2/none", "the address has a wrong shape"),
    ):
        with pytest.raises(Unreachable) as refusal:
            look(url)
        assert str(refusal.value) == words


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////var/lib/glimmers/glimmers.db", "SQLite, /var/lib/glimmers/glimmers.db"),
        ("postgresql://me:hunter2@db.example.org:5433/jar?sslpassword=hunter2", "PostgreSQL, db.example.org:5433/jar"),
        ("postgresql://me@/jar", "PostgreSQL, this machine/jar"),
    ],
)
def test_the_place_is_told_without_who_may_enter(url: str, told: str) -> None:
    assert place(url) == told


def test_a_folder_that_will_be_made_may_be_written(tmp_path: Path) -> None:
    assert unwritable(tmp_path / "data" / "glimmers.db") is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_may_not_be_written_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "glimmers.db.lock"
    lock.touch(mode=0o400)
    assert unwritable(tmp_path / "glimmers.db") == lock
    tmp_path.chmod(0o500)
    assert unwritable(tmp_path / "data" / "glimmers.db") == tmp_path
    tmp_path.chmod(0o700)
