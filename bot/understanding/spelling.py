"""Sees through slips of the finger, but never makes one ordinary word of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

SHORTEST = 4  # letters; in shorter words one slip makes another word
LONGEST = 20
VOWELS = re.compile("[aeiou]")


class Spelling:
    """Which known words may be meant by one that is not: one slip away, with the same first letter.

    `ordinary` words are right as they are. Words are found by what is left of them with one letter taken out
    (symmetric deletion), so that a lookup costs a few dictionary reads.
    """

    def __init__(self, known: Collection[str], ordinary: Collection[str]) -> None:
        self._ordinary = frozenset(ordinary)
        self._bones: dict[str, list[str]] = defaultdict(list)
        self._left: dict[str, list[str]] = defaultdict(list)
        for word in sorted(known):
            if len(word) >= SHORTEST:
                for left in {word, *_shortened(word)}:
                    self._left[left].append(word)
            if len(word) > 2:
                self._bones[bones(word)].append(word)

    def meanings(self, word: str) -> set[str]:
        """The known words that were most likely meant: vowels left out, a letter lost or swapped, else a wrong one."""
        if word in self._ordinary:
            return set()
        if not VOWELS.search(word):
            return self.clipped(word) or self.slips(word)
        slips = self.slips(word)
        likely = {known for known in slips if len(known) > len(word) or sorted(known) == sorted(word)}
        return likely or slips or self.clipped(word)

    def may_mean(self, word: str) -> set[str]:
        """The same for any word at all."""
        return self.slips(word) | self.clipped(word)

    def slips(self, word: str) -> set[str]:
        """All known words that are one slip away."""
        if not SHORTEST - 1 <= len(word) <= LONGEST:
            return set()
        near = {known for left in (word, *_shortened(word)) for known in self._left.get(left, ())}
        return {known for known in near if known[0] == word[0] and is_a_slip(word, known)}

    def clipped(self, word: str) -> set[str]:
        """The shortest known word that has the same consonants, and more vowels: "rmndr", "evry"."""
        longer = [known for known in self._bones.get(bones(word), ()) if len(known) > len(word) and is_in(word, known)]
        least = min(map(len, longer), default=0)
        return {known for known in longer if len(known) == least}


def bones(word: str) -> str:
    """The first letter, and the consonants after it."""
    return word[0] + VOWELS.sub("", word[1:])


def is_in(word: str, known: str) -> bool:
    """Whether the letters stand in the known word in this order."""
    letters = iter(known)
    return all(letter in letters for letter in word)


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
