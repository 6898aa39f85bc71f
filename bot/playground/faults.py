"""Bad weather on demand: what a call may meet on its way to Telegram, there, or on its way back."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

# How often a call that met the fault took effect all the same.
TAKES = {"": 1.0, "429": 0.0, "500": 0.5, "502": 0.5, "timeout": 1.0, "reset": 0.5, "lost": 1.0}
SENDING = ("send", "edit", "setMessageReaction")


class Faults:
    """By `share` they hit sending methods; those asked for with `next` hit any. `patience` is in seconds."""

    def __init__(self, seed: int) -> None:
        self.share: dict[str, float] = {}
        self.patience = 30.0
        self._random = random.Random(seed)
        self._script: list[tuple[str, str, bool | None]] = []
        self._fair = asyncio.Event()

    @property
    def coming(self) -> list[str]:
        """What those asked for with `next` will be."""
        return [kind for _, kind, _ in self._script]

    def next(self, method: str, kind: str, takes: bool | None = None) -> None:
        """The next call of that method meets this fault; `takes` settles whether it takes effect.

        "send*" is any method that sends.
        """
        self._script.append((method, kind, takes))

    def fair(self) -> None:
        """No more faults, and an end to those that hold a call."""
        self.share, self._script = {}, []
        self._fair.set()
        self._fair = asyncio.Event()

    def meet(self, method: str) -> tuple[str, bool]:
        """The fault this call meets, "" for none, and whether the call takes effect."""
        kind, takes = "", None
        names = (method, "send*") if method.startswith(SENDING) else (method,)
        if scripted := next((entry for entry in self._script if entry[0] in names), None):
            self._script.remove(scripted)
            _, kind, takes = scripted
        elif method.startswith(SENDING):
            shares = {"": 1 - sum(self.share.values())} | self.share
            kind = self._random.choices(list(shares), list(shares.values()))[0]
        drawn = not kind or self._random.random() < TAKES[kind]
        return kind, drawn if takes is None else takes

    async def hold(self) -> None:
        """Say nothing for as long as the patience lasts, or until the weather is fair."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._fair.wait(), self.patience)
