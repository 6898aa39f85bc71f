"""Which prompt comes next, for very different people over a long time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest

from bot.conversation.prompts import (
    DEAREST,
    DULLEST,
    Library,
    Moment,
    Prompt,
    Taste,
    candidates,
    liking,
    load_library,
    load_pools,
    next_prompt,
    remembered,
)
from bot.conversation.season import OF_MONTHS
from bot.conversation.settings import TOPICS

LIBRARY = load_library("en")
NUDGES = 130
PLANNED = {
    **dict.fromkeys(("see", "hear", "touch", "smell", "taste"), 8),
    **{"people": 24, "nature": 32, "body": 16, "place": 16, "space": 16, "music": 14, "kindness": 14, "rest": 14},
    **{"play": 14, "ahead": 14, "pets": 12, "beauty": 10, "naming": 10},
}
POOLS = {"savour": 24, "steps": 20, "hard": 16, "supports": 14, "slips": 14, "hope": 14, "lines": 12, "examples": 24}


@dataclass(frozen=True)
class Profile:
    """`off`: what they are not asked about; `half`: of the earth; `times`: of the day, for each nudge of a day;
    `warmth`: how likely they answer, by category."""

    off: frozenset[str]
    half: str
    times: tuple[str, ...]
    begins: date
    warmth: float
    seed: int

    @property
    def library(self) -> Library:
        return tuple(one for one in LIBRARY if one.category not in self.off and not one.needs & self.off)


def profile(seed: int) -> Profile:
    chance = Random(seed)
    many = chance.choice((0, 0, 1, 2, 3, 6, 10))
    return Profile(
        off=frozenset(chance.sample(TOPICS, many)),
        half=chance.choice(("north", "south", "none")),
        times=tuple(chance.choice(("morning", "", "evening")) for _ in range(chance.choice((1, 1, 1, 2, 3)))),
        begins=date(2026, 1, 1) + timedelta(days=chance.randrange(365)),
        warmth=chance.random(),
        seed=seed,
    )


def asked(who: Profile) -> Iterator[tuple[date, Moment, Prompt]]:
    """What they are asked, as the bot chooses it."""
    chance, taste = Random(who.seed), Taste()
    for n in range(NUDGES):
        day = who.begins + timedelta(days=n // len(who.times))
        moment = Moment(who.times[n % len(who.times)], season(day, who.half))
        prompt = next_prompt(who.library, taste, (who.seed, n), moment)
        yield day, moment, prompt
        shown, answered = taste.liked.get(prompt.category, (0, 0))
        answers = chance.random() < who.warmth
        liked = {**taste.liked, prompt.category: (shown + 1, answered + answers)}
        taste = Taste(remembered(taste.seen, prompt.id), liked)


def season(day: date, half: str) -> str:
    months = {"north": 0, "south": 6}
    return OF_MONTHS[(day.month - 1 + months[half]) % 12] if half in months else ""


def check(seed: int) -> None:
    who = profile(seed)
    history = list(asked(who))
    categories = {one.category for one in who.library}
    ids = [prompt.id for _, _, prompt in history]
    fitting = [one for one in who.library if one.season in ("",)]
    if len(fitting) >= NUDGES * 1.25:
        assert len(set(ids)) == NUDGES, "one was asked again"
    assert not {prompt.category for _, _, prompt in history} & who.off
    assert not [prompt.id for _, _, prompt in history if prompt.needs & who.off]
    if len(fitting) >= NUDGES * 1.25:
        wrong = [p.id for _, m, p in history if p.season and p.season != m.season]
        assert not wrong, "a prompt of another season was asked"
        assert not [p.id for _, m, p in history if p.time and p.time != m.time], "one of another time of day"
    met = {prompt.category for day, _, prompt in history if day < who.begins + timedelta(days=60)}
    assert categories <= met, "a category did not come within 60 days"


@pytest.mark.parametrize("seed", range(30))
def test_a_person_is_asked_what_fits_and_nothing_twice(seed: int) -> None:
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(30, 2000, 197))
def test_two_thousand_people_are_asked_what_fits(first: int) -> None:
    for seed in range(first, first + 197):
        check(seed)


def test_the_library_is_as_planned() -> None:
    kinds = [one.category for one in LIBRARY]
    assert {kind: kinds.count(kind) for kind in PLANNED} == PLANNED and len(LIBRARY) == 246
    assert {pool: len(rows) for pool, rows in load_pools("en").items()} == POOLS


def test_whoever_has_no_pets_people_or_body_has_enough() -> None:
    """The worst case of tone.md: 120 left, whatever the season and the time of day."""
    off = frozenset({"pets", "people", "body"})
    library = [one for one in LIBRARY if one.category not in off and not one.needs & off]
    for time in ("morning", "evening"):
        for half in ("winter", "spring", "summer", "autumn", ""):
            here = [one for one in library if one.time in ("", time) and one.season in ("", half)]
            assert len(here) >= 120


@pytest.mark.parametrize("category", sorted(PLANNED))
def test_few_of_a_category_are_for_one_time_of_the_day(category: str) -> None:
    mine = [one for one in LIBRARY if one.category == category]
    assert sum(bool(one.time) for one in mine) <= 0.2 * len(mine)


def test_nothing_is_left_is_relaxed_in_order() -> None:
    rows = (Prompt("a", "x", "", time="morning"), Prompt("b", "y", "", season="summer"), Prompt("c", "x", ""))
    seen = ("c", "b", "a")
    assert candidates(rows, Taste(), Moment("evening", "winter")) == [rows[2]]
    assert candidates(rows, Taste(("c",)), Moment("morning", "winter")) == [rows[0]]  # of the same category as before
    assert candidates(rows, Taste(("c", "b")), Moment("evening", "")) == [rows[0]]  # of another time of day
    assert candidates(rows, Taste(("c", "a")), Moment("", "")) == [rows[1]]  # of another season
    assert candidates(rows, Taste(seen), Moment("", "")) == [rows[2]]  # the longest ago


def test_what_nobody_answers_still_comes() -> None:
    liked = {"see": (30, 0), "hear": (30, 30)}
    assert liking(("see", "hear", "people"), liked) == {"see": DULLEST, "hear": DEAREST, "people": 1}


def test_the_same_seed_asks_the_same() -> None:
    assert list(asked(profile(7))) == list(asked(profile(7)))
