"""Long polling: updates are confirmed to Telegram only after they have been taken."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest, Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram import TOKEN_REFUSED, Telegram, kind, seconds

Updates = list[dict[str, Any]]
Take = Callable[[Updates], Awaitable[None]]

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
ANSWERING = 3.0  # seconds given to the answers of a batch's presses

log = logging.getLogger(__name__)


class NotTaken(Exception):
    """The batch could not be stored."""


class NotUpdates(Exception):
    """The answer is no list of updates."""


@dataclass(frozen=True)
class Trouble:
    """What an error means: told apart by type and a word in it; `slow` where only people can end it."""

    error: type[Exception]
    word: str
    line: str
    slow: bool = False

    def fits(self, error: Exception) -> bool:
        return isinstance(error, self.error) and self.word in str(error)


TROUBLES = (
    Trouble(InvalidToken, "", TOKEN_REFUSED, slow=True),
    Trouble(EndPointNotFound, "", TOKEN_REFUSED, slow=True),
    Trouble(Conflict, "webhook", "A webhook was set for this bot; it is removed"),
    Trouble(Conflict, "", "Another copy of this bot is asking Telegram; trying again"),
    Trouble(BadRequest, "webhook", "Telegram does not accept WEBHOOK_URL ({text})", slow=True),
    Trouble(RetryAfter, "", "Telegram asks to be left alone for a while; waiting"),
    Trouble(TelegramError, "", "Telegram cannot be reached ({kind}); trying again"),
    Trouble(NotTaken, "", "Updates cannot be stored ({kind}); they wait at Telegram"),
    Trouble(Exception, "", "Telegram's answer cannot be read ({kind}); trying again"),
)


async def poll(
    telegram: Telegram,
    take: Take,
    *,
    wait: float = 50.0,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Ask for updates, hand them to `take`, confirm what it took. Runs until cancelled; no trouble ends it.

    `take` returns once a batch is stored; when it raises, the same batch is asked for again. `wait` is in
    seconds: how long Telegram may hold back an empty answer.
    """
    offset: int | None = None
    spell = Spell()
    while True:
        try:
            batch = _numbered(await _ask(telegram, offset, wait))
            if batch:
                await hand_over(batch, take)
                await answer_presses(telegram, batch)
        except Exception as error:
            await sleep(spell.meet(error))
        else:
            spell.end()
            # An empty answer has confirmed all there was, and after a quiet week the numbers may start anew.
            offset = batch[-1]["update_id"] + 1 if batch else None


async def answer_presses(telegram: Telegram, batch: Updates) -> None:
    """Answer every press among the updates, also one seen before: its button is still spinning."""
    presses = [press for update in batch if isinstance(press := update.get("callback_query"), dict)]
    with suppress(TimeoutError):
        async with asyncio.timeout(ANSWERING):
            await asyncio.gather(*(telegram.answer_press(str(press.get("id"))) for press in presses))


class Spell:
    """A spell of trouble: one line for each kind of it, one when it is over, and longer and longer pauses."""

    def __init__(self) -> None:
        self._met: set[Trouble] = set()
        self._pause = FIRST_PAUSE

    def meet(self, error: Exception) -> float:
        """Log what is new and return the seconds to wait before the next try."""
        trouble = next(trouble for trouble in TROUBLES if trouble.fits(error))
        if trouble not in self._met:
            self._met.add(trouble)
            log.warning(trouble.line.format(kind=kind(error), text=error))
        if isinstance(error, RetryAfter):
            return seconds(error)
        if trouble.slow:
            return LONGEST_PAUSE
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def end(self) -> None:
        if self._met:
            log.info("Updates come in again")
        self._met.clear()
        self._pause = FIRST_PAUSE


async def _ask(telegram: Telegram, offset: int | None, wait: float) -> Updates:
    try:
        return await telegram.updates(offset, wait)
    except Conflict as error:
        if "webhook" in error.message:
            await telegram.delete_webhook()
        raise


async def hand_over(batch: Updates, take: Take) -> None:
    """Raises NotTaken, whatever the trouble."""
    try:
        await take(batch)
    except Exception as error:
        raise NotTaken from error


def _numbered(answer: object) -> Updates:
    """The updates in an answer. Raises NotUpdates where it holds others only, which no offset can confirm."""
    elements = answer if isinstance(answer, list) else [answer]
    updates = [one for one in elements if isinstance(one, dict) and isinstance(one.get("update_id"), int)]
    if elements and not updates:
        raise NotUpdates
    return updates
