"""Inbox, outbox, nudges, reminders: nothing lost, nothing twice, in order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import inbox, nudges, outbox, reminders
from storage.leader import Leadership
from storage.records import Priority
from storage.store import Store, open_store
from storage.vault import Vault, new_key
from tests.storage.makers import NOW, letter, nudge, reminder, welcome

BOT = 1


def put(store: Store, *arrived: tuple[int, int]) -> None:
    with store.begin() as tx:
        inbox.put(tx, BOT, [(number, person, {"update_id": number}) for number, person in arrived], NOW)


def test_an_update_is_there_once_however_often_it_comes(store: Store) -> None:
    put(store, (1, 7), (2, 7))
    put(store, (2, 7), (3, 8))
    with store.begin() as tx:
        assert inbox.waiting(tx) == 3
        inbox.done(tx, [row.seq for row in inbox.oldest(tx, 9)])
    put(store, (1, 7), (3, 8))
    with store.read() as tx:
        assert inbox.waiting(tx) == 1


def test_a_batch_holds_the_oldest_update_of_each_person(store: Store) -> None:
    put(store, (5, 7), (6, 8), (7, 7), (8, 9))
    with store.begin() as tx:
        assert [(row.person_id, row.body["update_id"]) for row in inbox.oldest(tx, 2)] == [(7, 5), (8, 6)]
        assert [row.update_id for row in inbox.oldest(tx, 9)] == [5, 6, 8]
        assert [row.update_id for row in inbox.oldest(tx, 9, only=[9])] == [8]
        assert [row.update_id for row in inbox.oldest(tx, 9, but=[7, 9])] == [6]
        assert inbox.oldest(tx, 9, only=[7, 8], but=[7, 8]) == []


def test_what_keeps_failing_is_set_aside_and_holds_nobody_up(store: Store) -> None:
    put(store, (1, 7), (2, 7))
    with store.begin() as tx:
        first = inbox.oldest(tx, 1)[0]
        assert [inbox.failed(tx, [first.seq], 3) for _ in range(3)] == [[], [], [first.seq]]
        assert [row.update_id for row in inbox.oldest(tx, 9)] == [2]


def test_ids_of_what_was_heard_are_forgotten_later_and_what_waits_is_not(store: Store) -> None:
    put(store, (1, 7), (2, 8))
    with store.begin() as tx:
        inbox.done(tx, [inbox.oldest(tx, 1)[0].seq])
        inbox.forget_before(tx, NOW + timedelta(seconds=1))
        assert inbox.waiting(tx) == 1
    put(store, (1, 7))
    with store.read() as tx:
        assert inbox.waiting(tx) == 2


def test_care_goes_before_replies_before_nudges_and_each_person_in_order(store: Store) -> None:
    care, ask = Priority.FIRST, Priority.NUDGE
    letters = [letter(7, "a", ask), letter(7, "b"), letter(8, "c"), letter(7, "d", care), letter(8, "e")]
    with store.begin() as tx:
        outbox.put(tx, letters)
        assert [one.letter.id for one in outbox.heads(tx, NOW, 9, [])] == ["d", "c"]
        assert [one.letter.id for one in outbox.heads(tx, NOW, 9, [7])] == ["c"]
        outbox.drop(tx, [one.seq for one in outbox.heads(tx, NOW, 9, [])])
        assert [one.letter.id for one in outbox.heads(tx, NOW, 9, [])] == ["b", "e"]


def test_a_letter_waits_for_its_time(store: Store) -> None:
    later = NOW + timedelta(hours=1)
    with store.begin() as tx:
        outbox.put(tx, [letter(7, "snoozed", Priority.NUDGE, later), letter(7, "reply")])
        assert [one.letter.id for one in outbox.heads(tx, NOW, 9, [])] == ["reply"]
        assert outbox.next_moment(tx, NOW) == later
        assert [one.letter.id for one in outbox.heads(tx, later, 9, [])] == ["reply"]
        outbox.drop_for(tx, 7)
        assert outbox.heads(tx, later, 9, []) == []


def test_a_nudge_is_tried_by_one_only_and_comes_back_only_when_not_sent(store: Store) -> None:
    with store.begin() as tx:
        outbox.put(tx, [letter(7, "n", Priority.NUDGE)])
        seq = outbox.heads(tx, NOW, 9, [])[0].seq
        assert outbox.try_nudges(tx, [seq]) == {seq}
        assert outbox.try_nudges(tx, [seq]) == set()
        assert outbox.heads(tx, NOW, 9, []) == []
        assert [one.seq for one in outbox.abandoned(tx)] == [seq]
        outbox.back(tx, [seq])
        assert [one.seq for one in outbox.heads(tx, NOW, 9, [])] == [seq]


def test_a_second_nudge_for_one_moment_cannot_be_written(store: Store) -> None:
    welcome(store, 7)
    with store.begin() as tx:
        assert nudges.write(tx, [nudge(7, "first")]) == {"first"}
        assert nudges.write(tx, [nudge(7, "first")]) == set()
        again = nudge(7, "same key", due_at=NOW + timedelta(hours=1))
        together = nudge(7, "same moment", slot="08:31")
        other = nudge(7, "another", slot="09:00", due_at=NOW + timedelta(minutes=30))
        assert nudges.write(tx, [again, together, other]) == {"another"}
        assert nudges.used(tx, [7], NOW.date()) == {"r7": {(NOW.date(), "08:30"), (NOW.date(), "09:00")}}


def test_a_nudge_is_found_by_the_message_it_became(store: Store) -> None:
    welcome(store, 7)
    with store.begin() as tx:
        nudges.write(tx, [nudge(7, "n")])
        nudges.end(tx, [("n", "sent", 41)])
        assert nudges.of_messages(tx, [(7, 41), (8, 41)])[7, 41].id == "n"
        nudges.forget_before(tx, NOW + timedelta(seconds=1))
        assert nudges.by_id(tx, ["n"]) == {}


def test_the_longest_due_is_claimed_first_and_silence_hides_all(store: Store) -> None:
    keys = {person.id: person.key for person in welcome(store, 7, 8).values()}
    soon, late = NOW + timedelta(minutes=5), NOW - timedelta(minutes=5)
    with store.begin() as tx:
        reminders.add(tx, [reminder(7, "a", soon), reminder(7, "b"), reminder(8, "c", late)], keys)
        assert [one.id for one in reminders.claim(tx, NOW, 9)] == ["c8", "b7"]
        assert reminders.next_moment(tx) == late
        reminders.silence(tx, 7)
        assert [one.id for one in reminders.claim(tx, soon, 9)] == ["c8"]


def test_two_replicas_never_take_the_same_person(store: Store, database_url: str, vault: Vault) -> None:
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite has one writer")
    put(store, (1, 7), (2, 8))
    other = open_store(database_url, vault)
    with store.begin() as one, other.begin() as two:
        assert len(inbox.oldest(one, 1)) == 1
        assert [row.person_id for row in inbox.oldest(two, 9)] == [8]
    other.close()


def test_one_process_leads_until_it_lets_go(store: Store, database_url: str, vault: Vault) -> None:
    other = open_store(database_url, vault)
    first, second = Leadership(store), Leadership(other)
    assert first.take() and first.held()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()
    other.close()


@settings(max_examples=20)
@given(st.lists(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 3)), max_size=6), max_size=5))
def test_whatever_is_repeated_each_update_is_heard_once(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[int, int]]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("d")
    store = open_store(f"sqlite:///{folder}/x.db", Vault([new_key()]))
    heard: list[int] = []
    for batch in batches:
        put(store, *batch)
        with store.begin() as tx:
            taken = inbox.oldest(tx, 2)
            inbox.done(tx, [row.seq for row in taken])
            heard += [row.update_id for row in taken]
    with store.begin() as tx:
        while taken := inbox.oldest(tx, 2):
            inbox.done(tx, [row.seq for row in taken])
            heard += [row.update_id for row in taken]
    store.close()
    assert sorted(heard) == sorted({number for batch in batches for number, _ in batch})
