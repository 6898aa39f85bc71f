"""What happened at some time is told: no moment becomes a request because it names an hour or a day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.understand import understand

LONDON = "Europe/London"
NOW = datetime(2026, 5, 14, 10, 30, tzinfo=ZoneInfo(LONDON))
TIMES = (
    "today|this morning|yesterday|last night|on sunday|sunday|this week|at 8|8pm|in april|last summer|every morning"
    "|the first day|friday evening|at lunch|after work|tonight|noon"
).split("|")
TOLD = """
{} i saw a heron | {} was so calm | the light {} | walked the dog {} | {} walk with the dog
a hug from mum {} | sun on my face {} | {}, sun on my face | my son laughed {} | got a message from dad {}
felt good {} | {} felt good | found time to read {} | the bus driver smiled at me {} | slept well {}
heard a blackbird {} | {} we laughed till we cried | first swim {} | stopped to smell the roses {}
got to see my sister {}
thanks to lucy {} i laughed | showed my kids the stars {} | the last bus waited for me {} | nothing to do {}, heaven
changed the sheets {}, bliss | moved my desk to the window {} | paused by the river {}
"""


@pytest.mark.parametrize(
    "told", [each.strip() for line in TOLD.split("\n") for each in line.split("|") if each.strip()]
)
def test_a_moment_is_kept_whenever_it_was(told: str) -> None:
    read = {time: understand(told.format(time), NOW, LONDON).intent for time in TIMES}
    assert {time: intent for time, intent in read.items() if intent != "glimmer"} == {}


@pytest.mark.parametrize(
    "text",
    [
        "today is a good day",
        "everything is good today",
        "i love saturday",
        "love this week",
        "calm morning, first one this week",
    ],
)
def test_what_is_said_of_a_day_is_no_question_about_it(text: str) -> None:
    assert understand(text, NOW, LONDON).intent == "glimmer"
    assert understand("yesterday", NOW, LONDON).intent == "recall"
