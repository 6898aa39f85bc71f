"""Past days in words: what can be said in several styles is read back as it was meant, and nothing else is a day."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.almanac import easter
from bot.understanding.dates import Days, Span, month_first, past_days
from bot.understanding.signs import signs

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CONTENT = Path(__file__).parents[2] / "bot" / "content" / "en"
TODAY = date(2026, 5, 14)  # a Thursday

MEANT = {
    "counted back": {
        "the day before yesterday": "2026-05-12",
        "a week ago yesterday": "2026-05-06",
        "a year ago today": "2025-05-14",
        "today a year ago": "2025-05-14",
        "a year ago this week": "2025-05-12..2025-05-18",
        "3 weeks and 4 days ago": "2026-04-19",
        "a fortnight ago": "2026-04-30",
        "half a year ago": "2025-11-14",
        "a year and a half ago": "2024-11-14",
        "2.5 weeks ago": "2026-04-26",
        "a couple of weeks ago": "2026-04-30",
        "a few days ago": "2026-05-09..2026-05-12",
        "2-3 weeks ago": "2026-04-23..2026-04-30",
        "a day or two ago": "2026-05-12..2026-05-13",
        "an hour ago": "2026-05-14",
        "3 nights ago": "2026-05-11",
        "ninety days ago": "2026-02-13",
        "six months back": "2025-11-14",
        "a decade ago": "2016-05-14",
        "four sundays ago": "2026-04-19",
        "three christmases ago": "2023-12-25",
        "two summers ago": "2024-06-01..2024-08-31",
        "a month ago on the 5th": "2026-04-05",
        "2 years ago in july": "2024-07-01..2024-07-31",
        "two weeks ago on monday": "2026-04-27",
        "monday two weeks ago": "2026-04-27",
        "5 days before last friday": "2026-05-03",
    },
    "last and this": {
        "last weekend": "2026-05-09..2026-05-10",
        "last saturday": "2026-05-09",
        "last thursday": "2026-05-07",
        "last night": "2026-05-13",
        "late last night": "2026-05-13",
        "this morning": "2026-05-14",
        "last month": "2026-04-01..2026-04-30",
        "last quarter": "2026-01-01..2026-03-31",
        "last decade": "2010-01-01..2019-12-31",
        "last winter": "2025-12-01..2026-02-28",
        "last may": "2025-05-01..2025-05-31",
        "last christmas": "2025-12-25",
        "previous fortnight": "2026-05-01..2026-05-14",
        "this week": "2026-05-11..2026-05-14",
        "this month": "2026-05-01..2026-05-14",
        "this week's tuesday": "2026-05-12",
        "this whole week": "2026-05-11..2026-05-14",
        "this time last month": "2026-04-14",
        "this week last year": "2025-05-12..2025-05-18",
        "this day two years ago": "2024-05-14",
        "on this day in 2024": "2024-05-14",
        "the week before last": "2026-04-27..2026-05-03",
        "the weekend before last": "2026-05-02..2026-05-03",
        "the year before last": "2024-01-01..2024-12-31",
        "monday before last": "2026-05-04",
        "the night before last": "2026-05-12",
        "the christmas before last": "2024-12-25",
        "past monday": "2026-05-11",
        "this past weekend": "2026-05-09..2026-05-10",
        "earlier this week": "2026-05-11..2026-05-14",
        "so far this month": "2026-05-01..2026-05-14",
        "year to date": "2026-01-01..2026-05-14",
        "ytd": "2026-01-01..2026-05-14",
    },
    "rolling": {
        "last 10 days": "2026-05-05..2026-05-14",
        "past 2 weeks": "2026-05-01..2026-05-14",
        "the past fortnight": "2026-05-01..2026-05-14",
        "last few days": "2026-05-12..2026-05-14",
        "last 36 hours": "2026-05-12..2026-05-14",
        "over the past 3 months": "2026-02-15..2026-05-14",
        "within the last week": "2026-05-08..2026-05-14",
        "the past year": "2025-05-15..2026-05-14",
        "last week or two": "2026-05-01..2026-05-14",
        "the last hundred days": "2026-02-04..2026-05-14",
        "last two weekends": "2026-05-02..2026-05-10",
        "since two weeks": "2026-04-30..2026-05-14",
        "older than 2 weeks": "..2026-04-29",
    },
    "names": {
        "saturday": "2026-05-09",
        "on thursday": "2026-05-14",
        "the weekend": "2026-05-09..2026-05-10",
        "march": "2026-03-01..2026-03-31",
        "may": "2026-05-01..2026-05-14",
        "in june": "2025-06-01..2025-06-30",
        "summer": "2025-06-01..2025-08-31",
        "over the winter": "2025-12-01..2026-02-28",
        "spring of 2024": "2024-03-01..2024-05-31",
        "summer '23": "2023-06-01..2023-08-31",
        "winter 2019/20": "2019-12-01..2020-02-29",
        "winter 19/20": "2019-12-01..2020-02-29",
        "winter 2026": "2025-12-01..2026-02-28",
        "autumn last year": "2025-09-01..2025-11-30",
        "may last year": "2025-05-01..2025-05-31",
        "last year in may": "2025-05-01..2025-05-31",
        "june 2024": "2024-06-01..2024-06-30",
        "june '24": "2024-06-01..2024-06-30",
        "the month of may": "2026-05-01..2026-05-14",
        "2024": "2024-01-01..2024-12-31",
        "in '19": "2019-01-01..2019-12-31",
        "2k19": "2019-01-01..2019-12-31",
        "year 2023": "2023-01-01..2023-12-31",
        "twenty twenty five": "2025-01-01..2025-12-31",
        "two thousand nineteen": "2019-01-01..2019-12-31",
        "nineteen ninety nine": "1999-01-01..1999-12-31",
        "the nineties": "1990-01-01..1999-12-31",
        "the 2010s": "2010-01-01..2019-12-31",
        "q3 2025": "2025-07-01..2025-09-30",
        "the second quarter of 2024": "2024-04-01..2024-06-30",
    },
    "holidays": {
        "christmas eve": "2025-12-24",
        "over christmas": "2025-12-24..2025-12-26",
        "boxing day": "2025-12-26",
        "new year's eve": "2025-12-31",
        "new year's day 2024": "2024-01-01",
        "easter 2019": "2019-04-21",
        "easter monday": "2026-04-06",
        "easter weekend": "2026-04-03..2026-04-06",
        "good friday": "2026-04-03",
        "pancake day": "2026-02-17",
        "whit monday": "2025-06-09",
        "halloween": "2025-10-31",
        "valentine's day": "2026-02-14",
        "mother's day": "2026-05-10",
        "thanksgiving 2025": "2025-11-27",
        "black friday": "2025-11-28",
        "labor day": "2025-09-01",
        "memorial day weekend": "2025-05-24..2025-05-26",
        "august bank holiday": "2025-08-25",
        "st patrick's day": "2026-03-17",
        "bonfire night": "2025-11-05",
        "diwali": "2025-10-20",
        "eid": "2026-03-21",
        "ramadan 2024": "2024-03-11..2024-04-09",
        "hanukkah": "2025-12-15..2025-12-22",
        "lunar new year": "2026-02-17",
        "christmas week": "2025-12-22..2025-12-28",
        "last year's christmas": "2025-12-25",
        "christmas 2022": "2022-12-25",
    },
    "written": {
        "the 15th": "2026-04-15",
        "on the 2nd": "2026-05-02",
        "the 3rd?": "2026-05-03",
        "on the second": "2026-05-02",
        "may 5": "2026-05-05",
        "may 5th, 2025": "2025-05-05",
        "5 may": "2026-05-05",
        "5th of may": "2026-05-05",
        "the third of april": "2026-04-03",
        "second of may": "2026-05-02",
        "fri 8": "2026-05-08",
        "friday the 13th": "2026-03-13",
        "monday, 4 may": "2026-05-04",
        "tuesday the 5th of may 2026": "2026-05-05",
        "sept 15": "2025-09-15",
        "3/5": "2026-05-03",
        "wed 6/5": "2026-05-06",
        "6/15": "2025-06-15",
        "31/12": "2025-12-31",
        "06.05.2026": "2026-05-06",
        "6/5/26": "2026-05-06",
        "2026-05-06": "2026-05-06",
        "2026/may/6": "2026-05-06",
        "6-may-2026": "2026-05-06",
        "may/6/2026": "2026-05-06",
        "20260506": "2026-05-06",
        "5/2025": "2025-05-01..2025-05-31",
        "2025-11": "2025-11-01..2025-11-30",
        "on 5-6": "2025-06-05",
        "29 feb": "2024-02-29",
        "5 may last year": "2025-05-05",
        "the 5th of last month": "2026-04-05",
    },
    "parts": {
        "the 2nd saturday of april": "2026-04-11",
        "last thursday of november 2025": "2025-11-27",
        "second weekend in march": "2026-03-14..2026-03-15",
        "first week of may": "2026-05-04..2026-05-10",
        "last week of march": "2026-03-23..2026-03-29",
        "third week of january 2025": "2025-01-13..2025-01-19",
        "week 12": "2026-03-16..2026-03-22",
        "week 12 of 2025": "2025-03-17..2025-03-23",
        "first day of spring": "2026-03-01",
        "last day of last month": "2026-04-30",
        "last 3 days of april": "2026-04-28..2026-04-30",
        "first 10 days of 2025": "2025-01-01..2025-01-10",
        "first two weeks of january": "2026-01-01..2026-01-14",
        "first half of 2024": "2024-01-01..2024-06-30",
        "second half of last month": "2026-04-16..2026-04-30",
        "early march": "2026-03-01..2026-03-10",
        "late last year": "2025-09-01..2025-12-31",
        "mid-april": "2026-04-11..2026-04-20",
        "middle of last week": "2026-05-06..2026-05-07",
        "end of last month": "2026-04-21..2026-04-30",
        "the start of 2026": "2026-01-01..2026-04-30",
        "week of the 4th": "2026-05-04..2026-05-10",
        "the weekend of the 9th": "2026-05-09..2026-05-10",
        "w/c 4 may": "2026-05-04..2026-05-10",
        "week ending 10 may": "2026-05-04..2026-05-10",
        "last week on monday": "2026-05-04",
        "tuesday of last week": "2026-05-05",
        "friday of the week before last": "2026-05-01",
    },
    "before and after": {
        "the day after christmas": "2025-12-26",
        "the day before easter": "2026-04-04",
        "two weeks after easter": "2026-04-19",
        "the week after christmas": "2025-12-26..2026-01-01",
        "the week before christmas": "2025-12-18..2025-12-24",
        "the monday before christmas": "2025-12-22",
        "the sunday before last sunday": "2026-05-03",
        "before christmas": "..2025-12-24",
        "before 2025": "..2024-12-31",
        "before last week": "..2026-05-03",
        "until last friday": "..2026-05-07",
        "until the end of april": "..2026-04-30",
        "up to april 27": "..2026-04-27",
        "prior to march": "..2026-02-28",
        "since easter": "2026-04-05..2026-05-14",
        "since the 1st": "2026-05-01..2026-05-14",
        "since last monday": "2026-05-11..2026-05-14",
        "since the start of may": "2026-05-01..2026-05-14",
        "from march onwards": "2026-03-01..2026-05-14",
        "from january on": "2026-01-01..2026-05-14",
        "starting january 5": "2026-01-05..2026-05-14",
        "after march 3rd": "2026-03-04..2026-05-14",
        "after last monday": "2026-05-12..2026-05-14",
        "after the 5th and before the 9th": "2026-05-06..2026-05-08",
        "since march but before may": "2026-03-01..2026-04-30",
    },
    "from and to": {
        "from january to march": "2026-01-01..2026-03-31",
        "january through march": "2026-01-01..2026-03-31",
        "march-april": "2026-03-01..2026-04-30",
        "from the 5th till the 9th": "2026-05-05..2026-05-09",
        "between the 5th and the 9th": "2026-05-05..2026-05-09",
        "5-9 may": "2026-05-05..2026-05-09",
        "may 5-9": "2026-05-05..2026-05-09",
        "may 5th to 9th": "2026-05-05..2026-05-09",
        "5 to 9 of may": "2026-05-05..2026-05-09",
        "between 1 april and 3 may": "2026-04-01..2026-05-03",
        "from 28 december to 3 january": "2025-12-28..2026-01-03",
        "dec 28 - jan 3": "2025-12-28..2026-01-03",
        "from december to february": "2025-12-01..2026-02-28",
        "from monday to wednesday": "2026-05-11..2026-05-13",
        "from dec 2025 to feb 2026": "2025-12-01..2026-02-28",
        "from november 2024 to february": "2024-11-01..2025-02-28",
        "1/5-5/5": "2026-05-01..2026-05-05",
        "1.5.2026-5.5.2026": "2026-05-01..2026-05-05",
        "2023-2025": "2023-01-01..2025-12-31",
        "between 2019 and 2021": "2019-01-01..2021-12-31",
        "between christmas and new year": "2025-12-25..2026-01-01",
        "from last summer till christmas": "2025-06-01..2025-12-25",
        "from 3 weeks ago to 1 week ago": "2026-04-23..2026-05-07",
        "between 3 and 5 days ago": "2026-05-09..2026-05-11",
        "yesterday and today": "2026-05-13..2026-05-14",
        "saturday and sunday": "2026-05-09..2026-05-10",
        "march and april": "2026-03-01..2026-04-30",
        "last week and this week": "2026-05-04..2026-05-14",
    },
    "with a time of the day": {
        "yesterday evening": "2026-05-13",
        "monday morning": "2026-05-11",
        "last sunday evening": "2026-05-10",
        "on the morning of may 5th": "2026-05-05",
        "at 8pm yesterday": "2026-05-13",
        "8pm last night": "2026-05-13",
        "wednesday at 8:30": "2026-05-13",
        "on sunday at noon": "2026-05-10",
        "5pm on may 5": "2026-05-05",
        "in the evening yesterday": "2026-05-13",
    },
    "typos": {
        "yestrday": "2026-05-13",
        "lst wk": "2026-05-04..2026-05-10",
        "janury 5": "2026-01-05",
        "satruday": "2026-05-09",
        "febuary": "2026-02-01..2026-02-28",
        "last mnth": "2026-04-01..2026-04-30",
        "chrismas": "2025-12-25",
        "wendesday": "2026-05-13",
        "last septmber": "2025-09-01..2025-09-30",
    },
}

NO_DAY = [
    "may i see my glimmers",
    "i may ask later",
    "the sun on my face",
    "i sat with mum",
    "leaves fall on the path",
    "in a second",
    "the last one",
    "the first three",
    "last three",
    "last ten glimmers",
    "the 5th one",
    "3 random ones",
    "how many times",
    "last time",
    "nothing at 8",
    "at 8pm",
    "20:15",
    "tomorrow",
    "next week",
    "in the past",
    "every other day",
    "since we moved",
    "before the exam",
    "24/7",
    "30/30",
    "00/00/2020",
    "2026-13-45",
    "29/02/2025",
    "may 32",
    "week 99",
    "99999999999 days ago",
    "one from each month",
    "on this day",
]

# A question, and what of it names the days.
WITHIN = [
    ("what did i write about tea last week with mum", "last week", "2026-05-04..2026-05-10"),
    ("anything from last tuesday at 8 with anna?", "from last tuesday at 8", "2026-05-12"),
    ("3 random ones from last year", "from last year", "2025-01-01..2025-12-31"),
    ("the last one from april", "from april", "2026-04-01..2026-04-30"),
    ("top 3 of last month", "of last month", "2026-04-01..2026-04-30"),
    ("how was march for me", "march", "2026-03-01..2026-03-31"),
    ("what did may bring", "may", "2026-05-01..2026-05-14"),
    ("did leo visit on the 3rd?", "on 3O", "2026-05-03"),
    ("what i kept between monday and wednesday about leo", "between monday and wednesday", "2026-05-11..2026-05-13"),
]


def spans(text: str, today: date = TODAY, month_first: bool = False) -> list[Span]:
    return past_days(signs(text).text, today, month_first)


def shown(days: Days) -> str:
    first, last = (day.isoformat() if day else "" for day in (days.first, days.last))
    return first if first == last else f"{first}..{last}"


@pytest.mark.parametrize(("text", "meant"), [pair for table in MEANT.values() for pair in table.items()])
def test_days_are_read_as_they_are_meant(text: str, meant: str) -> None:
    (span,) = spans(text)
    assert shown(span.days) == meant
    assert (span.start, span.end) == (0, len(signs(text).text.rstrip(" ?"))), "all of it says when"


@pytest.mark.parametrize("text", NO_DAY)
def test_what_names_no_past_day_is_not_read_as_one(text: str) -> None:
    assert spans(text) == []


@pytest.mark.parametrize(("text", "when", "meant"), WITHIN)
def test_days_are_found_between_other_words(text: str, when: str, meant: str) -> None:
    said = signs(text)
    (span,) = past_days(said.text, TODAY, False)
    assert said.between(span.start, span.end).typed == when
    assert shown(span.days) == meant


def test_days_apart_are_named_one_by_one() -> None:
    assert [shown(span.days) for span in spans("monday and friday, and last month")] == [
        "2026-05-11",
        "2026-05-08",
        "2026-04-01..2026-04-30",
    ]


def test_some_day_is_any_day() -> None:
    assert [span.days for span in spans("what made me laugh the other day")] == [Days(None, None)]


def test_a_named_end_stays_though_it_is_to_come() -> None:
    assert [shown(span.days) for span in spans("the current week")] == ["2026-05-11..2026-05-17"]
    assert [shown(span.days) for span in spans("from march to may")] == ["2026-03-01..2026-05-31"]


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("America/New_York", True),
        ("Pacific/Honolulu", True),
        ("Asia/Manila", True),
        ("Asia/Tokyo", True),
        ("America/Sao_Paulo", False),
        ("Europe/London", False),
        ("Asia/Kolkata", False),
        ("UTC", False),
        ("nowhere", False),
    ],
)
def test_the_zone_says_whether_the_month_comes_first(zone: str, first: bool) -> None:
    assert month_first(zone) is first
    (span,) = spans("3/4", month_first=month_first(zone))
    assert span.days.first == (date(2026, 3, 4) if first else date(2026, 4, 3))


@pytest.mark.parametrize("text", ["wed 6/5", "wed 5/6", "wednesday 5-6"])
def test_a_weekday_settles_which_number_is_the_month(text: str) -> None:
    for first in (True, False):
        (span,) = spans(text, month_first=first)
        assert span.days == Days(date(2026, 5, 6), date(2026, 5, 6))


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1818, (3, 22)),
        (1943, (4, 25)),
        (1954, (4, 18)),
        (2000, (4, 23)),
        (2008, (3, 23)),
        (2024, (3, 31)),
        (2038, (4, 25)),
    ],
)
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_no_word_stands_in_both_files() -> None:
    words, dates = (tomllib.loads((CONTENT / name).read_text("utf-8")) for name in ("words.toml", "dates.toml"))
    sections = [words[name] for name in ("months", "days", "signs")]
    mine = [word for known in dates["signs"].values() for word in known]
    mine += [word for day in dates["holidays"].values() for word in day["words"]]
    assert not {word for section in sections for known in section.values() for word in known}.intersection(mine)
    assert len(mine) == len(set(mine))


# Properties

MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


STYLES: list[Callable[[date], str]] = [
    lambda day: day.isoformat(),
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"the {ordinal(day.day)} of {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{MONTHS[day.month - 1]} {ordinal(day.day)}, {day.year}",
    lambda day: f"on {MONTHS[day.month - 1][:3]} {day.day} {day.year}",
    lambda day: f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1][:3]} {day.year}",
    lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
    lambda day: f"{day.year}/{MONTHS[day.month - 1][:3]}/{day.day}",
]
past = st.dates(date(2000, 1, 1), TODAY)


@given(past, st.sampled_from(STYLES))
def test_any_day_is_read_back_in_any_style(day: date, style: Callable[[date], str]) -> None:
    assert [span.days for span in spans(style(day))] == [Days(day, day)]


@given(past)
def test_any_day_is_read_back_with_the_month_first(day: date) -> None:
    assert [span.days for span in spans(f"{day:%m/%d/%Y}", month_first=True)] == [Days(day, day)]


@given(st.integers(0, 364))
def test_a_day_without_a_year_is_the_latest(ago: int) -> None:
    day = TODAY - timedelta(ago)
    for said in (f"{day.day} {MONTHS[day.month - 1]}", f"{MONTHS[day.month - 1]} {ordinal(day.day)}", f"{day:%d/%m}"):
        assert [span.days for span in spans(said)] == [Days(day, day)]


@given(st.integers(0, 5000))
def test_so_many_days_ago(ago: int) -> None:
    day = TODAY - timedelta(ago)
    assert [span.days for span in spans(f"{ago} days ago")] == [Days(day, day)]


@given(
    past, past, st.sampled_from(["from {} to {}", "between {} and {}", "{} - {}", "from {} till {}", "{} through {}"])
)
def test_any_two_days_are_ends(one: date, two: date, between: str) -> None:
    first, last = sorted((one, two))
    said = between.format(f"{first.day} {MONTHS[first.month - 1]} {first.year}", last.isoformat())
    assert [span.days for span in spans(said)] == [Days(first, last)]


@given(st.dates(), st.sampled_from(DAYS))
def test_a_weekday_is_the_latest_on_any_day(today: date, name: str) -> None:
    (span,) = spans(name, today)
    assert span.days.first is not None
    assert span.days.first.weekday() == DAYS.index(name) or today.toordinal() < 8
    assert timedelta(0) <= today - span.days.first < timedelta(7)


KNOWN = sorted(
    {sign for table in MEANT.values() for text in table for sign in signs(text).text.split()}
    | {
        "EVERY",
        "1O",
        "OTHER",
        "99999",
        "0",
        "31",
        "30/2",
        "M2",
        "2/30",
        "00",
        "D0",
        "of",
        ",",
        "-",
        "WEEK",
        "100W",
        "0.5",
    }
)
messages = st.lists(st.sampled_from(KNOWN), max_size=14).map(" ".join)
anything = st.one_of(
    messages, st.text(max_size=60).map(lambda text: signs(text).text), st.text("MDOW0123456789 -/.,", max_size=40)
)


@given(anything, st.dates(), st.booleans())
@example("LAST 999999 YEAR", date.min, True)
@example("31O OF MONTH", date.max, False)
@example("M2 29 - M2 30", date(2025, 3, 1), False)
@example("D6 BEFORE WEEK PAST D5", date.min, False)
@example("WEEK 53 - WEEK 1", date.max, False)
def test_whatever_is_said_the_spans_are_in_order(said: str, today: date, first: bool) -> None:
    end = 0
    for span in past_days(said, today, first):
        assert end <= span.start < span.end <= len(said)
        assert span.days.first is None or span.days.last is None or span.days.first <= span.days.last
        end = span.end


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=4), st.integers(100, 900))
def test_a_long_message_is_no_trouble(words: list[str], times: int) -> None:
    assert isinstance(past_days(" ".join(words * times)[:4096], TODAY, False), list)


# The corpora


@pytest.mark.parametrize("name", ["own", "ext_recall"])
def test_nearly_all_days_of_the_corpus_are_read(name: str) -> None:
    path = CORPUS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the corpus is not here")
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    asked = [record for record in records if record["kind"] == "recall"]
    wrong = [record["text"] for record in asked if not is_right(record)]
    assert len(wrong) <= 0.02 * len(asked), wrong


def is_right(record: dict[str, object]) -> bool:
    answers = [record, *record.get("accept", [])]  # type: ignore[misc]
    right = {
        (answer["expected"]["start"], answer["expected"]["end"]) for answer in answers if answer["kind"] == "recall"
    }
    said = spans(str(record["text"]), date.fromisoformat(str(record["now"])[:10]), month_first(str(record["tz"])))
    days = said[0].days if said else Days(None, None)
    return tuple(day.isoformat() if day else None for day in (days.first, days.last)) in right
