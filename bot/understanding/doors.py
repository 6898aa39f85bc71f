"""Doors in plain words: "can you help me breathe", "i'm stuck"; and what is put on the rails in one breath. A message
is read as one only if it is nothing more."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.understanding.phrases import plain

CONTENT = Path(__file__).parent.parent / "content"
LONGEST = 80


@dataclass(frozen=True)
class Doors:
    """`names` by what is said; `before` and `after` may stand around it, longest first. `rails`: patterns of what is
    put on them."""

    names: dict[str, str]
    before: tuple[str, ...]
    after: tuple[str, ...]
    rails: tuple[re.Pattern[str], ...] = ()


def door(text: str, language: str = "en") -> str | None:
    """The name of what is asked for; None where it is something else, or more."""
    if len(text) > LONGEST:
        return None
    table, said = doors(language), plain(text)
    while said:
        if name := table.names.get(said):
            return name
        shorter = without(said, table)
        if shorter == said:
            return None
        said = shorter
    return None


def rail(text: str, language: str = "en") -> str | None:
    """What shall be put on their rails, as they wrote it: "put my sister on my rails"."""
    said = text.strip().rstrip(".!").replace("’", "'")
    found = (one.fullmatch(said) for one in doors(language).rails) if len(said) <= LONGEST else ()
    return next((match[1].strip() for match in found if match), None)


def frame(words: str) -> str:
    """A way to say it, as a pattern; a please may stand around it."""
    return f"(?:please )?{re.escape(words).replace(re.escape('{}'), '(.+?)')}(?:,? please)?"


def without(said: str, table: Doors) -> str:
    """Without one of the words around it."""
    for word in table.before:
        if said.startswith(f"{word} ") or said.startswith(f"{word}, "):
            return said.removeprefix(word).lstrip(", ")
    for word in table.after:
        if said.endswith(f" {word}"):
            return said.removesuffix(word).rstrip(", ")
    return said


@cache
def doors(language: str) -> Doors:
    table = tomllib.loads((CONTENT / language / "doors.toml").read_text("utf-8"))
    names = {plain(words): name for name, lines in table["doors"].items() for words in lines}
    before, after = (tuple(sorted(table[side], key=len, reverse=True)) for side in ("before", "after"))
    rails = tuple(re.compile(frame(words), re.IGNORECASE) for words in table["rail"]["said"])
    return Doors(names, before, after, rails)
