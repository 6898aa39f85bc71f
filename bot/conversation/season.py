"""Which season it is where somebody lives, as far as there are any; and the part of their day."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from importlib.resources import files

from bot.conversation.prompts import Moment
from bot.conversation.situation import Situation

TROPICS = 23.5  # degrees
NOON, EVENING = 12, 17
OF_MONTHS = ("winter", "winter", *("spring",) * 3, *("summer",) * 3, *("autumn",) * 3, "winter")
LIGHT_GROWS = {"north": ((12, 22), (3, 20)), "south": ((6, 22), (9, 22))}  # from midwinter, as (month, day)
PLACE = re.compile(r"[A-Z,]+\t([+-]\d\d)(\d\d)\S*\t(\S+)", re.ASCII)


def moment_of(s: Situation, at: datetime) -> Moment:
    """What a prompt for this moment may be about."""
    here = at.astimezone(s.zone)
    time = "morning" if here.hour < NOON else "evening" if here.hour >= EVENING else ""
    return Moment(time, season_of(here, hemisphere(s)))


def season_of(here: datetime, half: str) -> str:
    """Meteorological seasons; "" where there are none."""
    if half not in ("north", "south"):
        return ""
    return OF_MONTHS[(here.month - 1 + (6 if half == "south" else 0)) % 12]


def light_grows(s: Situation, at: datetime) -> bool:
    """From midwinter to spring, where there are seasons."""
    here, half = at.astimezone(s.zone), hemisphere(s)
    if half not in LIGHT_GROWS:
        return False
    first, last = LIGHT_GROWS[half]
    day = (here.month, here.day)
    return first <= day <= last if first < last else day >= first or day <= last


def hemisphere(s: Situation) -> str:
    """As they set it; else by their zone, none near the equator or where that is not known."""
    return s.preferences.seasons or half_of(s.consented.zone or "")


@cache
def half_of(zone: str) -> str:
    degrees = latitudes().get(zone)
    if degrees is None or abs(degrees) < TROPICS:
        return "none"
    return "north" if degrees > 0 else "south"


@cache
def latitudes() -> dict[str, float]:
    """Of each zone's city, in degrees; from the tz database."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    return {zone: int(degrees) + int(degrees[0] + minutes) / 60 for degrees, minutes, zone in PLACE.findall(table)}
