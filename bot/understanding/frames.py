"""Frames: how requests are said, as data (`content/<language>/frames.toml`, explained there)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.understanding.signs import CONTENT, Signs

PIECE = re.compile(r"\{\w+\}|<\w+>|[\[\]()|*~]|_(?!\S)|_(?=\])|[^\s\[\]()|*~{}<>]+")
MARKS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|", "*": "*", "~": "(?:.+ )", "_": r"(?:\S+ )"}

Read = Callable[[str, Signs], Any]


@dataclass(frozen=True)
class Frame:
    """`fixed`: what is known without reading, beside the intent; `but`: not if one of these words is said."""

    intent: str
    pattern: re.Pattern[str]
    fixed: dict[str, Any]
    but: frozenset[str]
    template: str


@dataclass(frozen=True)
class Framed:
    """A frame that holds, and what its slots were read as."""

    frame: Frame
    slots: dict[str, Any]


def framed(sentence: Signs, read: Read, language: str = "en", table: str = "frames") -> Iterator[Framed]:
    """Every frame of a table that holds; `read(slot, said)` gives a slot's value, None if it cannot."""
    line = f"{sentence.text} " if sentence.text else ""
    for frame in frames(language, table):
        found = frame.pattern.fullmatch(line)
        if found and frame.but.isdisjoint(sentence.words):
            slots = dict(read_slots(found, sentence, read))
            if None not in slots.values():
                yield Framed(frame, slots)


def read_slots(found: re.Match[str], sentence: Signs, read: Read) -> Iterator[tuple[str, Any]]:
    for group, said in found.groupdict().items():
        if said:
            start, end = found.span(group)
            name = group.rstrip("_")
            yield name, read(name, sentence.between(start, end))


@cache
def frames(language: str, table: str = "frames") -> tuple[Frame, ...]:
    data = tomllib.loads((CONTENT / language / f"{table}.toml").read_text("utf-8"))
    macros: dict[str, str] = data["macros"]
    return tuple(
        Frame(entry["intent"], pattern(template, macros), fixed_of(entry), frozenset(entry.get("but", "").split()), template)
        for entry in data["frame"]
        for template in entry["is"]
    )


def fixed_of(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in ("intent", "is", "but")}


def pattern(template: str, macros: dict[str, str]) -> re.Pattern[str]:
    """The template as a regular expression over signs, each followed by one space."""
    return re.compile("".join(pieces(template, macros)))


def pieces(template: str, macros: dict[str, str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for piece in PIECE.findall(template):
        if piece in MARKS:
            yield MARKS[piece]
        elif piece[0] == "<":
            yield f"(?:{''.join(pieces(macros[piece[1:-1]], macros))})"
        elif piece[0] == "{":
            name = piece[1:-1] + "_" * seen[piece]  # a group's name may stand once
            seen[piece] += 1
            yield f"(?P<{name}>.+? )"
        else:
            yield f"(?:{re.escape(piece)} )"
