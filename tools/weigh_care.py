"""Writes `bot/content/en/care_weights.txt`: how much each word, and each pair, leans towards a wish to be gone.

    python -m tools.weigh_care            learns from tests/corpus, but for what is blind there, and writes
    python -m tools.weigh_care --blind    learns from four fifths, reads the last fifth, five times; writes nothing

A logistic regression, learned by Adam in plain Python; the same phrases always give the same weights. Run it after new
phrases or new words in `care.toml` and `care_veiled.toml`.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import exp, sqrt
from pathlib import Path

from bot.understanding.care import LEANING, coded_own, load_grammar
from bot.understanding.care_patterns import END, MASK
from bot.understanding.leaning import ENOUGH, Leaning, grams
from tools.measure_words import OURS, Record, records

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
ORDINARY = ("own", *OURS, "round2_a", "round2_b", "everyday")
LEANS = {"direct": 1.0, "unclear": 1.0, "none": 0.0}
ROUNDS, STEP, SHRINK, SMALLEST = 250, 0.05, 0.1, 0.05
MARKS = {END: "/", MASK: ",", "x": "x", "_": "_"}

Example = tuple[frozenset[str], float]


def phrases() -> Iterable[tuple[str, str]]:
    """(level, text) of everything to learn from."""
    corpus = tomllib.loads((CORPUS / "care.toml").read_text("utf-8"))
    for level in LEANS:
        for group in (*corpus[level].values(), corpus["not_yet"].get(level, [])):
            yield from ((level, phrase) for phrase in group)
    for record in chain.from_iterable(learned_from(name) for name in ORDINARY):
        if record["kind"] == "crisis":
            yield (record["expected"] or {}).get("level", "unclear"), record["text"]
        elif record["kind"] != "help":
            yield "none", record["text"]


def learned_from(name: str) -> list[Record]:
    """The messages of one file, without its blind third."""
    return records(name, blind=False if name in OURS else None)


def examples() -> list[Example]:
    return [(frozenset(grams(END + coded_own(text).strip(END) + END)), LEANS[level]) for level, text in phrases()]


@dataclass
class Learner:
    """Adam's state for one number."""

    value: float = 0.0
    mean: float = 0.0
    square: float = 0.0

    def step(self, slope: float, at: int) -> None:
        self.mean += 0.1 * (slope - self.mean)
        self.square += 0.01 * (slope * slope - self.square)
        self.value -= STEP * self.mean / (1 - 0.9**at) / (sqrt(self.square / (1 - 0.99**at)) + 1e-8)


@dataclass
class Model:
    known: set[str]
    weights: dict[str, Learner] = field(default_factory=dict)
    bias: float = 0.0

    def learn(self, rows: Sequence[Example]) -> None:
        self.weights = {gram: Learner() for gram in sorted(self.known)}
        for at in range(1, ROUNDS):
            self.step(rows, at)

    def step(self, rows: Sequence[Example], at: int) -> None:
        slopes: Counter[str] = Counter()
        offs = 0.0
        for found, leans in rows:
            off = self.chance(found) - leans
            offs += off / len(rows)
            share = 10 * off / sqrt(len(found)) / len(rows)
            for gram in found & self.known:
                slopes[gram] += share  # type: ignore[assignment]
        for gram, weight in self.weights.items():
            weight.step(slopes[gram] + 10 * SHRINK * weight.value / len(rows), at)
        self.bias -= 3 * STEP * offs

    def chance(self, found: frozenset[str]) -> float:
        total = sum(self.weights[gram].value for gram in found & self.known)
        return 1 / (1 + exp(-self.bias - total / sqrt(len(found))))


def learned(rows: Sequence[Example]) -> Leaning:
    """From the grams that stand in two phrases or more."""
    seen = Counter(gram for found, _ in rows for gram in found)
    model = Model({gram for gram, times in seen.items() if times > 1 and gram != "x"})
    model.learn(rows)
    kept = {gram: weight.value for gram, weight in model.weights.items() if abs(weight.value) >= SMALLEST}
    return Leaning(kept, model.bias)


def written(model: Leaning) -> Iterable[str]:
    names = {code: word for word, code in load_grammar().lexicon.items()} | MARKS
    yield f"{model.bias:.2f}"
    for gram, weight in sorted(model.weights.items(), key=lambda item: (-item[1], item[0])):
        yield f"{weight:.2f} {' '.join(names[code] for code in gram)}"


def blind(rows: list[Example]) -> None:
    right: list[bool] = []
    wrong: list[bool] = []
    for fold in range(5):
        model = learned([row for at, row in enumerate(rows) if at % 5 != fold])
        for found, leans in rows[fold::5]:
            (right if leans else wrong).append(model.weigh(found) >= ENOUGH)
    print(f"found {sum(right)} of {len(right)}, cried falsely {sum(wrong)} of {len(wrong)}, by the weights alone")


if __name__ == "__main__":
    if "--blind" in sys.argv:
        blind(examples())
    else:
        lines = list(written(learned(examples())))
        LEANING.write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{len(lines)} weights")
