"""A search waits for itself alone: others are answered before it, and it sees what was kept before it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels import updates
from bot.house import furnished
from bot.settings import Access, Settings
from bot.turn import TRIES, Turns
from storage import glimmers, inbox, outbox, people, tables
from storage.records import Person
from storage.store import Store, open_store
from storage.vault import Vault, new_key
from tests.storage.makers import NOW

BOT = 1


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url, Vault([new_key()]))
    with opened.begin() as tx:
        people.welcome(tx, [Person(one, 1, NOW, 1, "Europe/Lisbon", state={"kept": 4}) for one in (7, 8)])
    yield opened
    opened.close()


@pytest.fixture
def turns(store: Store) -> Turns:
    house = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
    return Turns(store, house, Access("open"), updates.read, updates.sender)


def said(number: int, person: int, text: str) -> dict[str, Any]:
    who = {"id": person, "first_name": "Ada"}
    message = {"message_id": number, "date": int(NOW.timestamp()), "text": text}
    message |= {"chat": who | {"type": "private"}, "from": who | {"is_bot": False}}
    return {"update_id": number, "message": message}


def told(store: Store, person: int) -> list[str]:
    """What lies in the outbox for somebody; hearts by their method."""
    with store.begin() as tx:
        heads = tx.connection.execute(select(tables.outbox).order_by(tables.outbox.c.seq)).all()
        letters = [outbox.opened(tx, row).letter for row in heads if row.person_id == person]
    return [letter.recipe["params"].get("text", letter.recipe["method"]) for letter in letters]


def waiting(store: Store) -> int:
    with store.read() as tx:
        return inbox.waiting(tx)


def test_others_are_answered_while_somebody_waits_for_a_search(store: Store, turns: Turns) -> None:
    turns.take(BOT, [said(1, 7, "the dog slept"), said(2, 8, "rain on the roof")], NOW)
    turns.run(NOW)
    turns.take(BOT, [said(3, 7, "anything about dog?"), said(4, 8, "wind"), said(5, 7, "a second dog")], NOW)
    assert turns.run(NOW) == 2
    (search,) = turns.searches()
    assert (told(store, 8), told(store, 7)) == (["setMessageReaction"] * 2, ["setMessageReaction"])
    assert turns.run(NOW) == 0 and waiting(store) == 2, "they wait, and so does what they said after it"
    with store.begin() as tx:
        found = turns.search(search)  # as somebody else writes: it waits for no writer
        glimmers.forget(tx, [])
    turns.found(search, found)
    assert turns.run(NOW) == 1
    assert told(store, 7)[1].startswith("The one you kept is about “dog”.\n\ntoday\nthe dog slept")
    assert turns.run(NOW) == 1 and waiting(store) == 0
    assert turns.searches() == []


def test_words_looked_for_are_written_nowhere(store: Store, turns: Turns) -> None:
    turns.take(BOT, [said(1, 7, "anything about xylophones?")], NOW)
    turns.run(NOW)
    (search,) = turns.searches()
    turns.found(search, turns.search(search))
    turns.run(NOW)
    with store.read() as tx:
        state = people.load(tx, [7])[7].state
        assert tx.connection.scalar(select(tables.inbox.c.sealed)) is None
    assert "xylophones" not in repr(state)


def test_days_alone_need_no_search(store: Store, turns: Turns) -> None:
    turns.take(BOT, [said(1, 7, "warm bread")], NOW)
    turns.run(NOW)
    turns.take(BOT, [said(2, 7, "the last one")], NOW)
    turns.run(NOW)
    assert turns.searches() == [] and told(store, 7)[-1].endswith("warm bread")


def test_a_search_that_fails_is_that_turns_alone(store: Store, turns: Turns) -> None:
    """Tried as often as any turn, then set aside, and the person is told."""
    turns.take(BOT, [said(1, 7, "the dog slept")], NOW)
    turns.run(NOW)
    with store.begin() as tx:
        tx.connection.execute(tables.glimmers.update().values(sealed=b"changed"))
    turns.take(BOT, [said(2, 7, "anything about dog?"), said(3, 8, "wind"), said(4, 7, "hello")], NOW)
    for _ in range(TRIES):
        turns.run(NOW)
        for search in turns.searches():
            turns.found(search, turns.search(search))
        turns.run(NOW)
    while turns.run(NOW):
        pass
    assert turns.searches() == [] and waiting(store) == 0
    assert [text for text in told(store, 7) if "went wrong" in text] == [told(store, 7)[1]]


def test_a_process_that_begins_anew_hears_what_was_put_off(turns: Turns) -> None:
    turns.take(BOT, [said(1, 7, "anything about dog?")], NOW)
    turns.run(NOW)
    assert len(turns.searches()) == 1
    turns.begin_anew()
    assert turns.run(NOW) == 1
    assert len(turns.searches()) == 1


def test_whoever_is_gone_meanwhile_is_looked_up_no_more(store: Store, turns: Turns) -> None:
    turns.take(BOT, [said(1, 7, "anything about dog?")], NOW)
    turns.run(NOW)
    (search,) = turns.searches()
    found = turns.search(search)
    with store.begin() as tx:
        people.erase(tx, [7])
    turns.found(search, found)
    turns.run(NOW)
    assert waiting(store) == 0 and "keep nothing until" in told(store, 7)[-1]
