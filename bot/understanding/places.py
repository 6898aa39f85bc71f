"""Reads where a person is from what they typed or sent: a city, a country, a zone's name, the time on their clock.

Only whole messages are read, with a few words around the place: "i'm in Lisbon", never "we walked in Lisbon all day".
Cities are from GeoNames (CC BY 4.0), see `gazetteer.py`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.understanding.gazetteer import tables
from bot.understanding.phrases import plain
from bot.understanding.times import readings

LONGEST = 80  # letters of a message that may name a place
MOST = 4  # places to choose from
SIMILAR = 5  # times as many people, and only the larger place is meant
BY_OTHER_NAME = 0.1  # the weight of a city that is called so in some language, beside one whose own name it is

_WORDS = tomllib.loads((Path(__file__).parents[1] / "content/en/places.toml").read_text("utf-8"))
_WHOSE = {name: zone for zone, names in _WORDS["whose"].items() for name in names}
_ZONE_NAMES = {name: zone for zone, names in _WORDS["zones"].items() for name in names}
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+−-]) ?(\d\d?)(?::?([0-5]\d))?")
# Zones off the whole hour, the likeliest first where two share an offset for a part of the year.
_PART_HOUR_ZONES = """Asia/Kolkata Asia/Tehran Asia/Kabul Asia/Kathmandu Asia/Yangon Australia/Darwin Australia/Adelaide
    Australia/Lord_Howe America/St_Johns Pacific/Marquesas Pacific/Chatham Australia/Eucla""".split()
# Both seasons, far enough ahead that changes now decided have come.
_SEASONS = [datetime(year, month, 1, tzinfo=UTC) for year in (2027, 2028) for month in range(1, 13)]

_APOSTROPHES = re.compile(r"['’‘ʼ`´ʻ]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@dataclass(frozen=True)
class Place:
    """A place by its English name, its country (ISO 3166, two letters) and its IANA zone."""

    name: str
    country: str | None
    zone: str


@dataclass(frozen=True)
class Country:
    """A country (ISO 3166, two letters) and one zone for each clock that is kept there."""

    code: str
    zones: tuple[str, ...]


@dataclass(frozen=True)
class _City:
    place: Place
    region: str  # "US.TX"
    weight: float


def find_places(text: str) -> tuple[Place, ...]:
    """The city or region that `text` names, with its country or region if said.

    Several, largest first, only where they are of similar size and differ in country or zone; () if it names none.
    """
    for said in () if zone_named(text) else _said(text):
        words = fold(said).split()
        for cut in range(len(words), 0, -1):
            if cities := _cities(words[:cut], words[cut:]):
                return _to_choose_from(cities)
    return ()


def find_country(text: str) -> Country | None:
    """The country that `text` names in any of some forty languages; a two-letter code only in capitals."""
    for said in _said(text):
        name = fold(said).removeprefix("the ")
        codes = [code for code in _codes(name) if "." not in code]
        in_capitals = name.upper() in text and name != "no"
        if len(codes) == 1 and (not _is_short(name) or name in _WORDS["codes"] or in_capitals):
            return Country(codes[0], _one_of_each_clock(zones_by_country()[codes[0]]))
    return None


def is_everyday(text: str) -> bool:
    """Whether what may name a place is an everyday word all the same: "nice", "it's hope", not "i live in Nice"."""
    return len(text.split()) < 3 and any(fold(said) in _WORDS["everyday"] for said in _said(text))


def place_at(lat: float, lon: float) -> Place | None:
    """The zone at a point (degrees), named by its main city; None at sea and off the globe."""
    from tzfpy import get_tz

    zone = get_tz(lon, lat)
    if not zone or zone.startswith("Etc/"):
        return None
    country = next((code for code, zones in zones_by_country().items() if zone in zones), None)
    return Place(zone.rpartition("/")[2].replace("_", " "), country, zone)


def zone_of_people(name: str) -> str | None:
    """The zone of "indian" time."""
    return _WHOSE.get(fold(name))


def zone_named(text: str) -> str | None:
    """The zone `text` calls by its IANA name, by an abbreviation that means one place, or as UTC±h[:mm]."""
    for said in _said(text):
        zone = _zones_by_name().get(said.replace(" ", "_")) or _ZONE_NAMES.get(said) or _at_offset(said)
        if zone:
            return zone
    return None


def zones_by_clock(text: str, now: datetime, bare: bool = False) -> tuple[str, ...]:
    """Zones whose clock shows at `now` (aware) what `text` says the person's clock shows: "it's 14:20 here".

    Whole hours as `Etc/` zones, others by a zone that keeps them. One for each reading of the time that is within
    15 minutes of a clock, the likelier waking hour first; () if the text does not say what the clock shows.
    `bare`: a time alone is taken for it, too, but only within 3 minutes.
    """
    said = plain(text)
    shown = _without(_CLOCK_FRAME, said)
    times = sorted(readings(shown) if bare or shown != said else (), key=_from_mid_afternoon)
    return tuple(zone for at in times if (zone := _zone_showing(at, now, 3 if bare else 15)))


def fold(text: str) -> str:
    """Letters and digits without case, accents and apostrophes; one space for whatever stands between."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold())))
    whole = unicodedata.normalize("NFC", bare.translate(_LETTERS))
    # Vowel signs of Indian scripts are marks, and part of the word.
    return " ".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in whole).split())


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Each country's zones in the order of the tz database's zone table."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in _tzdata("zoneinfo/zone.tab"):
        if not line.startswith("#"):
            code, _where, zone = line.split("\t")[:3]
            found[code].append(zone)
    return {code: tuple(zones) for code, zones in found.items()} | {"XK": ("Europe/Belgrade",)}  # Kosovo is not in it


