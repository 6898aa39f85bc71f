"""Shows step by step how a sentence is read.

python -m tools.understand "remind me at 8 and 20" [--now 2026-05-14T10:30] [--zone Europe/London]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.understanding.bags import bag_of, else_of
from bot.understanding.care import care_level
from bot.understanding.dates import month_first
from bot.understanding.frames import framed
from bot.understanding.guess import guessed
from bot.understanding.manners import breaths, clauses, without_manners
from bot.understanding.meaning import Meaning
from bot.understanding.passing import asked_in_passing
from bot.understanding.reader import Reader
from bot.understanding.recalling import recall_of
from bot.understanding.requests import request_in_doubt, requests
from bot.understanding.signs import Signs, load, signed, spelled, tokens
from bot.understanding.understand import understand

TABLES = ("frames", "talk")
Step = tuple[str, object]


def steps(text: str, now: datetime, zone: str, language: str = "en") -> Iterator[Step]:
    """What each step of `understand` finds, in its order, whether it decides or not."""
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    read = Reader(local, load(language).each_week, load(language).past, now.astimezone(UTC).replace(tzinfo=None))
    typed = tokens(text, language)
    said = signed(typed, language)
    core = without_manners(said, language)
    yield "words of harm", care_level(text)
    words = spelled(typed, language)
    yield "spelled right", " ".join(words)
    yield "a bag of words", bag_of(words, language)
    yield "as signs", said.text
    yield "without manners", core.text
    yield "clauses", [part.text for part in clauses(core, language)]
    yield "requests in it", [part.text for part, _ in breaths(core, language)]
    yield from held(core, read, language)
    yield from (
        ("asks for", each) for each in dict.fromkeys(shown(asked) for asked, _ in requests(core, read, language))
    )
    past = recall_of(core, local.date(), month_first(zone), text.rstrip(" !.").endswith("?"), language)
    yield "about the past", past and past.as_json()
    yield "if nothing else", else_of(text, typed, words, language)
    doubt = request_in_doubt(core, read, language)
    yield "in doubt", doubt and shown(doubt)
    passing = asked_in_passing(said, read, language)
    yield "asked in passing", passing and shown(passing)
    guess = guessed(said, words, language)
    yield "looks like", f"{guess.intent} ({guess.chance:.0%}; a glimmer {guess.moment:.0%})"


def held(core: Signs, read: Reader, language: str) -> Iterator[Step]:
    """The frames that hold, each with its slots."""
    for table in TABLES:
        for found in framed(core, read, language, table):
            yield f"{table}: {found.frame.intent}", f"{found.frame.template.words}  {found.slots or ''}"


def shown(asked: Meaning) -> str:
    return json.dumps(asked.as_json(), ensure_ascii=False)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sentences", nargs="+")
    options.add_argument("--now", default=None, help="wall time in the zone; now if it is left out")
    options.add_argument("--zone", default="Europe/London")
    asked = options.parse_args()
    zone = ZoneInfo(asked.zone)
    now = datetime.fromisoformat(asked.now).replace(tzinfo=zone) if asked.now else datetime.now(zone)
    for text in asked.sentences:
        print(text)
        for name, found in steps(text, now, asked.zone):
            if found:
                print(f"  {name:24} {found}")
        print(f"  {'→':24} {shown(understand(text, now, asked.zone))}\n")


if __name__ == "__main__":
    main()
