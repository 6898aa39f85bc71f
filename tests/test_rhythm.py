"""Backing off, coming back, a better hour; and what may come unasked on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.budget import APART, MOST, MOST_PROMPTS, Unasked, fits, most_a_day, too_near
from scheduler.rhythm import Rhythm, Turn, better_hour, thins_out, wait
from scheduler.rule import Rule
from storage.records import Kind

FIRST = date(2026, 5, 14)
DAY = timedelta(days=1)
MORNING, EVENING = 8 * 60 + 30, 20 * 60 + 40


def asked_on(rhythm: Rhythm, days: int, a_day: int = 1) -> tuple[list[int], list[int]]:
    """The days, counted from the first, on which something is asked while nothing comes back; and of farewells."""
    asked: list[int] = []
    farewells: list[int] = []
    for n in range(days):
        for _ in range(a_day):
            turn = rhythm.turn(FIRST + n * DAY)
            if turn is not Turn.LET_GO:
                (asked if turn is Turn.ASK else farewells).append(n)
                rhythm = rhythm.asked(FIRST + n * DAY)
    return asked, farewells


def test_in_silence_it_asks_less_and_less_says_goodbye_once_and_is_still() -> None:
    asked, farewells = asked_on(Rhythm(), 1000)
    assert asked == [0, 1, 2, 4, 6, 10, 14, 21, 28, 35, 49, 63, 77, 91]
    assert farewells == [105]


def test_with_three_a_day_the_silence_of_one_day_is_enough_and_then_it_is_the_first_of_a_day() -> None:
    asked, farewells = asked_on(Rhythm(), 1000, a_day=3)
    assert asked == [0, 0, 0, 2, 4, 8, 12, 19, 26, 33, 47, 61, 75, 89]
    assert farewells == [103]


def test_steady_means_every_day_whatever_comes() -> None:
    assert asked_on(Rhythm(steady=True), 40) == (list(range(40)), [])


@given(st.integers(0, 40), st.integers(1, 3))
def test_a_sign_of_life_brings_all_of_it_back(days: int, a_day: int) -> None:
    rhythm = Rhythm()
    for n in range(days):
        for _ in range(a_day):
            if rhythm.turn(FIRST + n * DAY) is not Turn.LET_GO:
                rhythm = rhythm.asked(FIRST + n * DAY)
    asked, _ = asked_on(rhythm.alive(), 3, a_day)
    assert asked[:a_day] == [0] * a_day


def test_it_says_so_with_the_question_before_it_gets_less() -> None:
    said = {silence: thins_out(silence) for silence in range(16) if thins_out(silence)}
    assert said == {2: 2, 4: 4, 6: 7, 9: 14}
    assert all(wait(a) <= wait(b) for a, b in pairwise(range(20)))


# --- a better hour


def answering(*delays: int) -> Rhythm:
    rhythm = Rhythm()
    for delay in delays:
        rhythm = rhythm.answered(MORNING, (MORNING + delay) % (24 * 60))
    return rhythm


def test_ten_answers_at_another_hour_are_noticed() -> None:
    usual = [EVENING - MORNING + n for n in (-20, -5, 0, 3, 4, 8, 10, 15, 20, 30)]
    assert better_hour(answering(*usual), MORNING, FIRST) == 20 * 60 + 30
    assert better_hour(answering(*usual[:9]), MORNING, FIRST) is None
    assert better_hour(answering(*usual), EVENING, FIRST) is None, "those are answers to another time"


@pytest.mark.parametrize(
    "delays", [[5] * 12, [80] * 12, [90, 300] * 6, [n * 60 for n in range(12)]], ids=["soon", "near", "torn", "spread"]
)
def test_answers_that_come_soon_or_at_any_hour_suggest_nothing(delays: list[int]) -> None:
    assert better_hour(answering(*delays), MORNING, FIRST) is None


def test_an_hour_is_suggested_seldom_and_once_declined_not_for_long() -> None:
    rhythm = answering(*[700] * 20)
    assert better_hour(rhythm, MORNING, FIRST) is not None
    once = rhythm.suggested(FIRST)
    again = Rhythm(answers=rhythm.answers, suggest_from=once.suggest_from)
    assert better_hour(again, MORNING, FIRST + 59 * DAY) is None
    assert better_hour(again, MORNING, FIRST + 60 * DAY) is not None
    declined = Rhythm(answers=rhythm.answers, suggest_from=once.declined(FIRST).suggest_from)
    assert better_hour(declined, MORNING, FIRST + 179 * DAY) is None


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(0, 1439)), max_size=40), st.integers(0, 1439))
def test_a_better_hour_is_one_of_the_day(answers: list[tuple[int, int]], at: int) -> None:
    rhythm = Rhythm()
    for one in answers:
        rhythm = rhythm.answered(*one)
    assert len(rhythm.answers) <= 20
    found = better_hour(rhythm, at, FIRST)
    assert found is None or (0 <= found < 1440 and found % 15 in {at % 15})


# --- what may come unasked

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
moments = st.builds(
    lambda minutes, kind: Unasked(NOON + timedelta(minutes=minutes), (NOON + timedelta(minutes=minutes)).date(), kind),
    st.integers(-600, 600),
    st.sampled_from(Kind),
)


def sent_of(wished: list[Unasked]) -> list[Unasked]:
    """What is sent of all that is wished, one after the other."""
    sent: list[Unasked] = []
    wished = sorted(wished, key=lambda one: one.at)
    for n, one in enumerate(wished):
        if fits(one, sent, wished[n + 1 :]):
            sent.append(one)
    return sent


@given(st.lists(moments, max_size=30))
def test_whatever_is_wished_a_day_has_six_three_of_them_questions_an_hour_apart(wished: list[Unasked]) -> None:
    sent = sent_of(wished)
    for day in {one.day for one in sent}:
        today = [one for one in sent if one.day == day]
        assert len(today) <= MOST
        assert sum(one.kind is Kind.PROMPT for one in today) <= MOST_PROMPTS
    assert all(b.at - a.at >= APART for a, b in pairwise(sent))


@given(st.lists(moments, max_size=30))
def test_what_is_needed_most_is_never_let_go_for_something_less(wished: list[Unasked]) -> None:
    words = sent_of([one for one in wished if one.kind in (Kind.HELLO, Kind.WORDS)])
    among_all = [one for one in sent_of(wished) if one.kind in (Kind.HELLO, Kind.WORDS)]
    assert among_all == words


def test_a_question_gives_way_to_own_words_that_come_within_the_hour() -> None:
    prompt = Unasked(NOON, NOON.date(), Kind.PROMPT)
    own = Unasked(NOON + timedelta(minutes=30), NOON.date(), Kind.WORDS)
    assert not fits(prompt, [], [own])
    assert fits(own, [], [prompt])
    assert fits(prompt, [], [Unasked(NOON + APART, NOON.date(), Kind.WORDS)])


def test_the_fullest_day_is_counted_and_times_that_are_too_near_are_seen() -> None:
    weekdays = Rule((time(8), time(20)), frozenset(range(5)))
    monday = Rule(window=(time(10), time(16)), count=2, days=frozenset({0}))
    once = Rule.once(FIRST, time(8, 30))
    assert most_a_day([weekdays, monday, once]) == 4
    assert most_a_day([]) == 0
    assert not too_near([weekdays, Rule((time(8, 30),), frozenset({5})), once])
    assert too_near([weekdays, Rule((time(8, 59),), frozenset({4}))])
