"""From the outbox to the channel: in order, at its pace, and each send to a known end."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.channels.sending import End, Ending, Request
from bot.conversation.nudge import may_ask
from bot.conversation.state import State
from bot.desk import Desk, patiently
from bot.pace import Pace
from scheduler.clock import Clock
from storage import nudges, outbox, people, reminders
from storage.outbox import Posted
from storage.records import Letter, Person, Priority
from storage.store import Store, Tx

log = logging.getLogger(__name__)

FIRST_HOLD = 0.5
LONGEST_HOLD = 60.0
IDLE, SOON = 1.0, 0.02  # seconds between two looks at the outbox
MOST_TRIES = 50
FAREWELL = 8.0
KEPT = ("chat_id", "reply_markup")

Maker = Callable[[str, Letter], Awaitable[Request | None]]


class Channel(Protocol):
    async def send(self, request: Request) -> Ending: ...


@dataclass(frozen=True)
class Ended:
    """A letter and how its sending ended."""

    posted: Posted
    ending: Ending


class Courier:
    """Sends what lies in the outbox. `make` turns what is only a recipe ("export") into a request."""

    def __init__(self, store: Store, desk: Desk, clock: Clock, channel: Channel, make: Maker, pace: Pace) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock
        self._channel = channel
        self._make = make
        self._pace = pace
        self._wake = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._held: dict[int, float] = {}
        self._tries: dict[int, int] = {}
        self._ended: list[Ended] = []
        self._silence = Silence()

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; then what is on its way is waited for, a few seconds, and recorded."""
        await patiently(self._give_up_abandoned, "The outbox cannot be read")
        try:
            while True:
                await patiently(self._whole_round, "The outbox cannot be written")
        finally:
            await asyncio.shield(self._finish())

    async def _whole_round(self) -> None:
        """One round, never cut in half: a nudge marked as tried is also sent."""
        round_ = asyncio.ensure_future(self._round())
        try:
            await asyncio.shield(round_)
        except asyncio.CancelledError:
            self.wake()
            await round_
            raise

    async def _round(self) -> None:
        await self._record()
        now = time.monotonic()
        room = 0 if self._silence.lasts(now) else self._pace.room(now)
        posted, soon = await self._desk.do(self._pick, room, self._unready(now)) if room else ([], IDLE)
        for one in posted:
            self._pace.leave(one.letter.person_id, time.monotonic(), messages(one.letter))
            self._busy[one.letter.person_id] = asyncio.create_task(self._deliver(one))
        if not posted:
            await self._rest(soon)

    async def _rest(self, soon: float) -> None:
        """Until something may leave: woken by a turn, an ending or the clock, when the pace allows more, or when the
        next letter's moment comes, `soon` seconds from now."""
        now = time.monotonic()
        held = (until - now for until in self._held.values())
        pauses = [self._pace.wait(now), self._pace.next_chat(now), self._silence.left(now), *held]
        coming = [pause for pause in pauses if pause > 0]
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), min([soon, *coming]))
        self._wake.clear()

    def _unready(self, now: float) -> list[int]:
        """Chats with something on its way, held back, or at the end of their burst."""
        self._held = {person_id: until for person_id, until in self._held.items() if until > now}
        return [*self._busy, *self._held, *self._pace.full(now)]

    def _pick(self, room: int, unready: Sequence[int]) -> tuple[list[Posted], float]:
        """The next letters, or in how many seconds to look again. Nudges are asked about once more, and marked as tried
        before they leave."""
        now = self._clock.now()
        with self._store.begin() as tx:
            heads = outbox.heads(tx, now, room, unready)
            heads = heads[: self._pace.fitting([messages(one.letter) for one in heads], room)]
            asking = [one for one in heads if one.letter.priority is Priority.NUDGE]
            welcome = {one.seq for one in welcome_nudges(tx, asking, now)} if asking else set()
            late = [one for one in heads if one not in asking and is_late(one.letter, now)]
            let_go = [one for one in asking if one.seq not in welcome]
            outbox.drop(tx, [one.seq for one in (*let_go, *late)])
            nudges.end(tx, [(one.letter.nudge_id or "", "let go", None) for one in let_go])
            ours = outbox.try_nudges(tx, welcome)
            ahead = None if heads else outbox.next_moment(tx, now)
        leaving = [one for one in heads if one not in late]
        picked = [one for one in leaving if one.letter.priority is not Priority.NUDGE or one.seq in ours]
        return picked, min(IDLE, max(SOON, (ahead - now).total_seconds())) if ahead else IDLE

    async def _deliver(self, posted: Posted) -> None:
        """Send one letter and note its end; where it is refused, what shall be said instead."""
        try:
            ending = await self._send(posted.letter)
        except Exception as error:
            log.error("a letter could not be made: %s", type(error).__name__)
            ending = Ending(End.UNKNOWN, reason=type(error).__name__)
        ended = Ended(posted, ending)
        self._note(ended, time.monotonic())
        self._ended.append(ended)
        self.wake()

    async def _send(self, letter: Letter) -> Ending:
        request = await self._request(letter)
        if request is None:
            return Ending(End.REFUSED, reason="nothing to send")
        ending = await self._channel.send(request)
        instead = letter.recipe.get("instead")
        if ending.end is End.REFUSED and not ending.blocked and instead:
            self._pace.leave(letter.person_id, time.monotonic())
            ending = await self._channel.send(said_instead(request, instead))
        return ending

    async def _request(self, letter: Letter) -> Request | None:
        recipe = letter.recipe
        if "make" in recipe:
            return await self._make(recipe["make"], letter)
        return Request(recipe["method"], recipe["params"])

    async def _record(self) -> None:
        """Write all ends known so far in one commit; only then may their people be sent more."""
        ended = self._ended.copy()
        if not ended:
            return
        await self._desk.do(self._write, ended)
        del self._ended[: len(ended)]
        for one in ended:
            self._busy.pop(one.posted.letter.person_id, None)

    def _note(self, one: Ended, now: float) -> None:
        """Hold back the chat, or everything, for as long as the ending asks for."""
        person_id, ending, seq = one.posted.letter.person_id, one.ending, one.posted.seq
        self._silence.hear(ending, now)
        if ending.end in (End.TAKEN, End.REFUSED):
            self._tries.pop(seq, None)
            return
        tries = self._tries[seq] = self._tries.get(seq, 0) + 1
        self._held[person_id] = now + (ending.retry_after or min(FIRST_HOLD * 2**tries, LONGEST_HOLD))

    def _write(self, ended: Sequence[Ended]) -> None:
        with self._store.begin() as tx:
            outbox.drop(tx, [one.posted.seq for one in ended if self._is_over(one)])
            outbox.back(tx, [one.posted.seq for one in ended if one.ending.end is End.NOT_SENT])
            nudges.end(tx, [nudge_end(one) for one in ended if one.posted.letter.nudge_id and self._is_over(one)])
            for person_id in {one.posted.letter.person_id for one in ended if one.ending.blocked}:
                send_away(tx, person_id)

    def _is_over(self, one: Ended) -> bool:
        """Known, or unknown for a nudge: that is never sent again. A reply is, until it is hopeless."""
        if one.ending.end is End.UNKNOWN:
            hopeless = self._tries.get(one.posted.seq, 0) >= MOST_TRIES
            return one.posted.letter.priority is Priority.NUDGE or hopeless
        return one.ending.end is not End.NOT_SENT

    async def _give_up_abandoned(self) -> None:
        await self._desk.do(self._end_abandoned)

    def _end_abandoned(self) -> None:
        """Nudges that a killed process was trying: they may have arrived, so they are over."""
        with self._store.begin() as tx:
            abandoned = outbox.abandoned(tx)
            outbox.drop(tx, [one.seq for one in abandoned])
            nudges.end(tx, [(one.letter.nudge_id or "", "unknown", None) for one in abandoned])

    async def _finish(self) -> None:
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=FAREWELL)
        await self._record()


