"""When the next request may leave: at most so many in any second, and about one a second to each chat."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

SECOND = 1.01  # a little more than one, so that no second at the other end holds more than it may
BURST = 5
QUIET_CHATS = 10_000


class Pace:
    """`per_second` over all, `per_chat` a second to each after a burst. Moments are seconds of one monotonic clock."""

    def __init__(self, per_second: int, per_chat: float = 1.0) -> None:
        self._per_second = per_second
        self._each = SECOND / per_chat
        self._left: deque[float] = deque(maxlen=per_second)
        self._chats: dict[int, float] = {}

    def room(self, now: float) -> int:
        """How many messages may leave now."""
        recent = sum(1 for moment in self._left if now - moment < SECOND)
        return self._per_second - recent

    def fitting(self, sizes: Sequence[int], room: int) -> int:
        """How many requests of these many messages fit, in their order; one too large for any second fits alone."""
        taken = 0
        for n, size in enumerate(sizes):
            taken += min(size, self._per_second)
            if taken > room:
                return n
        return len(sizes)

    def wait(self, now: float) -> float:
        """Seconds until one more may leave."""
        return max(0.0, self._left[0] + SECOND - now) if len(self._left) == self._per_second else 0.0

    def leave(self, chat: int, now: float, messages: int = 1) -> None:
        """One request to a chat leaves now; an album is as many messages as it holds.

        It may use up the chat's burst, but makes nobody wait longer than a second for what they write next.
        """
        self._left.extend([now] * messages)
        spent = max(self._chats.get(chat, 0.0), now - BURST * self._each)
        self._chats[chat] = max(spent + self._each, min(spent + messages * self._each, now))
        if len(self._chats) > QUIET_CHATS:
            self._chats = {one: spent for one, spent in self._chats.items() if spent > now - BURST * self._each}

    def full(self, now: float) -> Collection[int]:
        """Chats that had their burst and wait for their second."""
        return [chat for chat, spent in self._chats.items() if spent + self._each > now]

    def next_chat(self, now: float) -> float:
        """Seconds until the first of the chats that wait for their second may be sent more; 0 if none waits."""
        return min((self._chats[chat] + self._each - now for chat in self.full(now)), default=0.0)
