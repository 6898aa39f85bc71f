"""Finds, among many patterns, the few that a message can match at all, by the words that each needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
Needs = tuple[frozenset[str], ...]  # one word of each set


class Shortlist(Generic[T]):
    """Things in their order, each with what it needs.

    Each is looked up by the words that the fewest others need; what needs nothing is always listed.
    """

    def __init__(self, things: Iterable[tuple[T, Needs]]) -> None:
        found = list(things)
        common = Counter(word for _, needs in found for need in needs for word in need)
        self._things: list[tuple[T, Needs]] = []
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for n, (thing, needs) in enumerate(found):
            rarest_first = sorted(set(needs), key=lambda need: max(map(common.__getitem__, need)))
            self._things.append((thing, tuple(rarest_first[1:])))
            for word in rarest_first[0] if needs else ():
                self._by_word[word].append(n)
            if not needs:
                self._always.append(n)

    def of(self, said: set[str]) -> Iterator[T]:
        """Those that a message of these words may match, in order."""
        numbers = {*self._always, *(n for word in said & self._by_word.keys() for n in self._by_word[word])}
        for n in sorted(numbers):
            thing, needs = self._things[n]
            if not any(map(said.isdisjoint, needs)):
                yield thing
