"""What plain words mean to the conversation, and what becomes of reminders by them: by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import nearest, parts
from bot.conversation.carried import to_set
from bot.conversation.change import Rewrite, rules_after
from bot.conversation.events import Media, Message, Said
from bot.conversation.hear import hear
from bot.conversation.plan import rules_heard
from bot.conversation.requests import request_of
from bot.conversation.situation import Heard, Situation
from bot.conversation.state import State, Step
from bot.conversation.which import Target, meant
from bot.understanding.meaning import Change, Meaning, Pause, Recall, Snooze, Stop, When, Whereabouts
from scheduler.rule import WHOLE_DAY, Rule
from storage.records import Person, Reminder
from tests.conversation.test_doubt import HOUSE

NOW = datetime(2026, 5, 14, 11, 30, tzinfo=ZoneInfo("Europe/Lisbon"))
WORDS = Message(9, NOW.astimezone(UTC), "words")
BOT = Message(3, NOW.astimezone(UTC), "What's one glimmer?", from_bot=True)
HERE = Situation(Said(WORDS), Heard(""), NOW, ("seed",), 7, HOUSE, Person(7, 1, NOW, 1, "Europe/Lisbon"))
MOST_BYTES = 64
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
WINDOWS = st.tuples(TIMES, TIMES).filter(lambda window: window[0] != window[1])
WHENS = st.builds(
    When,
    times=st.lists(TIMES, max_size=3, unique=True).map(lambda times: tuple(sorted(times))),
    days=DAYS,
    days_said=st.booleans(),
    interval_days=st.sampled_from([1, 1, 2, 3, 7, 14, 30]),
    parts=st.lists(st.sampled_from(sorted(parts.USUAL)), max_size=2, unique=True).map(tuple),
    per_day=st.none() | st.integers(1, 30),
    per_week=st.none() | st.integers(1, 9),
    window=st.none() | WINDOWS,
    every_minutes=st.none() | st.integers(5, 900),
)


@pytest.mark.parametrize(
    ("meaning", "name"),
    [
        (Meaning("set_reminder", When(times=(time(9),))), "set"),
        (Meaning("set_reminder", When(in_minutes=20)), "once"),
        (Meaning("set_reminder", When(date=date(2026, 5, 15))), "once"),
        (Meaning("change_reminder", Change()), "change"),
        (Meaning("stop_reminder", Stop()), "stop"),
        (Meaning("list_reminders"), "reminders"),
        (Meaning("pause", Pause()), "pause"),
        (Meaning("pause", Pause(resume=True)), "resume"),
        (Meaning("snooze", Snooze(10)), "later"),
        (Meaning("timezone", Whereabouts("Europe/Berlin")), "place"),
        (Meaning("timezone", Whereabouts("+05:30")), "place"),
        (Meaning("timezone", Whereabouts("+03:45")), "my_place"),
        (Meaning("timezone", Whereabouts()), "my_zone"),
        (Meaning("recall", Recall(about="tea")), "recall"),
        (Meaning("delete", Recall(about="tea")), "delete"),
        (Meaning("delete", Recall(pick="random")), "what to delete"),
        (Meaning("delete"), "what to delete"),
        (Meaning("export"), "export"),
        (Meaning("help"), "help"),
        (Meaning("thanks"), "thanks"),
        (Meaning("greeting"), "hello"),
        (Meaning("no_glimmer"), "not_today"),
        (Meaning("hard_day"), "hard_day"),
        (Meaning("other"), "other"),
        (Meaning("glimmer"), "glimmer"),
    ],
)
def test_every_intent_has_its_rule(meaning: Meaning, name: str) -> None:
    assert request_of(meaning, WORDS, State(), NOW).name == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("delete my account", "erase"),
        ("wipe it all", "erase"),
        ("oh, delete it", "undo"),
        ("remove a glimmer", "what to delete"),
    ],
)
def test_what_is_to_be_deleted_is_told_by_the_words(words: str, name: str) -> None:
    assert request_of(Meaning("delete"), replace(WORDS, text=words), State(), NOW).name == name


def test_doubt_and_the_rest_of_a_breath_come_along() -> None:
    doubtful = Meaning("glimmer", doubt=Meaning("stop_reminder", Stop("morning")))
    heard = request_of(replace(doubtful, also=(Meaning("export"),)), WORDS, State(), NOW)
    assert heard.name == "glimmer"
    assert heard.doubt and heard.doubt.stop == Stop("morning")
    assert [more.name for more in heard.also] == ["export"]


@pytest.mark.parametrize(
    "message",
    [
        Message(9, NOW, "remind me at 9am", forwarded=True),
        Message(9, NOW, "remind me at 9am", (Media("photo", "f"),)),
    ],
)
def test_what_is_forwarded_or_a_caption_asks_for_nothing(message: Message) -> None:
    assert hear(Said(message), State(), NOW).name == "glimmer"


@pytest.mark.parametrize(("words", "name"), [("remind me at 9am", "set"), ("the light on the stairs", "glimmer")])
def test_an_answer_to_a_question_is_a_request_if_it_reads_as_one(words: str, name: str) -> None:
    message = replace(WORDS, text=words, reply_to=BOT)
    assert hear(Said(message), State(step=Step.PROMPT), NOW).name == name


@given(WHENS)
def test_what_comes_near_can_be_pressed(when: When) -> None:
    for rules in nearest.choices(HERE, when):
        data = to_set(rules)
        assert len(data) <= MOST_BYTES
        pressed = replace(HERE, heard=Heard("press at", data.removeprefix("at:")))
        assert rules_heard(pressed) == rules
        assert all(rule.often <= 3 for rule in rules)
        assert not when.days_said or {rule.days for rule in rules} == {when.days}


@given(WHENS)
def test_there_is_always_something_near(when: When) -> None:
    assert 1 <= len(nearest.choices(HERE, when)) <= nearest.MOST_CHOICES


@given(WHENS)
def test_what_is_held_is_held_as_it_was_said(when: When) -> None:
    if not nearest.holds(when):
        return
    for rules in nearest.readings(HERE, when):
        assert sum(rule.often for rule in rules) <= 3 * max(1, len(when.groups))
        for rule in rules:
            assert Rule.from_json(rule.as_json()) == rule
            assert rule.every in (1, when.interval_days)
            assert not when.days_said or rule.days <= when.days or when.groups


@given(st.integers(1, 12), WINDOWS)
def test_what_is_spread_lies_within(count: int, window: tuple[time, time]) -> None:
    begin, length = parts.stretch(window)
    for at in (*parts.edges(count, window), *parts.inner(count, window)):
        after = (at.hour * 60 + at.minute - begin + parts.STEP) % WHOLE_DAY
        assert after <= length + 2 * parts.STEP


def test_a_usual_time_lies_in_its_part_of_the_day() -> None:
    assert parts.USUAL.keys() == parts.HOURS.keys()
    assert all(parts.is_within(at, part) for part, usual in parts.USUAL.items() for at in usual)


@pytest.mark.parametrize(
    ("when", "held"),
    [
        (When(times=(time(9),)), True),
        (When(times=(time(9), time(20)), per_day=2), True),
        (When(per_day=1), True),
        (When(times=(time(9),), days=frozenset({6}), days_said=True, interval_days=7), True),
        (When(times=(time(9),), days=frozenset({0, 3}), days_said=True, per_week=2), True),
        (When(parts=("morning", "evening")), True),
        (When(times=(time(9),), interval_days=2), True),
        (When(times=(time(9),), interval_days=7), True),
        (When(times=(time(9),), days=frozenset({6}), days_said=True, interval_days=14), True),
        (When(window=(time(10), time(18))), True),
        (When(window=(time(10), time(18)), per_day=3), True),
        (When(window=(time(10), time(18)), per_day=4), False),
        (When(window=(time(10), time(10, 30)), per_day=2), False),
        (When(times=tuple(time(hour) for hour in (8, 12, 16, 20))), False),
        (When(times=(time(9),), interval_days=30), False),
        (When(per_day=2), False),
        (When(every_minutes=120), False),
        (When(times=(time(9),), per_week=2), False),
    ],
)
def test_what_rules_can_hold(when: When, held: bool) -> None:
    assert nearest.holds(when) is held


def reminder(name: str, at: time, days: frozenset[int] = frozenset(range(7))) -> Reminder:
    return Reminder(name, 7, Rule((at,), days).as_json())


MORNING, NOON, NIGHT = reminder("a", time(8, 30)), reminder("b", time(12)), reminder("c", time(20, 30))
SUNDAY = reminder("d", time(10), frozenset({6}))
ONCE = Reminder("e", 7, Rule.once(date(2026, 5, 15), time(9)).as_json())
ALL = (NIGHT, ONCE, SUNDAY, NOON, MORNING)


@pytest.mark.parametrize(
    ("name", "other", "found"),
    [
        ("", "", "adbc"),
        ("all", "", "adbc"),
        ("morning", "", "ade"),
        ("lunch", "", "b"),
        ("evening", "", "c"),
        ("first", "", "a"),
        ("last", "", "e"),
        ("2", "", "d"),
        ("9", "", ""),
        ("0", "", ""),
        ("08:30", "20:30", "ac"),
        ("10:00", "22:00", "d"),
        ("07:00", "19:00", ""),
        ("sun", "", "d"),
        ("weekend", "", "d"),
        ("mon", "", "abc"),
    ],
)
def test_which_is_meant(name: str, other: str, found: str) -> None:
    assert "".join(one.reminder.id for one in meant(ALL, name, other)) == found


def test_a_day_that_others_share_is_meant_alone() -> None:
    assert [one.days for one in meant([MORNING, NIGHT], "weekend")] == [frozenset({5, 6})] * 2


@given(TIMES, DAYS, st.integers(-1439, 1439))
def test_later_and_earlier_by_the_same_is_the_same(at: time, days: frozenset[int], minutes: int) -> None:
    there = rules_after(HERE, Target(reminder("a", at, days), days), Change(shift_minutes=minutes))
    (rule,) = there
    back = rules_after(HERE, Target(reminder("a", rule.times[0], rule.days), rule.days), Change(shift_minutes=-minutes))
    assert back == [Rule((at,), days)]


@given(TIMES, DAYS, DAYS)
def test_days_left_out_are_left_out(at: time, days: frozenset[int], out: frozenset[int]) -> None:
    one = Target(reminder("a", at, days), days)
    rules = rules_after(HERE, one, Change(exclude_days=out))
    assert [rule.days for rule in rules] == ([days - out] if days - out else [])
    assert Rewrite(one, tuple(rules)).is_new is bool(days & out)
