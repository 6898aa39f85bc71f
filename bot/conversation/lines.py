"""Crisis lines: which numbers a person is shown. Every string is printed as `crisis_lines.json` holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.conversation.opening import is_open

CRISIS_LINES = Path(__file__).parent.parent / "content" / "crisis_lines.json"
CHECKED = ("A", "B")  # confirmed with the operator, or by two lists; C never leaves the file
WRITING = ("sms", "whatsapp", "chat_url")
TWELVE_MONTHS = timedelta(days=365)

Entry = Mapping[str, Any]  # one line of the file: name, phone, sms, whatsapp, chat_url, hours, audience, verified


@dataclass(frozen=True)
class Line:
    """One line to call or to write to. `number` is a phone, text or WhatsApp number, or the address of a chat."""

    name: str
    number: str
    hours: str | None


@dataclass(frozen=True)
class Help:
    """What to show somebody in danger: at most three ways, then a directory of lines elsewhere."""

    emergency: str | None
    call: Line | None
    write: Line | None
    directory: str


@dataclass(frozen=True)
class Lines:
    """The checked lines by country (ISO 3166 alpha-2, XK for Kosovo), best first."""

    compiled: date
    directory: str
    emergency: Mapping[str, str]
    by_country: Mapping[str, Sequence[Entry]]


def help_for(country: str | None, lines: Lines, at: datetime | None = None) -> Help:
    """The help known for a country; for an unknown one the directory alone.

    `at`: the wall time there, if it is known: a line that is shut then comes after those that may answer.
    """
    entries = lines.by_country.get(country or "", ())
    if at:
        entries = sorted(entries, key=lambda entry: (_is_special(entry), is_open(entry["hours"], at) is False))
    return Help(
        emergency=lines.emergency.get(country or ""),
        call=_first(entries, "phone"),
        write=next(filter(None, (_first(entries, kind) for kind in WRITING)), None),
        directory=lines.directory,
    )


def outdated(lines: Lines, today: date) -> bool:
    """Whether the numbers are so old that each has to be looked up again."""
    return today - lines.compiled > TWELVE_MONTHS


@cache
def load_lines() -> Lines:
    """The file's lines, read once."""
    data = json.loads(CRISIS_LINES.read_text("utf-8"))
    checked = sorted((entry for entry in data["lines"] if entry["verified"] in CHECKED), key=_rank)
    countries = {entry["country"] for entry in checked}
    return Lines(
        compiled=date.fromisoformat(data["compiled"]),
        directory=data["directories"][0]["url"],
        emergency={country: known["emergency"] for country, known in data["emergency_numbers"].items()},
        by_country={code: [entry for entry in checked if entry["country"] == code] for code in countries},
    )


def _is_special(entry: Entry) -> bool:
    """Whether it is there for some people only."""
    return bool(entry["audience"] != "everyone")


def _rank(entry: Entry) -> tuple[bool, str, bool, bool]:
    """For everyone first, then confirmed, then round the clock, then what is dialled without an instruction."""
    return (
        _is_special(entry),
        entry["verified"],
        not (entry["hours"] or "").startswith("24/7"),
        any(letter.isalpha() for letter in entry["phone"] or ""),
    )


def _first(entries: Sequence[Entry], kind: str) -> Line | None:
    found = next((entry for entry in entries if entry[kind]), None)
    return Line(found["name"], found[kind], found["hours"]) if found else None
