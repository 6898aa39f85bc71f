"""APScheduler as a metronome. It remembers nothing: what is due is asked of the database at every beat."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

Beat = Callable[[], Awaitable[None]]


class Heartbeat:
    """Calls `beat` each second and `tidy` each hour; a beat that takes longer is not joined by a second one."""

    def __init__(self, beat: Beat, tidy: Beat) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for job, every in ((beat, {"seconds": 1}), (tidy, {"hours": 1})):
            self._scheduler.add_job(
                guarded(job), "interval", **every, max_instances=1, coalesce=True, misfire_grace_time=None
            )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def guarded(job: Beat) -> Beat:
    """The beat goes on after a failure; one line says what kind it was, once for a series of the same kind."""
    last: list[str] = []

    async def beat() -> None:
        try:
            await job()
            last.clear()
        except Exception as error:
            kind = type(error).__name__
            if kind not in last:
                log.error("the clock's beat failed: %s; it goes on", kind)
                last.append(kind)

    return beat
