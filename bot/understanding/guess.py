"""What a message most likely is, where no frame holds: a linear model over its signs and their neighbours.

The weights are learned from `tests/corpus` by `tools/weigh_requests.py` and lie in the content, so that each can be
read and questioned. A guess only widens what was understood as nothing in particular; it never overrules a frame.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, sqrt

from bot.understanding.signs import CONTENT, Signs

WEIGHTS = "request_weights.txt"
START, END, JOIN = "^", "$", "_"
LEAST_KNOWN = 1 / 3  # of a message's words: of what is said in another language, nothing can be guessed
STRANGE = ("~", "~~")  # a word that was not learned, and two or more: what happened rather than what is wished
SIGN = re.compile(r"\w+|[?!]")
WORD = "'"  # before a word as it was said
NUMBER = re.compile(r"\d+")
SPREAD = 3.0  # how much a whole message weighs, however long


@dataclass(frozen=True)
class Model:
    """The weight of each gram for each intent, and each intent's own; what is missing weighs nothing."""

    weights: dict[str, dict[str, float]]
    bias: dict[str, float]

    def knows(self, words: Iterable[str]) -> bool:
        """Whether it knows enough of them."""
        known = [WORD + word in self.weights for word in words if word.isalpha()]
        return sum(known) > LEAST_KNOWN * len(known)

    def chances(self, found: frozenset[str]) -> dict[str, float]:
        """How likely each intent is; all together 1."""
        found = with_strange(found, self.weights.keys())
        share = SPREAD / sqrt(len(found))
        odds = dict(self.bias)
        for gram in found & self.weights.keys():
            for intent, weight in self.weights[gram].items():
                odds[intent] += weight * share
        most = max(odds.values())
        parts = {intent: exp(each - most) for intent, each in odds.items()}
        total = sum(parts.values())
        return {intent: part / total for intent, part in parts.items()}


def grams(said: Signs, words: Iterable[str]) -> frozenset[str]:
    """The signs, the pairs of neighbours, and the words themselves, spelled right; all numbers alike."""
    found = [NUMBER.sub("0", sign) if sign[0].isdigit() else sign for sign in SIGN.findall(said.text)]
    return frozenset([*found, *map(JOIN.join, pairwise([START, *found, END])), *(WORD + word for word in words)])


def with_strange(found: frozenset[str], known: Collection[str]) -> frozenset[str]:
    """With signs for words that are not known."""
    strange = sum(JOIN not in gram and gram[0] != WORD and gram not in known for gram in found)
    return found.union(STRANGE[:strange])


@dataclass(frozen=True)
class Guess:
    """The likeliest intent, how likely it is, and how likely the message is a glimmer instead."""

    intent: str
    chance: float
    moment: float


GLIMMER = Guess("glimmer", 1.0, 1.0)


def guessed(said: Signs, words: Sequence[str], language: str) -> Guess:
    """What a message of these words most likely is; a glimmer, where hardly any of them is known."""
    model = load(language)
    if not model.knows(words):
        return GLIMMER
    chances = model.chances(grams(said, words))
    intent = max(chances, key=chances.__getitem__)
    return Guess(intent, chances[intent], chances["glimmer"])


@cache
def load(language: str) -> Model:
    return read((CONTENT / language / WEIGHTS).read_text("utf-8").splitlines())


def read(lines: Iterable[str]) -> Model:
    """From lines such as "MOVE_TO change_reminder 1.2 glimmer -0.4"; the line of "^" holds each intent's own."""
    rows = {gram: pairs(rest) for gram, *rest in map(str.split, lines)}
    return Model(rows, rows.pop(START))


def pairs(said: list[str]) -> dict[str, float]:
    return {intent: float(weight) for intent, weight in zip(said[::2], said[1::2], strict=True)}
