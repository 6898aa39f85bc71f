"""Sees through slips of the finger, but never makes one ordinary word of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

SHORTEST = 4  # letters; in shorter words one slip makes another word
LONGEST = 20


class Spelling:
    """Which known word was meant by one that is not: one slip away, with the same first letter.

    `ordinary` words are right as they are. Words are found by what is left of them with one letter taken out
    (symmetric deletion), so that a lookup costs a few dictionary reads.
    """

    def __init__(self, known: Collection[str], ordinary: Collection[str]) -> None:
        self._ordinary = frozenset(ordinary)
        self._left: dict[str, list[str]] = defaultdict(list)
        for word in sorted(known):
            if len(word) >= SHORTEST:
                for left in {word, *_shortened(word)}:
                    self._left[left].append(word)

    def meant(self, word: str) -> str | None:
        """The one known word that is a slip away; None if there is none, or several."""
        meant = set() if word in self._ordinary else self.may_mean(word)
        return meant.pop() if len(meant) == 1 else None

    def may_mean(self, word: str) -> set[str]:
        """All known words that are one slip away."""
        if not SHORTEST - 1 <= len(word) <= LONGEST:
            return set()
        near = {known for left in (word, *_shortened(word)) for known in self._left.get(left, ())}
        return {known for known in near if known[0] == word[0] and is_a_slip(word, known)}


def is_a_slip(word: str, known: str) -> bool:
    """A letter lost, wrong or too many, or two neighbours swapped."""
    if abs(len(word) - len(known)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    mine, theirs = word[start:], known[start:]
    return (
        mine[1:] == theirs[1:]
        or mine[1:] == theirs
        or mine == theirs[1:]
        or (mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:])
    )


def _shortened(word: str) -> Iterator[str]:
    return (word[:n] + word[n + 1 :] for n in range(len(word)))
