"""Times and weekdays in words: whatever can be said in several styles is read back as it was meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.times import Schedule, readings, schedule

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
EVERY_DAY = frozenset(range(7))
WEEKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
DAYS = {
    "full": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "plural": ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"],
    "short": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
}
ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
ONES += ["seventeen", "eighteen", "nineteen"]
TENS = {2: "twenty", 3: "thirty", 4: "forty", 5: "fifty"}


def in_words(n: int) -> str:
    return ONES[n - 1] if n < 20 else " ".join([TENS[n // 10], *([ONES[n % 10 - 1]] if n % 10 else [])])


def part(at: time) -> str:
    if at.hour < 12:
        return "in the morning"
    return "in the afternoon" if at.hour < 18 else "in the evening"


def hour_12(at: time) -> int:
    return (at.hour + 11) % 12 + 1


def with_half(at: time) -> str:
    minutes = f":{at:%M}" if at.minute else ""
    return f"{hour_12(at)}{minutes} {at:%p}".lower()


def spoken(at: time) -> str:
    """ "twenty past eight in the evening", "ten to nine in the morning"."""
    hour = in_words(hour_12(at))
    following = in_words(hour_12(at) % 12 + 1)
    if at.minute == 0:
        said = f"{hour} o'clock"
    elif at.minute == 30:
        said = f"half past {hour}"
    elif at.minute <= 30:
        said = f"{in_words(at.minute)} past {hour}"
    else:
        return f"{in_words(60 - at.minute)} to {following} {part(time((at.hour + 1) % 24))}"
    return f"{said} {part(at)}"


STYLES: list[Callable[[time], str]] = [
    lambda at: f"{at:%H:%M}",
    lambda at: f"{at:%H.%M}",
    lambda at: f"{at:%Hh%M}",
    lambda at: f"{at:%H%M}",
    lambda at: f"at {at.hour}:{at:%M}",
    with_half,
    lambda at: with_half(at).replace(" ", ""),
    lambda at: with_half(at).replace("am", "a.m.").replace("pm", "p.m."),
    lambda at: f"{hour_12(at)}.{at:%M} {part(at)}",
    spoken,
]
styles = st.sampled_from(STYLES)
joints = st.sampled_from([", ", " and ", ", and ", "; ", " & ", " plus "])
clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
weekday_sets = st.frozensets(st.integers(0, 6), min_size=1)


@st.composite
def days_in_words(draw: st.DrawFn, days: frozenset[int]) -> str:
    names = DAYS[draw(st.sampled_from(sorted(DAYS)))]
    ways = [draw(joints).join(names[day] for day in sorted(days))]
    ways += ["every day", "daily", ""] if days == EVERY_DAY else []
    ways += ["weekdays", f"{names[0]} to {names[4]}", f"{names[0]}-{names[4]}"] if days == WEEKDAYS else []
    ways += ["at weekends", "weekend"] if days == WEEKEND else []
    if len(days) > 4 and days != EVERY_DAY:
        ways.append("not " + " and ".join(names[day] for day in sorted(EVERY_DAY - days)))
    return draw(st.sampled_from(ways))


@given(st.data(), st.sets(clock_times, min_size=1, max_size=4), weekday_sets)
def test_any_times_on_any_weekdays_are_read_back(data: st.DataObject, times: set[time], days: frozenset[int]) -> None:
    spelled = data.draw(joints).join(data.draw(styles)(at) for at in data.draw(st.permutations(sorted(times))))
    when = data.draw(days_in_words(days))
    text = data.draw(st.sampled_from([f"{spelled} {when}", f"{when} {spelled}", f"Please ask me {spelled}, {when}."]))
    read = schedule(text)
    assert read is not None, text
    assert (set(read.times), read.days) == (times, days), text


@given(st.sets(clock_times, min_size=1, max_size=5))
def test_times_come_sorted_and_distinct(times: set[time]) -> None:
    said = [f"{at:%H:%M}" for at in times] * 2
    assert schedule(" and ".join(said)) == Schedule(tuple(sorted(times)), EVERY_DAY, unsure=False)


@given(st.text())
@example("½ past 8")
@example("🄳6 8:30")
@example("8 ² pm")
def test_no_text_at_all_breaks_it(text: str) -> None:
    read = schedule(text)
    assert read is None or (read.times and read.days)
    assert len(readings(text)) <= 2


@given(st.text(alphabet="0123456789:.h apmto-,", max_size=12))
def test_what_only_looks_like_times_breaks_nothing(text: str) -> None:
    read = schedule(text)
    assert read is None or (read.times and read.days)
    assert len(readings(text)) <= 2


SURE = [
    ("8:30", "08:30"),
    ("8.30", "08:30"),
    ("0830", "08:30"),
    ("8h30", "08:30"),
    ("at 18h", "18:00"),
    ("８：３０", "08:30"),
    ("٨:٣٠", "08:30"),
    ("08", "08:00"),
    ("8am and 21:30", "08:00 21:30"),
    ("8:30, noon and 9 pm", "08:30 12:00 21:00"),
    ("8 and 20", "08:00 20:00"),
    ("9 13 17 and 21", "09:00 13:00 17:00 21:00"),
    ("7a and 7p", "07:00 19:00"),
    ("midnight", "00:00"),
    ("3 times a day: 9, 13, 19", "09:00 13:00 19:00"),
    ("Midday!", "12:00"),
    ("12 am", "00:00"),
    ("12 pm", "12:00"),
    ("12:30 at night", "00:30"),
    ("1 at night", "01:00"),
    ("08:30 PM", "20:30"),
    ("20:30 in the evening", "20:30"),
    ("8 in the evening", "20:00"),
    ("in the evening at 8", "20:00"),
    ("every evening at 8 pm", "20:00"),
    ("8:15, in the evening", "20:15"),
    ("quarter to nine in the evening", "20:45"),
    ("a quarter past nine pm", "21:15"),
    ("quarter to one in the afternoon", "12:45"),
    ("quarter to midnight", "23:45"),
    ("half eight am", "08:30"),
    ("20 min past eight in the evening", "20:20"),
    ("eight oh five pm", "20:05"),
    ("twenty-one thirty", "21:30"),
    ("mornings at 8 and evenings at 9", "08:00 21:00"),
    ("let’s do 7:30 in the mornings and 10 at night", "07:30 22:00"),
    ("8pm 🙏", "20:00"),
    ("Remind me at 9 o’clock in the morning please, every day", "09:00"),
]


@pytest.mark.parametrize(("text", "times"), SURE)
def test_a_time_said_clearly_is_sure(text: str, times: str) -> None:
    assert schedule(text) == Schedule(tuple(map(time.fromisoformat, times.split())), EVERY_DAY, unsure=False)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("8", "08:00"),
        ("at 7", "07:00"),
        ("12", "12:00"),
        ("7 o'clock", "07:00"),
        ("half past 8", "08:30"),
        ("eight thirty", "08:30"),
        ("five to nine", "08:55"),
        ("7 and 9 pm", "07:00 21:00"),
    ],
)
def test_an_hour_that_may_be_morning_or_evening_is_unsure(text: str, times: str) -> None:
    assert schedule(text) == Schedule(tuple(map(time.fromisoformat, times.split())), EVERY_DAY, unsure=True)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekdays at 7.30", {0, 1, 2, 3, 4}),
        ("7:30 mon wed fri", {0, 2, 4}),
        ("Monday, Wednesday & Friday @ 7:30", {0, 2, 4}),
        ("sundays 7:30am", {6}),
        ("at weekends 7:30", {5, 6}),
        ("7:30 not sundays", {0, 1, 2, 3, 4, 5}),
        ("7:30 every day except on sat and sun", {0, 1, 2, 3, 4}),
        ("7:30 weekdays but not friday", {0, 1, 2, 3}),
        ("tues-thurs at 7:30", {1, 2, 3}),
        ("fri – mon, 7:30", {4, 5, 6, 0}),
        ("weekday mornings at 7:30", {0, 1, 2, 3, 4}),
        ("7:30 on weekdays in the morning", {0, 1, 2, 3, 4}),
    ],
)
def test_weekdays_are_named_in_many_ways(text: str, days: set[int]) -> None:
    assert schedule(text) == Schedule((time(7, 30),), frozenset(days), unsure=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "25:00",
        "24:00",
        "8:75",
        "8:5",
        "12345",
        "8:30:00",
        "13 am",
        "14:00 in the morning",
        "thirty",
        "8th",
        "8.5",
        "8/20",
        "1/2",
        "not 8",
        "8 to 9",
        "5 to 9",
        "8-9",
        "9:00–17:00",
        "between 8 and 9",
        "before 9",
        "in 8 minutes",
        "tomorrow at 8",
        "every other day at 8",
        "3 times a day",
        "weekdays",
        "sat to weekdays",
        "8 mon 30",
        "in the morning",
        "weekdays at 7, weekends at 9",
        "8:30 every day except weekdays and weekends",
        "the sun on my face at 8",
        "I saw a fox at half past eight",
        "my 2 kids laughed",
        "D6 8:30",
    ],
)
def test_whatever_says_more_or_names_no_real_time_is_no_time(text: str) -> None:
    assert schedule(text) is None


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2:20", "02:20 14:20"),
        ("12:20", "00:20 12:20"),
        ("02:20", "02:20"),
        ("14:20", "14:20"),
        ("2:20 pm", "14:20"),
        ("7.40 in the morning", "07:40"),
        ("8 and 9", ""),
        ("hello", ""),
        ("25:00", ""),
    ],
)
def test_one_time_has_the_readings_a_clock_with_twelve_hours_leaves_it(text: str, times: str) -> None:
    assert readings(text) == tuple(map(time.fromisoformat, times.split()))


def glimmers() -> list[str]:
    lines = [line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return [said["text"] for said in map(json.loads, lines) if said["kind"] == "glimmer"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development utterances are not beside this project")
def test_no_glimmer_is_taken_for_a_time() -> None:
    assert [text for text in glimmers() if schedule(text)] == []
