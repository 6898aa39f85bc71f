"""Writes `bot/content/en/request_weights.txt`: how much each sign, and each pair, speaks for each intent.

    python -m tools.weigh_requests

A multinomial logistic regression over what `tests/corpus` holds, but for what is blind there; learned by AdaGrad, one
message after the other, in a fixed order: the same messages always give the same weights. Run it after new messages
there, or new words in `words.toml`.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from math import sqrt
from random import Random

from bot.understanding.guess import JOIN, SPREAD, START, STRANGE, WEIGHTS, WORD, Model, grams, with_strange
from bot.understanding.heard import hear
from bot.understanding.signs import CONTENT, signs, spelled, tokens
from bot.understanding.understand import outright
from tools.measure_words import CORPUS, OURS, records

UNLEARNED = ("hard_days",)  # too much alike on both sides for single words
LEARNED = ("own", *(name for name in OURS if name not in UNLEARNED), "round2_a", "round2_b", "everyday")
REQUESTS = ("asked",)  # groups of twins that are no moments
ELSEWHERE = ("crisis", "none")  # read before, or of no intent
ROUNDS, STEP, SMALLEST = 30, 0.3, 0.15
SHRINK = 0.1  # of a weight, in one look at every message

Example = tuple[frozenset[str], str]


def messages() -> Iterator[tuple[str, str]]:
    """(intent, text) of everything to learn from; ordinary twins of words about harm are moments like others."""
    for name in LEARNED:
        for record in records(name, blind=False if name in OURS else None):
            if record["kind"] not in ELSEWHERE:
                yield record["kind"], record["text"]
    twins = tomllib.loads((CORPUS / "care.toml").read_text("utf-8"))["none"]
    moments = (text for name, group in twins.items() if name not in REQUESTS for text in group)
    yield from (("glimmer", text) for text in moments if not asks(text))


def asks(text: str) -> bool:
    """Whether a twin of words about harm is a request, or talk."""
    heard = hear(text, datetime(2026, 5, 14, 10, 30, tzinfo=UTC), "UTC")
    meant = outright(heard) if heard else None
    return meant is not None and meant.intent != "hard_day"


def examples() -> list[Example]:
    rows = [(grams(signs(text), spelled(tokens(text), "en")), intent) for intent, text in messages()]
    seen = Counter(gram for found, _ in rows for gram in found)
    known = {gram for gram, times in seen.items() if times > 1}
    return [(with_strange(found, known) & known.union(STRANGE), intent) for found, intent in rows]


class Learner:
    """Weights by gram and intent, each with the steps it took."""

    def __init__(self, intents: Iterable[str]) -> None:
        self.intents = sorted(set(intents))
        self.model = Model(defaultdict(self.nothing), self.nothing())
        self.seen: Counter[str] = Counter()
        self.steps: dict[str, dict[str, float]] = defaultdict(self.nothing)

    def nothing(self) -> dict[str, float]:
        return dict.fromkeys(self.intents, 0.0)

    def learn(self, rows: Sequence[Example]) -> Model:
        order, random = list(rows), Random(0)
        self.seen = Counter(gram for found, _ in rows for gram in found)
        for _ in range(ROUNDS):
            random.shuffle(order)
            for found, intent in order:
                self.look(found, intent)
        return self.model

    def look(self, found: frozenset[str], intent: str) -> None:
        if not found:
            return
        for gram in found:
            self.model.weights[gram]
        share = SPREAD / sqrt(len(found))
        off = {each: chance - (each == intent) for each, chance in self.model.chances(found).items()}
        for each, slope in off.items():
            self.step(START, self.model.bias, each, slope)
            for gram in found:
                weights = self.model.weights[gram]
                self.step(gram, weights, each, slope * share + SHRINK / self.seen[gram] * weights[each])

    def step(self, gram: str, weights: dict[str, float], intent: str, slope: float) -> None:
        steps = self.steps[gram]
        steps[intent] += slope * slope
        weights[intent] -= STEP * slope / (sqrt(steps[intent]) + 1e-6)


def written(model: Model) -> Iterator[str]:
    yield f"{START} {line(model.bias, 0)}"
    for gram, weights in sorted(model.weights.items()):
        kept = line(weights, SMALLEST)
        if kept or (JOIN not in gram and gram[0] != WORD):  # a sign without weight is known all the same
            yield f"{gram} {kept}".rstrip()


def line(weights: dict[str, float], smallest: float) -> str:
    kept = {intent: weight for intent, weight in weights.items() if abs(weight) >= smallest}
    return " ".join(f"{intent} {weight:.2f}" for intent, weight in kept.items())


if __name__ == "__main__":
    rows = examples()
    lines = list(written(Learner(intent for _, intent in rows).learn(rows)))
    (CONTENT / "en" / WEIGHTS).write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} grams, from {len(rows)} messages")
