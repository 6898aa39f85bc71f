"""Changes that say first what is wrong, wishes, and hours that follow each other through a day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.understand import understand

LONDON = "Europe/London"
NOW = datetime(2026, 5, 14, 10, 30, tzinfo=ZoneInfo(LONDON))
DAILY = {"days": "daily", "interval_days": 1}


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        (
            "the morning one comes too early, an hour later please",
            "change_reminder",
            {"which": "morning", "shift_minutes": 60},
        ),
        ("the evening one comes too late, make it 8", "change_reminder", {"which": "evening", "times": ["20:00"]}),
        ("7 is way too early, could it be 8", "change_reminder", {"which": "07:00", "times": ["08:00"]}),
        (
            "the 8am ping clashes with the school run, 9.15 would be better",
            "change_reminder",
            {"which": "08:00", "times": ["09:15"]},
        ),
        ("three a day is too many, make it one", "change_reminder", {"per_day": 1}),
        ("daily is too much, every other day would be better", "change_reminder", {"interval_days": 2}),
        ("mornings are chaos, evenings instead?", "change_reminder", {"which": "morning", "parts": ["evening"]}),
        ("i don't want anything on sundays", "change_reminder", {"exclude_days": ["sun"]}),
        ("it'd be great if you asked me every evening", "set_reminder", {**DAILY, "parts": ["evening"]}),
        ("i get up at 6, ask me then", "set_reminder", {**DAILY, "times": ["06:00"]}),
        ("at 12 i'll have time, ask then", "snooze", {"until": "12:00"}),
        ("ask me at 10, 2 and 6", "set_reminder", {**DAILY, "times": ["10:00", "14:00", "18:00"]}),
        ("ask me at 8 and 7", "set_reminder", {**DAILY, "times": ["07:00", "08:00"]}),
    ],
)
def test_what_is_wrong_and_what_is_wished_are_heard_together(text: str, intent: str, slots: dict[str, object]) -> None:
    found = understand(text, NOW, LONDON).as_json()
    assert (found["intent"], found["slots"]) == (intent, slots)


@pytest.mark.parametrize(
    "text",
    [
        "7 is a good age, she told me",
        "mornings are loud here, the baby laughs at everything",
        "you asked me what was good: the soup",
        "the evening one of the twins fell asleep on me",
        "quiet sundays, my favourite",
    ],
)
def test_a_moment_with_such_words_stays_one(text: str) -> None:
    assert understand(text, NOW, LONDON).intent == "glimmer"
