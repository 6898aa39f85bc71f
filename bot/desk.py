"""Threads at which work is done, one piece after the other: one for all writing, one for long reading."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """`await desk.do(work, …)` runs blocking work there and leaves the event loop free."""

    def __init__(self, name: str = "desk") -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """Finish what is in hand."""
        self._thread.shutdown()


async def patiently(
    work: Callable[[], Awaitable[None]], trouble: str, told_elsewhere: tuple[type[Exception], ...] = ()
) -> None:
    """Do it, again and again after longer pauses while it fails; one line when trouble starts, one when it is over."""
    pause, told = FIRST_PAUSE, False
    while True:
        try:
            await work()
        except Exception as error:
            if not told and not isinstance(error, told_elsewhere):
                log.error("%s (%s); trying again", trouble, reason(error))
                told = True
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            if told:
                log.info("That works again")
            return


def reason(error: Exception) -> str:
    """What sort of trouble, for the log: the system's words for it, else its name; nothing of a person."""
    return (isinstance(error, OSError) and error.strerror) or type(error).__name__