def _tzdata(name: str) -> list[str]:
    return resources.files("tzdata").joinpath(name).read_text("utf-8").splitlines()


def _frame(words: dict[str, list[str]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = (
        "|".join(map(re.escape, sorted(words[side], key=len, reverse=True))) for side in ("before", "after")
    )
    return re.compile(rf"(?:{before})(?:\s*:\s*|\s+)(?=\S)"), re.compile(rf"(?<=\S)[\s,]+(?:{after})\W*$")


_PLACE_FRAME, _CLOCK_FRAME = _frame(_WORDS), _frame(_WORDS["clock"])


def _without(frame: tuple[re.Pattern[str], re.Pattern[str]], said: str) -> str:
    before, after = frame
    lead = before.match(said)
    return after.sub("", said[lead.end() :] if lead else said)


def _said(text: str) -> tuple[str, ...]:
    """A short message as it is, and without the words around a place."""
    said = plain(text) if len(text) <= LONGEST else ""
    return tuple(dict.fromkeys([said, _without(_PLACE_FRAME, said)])) if said else ()


def _cities(name: list[str], area: list[str]) -> list[_City]:
    """Cities of this name that lie in this area: words for regions and countries, or none."""
    while len(area) > 1 and area[0] in _WORDS["between"]:
        area = area[1:]
    key, areas = " ".join(name), _areas(area)
    if areas is None:
        return []
    cities = list(_named(key))
    for codes in areas:
        in_region = [city for city in cities if city.region in codes]
        cities = in_region or [city for city in cities if city.place.country in codes]
    return cities if area else [city for city in cities if not _is_rather_a_country(key, city)]


def _is_rather_a_country(name: str, city: _City) -> bool:
    """Lebanon is a country before it is a town elsewhere; Singapore is both; Salvador is El Salvador only abroad."""
    codes = {code for code, _ in tables()[0].rows(name) if "." not in code and not _is_short(name)}
    english = {code for code in codes if not code.endswith("*")}
    other_name = fold(city.place.name) != name
    return bool(codes) and (other_name or (bool(english) and city.place.country not in english))


def _areas(words: list[str]) -> list[frozenset[str]] | None:
    """Words read as one region or country after the other; None if they are anything else."""
    if not words:
        return []
    for cut in range(1, len(words) + 1):
        codes = _codes(" ".join(words[:cut]))
        if codes and (others := _areas(words[cut:])) is not None:
            return [codes, *others]
    return None


def _to_choose_from(cities: list[_City]) -> tuple[Place, ...]:
    ranked = sorted(cities, key=lambda city: -city.weight)
    by_clock: dict[tuple[str | None, str], Place] = {}
    for city in ranked:
        if city.weight * SIMILAR >= ranked[0].weight:
            by_clock.setdefault((city.place.country, city.place.zone), city.place)
    return tuple(by_clock.values())[:MOST]


def _codes(name: str) -> frozenset[str]:
    """The regions ("US.TX") and countries ("PT") of this name."""
    return frozenset(code.rstrip("*") for code, _ in tables()[0].rows(name))


def _named(name: str) -> Iterator[_City]:
    for fields, own_name in tables()[1].rows(name):
        country, region, zone, people, city = fields.split("|")
        own = own_name == name or own_name.startswith(name + " ")
        yield _City(Place(city, country, zone), f"{country}.{region}", int(people) * (1 if own else BY_OTHER_NAME))


def _is_short(name: str) -> bool:
    """Whether it may be a country's code, and may be a word: LA, it."""
    return len(name) == 2 and name.isascii()


def _one_of_each_clock(zones: tuple[str, ...]) -> tuple[str, ...]:
    by_clock: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        by_clock.setdefault(tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in _SEASONS), zone)
    return tuple(by_clock.values())


@cache
def _zones_by_name() -> dict[str, str]:
    return {name.casefold(): name for name in _tzdata("zones") if "/" in name}


def _at_offset(said: str) -> str | None:
    if (offset := _OFFSET.fullmatch(said)) is None:
        return None
    sign, hours, minutes = offset.groups(default="0")
    ahead = (int(hours) * 60 + int(minutes)) * (1 if sign == "+" else -1)
    part_hours = _part_hours(_SEASONS[0]) | _part_hours(_SEASONS[6])
    return part_hours.get(ahead) or (
        _whole_hours(ahead // 60) if ahead % 60 == 0 and -12 <= ahead // 60 <= 14 else None
    )


def _whole_hours(ahead: int) -> str:
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"  # Etc/GMT-1 is an hour ahead of UTC


def _part_hours(now: datetime) -> dict[int, str]:
    """Minutes ahead of UTC → a zone that keeps them at `now`, for offsets that are no whole hours."""
    ahead = {zone: now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for zone in reversed(_PART_HOUR_ZONES)}
    return {by // timedelta(minutes=1): zone for zone, by in ahead.items() if by % timedelta(hours=1)}


def _zone_showing(at: time, now: datetime, within: int) -> str | None:
    """The zone whose clock is nearest to `at`, within so many minutes.

    From 10 hours behind UTC to 13 ahead every clock is another; the few islands beyond share theirs with more people.
    """
    utc = now.astimezone(UTC)
    wanted = at.hour * 60 + at.minute - utc.hour * 60 - utc.minute
    offsets = {60 * hours: _whole_hours(hours) for hours in range(-10, 14)} | _part_hours(now)
    off = {ahead: abs((ahead - wanted + 720) % 1440 - 720) for ahead in offsets}
    nearest = min(off, key=lambda ahead: off[ahead])
    return offsets[nearest] if off[nearest] <= within else None


def _from_mid_afternoon(at: time) -> int:
    return abs(at.hour * 60 + at.minute - 15 * 60)
