"""What it costs to understand a message, and anything at all for minutes: `python -m benchmarks.words [minutes]`.

First the labelled messages, by kind; then messages put together at random from words of the grammar, of the corpus and
odd signs, of up to 4,096 letters, as long as asked. Figures are milliseconds; ratios are to the median glimmer.
"""

from __future__ import annotations

import statistics
import string
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from bot.garbage import settle
from bot.understanding.signs import load
from bot.understanding.understand import understand
from tools.measure_words import FILES, records

NOW = datetime(2026, 5, 14, 10, 30, tzinfo=ZoneInfo("Europe/London"))
SIZES = (20, 60, 150, 240, 4096)  # letters
ODD = [*string.punctuation, "🌿", "صباح", "ﬁ", "½", "1/2", "99:99", "\n", "--", "9" * 40, "a" * 60]


def taken(text: str) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    understand(text, NOW, "Europe/London")
    return (time.perf_counter() - start) * 1000


def labelled() -> None:
    rows = [row for name in FILES for row in records(name)]
    for row in rows:
        taken(row["text"])  # reads the tables
    settle()  # as the bot does once it has begun
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(taken(row["text"]))
    unit = statistics.median(by_kind["glimmer"])
    print(f"{len(rows)} labelled messages {'median':>10} {'ratio':>6} {'99 %':>7} {'longest':>8}")
    line("all", [one for times in by_kind.values() for one in times], unit)
    for kind, times in sorted(by_kind.items()):
        line(kind, times, unit)


def line(name: str, times: list[float], unit: float) -> None:
    middle, times = statistics.median(times), sorted(times)
    print(f"{name:24} {middle:10.3f} {middle / unit:6.2f} {times[int(len(times) * 0.99)]:7.2f} {times[-1]:8.2f}")


def anything(draw: Random) -> Iterator[tuple[int, str]]:
    """Endlessly: how long it may be, and a message."""
    known = sorted(load("en").known)
    typed = [word for name in FILES for row in records(name) for word in row["text"].split()]
    while True:
        size, pools = draw.choice(SIZES), draw.choices([known, typed, ODD], [4, 4, 1], k=draw.choice((1, 2, 3)))
        few = [draw.choice(draw.choice(pools)) for _ in range(draw.choice((1, 3, 10, 100)))]
        words: list[str] = []
        while sum(map(len, words)) + len(words) < size:
            words.append(draw.choice(few))
        yield size, draw.choice((" ", " ", " ", ", ", "")).join(words)[:size]


def fuzz(minutes: float) -> None:
    times: dict[int, list[float]] = defaultdict(list)
    longest, end = (0.0, ""), time.monotonic() + minutes * 60
    for size, text in anything(Random(4)):
        if time.monotonic() > end:
            break
        if (one := taken(text)) > longest[0]:
            again = min(one, taken(text), taken(text))  # the machine may have been busy with something else
            one, longest = again, max(longest, (again, text))
        times[size].append(one)
    print(f"\n{sum(map(len, times.values()))} messages of anything, no exception")
    for size, each in sorted(times.items()):
        line(f"up to {size} letters", each, statistics.median(times[SIZES[0]]))
    print(f"The longest took {longest[0]:.2f} ms: {longest[1][:100]!r}")


if __name__ == "__main__":
    labelled()
    fuzz(float(sys.argv[1]) if len(sys.argv) > 1 else 0.2)
