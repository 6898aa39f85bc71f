"""How much words lean towards a wish to be gone, where no phrase says so: a linear model over words and neighbours.

The weights are learned from `tests/corpus/care.toml` by `tools/weigh_care.py` and lie in the content as words, so that
each can be read and questioned. Nobody is told a number: all it decides is whether the bot asks, kindly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from math import sqrt

from bot.understanding.care_patterns import END

ENOUGH = 0.75  # from here on a sentence is asked about: about 1 in 200 ordinary messages reach it
SHORTEST = 7  # five words and two edges: of less nothing can be said
GAP = "_"  # one word between two


@dataclass(frozen=True)
class Leaning:
    """The weight of each gram of word characters, and that of none at all."""

    weights: dict[str, float]
    bias: float

    def leans(self, *readings: str) -> bool:
        """Whether a sentence does, or two that follow each other, in any reading of a message."""
        each = dict.fromkeys(chain.from_iterable(map(units, readings)))
        return any(len(unit) >= SHORTEST and self.weigh(grams(unit), len(unit)) >= ENOUGH for unit in each)

    def weigh(self, found: Collection[str], words: int = 0) -> float:
        """The log odds that the grams of so many words lean that way; what is said over and over counts once."""
        weights = self.weights
        return self.bias + sum([weights[gram] for gram in found if gram in weights]) / sqrt(max(len(found), words))


def units(coded: str) -> Iterator[str]:
    """Every sentence, and every two that follow each other."""
    sentences = [f"{END}{sentence}{END}" for sentence in coded.split(END) if sentence]
    yield from sentences
    for one, other in pairwise(sentences):
        yield one + other[1:]


def grams(unit: str) -> set[str]:
    """The words, their pairs, and the pairs with one word between."""
    return {
        *unit,
        *map("".join, pairwise(unit)),
        *map(GAP.join, zip(unit, unit[2:], strict=False)),
    }


def leaning(lines: Iterable[str], lexicon: dict[str, str]) -> Leaning:
    """From lines such as "0.52 want _ die": a weight, then words of the lexicon or one of its marks."""
    read = (line.split() for line in lines if line)
    weights = {"".join(lexicon.get(word, word) for word in words): float(weight) for weight, *words in read}
    return Leaning(weights, bias=weights.pop("", 0.0))
