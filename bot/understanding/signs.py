"""Writes a message in signs: each word the grammar knows as its sign in capitals, all others as they were typed.

"Remind me evry wednsday at half past 8, pls" becomes "REMIND ME EVERY D2 AT HALF PAST 8 ,". What is read from the signs
leads back to the words, so that nothing a person wrote is quoted otherwise than they wrote it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.understanding.spelling import Spelling

CONTENT = Path(__file__).parent.parent / "content"
LONGEST_RUN = 5  # words known together

APOSTROPHES = re.compile(r"['’‘`´ʼ＇]")
HALF_OF_DAY = re.compile(r"(?<![^\W\d_])([ap])\.? ?m\b\.?(?!\w)")  # p.m., p m, 8p.m
HALF_LETTER = re.compile(r"(?<=\d)([ap])(?![\w.])")  # 7a, 9p
HOURS_H = re.compile(r"(?<=\d) ?h ?(?=[0-5]\d\b)")  # 19h30
ORDINAL = re.compile(r"(?<=\d) ?(?:st|nd|rd|th)\b")
GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
TOKEN = re.compile(r"\d+(?:[.:/-]\d+)*O?|[^\W\d_]+(?:-[^\W\d_]+)*|[,.:;!?@&/()+<>%$€£#–—-]")
SPANNED = re.compile(r"[DM]\d")
MARKS = {"&": "AND", "+": "AND", "@": "AT", ";": ",", "–": "-", "—": "-", "(": ",", ")": ",", ":": ","}


@dataclass(frozen=True)
class Signs:
    """`text`: the signs, one space between them; `starts`: where each begins; `words`: what was typed for each."""

    text: str
    starts: tuple[int, ...] = field(repr=False)
    words: tuple[str, ...] = field(repr=False)

    def typed(self, start: int, end: int) -> str:
        """The words behind the signs from `start` to `end`."""
        return " ".join(self.words[bisect_left(self.starts, start) : bisect_right(self.starts, end - 1)])


def signs(text: str, language: str = "en") -> Signs:
    """The message in signs; marks and pictures that say nothing are left out."""
    lexicon = load(language)
    texts, words, starts, length = [], [], [], 0
    for sign, typed in _signed(tokens(text), lexicon):
        texts.append(sign)
        words.append(typed)
        starts.append(length)
        length += len(sign) + 1
    return Signs(" ".join(texts), tuple(starts), tuple(words))


def tokens(text: str) -> list[str]:
    """Words, numbers and marks in small letters; numbers with what joins them are one: "8:30", "7/17", "2019-08-01"."""
    folded = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    folded = "".join(str(unicodedata.decimal(sign, sign)) for sign in folded) if not folded.isascii() else folded
    folded = HALF_LETTER.sub(r"\1m", ORDINAL.sub("O", HOURS_H.sub(":", HALF_OF_DAY.sub(r"\1m ", folded))))
    return TOKEN.findall(GLUED.sub(" ", folded.replace("O", "\0")).replace(" \0", "O").replace("\0", "O"))


def _signed(typed: list[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each sign with the words it stands for; the longest known run first."""
    said, at = [part for token in typed for part in lexicon.parted(token)], 0
    while at < len(said):
        for size in range(min(LONGEST_RUN, len(said) - at), 1, -1):
            run = " ".join(said[at : at + size])
            if run in lexicon.known:
                break
        else:
            size, run = 1, said[at]
        sign = lexicon.sign(run)
        if sign:
            yield sign, run
        at += size


@dataclass(frozen=True)
class Lexicon:
    """`known`: words and runs of words with their signs, "" for those that say nothing."""

    known: dict[str, str]
    spelling: Spelling

    def parted(self, token: str) -> list[str]:
        """Words joined by a hyphen are several, and it means "to" between days and between months."""
        words = token.split("-") if token[0].isalpha() else [token]
        spans = len(words) == 2 and all(SPANNED.match(self.known.get(word, "")) for word in words)
        return [words[0], "-", words[1]] if spans else words

    def sign(self, word: str) -> str:
        if word in self.known:
            return self.known[word]
        if not word.isalpha():
            return MARKS.get(word, word)
        meant = self.spelling.meant(word)
        return self.known[meant] if meant else word


@cache
def load(language: str) -> Lexicon:
    """The words of a language, read once."""
    data = tomllib.loads((CONTENT / language / "words.toml").read_text("utf-8"))
    known = dict(_known(data))
    ordinary = (CONTENT / language / "ordinary.txt").read_text("utf-8").split()
    single = {word for word in known if word.isalpha()}
    return Lexicon(known, Spelling(single, set(ordinary) - single))


def _known(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    numbers, ordinals = data["numbers"], data["ordinals"]
    units = {word: n for word, n in numbers.items() if n < 10}
    tens = {word: n for word, n in numbers.items() if n >= 20}
    for section in ("months", "days", "signs"):
        yield from ((word, sign) for sign, words in data[section].items() for word in words)
    yield from ((word, f"{n}W") for word, n in numbers.items())
    yield from ((f"{ten}{gap}{unit}", f"{tens[ten] + n}W") for ten in tens for unit, n in units.items() for gap in " -")
    yield from ((word, f"{n}O") for word, n in ordinals.items())
    ones = {word: n for word, n in (ordinals | {"second": 2}).items() if n < 10}
    yield from ((f"{ten} {unit}", f"{tens[ten] + n}O") for ten in tens for unit, n in ones.items())
    yield from ((f"{zero} {unit}", f"0{n}W") for zero in data["zero"] for unit, n in units.items())