class Silence:
    """When nobody can be reached, or Telegram asks several chats to wait at once, nothing is sent for a while."""

    MANY = 5

    def __init__(self) -> None:
        self._until = 0.0
        self._pause = FIRST_HOLD
        self._slowed: list[float] = []

    def lasts(self, now: float) -> bool:
        return now < self._until

    def left(self, now: float) -> float:
        return max(0.0, self._until - now)

    def hear(self, ending: Ending, now: float) -> None:
        """Learn from one ending."""
        if ending.end is not End.NOT_SENT:
            self._pause = FIRST_HOLD
        elif ending.retry_after is None:
            if not self.lasts(now):  # what left together fails together, and is one failure
                self._until, self._pause = now + self._pause, min(self._pause * 2, LONGEST_HOLD)
        else:
            self._slowed = [moment for moment in self._slowed if now - moment < 1] + [now]
            if len(self._slowed) >= self.MANY:
                self._until = now + ending.retry_after


def messages(letter: Letter) -> int:
    """As Telegram counts: an album is as many as it holds."""
    return len(letter.recipe.get("params", {}).get("media", ())) or 1


def welcome_nudges(tx: Tx, asking: Sequence[Posted], now: datetime) -> list[Posted]:
    """Asked once more, just before they leave: not too late, and nothing that speaks against it?"""
    here = people.load(tx, {one.letter.person_id for one in asking})
    return [one for one in asking if is_welcome(one.letter, here.get(one.letter.person_id), now)]


def is_late(letter: Letter, now: datetime) -> bool:
    return letter.expires_at is not None and now >= letter.expires_at


def is_welcome(letter: Letter, person: Person | None, now: datetime) -> bool:
    if person is None or is_late(letter, now):
        return False
    state = State.from_json(person.state)
    is_line = state.line == letter.nudge_id and state.takes_line(now) and not (person.paused or person.away)
    return is_line or (may_ask(person, state, now) and not is_answered(state, letter))


def is_answered(state: State, letter: Letter) -> bool:
    """Whether they told of that day while the question was on its way."""
    asked = state.nudge
    told = asked is not None and asked.id == letter.nudge_id and asked.answered and not asked.once
    return told and not state.preferences.anyway


def said_instead(refused: Request, words: str) -> Request:
    """The words as a message of their own, with the buttons the refused request had."""
    kept: dict[str, Any] = {name: refused.params[name] for name in KEPT if name in refused.params}
    return Request("sendMessage", {"text": words, **kept})


def nudge_end(one: Ended) -> tuple[str, str, int | None]:
    how = {End.TAKEN: "sent", End.REFUSED: "refused", End.UNKNOWN: "unknown"}[one.ending.end]
    return one.posted.letter.nudge_id or "", how, one.ending.message_id


def send_away(tx: Tx, person_id: int) -> None:
    """They blocked the bot: nothing more is said, everything stays; speaking again brings them back."""
    outbox.drop_for(tx, person_id)
    reminders.silence(tx, person_id)
    people.mark_away(tx, person_id)
