"""Talk by the words it is made of, in any order: bags of words as data (`content/<language>/talk.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.understanding.signs import CONTENT, spelled, tokens


@dataclass(frozen=True)
class Bag:
    """`may`: all words a message may have, None if any; `needs`: one of each set is said; `starts`: how it begins, empty if anyhow;
    `but`: words that say it is something else; `most` words."""

    intent: str
    needs: tuple[frozenset[str], ...]
    may: frozenset[str] | None
    starts: frozenset[str]
    but: frozenset[str]
    most: int

    def fits(self, said: list[str]) -> bool:
        words = set(said)
        return (
            len(said) <= self.most
            and (self.may is None or words <= self.may)
            and not words & self.but
            and (not self.starts or said[0] in self.starts)
            and all(words & need for need in self.needs)
        )


def bag_of(text: str, language: str) -> str | None:
    """The intent of the first bag that a message fits."""
    words = spelled(text, language)
    return next((bag.intent for bag in bags(language) if words and bag.fits(words)), None)


@cache
def table(language: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / language / "talk.toml").read_text("utf-8"))


@cache
def bags(language: str) -> tuple[Bag, ...]:
    data = table(language)
    common = frozenset(data["common"].split())
    return tuple(made(entry, common) for entry in data["bag"])


def made(entry: dict[str, Any], common: frozenset[str]) -> Bag:
    needs = tuple(frozenset(words.split()) for words in entry["needs"])
    return Bag(
        intent=entry["intent"],
        needs=needs,
        may=None if entry.get("open") else common.union(entry["may"].split(), *needs),
        starts=frozenset(entry.get("starts", "").split()),
        but=frozenset(entry.get("but", "").split()),
        most=entry["most"],
    )


def asks_for_else(text: str, language: str) -> bool:
    """Whether it is a question, or asks for something to be done; a question that goes on with an answer is none."""
    data, (asked, mark, answer) = table(language), text.partition("?")
    line = " ".join(tokens(asked)) + " "
    if (mark and answer.strip(" ?!.")) or line.startswith(tuple(f"{words} " for words in data["exclaims"])):
        return False
    for polite in data["polite"]:
        if line.startswith(f"{polite} "):
            return True
    if line.startswith(tuple(f"{words} " for words in data["asks_for"])):
        return "!" not in text
    return line.split(" ")[0] in data["questions"].split()
