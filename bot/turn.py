"""THE PATH. Everything that happens to a person comes through here: load, hear, gather, respond, save; one commit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.conversation.events import Due, Event
from bot.conversation.hear import hear
from bot.conversation.plan import course_of
from bot.conversation.respond import respond
from bot.conversation.situation import Found, Heard, House, Situation
from bot.conversation.state import State
from bot.conversation.values import replace
from bot.gather import gather
from bot.save import AT_ONCE, Turn, save
from bot.search import look_up, takes_long
from bot.settings import Access
from scheduler.due import sweep
from scheduler.recurrence import Course
from storage import inbox, invites, nudges, outbox, people, reminders
from storage.ids import new_id
from storage.records import Letter, Priority, Reminder, Waiting
from storage.store import Store, Tx, is_passing

log = logging.getLogger(__name__)

BATCH = 200
TRIES = 3
REMEMBER_UPDATES = timedelta(days=3)
REMEMBER_NUDGES = timedelta(days=90)

Reader = Callable[[dict[str, Any], int], Event | None]
Sender = Callable[[dict[str, Any]], int | None]


@dataclass(frozen=True)
class Search:
    """A turn that waits until texts were looked through; nobody else waits for it."""

    seq: int
    situation: Situation


@dataclass(frozen=True)
class Arrival:
    """An event and whose it is; `waiting` is its inbox row, if it came that way."""

    chat_id: int
    event: Event
    seed: tuple[str | int, ...]
    waiting: Waiting | None = None


class Turns:
    """Runs events through the path in batches, never two of one person at once.

    `read` makes an event of an update (None: nothing to answer), `sender` says whose it is.
    All methods are synchronous and belong on one thread.
    """

    def __init__(self, store: Store, house: House, access: Access, read: Reader, sender: Sender) -> None:
        self._store = store
        self._house = house
        self._access = access
        self._read = read
        self._sender = sender
        self._put_off: dict[int, Search] = {}
        self._searches: list[Search] = []
        self._looked_up: dict[int, tuple[int, Found | Exception]] = {}

    def take(self, bot_id: int, updates: Sequence[dict[str, Any]], now: datetime) -> None:
        """Commit raw updates to the inbox; after this they cannot be lost."""
        numbered = [update for update in updates if isinstance(update.get("update_id"), int)]
        with self._store.begin() as tx:
            inbox.put(tx, bot_id, [(u["update_id"], self._sender(u) or 0, u) for u in numbered], now)

    def run(self, now: datetime) -> int:
        """One batch: the oldest waiting event of each of up to `BATCH` people. Returns how many were taken.

        Those who asked for a search are put off, and wait in the inbox until they were told what it found.
        """
        waiting: list[Waiting] = []
        erased = False
        try:
            with self._store.begin() as tx:
                waiting = inbox.oldest(tx, BATCH, but=self._put_off)
                erased = self._hear_out(tx, waiting, now)
        except Exception as error:
            if is_passing(error) or not waiting:
                raise
            note(error)
            erased = self._one_by_one(waiting, now)
        for row in waiting:
            self._looked_up.pop(row.person_id, None)
        if erased:
            self._store.checkpoint()
        return len(waiting)

    def searches(self) -> list[Search]:
        """What is to be searched for since last asked: each by `search`, in any thread; then `found` tells, in ours."""
        searches, self._searches = self._searches, []
        return searches

    def begin_anew(self) -> None:
        """Nobody searches any more: what was put off is heard again."""
        self._put_off, self._searches, self._looked_up = {}, [], {}

    def search(self, one: Search) -> Found | Exception:
        """Look through one person's texts, in no transaction that others wait for. Trouble of the database is raised;
        what else goes wrong is that turn's alone."""
        try:
            with self._store.read() as tx:
                return look_up(tx, one.situation)
        except Exception as error:
            if is_passing(error):
                raise
            return error

    def found(self, one: Search, found: Found | Exception) -> None:
        """That turn goes on with the next batch."""
        if self._put_off.pop(one.situation.chat_id, None):
            self._looked_up[one.situation.chat_id] = one.seq, found

    def fall_due(self, now: datetime) -> int:
        """One batch of reminders whose moment has come. Returns how many there were."""
        return sweep(self._store, now, self._ask)

    def _ask(self, tx: Tx, due: Sequence[Reminder], now: datetime) -> dict[int, Course]:
        """The same path for what the clock says; returns what each person's next moments go by."""
        turns, _ = self._think(tx, [fallen_due(reminder) for reminder in due], now)
        save(tx, turns, now)
        return {s.chat_id: course_of(s.consented, s.state) for s in (turn.situation for turn in turns)}

    def tidy(self, now: datetime) -> None:
        """Let go of what is only kept for a while: ids against doubles, details of nudges."""
        with self._store.begin() as tx:
            inbox.forget_before(tx, now - REMEMBER_UPDATES)
            nudges.forget_before(tx, now - REMEMBER_NUDGES)

    def _hear_out(self, tx: Tx, waiting: Sequence[Waiting], now: datetime) -> bool:
        """A batch from inbox to outbox. Returns whether somebody was erased."""
        arrivals, failed = self._arrivals(waiting)
        turns, stuck = self._think(tx, arrivals, now)
        save(tx, turns, now)
        failed += [arrival.waiting for arrival in stuck if arrival.waiting]
        gone_wrong = {row.seq for row in failed}
        put_off = {search.seq for search in self._put_off.values()}
        inbox.done(tx, [row.seq for row in waiting if row.seq not in gone_wrong | put_off])
        self._count_failures(tx, failed, now)
        return any(turn.answer.erased for turn in turns)

    def _one_by_one(self, waiting: Sequence[Waiting], now: datetime) -> bool:
        """A batch that could not be written: each alone, so that one cannot hold up the others."""
        erased = False
        for row in waiting:
            try:
                with self._store.begin() as tx:
                    erased |= self._hear_out(tx, inbox.oldest(tx, 1, [row.person_id]), now)
            except Exception as error:
                if is_passing(error):
                    raise
                note(error)
                with self._store.begin() as tx:
                    self._count_failures(tx, [row], now)
        return erased

    def _count_failures(self, tx: Tx, failed: Sequence[Waiting], now: datetime) -> None:
        """Set aside what failed for the last time, and tell the person so."""
        aside = set(inbox.failed(tx, [row.seq for row in failed], TRIES))
        for row in failed:
            if row.seq in aside:
                log.error("update %s could not be understood and was set aside", row.update_id)
                outbox.put(tx, [self._apology(row, now)] if row.person_id > 0 else [])

    def _apology(self, row: Waiting, now: datetime) -> Letter:
        params = {"chat_id": row.person_id, "text": self._house.voice("aside")}
        recipe = {"method": "sendMessage", "params": params}
        return Letter(new_id(now, row.bot_id, row.update_id), row.person_id, Priority.REPLY, recipe, AT_ONCE)

    def _arrivals(self, waiting: Sequence[Waiting]) -> tuple[list[Arrival], list[Waiting]]:
        """Updates as events, without those that want no answer; and those that cannot be read."""
        arrivals: list[Arrival] = []
        failed: list[Waiting] = []
        for row in waiting:
            try:
                event = self._read(row.body, row.bot_id)
            except Exception as error:
                note(error)
                failed.append(row)
                continue
            if event is not None and row.person_id:
                arrivals.append(Arrival(row.person_id, event, (row.bot_id, row.update_id), waiting=row))
        return arrivals, failed

    def _think(self, tx: Tx, arrivals: Sequence[Arrival], now: datetime) -> tuple[list[Turn], list[Arrival]]:
        """Load all, hear each, gather for all, answer each. An event whose thinking raises is left out."""
        if not arrivals:
            return [], []
        stuck: list[Arrival] = []
        situations: dict[int, tuple[Arrival, Situation]] = {}
        loaded = self._load(tx, arrivals, now)
        for arrival, before in loaded:
            try:
                heard = hear(before.event, before.state, now.astimezone(before.zone))
                s = self._with_search(arrival, replace(before, heard=heard))
                if s is not None:
                    situations[before.chat_id] = arrival, s
            except Exception as error:
                note(error)
                stuck.append(arrival)
        turns = []
        for s in gather(tx, self._admit(tx, [s for _, s in situations.values()])):
            try:
                turns.append(Turn(s, respond(s)))
            except Exception as error:
                note(error)
                stuck.append(situations[s.chat_id][0])
        return turns, stuck

    def _with_search(self, arrival: Arrival, s: Situation) -> Situation | None:
        """The situation with what was searched for, if anything; None where that is still to be done."""
        if arrival.waiting is None or not takes_long(s):
            return s
        seq, found = self._looked_up.get(s.chat_id, (None, None))
        if isinstance(found, Exception):
            raise found
        if found is None or seq != arrival.waiting.seq:
            self._put_off[s.chat_id] = search = Search(arrival.waiting.seq, s)
            self._searches.append(search)
            return None
        return replace(s, found=found)

    def _load(self, tx: Tx, arrivals: Sequence[Arrival], now: datetime) -> list[tuple[Arrival, Situation]]:
        ids = [arrival.chat_id for arrival in arrivals]
        here = people.load(tx, ids)
        rules = reminders.of_people(tx, here) if here else {}
        return [
            (
                arrival,
                Situation(
                    event=arrival.event,
                    heard=Heard(""),
                    now=now,
                    seed=arrival.seed,
                    chat_id=arrival.chat_id,
                    house=self._house,
                    person=(person := here.get(arrival.chat_id)),
                    state=State.from_json(person.state) if person else State(),
                    reminders=tuple(rules.get(arrival.chat_id, ())),
                ),
            )
            for arrival in arrivals
        ]

    def _admit(self, tx: Tx, situations: list[Situation]) -> list[Situation]:
        """Whether guests may come in: anyone, those the host named, or those who hold an invitation."""
        if self._access.kind == "open":
            return situations
        if self._access.kind == "ids":
            return [replace(s, admitted=s.chat_id in self._access.ids) for s in situations]
        guests = [s for s in situations if s.person is None]
        codes = invites.free(tx, [s.heard.arg for s in guests if s.heard.name == "start"]) if guests else set()
        holders = invites.holders(tx, [s.chat_id for s in guests]) if guests else set()
        return [
            replace(s, admitted=s.chat_id in holders or (s.heard.name == "start" and s.heard.arg in codes))
            for s in situations
        ]


def fallen_due(reminder: Reminder) -> Arrival:
    """A reminder's moment as an event; the nudge's id follows from its key, so it is the same when tried again."""
    at, day, slot = reminder.next_at, reminder.next_day, reminder.next_slot
    assert at and day and slot
    key = (reminder.id, day.isoformat(), slot)
    return Arrival(reminder.person_id, Due(new_id(at, *key), reminder.id, at, day, slot), key)


def note(error: Exception) -> None:
    """What kind of trouble and where; never its text, which may hold somebody's words."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("a turn failed: %s at %s", type(error).__name__, where)
