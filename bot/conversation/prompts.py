"""The prompt library, and which prompt comes next."""

from __future__ import annotations

import hashlib
import tomllib
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent.parent / "content"
RESTS = 150  # how many others come before a prompt comes again: 50 days at three a day, 75 at two
APART = 2  # how many others come before a category comes again
OVERDUE = 40  # after so many others a category comes next
MOST_NOVEL = 15
LINE = "line"
DULLEST, DEAREST = 0.5, 1.5  # how far liking may move a category from the person's mean
EVEN = 5  # one pick in so many is drawn evenly
TURNS = (1 << 32) // EVEN + 1


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
    category = {one.id: one.category for one in library}
    gaps = gaps_of([category[one] for one in taste.seen if one in category])
    here = candidates(library, taste, moment)
    overdue = {one for one in set(category.values()) if gaps.get(one, len(taste.seen)) >= OVERDUE}
    here = ([one for one in here if one.category in overdue] if overdue else []) or here
    room = Counter([one.category for one in here])
    likings = liking(room, taste.liked)
    weights = {one: min(gaps.get(one, MOST_NOVEL), MOST_NOVEL) * likings[one] for one in room}
    drawn = draw(seed, 1 << 32)
    if drawn % EVEN == 0:
        weights = dict.fromkeys(room, 1.0)
    each = [weights[one.category] / room[one.category] for one in here]
    return here[bisect(list(accumulate(each)), sum(weights.values()) * (drawn // EVEN) / TURNS)]


def candidates(library: Library, taste: Taste, moment: Moment) -> Sequence[Prompt]:
    """Relaxed where nothing is left: how far categories are apart, then the time of day, the season; at last whatever
    was asked longest ago."""
    lately, last = set(taste.seen[-RESTS:]), taste.seen[-APART:]
    rested = [one for one in library if one.id not in lately]
    times, seasons = {"", moment.time}, {"", moment.season}
    in_season = [one for one in rested if one.season in seasons]
    in_time = [one for one in in_season if one.time in times]
    recent = {one.category for one in library if one.id in last}
    after_line = any(one.kind == LINE for one in library if one.id == last[-1]) if last else False
    apart = [one for one in in_time if one.category not in recent and not (after_line and one.kind == LINE)]
    return apart or in_time or in_season or rested or [longest_ago(library, taste)]


def longest_ago(library: Library, taste: Taste) -> Prompt:
    order = {one: n for n, one in enumerate(taste.seen)}
    return min(library, key=lambda one: order.get(one.id, -1))


def gaps_of(categories: Sequence[str]) -> dict[str, int]:
    """How many prompts ago each category was met; one that never was has none."""
    return {category: len(categories) - n for n, category in enumerate(categories)}


def liking(categories: Iterable[str], liked: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """(answered + 2) / (shown + 4) of each, against the person's mean, within bounds; 1 where nothing is known."""
    each = {one: (answered + 2) / (shown + 4) for one, (shown, answered) in liked.items()}
    mean = sum(each.values()) / len(each) if each else 0.5
    return {one: min(max(each.get(one, mean) / mean, DULLEST), DEAREST) for one in categories}


def draw(seed: tuple[str | int, ...], many: int) -> int:
    """A number below `many`, the same for the same seed."""
    return int.from_bytes(hashlib.blake2b(repr(seed).encode(), digest_size=8).digest()) % many


def remembered(seen: Sequence[str], shown: str) -> tuple[str, ...]:
    """What has been asked, each once, with `shown` now newest."""
    return (*(one for one in seen if one != shown), shown)
