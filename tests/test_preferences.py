"""What a person set: kept exactly, and honoured."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.preferences import COMMON, Preferences
from bot.conversation.prompts import RESTS, Taste, load_library, next_prompt, remembered
from bot.conversation.settings import TOPICS
from bot.conversation.state import State
from bot.understanding.times import span
from bot.voice import Voice
from scheduler.grace import GRACE, expiry, is_quiet

LIBRARY = load_library("en")
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
PREFERENCES = st.builds(
    Preferences,
    twelve=st.booleans(),
    silent=st.booleans(),
    quiet=st.none() | st.tuples(MINUTES, MINUTES),
    off=st.frozensets(st.sampled_from(TOPICS)),
)
LISBON = ZoneInfo("Europe/Lisbon")
NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


@given(PREFERENCES)
def test_preferences_are_read_as_they_were_written(preferences: Preferences) -> None:
    state = State(preferences=preferences)
    assert State.from_json(json.loads(json.dumps(state.as_json()))) == state


def test_what_nobody_changed_takes_no_room() -> None:
    assert COMMON.as_json() == {} and State().as_json() == {}


def test_the_topics_are_the_kinds_of_prompts() -> None:
    assert set(TOPICS) == {prompt.category for prompt in LIBRARY}


@given(st.frozensets(st.sampled_from(TOPICS), max_size=len(TOPICS) - 1), st.integers())
def test_a_topic_left_out_is_never_asked_about(off: frozenset[str], seed: int) -> None:
    allowed = tuple(prompt for prompt in LIBRARY if prompt.category not in off)
    seen: tuple[str, ...] = ()
    asked = []
    for n in range(min(len(allowed), RESTS) + 5):
        prompt = next_prompt(allowed, Taste(seen), (seed, n))
        seen = remembered(seen, prompt.id)
        asked.append(prompt)
    assert not {prompt.category for prompt in asked} & off
    first = asked[: min(len(allowed), RESTS)]
    assert len({prompt.id for prompt in first}) == len(first)


@given(MINUTES, MINUTES, st.integers(0, 365 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)))
def test_quiet_hours_begin_and_end_on_the_clock(begin: time, end: time, moment: datetime) -> None:
    at = moment.astimezone(LISBON).time()
    minutes = ((at.hour - begin.hour) * 60 + at.minute - begin.minute) % 1440
    lasts = ((end.hour - begin.hour) * 60 + end.minute - begin.minute) % 1440 or 1440
    assert is_quiet(moment, LISBON, (begin, end)) is (minutes < lasts)
    assert not is_quiet(moment, LISBON, None)


@pytest.mark.parametrize(
    ("quiet", "late"),
    [(None, GRACE), ((time(13), time(14)), timedelta(hours=1)), ((time(11), time(13)), GRACE)],
)
def test_a_question_is_let_go_once_quiet_hours_begin(quiet: tuple[time, time] | None, late: timedelta) -> None:
    assert expiry(NOON, ZoneInfo("UTC"), quiet) == NOON + late


@pytest.mark.parametrize(
    ("said", "begin", "end"),
    [
        ("22 to 8", time(22), time(8)),
        ("10 to 7", time(22), time(7)),
        ("from 10pm till 7am", time(22), time(7)),
        ("quiet from 9:30 pm until 6:45 am", time(21, 30), time(6, 45)),
        ("23:00-07:30", time(23), time(7, 30)),
        ("between 21:00 and 8", time(21), time(8)),
        ("midnight to 9", time(0), time(9)),
    ],
)
def test_a_span_of_hours_is_read(said: str, begin: time, end: time) -> None:
    assert span(said) == (begin, end)


@pytest.mark.parametrize(
    "said", ["", "warm bread", "22", "from here to there", "8 to 8:00 am to 9", "25 to 7", "-", "to"]
)
def test_what_is_no_span_is_none(said: str) -> None:
    assert span(said) is None


@given(st.text(max_size=200))
def test_a_span_is_looked_for_in_anything(said: str) -> None:
    found = span(said)
    assert found is None or found[0] != found[1]


@pytest.mark.parametrize(
    ("at", "spoken"),
    [(time(0, 5), "12:05 am"), (time(8, 30), "8:30 am"), (time(12), "12:00 pm"), (time(23, 59), "11:59 pm")],
)
def test_twelve_hours_are_told_with_am_and_pm(at: time, spoken: str) -> None:
    assert Voice("en").in_twelve_hours().time_of_day(at) == spoken
    assert Voice("en").time_of_day(at) == f"{at:%H:%M}"
