"""Days with times of their own: "weekdays at 7, weekends at 9"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from bot.understanding.draft import WEEKDAYS
from bot.understanding.meaning import When
from bot.understanding.when import read_when

RUN = re.compile(rf"(?<!\S){WEEKDAYS}(?!\S)")
LEFT_OUT = re.compile(r"(?:NOT|NO|EXCEPT)(?: (?:ON|EVERY))* $")
TIMED = re.compile(r"\d|NOON|MIDNIGHT")


def grouped(when: When, signs: str, now: datetime) -> When:
    """The same with its groups, where the days named in these signs have different times."""
    runs = [run for run in RUN.finditer(signs) if not LEFT_OUT.search(signs[: run.start()])]
    if len(runs) < 2 or when.is_once:
        return when
    parts = [read_when(part, now)[0] for part in parted(signs, runs)]
    groups = tuple(part for part in parts if part and part.days_said and (part.times or part.parts))
    differ = len({(part.times, part.parts) for part in groups}) > 1
    return replace(when, groups=groups) if differ and len(groups) == len(runs) else when


def parted(signs: str, runs: list[re.Match[str]]) -> Iterator[str]:
    """The signs of each group: from its days to the next, or, where times come first, up to its days."""
    first_time = TIMED.search(re.sub(r"D\d+", lambda run: "D" * len(run[0]), signs))
    if first_time and first_time.start() < runs[0].start():
        edges = [0, *(run.end() for run in runs)]
    else:
        edges = [*(run.start() for run in runs), len(signs)]
    return (signs[start:end].strip() for start, end in pairwise(edges))
