"""What is kept of some days: counted, paged and read as columns; never somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from storage import glimmers
from storage.ids import new_id
from storage.records import EVER, Glimmer, Media, Part, Person, Span
from storage.store import Store, Tx
from storage.tables import glimmers as table
from storage.vault import VaultError
from tests.storage.makers import NOW, TODAY, glimmer, welcome

DAY = timedelta(days=1)
DAYS_AGO = (400, 60, 31, 30, 30, 1, 0)


def kept(person_id: int, n: int, days_ago: int) -> Glimmer:
    at = NOW - days_ago * DAY + timedelta(seconds=n)
    return Glimmer(new_id(at, person_id, n), person_id, n, at.date(), at, (Part(n, f"g{n}"),))


@pytest.fixture
def person(store: Store) -> Person:
    """Somebody with a few, beside somebody else with one a day."""
    here = welcome(store, 7, 8)
    with store.begin() as tx:
        mine = [kept(7, n, ago) for n, ago in enumerate(DAYS_AGO)]
        others = [kept(8, n, n) for n in range(40)]
        glimmers.keep(tx, mine + others, {one: person.key for one, person in here.items()})
    return here[7]


def texts(found: list[Glimmer]) -> list[str]:
    return [one.text for one in found]


SPANS = [
    (EVER, [6, 5, 4, 3, 2, 1, 0]),
    (Span(TODAY - 30 * DAY, TODAY - DAY), [5, 4, 3]),
    (Span(start=TODAY - DAY), [6, 5]),
    (Span(end=TODAY - 60 * DAY), [1, 0]),
    (Span(TODAY - 30 * DAY, TODAY - 30 * DAY), [4, 3]),
    (Span(TODAY - 20 * DAY, TODAY - 10 * DAY), []),
    (Span(days=(TODAY - 400 * DAY, TODAY - 31 * DAY, TODAY - 32 * DAY)), [2, 0]),
    (Span(days=()), []),
]


@pytest.mark.parametrize(("span", "expected"), SPANS)
def test_the_same_is_counted_paged_and_read(store: Store, person: Person, span: Span, expected: list[int]) -> None:
    newest = [f"g{n}" for n in expected]
    with store.read() as tx:
        assert glimmers.count(tx, 7, span) == len(newest)
        assert texts(glimmers.newest(tx, person, 0, 10, span)) == newest
        assert texts(glimmers.oldest(tx, person, 0, 10, span)) == newest[::-1]
        assert texts(glimmers.newest(tx, person, 1, 2, span)) == newest[1:3]
        assert [text for _, text in glimmers.texts(tx, person, span)] == newest


def test_some_are_read_in_the_order_asked_for(store: Store, person: Person) -> None:
    with store.read() as tx:
        ids = [one for one, _ in glimmers.texts(tx, person)]
        assert texts(glimmers.these(tx, person, [ids[3], ids[0], "nothing"])) == ["g3", "g6"]
        theirs = kept(8, 1, 1).id
        assert glimmers.these(tx, person, [theirs]) == []


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(TODAY - 20 * DAY, TODAY - 10 * DAY), (30, 1)),
        (Span(TODAY - 500 * DAY, TODAY - 450 * DAY), (None, 400)),
        (Span(TODAY + DAY, TODAY + 2 * DAY), (0, None)),
        (Span(end=TODAY - 450 * DAY), (None, 400)),
        (Span(days=()), (None, None)),
        (Span(date.min, date.max), (None, None)),
    ],
)
def test_the_nearest_days_beside(store: Store, person: Person, span: Span, expected: tuple[int | None, ...]) -> None:
    with store.read() as tx:
        found = glimmers.days_beside(tx, person.id, span)
    assert found == tuple(None if ago is None else TODAY - ago * DAY for ago in expected)


def test_the_first_day(store: Store, person: Person) -> None:
    newcomer = welcome(store, 9)[9]
    with store.read() as tx:
        assert glimmers.first_day(tx, person.id) == TODAY - 400 * DAY
        assert glimmers.first_day(tx, newcomer.id) is None


def test_names_of_files_and_places_are_words(store: Store) -> None:
    here = welcome(store, 7)[7]
    media = (Media("venue", name="Café Aurora", address="Rua 1", lat=1.0, lon=2.0), Media("photo", "file-1"))
    one = replace(glimmer(7, 1), parts=(Part(1, "at last", media), Part(2, "with Ana")))
    with store.begin() as tx:
        glimmers.keep(tx, [one], {7: here.key})
    with store.read() as tx:
        assert list(glimmers.texts(tx, here)) == [(one.id, "at last\nwith Ana\nCafé Aurora\nRua 1")]


def test_texts_are_read_in_slices_in_one_query(store: Store) -> None:
    here = welcome(store, 7)[7]
    many = 2 * glimmers.SLICE + 1
    with store.begin() as tx:
        glimmers.keep(tx, [kept(7, n, 0) for n in range(many)], {7: here.key})
    with store.read() as tx:
        asked: list[str] = []
        event.listen(tx.connection, "before_cursor_execute", lambda *args: asked.append(args[2]))
        assert len(list(glimmers.texts(tx, here))) == many
    assert [query for query in asked if query != "BEGIN"] == [query for query in asked if "glimmers.sealed" in query]
    assert sum("glimmers.sealed" in query for query in asked) == 1


def test_a_text_that_lies_in_another_place_is_not_opened(store: Store, person: Person) -> None:
    with store.begin() as tx:
        moved(tx, kept(7, 0, 400).id, kept(7, 1, 60).id)
    with store.read() as tx, pytest.raises(VaultError):
        list(glimmers.texts(tx, person))


def moved(tx: Tx, one: str, other: str) -> None:
    """Put the sealed bytes of one row into another."""
    sealed = tx.connection.scalar(table.select().with_only_columns(table.c.sealed).where(table.c.id == one))
    tx.connection.execute(table.update().where(table.c.id == other).values(sealed=sealed))


def test_a_moment_is_found_by_its_day_and_not_by_when_it_was_written(store: Store) -> None:
    """A late answer to yesterday's question is yesterday's."""
    here = welcome(store, 7)[7]
    late = replace(glimmer(7, 1), day=TODAY - DAY)
    with store.begin() as tx:
        glimmers.keep(tx, [late], {7: here.key})
    with store.read() as tx:
        assert glimmers.count(tx, 7, Span(TODAY - DAY, TODAY - DAY)) == 1
        assert glimmers.count(tx, 7, Span(TODAY, TODAY)) == 0
        assert isinstance(glimmers.newest(tx, here, 0, 1)[0].kept_at, datetime)
