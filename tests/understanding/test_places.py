"""Where a person is: cities in many languages, countries, points, zone names and the time on their clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import places
from bot.understanding.gazetteer import tables
from bot.understanding.places import (
    Place,
    find_country,
    find_places,
    place_at,
    zone_named,
    zones_by_clock,
    zones_by_country,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SUMMER, WINTER = datetime(2026, 7, 1, 12, 20, tzinfo=UTC), datetime(2026, 1, 15, 12, 20, tzinfo=UTC)
LISBON = Place("Lisbon", "PT", "Europe/Lisbon")


@pytest.mark.parametrize(
    "text",
    [
        *("Lisbon", "LISBON!", "lisboa", "Лиссабон", "リスボン", "里斯本", "لشبونة", "ליסבון", "Lissabon", "Lisbon 🇵🇹"),
        *("i'm in Lisbon", "I’m in Lisbon.", "i live in lisbon", "in Lisbon", "near lisbon", "city: Lisbon"),
        *("Lisbon, Portugal", "lisbon portugal", "Lisboa (PT)", "Lisbon please", "lisbon time"),
    ],
)
def test_a_city_is_known_in_many_languages_and_with_a_few_words_around_it(text: str) -> None:
    assert find_places(text) == (LISBON,)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Paris", "Europe/Paris"),
        ("Paris, Texas", "America/Chicago"),
        ("paris tx", "America/Chicago"),
        ("Paris, Texas, USA", "America/Chicago"),
        ("London", "Europe/London"),
        ("London, Ontario", "America/Toronto"),
        ("London, CA", "America/Toronto"),
        ("Perth", "Australia/Perth"),
        ("perth wa", "Australia/Perth"),
        ("Perth, Scotland", "Europe/London"),
        ("Cambridge in the UK", "Europe/London"),
        ("Portland, ME", "America/New_York"),
        ("Atlanta, Georgia", "America/New_York"),
        ("Tbilisi, Georgia", "Asia/Tbilisi"),
        ("I live in Berlin, Germany", "Europe/Berlin"),
        ("Berlin Alemania", "Europe/Berlin"),
        ("Washington, D.C.", "America/New_York"),
        ("nyc", "America/New_York"),
        ("LA", "America/Los_Angeles"),
        ("St. John's, Canada", "America/St_Johns"),
        ("Muenchen", "Europe/Berlin"),
        ("lodz", "Europe/Warsaw"),
        ("Saigon", "Asia/Ho_Chi_Minh"),
        ("दिल्ली", "Asia/Kolkata"),
        ("서울", "Asia/Seoul"),
        ("California", "America/Los_Angeles"),
        ("Texas", "America/Chicago"),
        ("Bali", "Asia/Makassar"),
        ("Salvador", "America/Bahia"),
        ("Singapore", "Asia/Singapore"),
    ],
)
def test_the_likeliest_place_comes_first(text: str, zone: str) -> None:
    assert find_places(text)[0].zone == zone


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Springfield", ["America/Chicago", "America/New_York", "America/Los_Angeles"]),
        ("springfield usa", ["America/Chicago", "America/New_York", "America/Los_Angeles"]),
        ("Valencia", ["America/Caracas", "Europe/Madrid"]),
        ("Newcastle", ["Australia/Sydney", "Africa/Johannesburg", "Europe/London"]),
        ("Washington", ["America/Los_Angeles", "America/New_York"]),
        ("Birmingham", ["Europe/London"]),
        ("Frankfurt", ["Europe/Berlin"]),
    ],
)
def test_several_places_only_where_similar_ones_keep_another_clock_or_country(text: str, zones: list[str]) -> None:
    assert [place.zone for place in find_places(text)] == zones


@pytest.mark.parametrize(
    "text",
    [
        *("", "🙂", "yes", "no", "ok", "skip", "later", "nothing", "hello", "8", "10:30", "a hard day", "at home"),
        *("we walked in Lisbon all day and it rained", "Lisbon was lovely", "my friend from Berlin called"),
        *("Lisbon, Germany", "Lisbon, Atlantis", "in", "near", "city:", "Lisbon " * 40),
        *("Lebanon", "Peru", "Mexico", "Georgia", "Армения"),
        *("EST", "pacific time", "UTC", "Europe/Lisbon"),
    ],
)
def test_no_city_is_found_where_none_is_meant(text: str) -> None:
    assert find_places(text) == ()


def test_every_city_keeps_a_clock_that_is_known() -> None:
    _, cities = tables()
    rows = cities.text.decode().splitlines()
    assert {row.split("|", 3)[2] for row in rows} <= available_timezones()
    assert len(rows) > 60_000


def test_every_name_leads_to_its_rows() -> None:
    """What the index finds is what looking through all rows finds."""
    for table in tables():
        for row in table.text.decode().splitlines()[::500]:
            fields, first, *names = row.split("\t")
            assert all((fields, first) in table.rows(name) for name in (first, *names) if name)
        assert list(table.rows("no place at all")) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development utterances are not beside this project")
def test_a_glimmer_of_several_words_names_no_place() -> None:
    lines = [line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    said = [one["text"] for one in map(json.loads, lines) if one["kind"] == "glimmer" and " " in one["text"]]
    assert [text for text in said if find_places(text) or find_country(text) or zone_named(text)] == []
    assert [text for text in said if zones_by_clock(text, SUMMER)] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Portugal", "PT"),
        ("PT", "PT"),
        ("Deutschland", "DE"),
        ("Alemania", "DE"),
        ("日本", "JP"),
        ("美国", "US"),
        ("Україна", "UA"),
        ("I'm in the Netherlands", "NL"),
        ("Holland", "NL"),
        ("england", "GB"),
        ("uk", "GB"),
        ("us", "US"),
        ("America", "US"),
        ("Turkey", "TR"),
        ("Côte d’Ivoire", "CI"),
        ("Kosovo", "XK"),
    ],
)
def test_a_country_is_known_by_its_names_and_by_its_code_in_capitals(text: str, code: str) -> None:
    country = find_country(text)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize(
    "text", ["", "no", "NO", "it", "in", "Lisbon", "Texas", "Congo", "hello", "portugal was lovely"]
)
def test_what_names_no_country_is_none(text: str) -> None:
    assert find_country(text) is None


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Germany", ("Europe/Berlin",)),
        ("Argentina", ("America/Argentina/Buenos_Aires",)),
        ("Japan", ("Asia/Tokyo",)),
        ("Spain", ("Europe/Madrid", "Atlantic/Canary")),
        ("New Zealand", ("Pacific/Auckland", "Pacific/Chatham")),
    ],
)
def test_a_country_has_one_zone_for_each_clock_it_keeps(text: str, zones: tuple[str, ...]) -> None:
    country = find_country(text)
    assert country is not None
    assert country.zones == zones


def test_every_country_of_the_zone_table_is_found_by_its_code() -> None:
    codes = zones_by_country().keys() - {"NO"}
    assert {code for code in codes if (found := find_country(code)) and found.code == code} == codes


@pytest.mark.parametrize(
    ("lat", "lon", "place"),
    [
        (38.72, -9.14, LISBON),
        (40.71, -74.0, Place("New York", "US", "America/New_York")),
        (44.8, 20.46, Place("Belgrade", "RS", "Europe/Belgrade")),
        (30.0, -40.0, None),
        (0.0, 0.0, None),
        (95.0, 0.0, None),
        (float("nan"), 0.0, None),
    ],
)
def test_a_point_has_the_zone_of_the_land_it_is_on(lat: float, lon: float, place: Place | None) -> None:
    assert place_at(lat, lon) == place


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_point_is_in_a_known_zone_of_a_known_country_or_at_sea(lat: float, lon: float) -> None:
    place = place_at(lat, lon)
    if place:
        assert place.zone in available_timezones()
        assert place.country in zones_by_country()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("europe/lisbon", "Europe/Lisbon"),
        ("america/new york", "America/New_York"),
        ("my timezone is Asia/Kolkata", "Asia/Kolkata"),
        ("EST", "America/New_York"),
        ("edt", "America/New_York"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("CDT", "America/Chicago"),
        ("MST", "America/Denver"),
        ("CET", "Europe/Berlin"),
        ("UTC", "Etc/UTC"),
        ("GMT+2", "Etc/GMT-2"),
        ("utc−05:00", "Etc/GMT+5"),
        ("UTC-03:30", "America/St_Johns"),
        ("+5:45", "Asia/Kathmandu"),
        ("CST", None),
        ("IST", None),
        ("AEST", None),
        ("UTC+15", None),
        ("UTC+2:20", None),
        ("Europe", None),
        ("hello", None),
        ("12", None),
        ("-8:30 is cold", None),
    ],
)
def test_a_zone_is_called_by_its_name_or_by_what_means_one_place(text: str, zone: str | None) -> None:
    assert zone_named(text) == zone


def test_every_zone_of_a_country_is_known_in_any_case() -> None:
    names = {zone for zones in zones_by_country().values() for zone in zones}
    assert {zone_named(name.upper()) for name in names} == names


@pytest.mark.parametrize(
    ("text", "now", "zones"),
    [
        ("it's 14:20 here", SUMMER, ("Etc/GMT-2",)),
        ("14:20 here", SUMMER, ("Etc/GMT-2",)),
        ("It’s 2:20 pm.", SUMMER, ("Etc/GMT-2",)),
        ("2:20 pm for me", SUMMER, ("Etc/GMT-2",)),
        ("it is 7.20 in the morning", SUMMER, ("Etc/GMT+5",)),
        ("it's 2:25 here", SUMMER, ("Etc/GMT-2", "Etc/GMT+10")),
        ("now it's 9:20", SUMMER, ("Etc/GMT+3", "Etc/GMT-9")),
        ("it's half past one here", SUMMER, ("Etc/GMT-1", "Etc/GMT-13")),
        ("12:20 here", SUMMER, ("Etc/UTC", "Etc/GMT-12")),
        ("it's 17:50 here", SUMMER, ("Asia/Kolkata",)),
        ("it's 18:07 here", SUMMER, ("Asia/Kathmandu",)),
        ("it's 08:50 here", WINTER, ("America/St_Johns",)),
        ("it's 09:50 here", SUMMER, ("America/St_Johns",)),
        ("it's 08:40 here", SUMMER, ()),
        ("14:20", SUMMER, ()),
        ("it's 25:00 here", SUMMER, ()),
        ("it's nice here", SUMMER, ()),
        ("it was 14:20 here", SUMMER, ()),
        ("here", SUMMER, ()),
    ],
)
def test_the_time_on_the_clock_tells_the_zone(text: str, now: datetime, zones: tuple[str, ...]) -> None:
    assert zones_by_clock(text, now) == zones


@pytest.mark.parametrize("now", [SUMMER, WINTER])
def test_in_every_zone_of_a_country_the_time_told_finds_a_clock_that_shows_it(now: datetime) -> None:
    for zone in {zone for zones in zones_by_country().values() for zone in zones}:
        local = now.astimezone(ZoneInfo(zone))
        (found,) = zones_by_clock(f"it's {local:%I:%M %p} here", now)
        assert f"{now.astimezone(ZoneInfo(found)):%H:%M}" == f"{local:%H:%M}", zone


@given(st.timedeltas(timedelta(0), timedelta(days=1500)), st.integers(-10, 13), st.integers(-7, 7))
def test_a_clock_a_few_minutes_off_is_still_understood(later: timedelta, hours: int, off: int) -> None:
    now = WINTER + later
    (found,) = zones_by_clock(f"it's {now + timedelta(hours=hours, minutes=off):%I:%M %p} here", now)
    assert now.astimezone(ZoneInfo(found)).utcoffset() == timedelta(hours=hours)


@given(st.text(max_size=100))
def test_no_text_breaks_any_reading(text: str) -> None:
    assert len(find_places(text)) <= places.MOST
    find_country(text)
    zone = zone_named(text)
    assert zone is None or ZoneInfo(zone)
    assert len(zones_by_clock(text, SUMMER)) <= 2
