"""The prompt library, and which prompt comes next."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent.parent / "content"
RESTS = 150  # how many others come before a prompt comes again: 50 days at three a day, 75 at two
APART = 2  # how many others come before a category comes again
OVERDUE = 40  # after so many others a category comes next
MOST_NOVEL = 15
DULLEST, DEAREST = 0.5, 1.5  # how far liking may move a category from the person's mean
EVEN = 5  # one pick in so many is drawn evenly


@dataclass(frozen=True)
class Prompt:
    """`time` ("morning", "evening") and `season` where it is true then alone; `needs`: topics touched beside its
    own; `kind`: a question, something to "try", or a "line" that asks nothing; `draft`: words to send to somebody."""

    id: str
    category: str
    text: str
    time: str = ""
    season: str = ""
    needs: frozenset[str] = frozenset()
    kind: str = ""
    draft: str = ""


@dataclass(frozen=True)
class Taste:
    """What a person was asked and how they took it: `seen`, newest last; by category how many were `shown` (an ignored
    one counts whole, a skipped one half) and `answered`."""

    seen: Sequence[str] = ()
    liked: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """When it is asked: "morning", "evening" or neither; the season there, "" where there are none."""

    time: str = ""
    season: str = ""


Library = tuple[Prompt, ...]
ANY_TIME = Moment()


@cache
def load_library(language: str) -> Library:
    """All prompts of a language that come of themselves; the first is the one to begin with."""
    return tuple(prompts_in(language, "prompts.toml"))


@cache
def load_pools(language: str) -> Mapping[str, Library]:
    """What is said on demand, by pool."""
    every = tuple(prompts_in(language, "pools.toml"))
    return {pool: tuple(one for one in every if one.category == pool) for pool in {one.category for one in every}}


def prompts_in(language: str, file: str) -> Iterator[Prompt]:
    rows: list[dict[str, Any]] = tomllib.loads((CONTENT / language / file).read_text("utf-8"))["prompts"]
    for row in rows:
        yield Prompt(**row | {"needs": frozenset(row.get("needs", ()))})


def own_prompt(words: str) -> Prompt:
    """A question of somebody's own, as one of the library."""
    return Prompt(f"own-{hashlib.blake2b(words.encode(), digest_size=4).hexdigest()}", "own", words)


def next_prompt(
    library: Library,
    taste: Taste,
    seed: tuple[str | int, ...],
    moment: Moment = ANY_TIME,
) -> Prompt:
    """What fits the moment, was not asked lately, and is of another category than the last ones; else what comes
    nearest to that. Of these by weight: categories long not met and well liked come sooner. The same for the same
    seed."""
    if not taste.seen:
        return library[0]
    here = candidates(library, taste, moment)
    last = {one.id: one.category for one in library}
    gaps = gaps_of([last[one] for one in taste.seen if one in last])
    overdue = [one for one in here if gaps.get(one.category, len(taste.seen)) >= OVERDUE]
    here = overdue or here
    weights = {one.category: weight(one.category, gaps, taste.liked) for one in here}
    drawn = draw(seed, 1 << 32)
    if drawn % EVEN == 0:
        weights = dict.fromkeys(weights, 1.0)
    return weighted(here, weights, (drawn // EVEN) / ((1 << 32) // EVEN + 1))


def candidates(library: Library, taste: Taste, moment: Moment) -> Sequence[Prompt]:
    """Relaxed where nothing is left: how far categories are apart, then the time of day, the season; at last whatever
    was asked longest ago."""
    lately = set(taste.seen[-RESTS:])
    recent = categories_of(library, taste.seen[-APART:])
    rested = [one for one in library if one.id not in lately]
    in_season = [one for one in rested if one.season in ("", moment.season)]
    in_time = [one for one in in_season if one.time in ("", moment.time)]
    apart = [one for one in in_time if one.category not in recent]
    order = {one: n for n, one in enumerate(taste.seen)}
    oldest = sorted(library, key=lambda one: order.get(one.id, -1))[:1]
    return apart or in_time or in_season or rested or oldest


def categories_of(library: Library, ids: Collection[str]) -> set[str]:
    return {one.category for one in library if one.id in ids}


def gaps_of(categories: Sequence[str]) -> dict[str, int]:
    """How many prompts ago each category was met; one that never was has none."""
    return {category: len(categories) - n for n, category in enumerate(categories)}


def weight(category: str, gaps: Mapping[str, int], liked: Mapping[str, Sequence[float]]) -> float:
    """How long it was not met, up to a bound, by how it is liked, within bounds around the person's mean."""
    return min(gaps.get(category, MOST_NOVEL), MOST_NOVEL) * liking(category, liked)


def liking(category: str, liked: Mapping[str, Sequence[float]]) -> float:
    """(answered + 2) / (shown + 4), against the mean of all categories."""
    each = {one: (answered + 2) / (shown + 4) for one, (shown, answered) in liked.items()}
    mean = sum(each.values()) / len(each) if each else 0.5
    return min(max(each.get(category, mean) / mean, DULLEST), DEAREST)


def weighted(here: Sequence[Prompt], weights: Mapping[str, float], at: float) -> Prompt:
    """The one at a place between 0 and 1, where a category takes as much room as it weighs, whatever its size."""
    many = {category: sum(1 for one in here if one.category == category) for category in weights}
    room = sum(weights.values()) * at
    for one in here:
        room -= weights[one.category] / many[one.category]
        if room < 0:
            return one
    return here[-1]


def draw(seed: tuple[str | int, ...], many: int) -> int:
    """A number below `many`, the same for the same seed."""
    return int.from_bytes(hashlib.blake2b(repr(seed).encode(), digest_size=8).digest()) % many


def remembered(seen: Sequence[str], shown: str) -> tuple[str, ...]:
    """What has been asked, each once, with `shown` now newest."""
    return (*(one for one in seen if one != shown), shown)
