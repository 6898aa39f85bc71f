"""What is said around a request: greeting, thanks, "could you", and clauses that say why. Data in `frames.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.understanding.signs import CONTENT, Signs
from bot.understanding.templates import template


@dataclass(frozen=True)
class Manners:
    """Expressions over signs, each followed by a space: what may stand before a request and behind it, and what parts
    clauses and requests, which begin with `verbs`."""

    opening: re.Pattern[str]
    wish: re.Pattern[str]
    closing: re.Pattern[str]
    clause: re.Pattern[str]
    another: re.Pattern[str]
    verbs: frozenset[str]


def without_manners(said: Signs, language: str) -> Signs:
    """The sentence without what is said around it."""
    manners, text = load_manners(language), f"{said.text} "
    start = end_of(manners.opening.match(text))
    start = end_of(manners.wish.match(text, start)) or start
    end = len(text)
    while closed := manners.closing.search(text[:end], start):
        end = closed.start()
    return said.between(start, end)


def end_of(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def clauses(said: Signs, language: str) -> list[Signs]:
    """The parts of a sentence that could stand alone, one at least."""
    return list(parted(said, load_manners(language).clause))


def breaths(said: Signs, language: str) -> list[tuple[Signs, bool]]:
    """The parts of a sentence that begins with a verb as a request does, and whether each begins so; none otherwise."""
    manners = load_manners(language)
    parts = [without_manners(part, language) for part in parted(said, manners.another) if part.text]
    found = [(part, part.text.partition(" ")[0] in manners.verbs) for part in parts]
    return found if found and found[0][1] else []


def parted(said: Signs, joints: re.Pattern[str]) -> Iterator[Signs]:
    text, start = f"{said.text} ", 0
    for joint in joints.finditer(text):
        yield said.between(start, joint.start())
        start = joint.end()
    yield said.between(start, len(text))


@cache
def load_manners(language: str) -> Manners:
    data = tomllib.loads((CONTENT / language / "frames.toml").read_text("utf-8"))
    lists = {name: words for name, words in data["manners"].items() if isinstance(words, list)}
    parts = {name: "|".join(template(each, {}).pattern.pattern for each in words) for name, words in lists.items()}
    return Manners(
        opening=re.compile(rf"(?:{parts['opening']})*"),
        wish=re.compile(rf"(?:{parts['wish']})*"),
        closing=re.compile(rf"(?:(?<=\s)|^)(?:(?:{parts['closing']})+|{parts['farewell']})$"),
        clause=re.compile(rf"(?<=\s)(?!- D\d)(?:{parts['joint']})+"),  # "mon-fri" is one thing
        another=re.compile(rf"(?<=\s)(?:{parts['another']})+"),
        verbs=frozenset(data["manners"]["verbs"].split()),
    )
