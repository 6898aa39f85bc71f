"""Where somebody is, as a slot says it: a city, a zone's name, the time on their clock."""

from __future__ import annotations

import re
from datetime import datetime, time

from bot.understanding import places
from bot.understanding.clocks import CLOCK, clock_of
from bot.understanding.meaning import Whereabouts
from bot.understanding.signs import Signs

NOT_A_PLACE = re.compile(r"\b(?:TIMEZONE|TIME|NUDGE|IT|ALL|WRONG)\b|\bCITY\b(?!$)|^CITY$|[,.!?]")
MOST_WORDS = 7
FEW_ZONES = 3  # of a country most of whose people live in the first


def city(said: Signs) -> Whereabouts | None:
    """A place or a zone by its name, but no word that is an everyday one, too."""
    is_known = said.text.upper() == said.text
    if is_known or NOT_A_PLACE.search(said.text) or len(said.words) > MOST_WORDS or places.is_everyday(said.typed):
        return None
    if named := places.zone_named(joined(said)):
        return Whereabouts(named)
    if found := places.find_places(said.typed):
        return Whereabouts(found[0].zone)
    country = places.find_country(said.typed)
    return Whereabouts(country.zones[0] if len(country.zones) <= FEW_ZONES else None) if country else None


def zone(said: Signs) -> Whereabouts | None:
    """A zone by its name or its distance from UTC: "gmt+2", "pacific"."""
    if NOT_A_PLACE.search(said.text):
        return None
    found = places.zone_named(joined(said)) or places.zone_named(said.typed)
    return Whereabouts(found) if found else None


def zone_of_people(said: Signs) -> Whereabouts | None:
    found = places.zone_of_people(said.typed)
    return Whereabouts(found) if found else None


def joined(said: Signs) -> str:
    """As typed, without gaps around the marks in a zone's name."""
    return re.sub(r" ?([+−/-]) ?", r"\1", said.typed)


def clock_here(signs: str, now: datetime, utc: datetime) -> Whereabouts | None:
    """How far ahead of UTC a clock is that shows this time now, to the quarter of an hour.

    Where it may be morning or evening, the nearer to the person's own clock is meant.
    """
    found = CLOCK.fullmatch(signs)
    if found is None:
        return None
    mine = round((now - utc).total_seconds() / 60)
    ahead = min((minutes_ahead(at, utc) for at in clock_of(found).readings()), key=lambda minutes: abs(minutes - mine))
    return Whereabouts(f"{'-' if ahead < 0 else '+'}{abs(ahead) // 60:02}:{abs(ahead) % 60:02}")


def minutes_ahead(at: time, utc: datetime) -> int:
    """From 12 hours behind UTC to 14 ahead."""
    ahead = 15 * round((at.hour * 60 + at.minute - utc.hour * 60 - utc.minute) / 15)
    return ahead if -720 <= ahead <= 840 else (ahead + 720) % 1440 - 720
