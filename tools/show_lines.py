"""Prints each help line that is shown, with where it comes from, for a person to look up again before a release.

python -m tools.show_lines                      every line, by country; fails when the list is older than 12 months
python -m tools.show_lines GB JP --at 04:00     what somebody there is told at that time of their day
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.conversation.events import Message, Said
from bot.conversation.lines import CHECKED, CRISIS_LINES, load_lines, outdated
from bot.conversation.situation import Heard, Situation
from bot.conversation.state import State
from bot.house import furnished
from bot.settings import Settings
from bot.understanding.places import zones_by_country
from storage.records import Person

FIELDS = ("phone", "sms", "whatsapp", "chat_url", "url", "hours", "languages", "audience", "note", "source")


def listed() -> Iterator[str]:
    """Every line that may be shown, with all that is known of it."""
    data = json.loads(CRISIS_LINES.read_text("utf-8"))
    shown = sorted((line for line in data["lines"] if line["verified"] in CHECKED), key=lambda line: line["country"])
    for line in shown:
        yield f"\n{line['country']} {line['country_name']}: {line['name']}  [{line['verified']}]"
        yield from (f"    {field:10} {line[field]}" for field in FIELDS if line.get(field))
    countries = len({line["country"] for line in shown})
    yield f"\n{len(shown)} lines in {countries} countries, put together {data['compiled']}"
    yield "emergency numbers:"
    for country, known in sorted(data["emergency_numbers"].items()):
        yield f"    {country} {known['emergency']:8} {known['source']}"


def told(country: str, at: time, day: datetime) -> str:
    """The message after words about harm, to somebody whose country and zone are known."""
    from bot.conversation.safety import direct

    zone = ZoneInfo(zones_by_country()[country][0])
    now = datetime.combine(day.astimezone(zone).date(), at, zone).astimezone(UTC)
    house = furnished(Settings(_env_file=None))  # type: ignore[call-arg]
    person = Person(1, 1, now, 1, zone.key, key=b"k")
    event = Said(Message(1, now, "…"))
    here = Situation(event, Heard("direct"), now, (0,), 1, house, person, State(country=country))
    return str(direct(here).says[0].params["text"])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("countries", nargs="*", help="ISO codes, such as GB")
    options.add_argument("--at", type=time.fromisoformat, default=time(16), help="the time of day there")
    asked = options.parse_args()
    now = datetime.now(UTC)
    for country in asked.countries:
        print(f"== {country}, {asked.at:%H:%M} there\n\n{told(country, asked.at, now)}\n")
    if asked.countries:
        return 0
    print("\n".join(listed()))
    if outdated(load_lines(), now.date()):
        print("The list is older than 12 months: open each operator's page again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
