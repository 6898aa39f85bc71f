"""What a message looks like where no frame holds: that chances are chances, and what a guess may never do."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.guess import Model, grams, guessed, load, read
from bot.understanding.loose import MOST_WORDS, looks_like
from bot.understanding.signs import signs, spelled, tokens
from bot.understanding.understand import understand

LONDON = "Europe/London"
NOW = datetime(2026, 5, 14, 10, 30, tzinfo=ZoneInfo(LONDON))


@given(st.text(max_size=200))
def test_chances_of_anything_add_up_to_one(text: str) -> None:
    chances = load("en").chances(grams(signs(text), spelled(tokens(text), "en")))
    assert abs(sum(chances.values()) - 1) < 1e-9
    assert all(0 <= chance <= 1 for chance in chances.values())


def test_a_model_reads_back_and_weighs() -> None:
    model = read(["^ a 0.5 b -0.5", "MOVE_TO b 2.0"])
    assert model == Model({"MOVE_TO": {"b": 2.0}}, {"a": 0.5, "b": -0.5})
    assert model.chances(frozenset({"x"}))["a"] > 0.5
    assert model.chances(frozenset({"MOVE_TO"}))["b"] > 0.5


def test_numbers_are_alike_and_edges_count() -> None:
    assert grams(signs("remind me at 9"), ["remind"]) == grams(signs("remind me at 21"), ["remind"])
    assert grams(signs("tea"), ["tea"]) != grams(signs("tea tea"), ["tea"])


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("is the morning one still active", "list_reminders", {}),
        ("can the morning one be at 9", "change_reminder", {"which": "morning", "times": ["09:00"]}),
        ("can we do this later 😴", "snooze", {}),
    ],
)
def test_requests_in_words_of_their_own_are_understood(text: str, intent: str, slots: dict[str, object]) -> None:
    assert understand(text, NOW, LONDON).as_json() == {"intent": intent, "slots": slots}


@pytest.mark.parametrize(
    "text",
    ["קפה עם נועה", "ضحكة أختي", "чай с мамой в", "散歩した", "고양이가 무릎에", "kaffe med mormor", "spacer z psem o"],
)
def test_what_is_said_in_another_language_is_never_guessed_away(text: str) -> None:
    numbers = [*range(100), 2025, 2026]
    assert {understand(f"{text} {n}", NOW, LONDON).intent for n in numbers} == {"glimmer"}


@given(st.text(st.characters(min_codepoint=0x5D0, max_codepoint=0x5EA), min_size=2), st.integers(0, 3000))
def test_letters_of_another_script_are_a_glimmer_with_any_number(word: str, number: int) -> None:
    assert understand(f"{word} {word} {number}", NOW, LONDON).intent == "glimmer"


@pytest.mark.parametrize(
    ("otherwise", "text", "taken"),
    [
        (None, "please stop the reminder in the evening", "stop_reminder"),
        (None, "stop the reminder", "stop_reminder"),
        (None, "robin again", None),  # few words are mostly a moment
        (None, "he said please stop the reminder in the evening", None),  # so may words of what happened
        ("other", "stop the reminder", "stop_reminder"),
        ("hard_day", "please stop the reminder in the evening", "hard_day"),
        (None, "the light on the wall behind the shed", None),
        ("other", "the light on the wall behind the shed", "other"),
        ("hard_day", "my sister in law is pregnant, we all screamed", None),  # one heavy word, and plainly a moment
        ("hard_day", "crying all day", "hard_day"),
    ],
)
def test_a_guess_only_widens_what_was_read_as_nothing_in_particular(
    otherwise: str | None, text: str, taken: str | None
) -> None:
    assert looks_like(otherwise, signs(text), spelled(tokens(text), "en"), "en") == taken


def test_a_long_message_is_never_guessed_at() -> None:
    story = "please stop the reminder " * MOST_WORDS
    words = ["please", "stop", "the", "reminder"]
    assert guessed(signs("please stop the reminder"), words, "en").intent == "stop_reminder"
    assert understand(f"{story} said the old sign in the museum", NOW, LONDON).intent == "glimmer"
