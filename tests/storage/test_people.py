"""People and their glimmers: kept once, opened only with their key, gone when erased."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import glimmers, nudges, outbox, people, reminders, tables
from storage.records import Kind, Part
from storage.store import Store, open_store
from storage.vault import Vault, VaultError, new_key
from tests.storage.makers import NOW, glimmer, letter, nudge, reminder, welcome


def test_a_person_is_loaded_as_they_were_written(store: Store) -> None:
    person = welcome(store, 7)[7]
    changed = replace(person, zone="Asia/Tokyo", paused=True, state={"country": "JP", "kept": 2})
    with store.begin() as tx:
        people.update(tx, [changed])
    with store.read() as tx:
        assert people.load(tx, [7, 8]) == {7: replace(changed, version=2)}


def test_who_was_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    person = welcome(store, 7)[7]
    with store.begin() as tx:
        people.update(tx, [person])
    with pytest.raises(people.Overtaken), store.begin() as tx:
        people.update(tx, [replace(person, paused=True)])


def test_a_message_is_kept_once(store: Store) -> None:
    key = welcome(store, 7)[7].key
    for _ in range(3):
        with store.begin() as tx:
            glimmers.keep(tx, [glimmer(7, 1), glimmer(7, 2, album="a"), glimmer(7, 3, album="a")], {7: key})
    with store.read() as tx:
        assert glimmers.count(tx, 7) == 2


def test_glimmers_come_newest_first_page_by_page_and_change_with_an_edit(store: Store) -> None:
    person = welcome(store, 7)[7]
    kept = [glimmer(7, n, f"glimmer {n}") for n in range(1, 8)]
    with store.begin() as tx:
        glimmers.keep(tx, kept, {7: person.key})
        edited = replace(kept[6], parts=(replace(kept[6].parts[0], text="changed"),))
        glimmers.amend(tx, [edited], {7: person.key})
        glimmers.forget(tx, [kept[5].id])
    with store.read() as tx:
        assert [one.text for one in glimmers.newest(tx, person, 0, 3)] == ["changed", "glimmer 5", "glimmer 4"]
        assert [one.message_id for one in glimmers.newest(tx, person, 3, 3)] == [3, 2, 1]
        assert glimmers.of_messages(tx, [(7, 7)], [], {7: person.key}) == [edited]


def test_a_glimmer_is_found_by_any_of_its_messages_and_by_its_albums(store: Store) -> None:
    person = welcome(store, 7, 8)[7]
    keys = {7: person.key}
    parts = (Part(2, album="a"), Part(3, album="a"), Part(5), Part(6, album="b"))
    walk = replace(glimmer(7, 2, album="a"), parts=parts)
    with store.begin() as tx:
        glimmers.keep(tx, [glimmer(7, 1), walk, glimmer(7, 4)], keys)
    with store.read() as tx:
        for number in (2, 3, 5, 6):
            assert glimmers.of_messages(tx, [(7, number)], [], keys) == [walk]
        for album in ("a", "b"):
            assert glimmers.of_messages(tx, [], [(7, album)], keys) == [walk]
        assert glimmers.of_messages(tx, [(8, 2), (7, 9)], [(8, "a"), (7, "c")], keys) == []
        assert glimmers.last(tx, person) == [walk]


def test_what_was_taken_away_or_let_go_is_found_no_more(store: Store) -> None:
    person = welcome(store, 7)[7]
    keys = {7: person.key}
    both = replace(glimmer(7, 2), parts=(Part(2), Part(5)))
    with store.begin() as tx:
        glimmers.keep(tx, [glimmer(7, 1), both], keys)
        alone = replace(both, parts=both.parts[:1])
        glimmers.amend(tx, [alone], keys)
        assert glimmers.of_messages(tx, [(7, 5)], [], keys) == []
        assert glimmers.last(tx, person) == [alone]
        glimmers.forget(tx, [both.id])
        assert glimmers.of_messages(tx, [(7, 2)], [], keys) == []
        assert glimmers.last(tx, person) == [glimmer(7, 1)]


def test_own_words_of_a_reminder_lie_sealed_and_are_opened_for_their_person_alone(store: Store) -> None:
    both = welcome(store, 7, 8)
    keys = {one: both[one].key for one in (7, 8)}
    own = replace(reminder(7), kind=Kind.WORDS, words="after coffee: stretch two minutes")
    with store.begin() as tx:
        reminders.add(tx, [own, reminder(8)], keys)
    with store.begin() as tx:
        assert reminders.of_people(tx, both) == {7: [own], 8: [reminder(8)]}
        assert {one.words for one in reminders.claim(tx, NOW, 9)} == {""}
        sealed = tx.connection.scalars(select(tables.reminders.c.sealed)).all()
        assert not any(b"coffee" in bytes(one) for one in sealed if one)
        reminders.update(tx, [replace(own, words="", next_at=None)])
        assert reminders.of_people(tx, {7: both[7]})[7][0].words == own.words
    with pytest.raises(VaultError), store.read() as tx:
        reminders.of_people(tx, {7: replace(both[7], key=both[8].key)})


def test_nobody_elses_key_opens_a_glimmer(store: Store) -> None:
    both = welcome(store, 7, 8)
    with store.begin() as tx:
        glimmers.keep(tx, [glimmer(7, 1)], {7: both[7].key})
    with pytest.raises(VaultError), store.read() as tx:
        glimmers.newest(tx, replace(both[7], key=both[8].key), 0, 1)


def test_erasing_takes_everything_of_one_person_and_nothing_of_another(store: Store) -> None:
    both = welcome(store, 7, 8)
    keys = {one: both[one].key for one in (7, 8)}
    with store.begin() as tx:
        glimmers.keep(tx, [glimmer(7, 1), glimmer(8, 2)], keys)
        reminders.add(tx, [reminder(7), reminder(8)], keys)
        nudges.write(tx, [nudge(7, "n7"), nudge(8, "n8")])
        outbox.put(tx, [letter(7, "to 7"), letter(8, "to 8")])
    with store.begin() as tx:
        people.erase(tx, [7])
    with store.read() as tx:
        for table in (tables.glimmers, tables.parts, tables.reminders, tables.nudges, tables.outbox):
            left = tx.connection.execute(table.select()).mappings().all()
            assert [row["person_id"] for row in left] == [8]
        assert list(people.load(tx, [7, 8])) == [8]


def test_on_disk_there_is_no_word_while_kept_and_no_trace_once_erased(tmp_path: Path) -> None:
    words, key = "the heron stood in the fog", new_key()
    store = open_store(f"sqlite:///{tmp_path}/d/glimmers.db", Vault([key]))
    person = welcome(store, 7)[7]
    with store.begin() as tx:
        glimmers.keep(tx, [glimmer(7, 1, words)], {7: person.key})
        sealed = bytes(tx.connection.execute(tables.glimmers.select()).one().sealed)
        wrapped = bytes(tx.connection.execute(tables.people.select()).one().key)
    assert sealed in on_disk(tmp_path) and wrapped in on_disk(tmp_path)
    assert b"heron" not in on_disk(tmp_path) and person.key not in on_disk(tmp_path)
    with store.begin() as tx:
        people.erase(tx, [7])
    store.checkpoint()
    assert sealed not in on_disk(tmp_path) and wrapped not in on_disk(tmp_path)
    store.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_an_invitation_is_used_once_and_tells_nobody_who_held_it(store: Store) -> None:
    from storage import invites

    with store.begin() as tx:
        invites.add(tx, ["abc"], NOW)
        assert invites.free(tx, ["abc", "xyz", ""]) == {"abc"}
        assert not invites.hold(tx, "xyz", 7)
        assert invites.hold(tx, "abc", 7)
        assert invites.holders(tx, [7, 8]) == {7}
        invites.use(tx, 7, NOW)
        assert invites.free(tx, ["abc"]) == set() == invites.holders(tx, [7])
        assert not invites.hold(tx, "abc", 8)
        row = tx.connection.execute(tables.invites.select()).mappings().one()
        assert row["holder"] is None and "abc" not in row["code"]
