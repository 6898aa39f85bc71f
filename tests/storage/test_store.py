"""Opening, keys, migrations, transactions."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import glimmers, people, tables
from storage.migrate import current, head, upgrade
from storage.records import Person
from storage.store import KeyMismatch, Store, Unreachable, make_engine, open_store, rotate
from storage.vault import Vault, new_key, seal_json
from tests.storage.makers import glimmer, welcome


def test_the_migrations_make_exactly_the_schema_of_the_tables(store: Store) -> None:
    with store.engine.connect().execution_options(reading=True) as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        assert current(connection) == head()


def test_what_was_kept_before_a_glimmer_had_parts_is_found_as_before(database_url: str, vault: Vault) -> None:
    engine = make_engine(database_url)
    with engine.begin() as connection:
        upgrade(connection, "0001")
    store = Store(engine, vault)
    person = welcome(store, 7)[7]
    album = [{"message_id": n, "text": "", "media": [{"kind": "photo", "file_id": f"p{n}"}]} for n in (2, 3)]
    old = glimmer(7, 2, album="a")
    row = {name: getattr(old, name) for name in ("id", "person_id", "message_id", "album", "day", "kept_at")}
    row["sealed"] = seal_json(person.key, album, "glimmers", "sealed", 7, old.id)
    with store.begin() as tx:
        tx.connection.execute(tables.glimmers.insert(), [row])
    store.close()
    store = open_store(database_url, vault)
    with store.read() as tx:
        found = glimmers.of_messages(tx, [(7, 2)], [], {7: person.key})
        assert found == glimmers.of_messages(tx, [], [(7, "a")], {7: person.key})
        assert [part.album for part in found[0].parts] == ["a", "a"]
    store.close()


def test_an_exception_rolls_everything_back(store: Store) -> None:
    with pytest.raises(RuntimeError), store.begin() as tx:
        people.welcome(tx, [Person(7, 1, glimmer(7, 1).kept_at, 1)])
        raise RuntimeError
    with store.read() as tx:
        assert people.load(tx, [7]) == {}


def test_another_key_is_refused_and_nothing_is_written(database_url: str, store: Store, vault: Vault) -> None:
    welcome(store, 7)
    with pytest.raises(KeyMismatch) as refusal:
        open_store(database_url, Vault([new_key()]))
    assert refusal.value.fingerprint == vault.fingerprints[0]
    with store.read() as tx:
        assert 7 in people.load(tx, [7])


def test_a_database_nobody_is_in_begins_anew_with_another_key(database_url: str, store: Store) -> None:
    store.close()
    other = Vault([new_key()])
    again = open_store(database_url, other)
    welcome(again, 7)
    again.close()
    open_store(database_url, other).close()


def test_after_rotation_the_old_key_can_be_taken_away(database_url: str, store: Store, vault: Vault) -> None:
    keys = welcome(store, 7)
    with store.begin() as tx:
        glimmers.keep(tx, [glimmer(7, 1, "first frost")], {7: keys[7].key})
    new = new_key()
    both = open_store(database_url, Vault([new, *vault._masters]))
    assert rotate(both) == 1
    both.close()
    alone = open_store(database_url, Vault([new]))
    with alone.read() as tx:
        assert [one.text for one in glimmers.every(tx, people.load(tx, [7])[7])] == ["first frost"]
    alone.close()
    with pytest.raises(KeyMismatch):
        open_store(database_url, vault)


def test_several_processes_may_start_at_once(database_url: str) -> None:
    key = new_key()
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as pool:
        post_keys = list(pool.map(open_and_tell, [database_url] * 4, [key] * 4))
    assert len(set(post_keys)) == 1


def open_and_tell(url: str, key: bytes) -> bytes:
    store = open_store(url, Vault([key]))
    with store.read() as tx:
        post_key = tx.post_key
    store.close()
    return post_key


def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "x" / "notes.txt"
    file.parent.mkdir()
    file.write_text("this is no database, " * 100)
    with pytest.raises(Unreachable):
        open_store(f"sqlite:///{file}", Vault([new_key()]))


def test_the_data_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/data/glimmers.db", Vault([new_key()])).close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
