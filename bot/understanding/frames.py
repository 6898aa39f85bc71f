"""Frames: how requests are said, as data (`content/<language>/frames.toml`, explained there)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.understanding.shortlist import Shortlist
from bot.understanding.signs import CONTENT, Signs
from bot.understanding.templates import Template, template

Read = Callable[[str, Signs], Any]
ELSE = "…"  # any sign that no frame names as its first
NAMES = ("intent", "is", "but")  # of an entry; all others are `fixed`


@dataclass(frozen=True)
class Frame:
    """`fixed`: what is known without reading, beside the intent; `but`: not if one of these words is said."""

    intent: str
    template: Template
    fixed: dict[str, Any]
    but: frozenset[str]


@dataclass(frozen=True)
class Framed:
    """A frame that holds, and what its slots were read as."""

    frame: Frame
    slots: dict[str, Any]


def framed(sentence: Signs, read: Read, language: str, table: str = "frames") -> Iterator[Framed]:
    """Every frame of a table that holds; `read(slot, said)` gives a slot's value, None if it cannot."""
    line, words = f"{sentence.text} " if sentence.text else "", set(" ".join(sentence.words).split())
    for frame in beginning(language, table, line.partition(" ")[0]).of(set(line.split())):
        found = frame.template.pattern.fullmatch(line)
        if found and frame.but.isdisjoint(words):
            slots = dict(read_slots(found, sentence, read))
            if None not in slots.values():
                yield Framed(frame, slots)


def read_slots(found: re.Match[str], sentence: Signs, read: Read) -> Iterator[tuple[str, Any]]:
    for group, said in found.groupdict().items():
        if said:
            name = group.rstrip("_")
            yield name, read(name, sentence.between(*found.span(group)))


def beginning(language: str, table: str, sign: str) -> Shortlist[Frame]:
    """The frames of a sentence that may begin with this sign, "" for an empty one."""
    by_first = frames_by_first(language, table)
    return by_first.get(sign, by_first[ELSE])


@cache
def frames_by_first(language: str, table: str) -> dict[str, Shortlist[Frame]]:
    """For each sign, and for all others, the frames that may begin with it."""
    found = frames(language, table)
    signs = {"", ELSE}.union(*(frame.template.first for frame in found))
    return {
        sign: Shortlist((frame, frame.template.needs) for frame in found if frame.template.may_begin(sign))
        for sign in signs
    }


@cache
def frames(language: str, table: str) -> tuple[Frame, ...]:
    data = tomllib.loads((CONTENT / language / f"{table}.toml").read_text("utf-8"))
    return tuple(
        Frame(
            entry["intent"],
            template(words, data["macros"]),
            {name: value for name, value in entry.items() if name not in NAMES},
            frozenset(entry.get("but", "").split()),
        )
        for entry in data["frame"]
        for words in entry["is"]
    )
