"""Talk by the words it is made of, in any order: bags of words as data (`content/<language>/talk.toml`)."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.understanding.signs import CONTENT, load, tokens

UNSEEN = frozenset(" \n\u200d\ufe0f♂♀🏻🏼🏽🏾🏿")  # skin tones, and what joins pictures into one


@dataclass(frozen=True)
class Bag:
    """A message of these words, in whatever order.

    `may`: all words it may have, None if any. `needs`: one of each set is said. `starts`: how it begins, after `polite`
    words; empty if anyhow. `but`: words that say it is something else. `most`: how many words it has at most. `first`:
    tried before requests to others are looked for.
    """

    intent: str
    needs: tuple[frozenset[str], ...]
    may: frozenset[str] | None
    starts: frozenset[str]
    but: frozenset[str]
    most: int
    first: bool
    polite: frozenset[str]

    def fits(self, said: list[str], words: set[str]) -> bool:
        """Whether a message does that says these words, which are its set."""
        return (
            len(said) <= self.most
            and (self.may is None or words <= self.may)
            and words.isdisjoint(self.but)
            and (not self.starts or next((word for word in said if word not in self.polite), "") in self.starts)
            and not any(map(words.isdisjoint, self.needs))
        )


def bag_of(words: list[str], language: str) -> str | None:
    """The intent of the first closed bag that a message of these words, spelled right, fits."""
    return fitting(words, [bag for bag in bags(language) if bag.may is not None])


def marks_of(text: str, language: str) -> str | None:
    """The intent of a message of nothing but faces, hands and marks that say the same; None for words, and for pictures
    of anything else: "🌈" may well be the glimmer."""
    said = set(unicodedata.normalize("NFKC", text)) - UNSEEN
    return next((intent for intent, marks in table(language)["marks"].items() if said and said <= set(marks)), None)


def fitting(words: list[str], among: Iterable[Bag]) -> str | None:
    said = set(words)
    return next((bag.intent for bag in among if words and bag.fits(words, said)), None)


@cache
def table(language: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / language / "talk.toml").read_text("utf-8"))


@cache
def bags(language: str) -> tuple[Bag, ...]:
    data = table(language)
    common, polite = frozenset(data["common"].split()), frozenset(data["openings"].split())
    return tuple(made(entry, common, polite) for entry in data["bag"])


def made(entry: dict[str, Any], common: frozenset[str], polite: frozenset[str]) -> Bag:
    needs = tuple(frozenset(words.split()) for words in entry["needs"])
    return Bag(
        intent=entry["intent"],
        needs=needs,
        may=None if entry.get("open") else common.union(entry["may"].split(), polite, *needs),
        starts=frozenset(entry.get("starts", "").split()),
        but=frozenset(entry.get("but", "").split()),
        most=entry["most"],
        first=entry.get("first", False),
        polite=polite - frozenset(entry.get("starts", "").split()),
    )


def else_of(text: str, typed: list[str], words: list[str], language: str) -> str | None:
    """What it is if nothing else: heavy words, a wish for one's data, a question or a request not for this bot.

    `typed` are its tokens, `words` those that are words, spelled right.
    """
    open_bags = [bag for bag in bags(language) if bag.may is None]
    return (
        fitting(words, [bag for bag in open_bags if bag.first])
        or ("other" if asks_for_something(typed, language) or is_appointment(words, language) else None)
        or fitting(words, [bag for bag in open_bags if not bag.first])
        or ("other" if is_a_question(text, language) else None)
    )


def asks_for_something(typed: list[str], language: str) -> bool:
    """Whether somebody shall do something."""
    line = " ".join(typed) + " "
    if line.startswith(starts("exclaims", language)):
        return False
    return line.startswith(starts("polite", language)) or (
        "!" not in typed and line.startswith(starts("asks_for", language))
    )


def is_appointment(said: list[str], language: str) -> bool:
    """Something in a calendar, at a time to come: "dentist tue 9:40"."""
    data, words = table(language), set(said)
    if not any(word[0].isdigit() for word in words) or words.isdisjoint(data["to_come"].split()):
        return False
    return not words.isdisjoint(data["appointments"].split()) and words.isdisjoint(load(language).past)


def is_a_question(text: str, language: str) -> bool:
    """A question that goes on with an answer is none."""
    data, (asked, mark, answer) = table(language), text.partition("?")
    line = " ".join(tokens(asked, language)) + " "
    if (
        (mark and answer.strip(" ?!.") and not answer.rstrip().endswith("?"))
        or (not mark and text.rstrip().endswith("!"))
        or line.startswith(starts("exclaims", language))
    ):
        return False
    first, second, *_ = [*line.split(" "), ""]
    asks = first in data["asks"].split() and (bool(mark) or second in data["whom"].split())
    return asks or first in data["questions"].split()


@cache
def starts(phrases: str, language: str) -> tuple[str, ...]:
    """The ways a message begins that the table names so."""
    return tuple(f"{words} " for words in table(language)[phrases])
