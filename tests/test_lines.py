"""The numbers a person in danger is shown are the file's, letter for letter."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.lines import CRISIS_LINES, WRITING, Help, Line, help_for, load_lines, outdated
from bot.conversation.opening import is_open
from tools.show_lines import told

KINDS = ("phone", *WRITING)
DATA: dict[str, Any] = json.loads(CRISIS_LINES.read_bytes())
CHECKED = [entry for entry in DATA["lines"] if entry["verified"] in "AB"]
COUNTRIES = sorted({entry["country"] for entry in CHECKED})
SOURCE = Path(__file__).parent.parent.parent / "shared" / "care" / "crisis_lines.json"

# The first line of the level A countries, as the care notes list them.
FIRST = {
    "US": "988", "CA": "988", "GB": "116 123", "AU": "13 11 14", "NZ": "1737", "AT": "142", "CH": "143", "FR": "3114",
    "NL": "113 or 0800 0113", "ES": "024", "PT": "1411", "IT": "02 2327 2327", "SE": "90101", "FI": "09 2525 0111",
    "PL": "800 70 2222", "CN": "12356", "HK": "18111", "TW": "1925", "JP": "0120-061-338", "KR": "109", "SG": "1767",
    "BR": "188", "CL": "*4141", "MX": "800 911 2000",
}  # fmt: skip


def test_there_are_57_countries_with_a_checked_line() -> None:
    assert len(COUNTRIES) == 57
    assert set(load_lines().by_country) == set(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_number_shown_is_one_of_the_countrys_as_stored(country: str) -> None:
    help_ = help_for(country, load_lines())
    own = [entry for entry in CHECKED if entry["country"] == country]
    assert help_.emergency == DATA["emergency_numbers"].get(country, {}).get("emergency")
    assert help_.call in [Line(entry["name"], entry["phone"], entry["hours"]) for entry in own]
    ways = [Line(entry["name"], entry[kind], entry["hours"]) for entry in own for kind in WRITING if entry[kind]]
    assert help_.write in ways if ways else help_.write is None
    assert help_.directory == "https://findahelpline.com"


@pytest.mark.parametrize(("country", "number"), FIRST.items())
def test_the_first_line_is_the_one_the_care_notes_name(country: str, number: str) -> None:
    call = help_for(country, load_lines()).call
    assert call is not None
    assert call.number == number


def test_lines_for_everyone_come_before_lines_for_some() -> None:
    special = {entry["name"] for entry in CHECKED if entry["audience"] != "everyone"}
    shown = [help_for(country, load_lines()) for country in COUNTRIES]
    assert not special & {line.name for help_ in shown for line in (help_.call, help_.write) if line}


def test_writing_may_go_to_another_line_than_calling() -> None:
    help_ = help_for("GB", load_lines())
    assert help_.write == Line("Shout", "85258 (text SHOUT)", "24/7")
    assert help_.call == Line("Samaritans", "116 123", "24/7")


@pytest.mark.parametrize("country", [None, "", "ZZ"])
def test_an_unknown_country_gets_the_directory(country: str | None) -> None:
    assert help_for(country, load_lines()) == Help(None, None, None, "https://findahelpline.com")


def test_a_country_with_unchecked_lines_gets_its_emergency_number_and_the_directory() -> None:
    assert help_for("TR", load_lines()) == Help("112", None, None, "https://findahelpline.com")
    assert help_for("TH", load_lines()) == Help("1669", None, None, "https://findahelpline.com")


def test_the_numbers_are_not_older_than_twelve_months() -> None:
    assert not outdated(load_lines(), datetime.now(UTC).date()), "open each operator's page again (see the file)"


HOURS_OF_A_WEEK = [datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=n) for n in range(7 * 24)]


@pytest.mark.parametrize("country", COUNTRIES)
def test_at_no_hour_of_the_week_a_shut_line_stands_before_one_that_may_answer(country: str) -> None:
    own = [entry for entry in CHECKED if entry["country"] == country and entry["phone"]]
    for at in HOURS_OF_A_WEEK:
        call = help_for(country, load_lines(), at).call
        assert call is None or call in [Line(entry["name"], entry["phone"], entry["hours"]) for entry in own]
        for_all = [entry for entry in own if entry["audience"] == "everyone"]
        if call and is_open(call.hours, at) is False:
            assert all(is_open(entry["hours"], at) is False for entry in for_all), at


@pytest.mark.parametrize(
    ("hours", "at", "answers"),
    [
        (None, "2026-11-26 04:00", None),
        ("24/7 (2021)", "2026-11-26 04:00", True),
        ("24/7 not confirmed", "2026-11-26 04:00", None),
        ("limited hours", "2026-11-26 12:00", None),
        ("daily 17:00-24:00", "2026-11-26 16:59", False),
        ("daily 17:00-24:00", "2026-11-26 23:59", True),
        ("daily 15:30-00:30", "2026-11-27 00:29", True),
        ("daily 15:30-00:30", "2026-11-27 00:30", False),
        ("12:00-05:30 (2021)", "2026-11-26 04:00", True),
        ("Mon-Sat 14:00-20:00", "2026-11-28 15:00", True),
        ("Mon-Sat 14:00-20:00", "2026-11-29 15:00", False),
        ("Mon, Thu, Fri 24 h; other days 06:00-24:00 (2022)", "2026-11-26 04:00", True),
        ("Mon, Thu, Fri 24 h; other days 06:00-24:00 (2022)", "2026-11-25 04:00", False),
        ("daily 11:00-23:00, Fri/Sat to 03:00 (2021)", "2026-11-28 02:00", True),
        ("daily 11:00-23:00, Fri/Sat to 03:00 (2021)", "2026-11-27 02:00", False),
        ("daily 16:00-21:00; 10th of month 08:00 to next 08:00", "2026-11-26 17:00", True),
        ("daily 16:00-21:00; 10th of month 08:00 to next 08:00", "2026-11-10 09:00", None),
    ],
)
def test_what_hours_say(hours: str | None, at: str, answers: bool | None) -> None:
    assert is_open(hours, datetime.fromisoformat(at)) is answers


def test_all_hours_that_are_shown_are_understood_or_say_that_they_are_not_known() -> None:
    told = {hours for entry in CHECKED if (hours := entry["hours"])}
    unknown = {hours for hours in told if is_open(hours, datetime(2026, 11, 26, 4, tzinfo=UTC)) is None}
    vague = ("limited", "differ", "at least", "not confirmed", "10th of month")
    assert [hours for hours in unknown if not any(word in hours for word in vague)] == []


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("at", [time(4), time(16)])
def test_the_message_holds_each_number_byte_for_byte_and_three_at_most(country: str, at: time) -> None:
    message = told(country, at, datetime(2026, 11, 26, 12, tzinfo=UTC))
    own = [entry for entry in CHECKED if entry["country"] == country]
    shown = [line for line in message.splitlines() if line.startswith(("To talk", "To write", "Shut at this hour"))]
    hours = {entry["name"]: f", {entry['hours']}" if entry["hours"] else "" for entry in own}
    known = {f"{entry['name']}: {entry[kind]}{hours[entry['name']]}" for entry in own for kind in KINDS}
    assert {line.partition(": ")[2] for line in shown} <= known
    assert 1 <= len(shown) <= 2
    directory = message.index("https://findahelpline.com")
    assert all((message.index(line) > directory) is line.startswith("Shut") for line in shown), (
        "what is shut comes last"
    )
    emergency = DATA["emergency_numbers"].get(country, {}).get("emergency")
    assert f"in danger now: {emergency or 'your local emergency number'}\n" in message
    assert message.count("https://findahelpline.com") == 1


def test_numbers_of_a_year_ago_are_outdated() -> None:
    assert not outdated(load_lines(), date(2027, 11, 22))
    assert outdated(load_lines(), date(2027, 11, 23))


def test_the_file_is_a_copy_of_the_checked_one() -> None:
    if not SOURCE.is_file():
        pytest.skip("the care notes are not beside this project")
    assert CRISIS_LINES.read_bytes() == SOURCE.read_bytes()
