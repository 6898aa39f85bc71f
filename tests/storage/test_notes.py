"""What people write down for themselves: theirs alone, sealed with its kind, gone with them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from storage import glimmers, notes, outbox, people
from storage.ids import new_id
from storage.notes import opened, row_of
from storage.outbox import stop
from storage.records import Note, NoteKind
from storage.store import Store
from storage.tables import notes as table
from storage.vault import new_key
from tests.storage.makers import NOW, glimmer, letter, welcome

KINDS = st.sampled_from(NoteKind)


def note(person_id: int, n: int, words: str = "Ines, by phone", kind: NoteKind = NoteKind.RAIL) -> Note:
    return Note(new_id(NOW, person_id, n), person_id, kind, NOW, words)


@given(KINDS, st.text(max_size=80), st.text(max_size=20))
def test_what_is_sealed_is_read_as_it_was(kind: NoteKind, words: str, about: str) -> None:
    key, written = new_key(), replace(note(7, 1, words, kind), about=about)
    assert opened(row_of(written, key), key) == written


def test_notes_are_read_oldest_first_and_never_somebody_elses(store: Store) -> None:
    here = welcome(store, 7, 8)
    keys = {one: person.key for one, person in here.items()}
    with store.begin() as tx:
        notes.add(tx, [note(7, 2, "second"), note(8, 1, "not mine"), note(7, 1, "first")], keys)
    with store.read() as tx:
        mine = notes.of_people(tx, {7: here[7]})
        assert sorted(one.words for one in mine[7]) == ["first", "second"] and 8 not in mine
        assert [one.id for one in mine[7]] == sorted(one.id for one in mine[7])


def test_on_disk_there_is_neither_word_nor_kind(store: Store) -> None:
    here = welcome(store, 7)
    with store.begin() as tx:
        notes.add(tx, [note(7, 1, "the bench by the river", NoteKind.HARD)], {7: here[7].key})
        row = tx.connection.execute(select(table)).mappings().one()
        assert set(row) == {"id", "person_id", "sealed"}
        assert b"bench" not in row["sealed"] and b"hard" not in row["sealed"]


def test_they_go_one_by_one_and_all_with_the_person(store: Store) -> None:
    here = welcome(store, 7)
    with store.begin() as tx:
        notes.add(tx, [note(7, 1), note(7, 2)], {7: here[7].key})
        notes.drop(tx, [note(7, 1).id])
        assert [one.id for one in notes.of_people(tx, here)[7]] == [note(7, 2).id]
        people.erase(tx, [7])
        assert tx.connection.execute(select(table)).all() == []


def test_marks_of_a_glimmer_stay_with_it_and_its_name_is_found(store: Store) -> None:
    here = welcome(store, 7)
    plain, named = glimmer(7, 1), replace(glimmer(7, 2, "rain"), marks={"name": "tent roof", "shut": "1"})
    with store.begin() as tx:
        glimmers.keep(tx, [plain, named], {7: here[7].key})
        assert list(glimmers.every(tx, here[7])) == [plain, named]
        assert dict(glimmers.texts(tx, here[7]))[named.id] == "rain\ntent roof"
        glimmers.amend(tx, [replace(named, marks={})], {7: here[7].key})
        assert dict(glimmers.texts(tx, here[7]))[named.id] == "rain"


def test_what_is_said_bit_by_bit_stops_and_nothing_else_does(store: Store) -> None:
    later = NOW.replace(hour=11)
    now, beat, nudge = letter(7, "now"), letter(7, "beat", not_before=later), letter(7, "nudge", not_before=later)
    with store.begin() as tx:
        outbox.put(tx, [now, beat, replace(nudge, nudge_id="n"), replace(beat, id="hers", person_id=8)])
        stop(tx, [7], NOW)
        assert {one.letter.id for one in outbox.heads(tx, later, 10, ())} == {"now", "hers"}
        outbox.drop(tx, [one.seq for one in outbox.heads(tx, later, 10, [8])])
        assert {one.letter.id for one in outbox.heads(tx, later, 10, [8])} == {"nudge"}
