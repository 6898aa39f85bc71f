"""What somebody wishes to be told, exactly as they wrote it, and when."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.meaning import When
from bot.understanding.own_words import own_words

NOW = datetime(2026, 5, 14, 10, 30)  # noqa: DTZ001 wall time
WEEKDAYS = frozenset(range(5))


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("remind me to stretch two minutes at 10am", "stretch two minutes", When(times=(time(10),))),
        ("remind me at 10:15 to stretch for 2 minutes", "stretch for 2 minutes", When(times=(time(10, 15),))),
        (
            "Remind me every weekday at 17:30 to close the laptop!",
            "close the laptop!",
            When(times=(time(17, 30),), days=WEEKDAYS, days_said=True),
        ),
        ("remind me at 21:00: lights out, phone away", "lights out, phone away", When(times=(time(21),))),
        ("remind me to drink water", "drink water", When()),
        ("remind me in 20 minutes to take the bread out", "take the bread out", When(in_minutes=20)),
        ("remind me that I am enough every morning", "I am enough", When(parts=("morning",))),
        (
            'remind me to text Anna "Happy Birthday!" on the 20th at 9:00',
            'text Anna "Happy Birthday!"',
            When(times=(time(9),), date=date(2026, 5, 20)),
        ),
        ("remind me twice between 10 and 6 to look up", "look up", When(per_day=2, window=(time(10), time(18)))),
    ],
)
def test_words_and_times_are_told_apart(text: str, words: str, when: When) -> None:
    found = own_words(text, NOW)
    assert found and found[0] == words
    assert found[1].as_json() == when.as_json()


@pytest.mark.parametrize(
    "text",
    [
        "remind me at 9",
        "remind me to write my glimmer at 9",
        "remind me to notice something good every evening",
        "every day at 8",
        "the tea was warm",
        "",
    ],
)
def test_what_is_asked_anyway_needs_no_words(text: str) -> None:
    assert own_words(text, NOW) is None


@given(st.text(max_size=200))
def test_the_words_are_a_part_of_the_text(text: str) -> None:
    found = own_words(f"remind me to {text}", NOW)
    if found:
        assert " ".join(found[0].split()) in " ".join(f"remind me to {text}".split())
