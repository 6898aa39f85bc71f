"""Writes a message in signs: each word the grammar knows as its sign in capitals, all others as they were typed.

"Remind me evry wednsday at half past 8, pls" becomes "REMIND ME EVERY D2 AT HALF PAST 8 ,". What is read from the signs
leads back to the words, so that nothing a person wrote is quoted otherwise than they wrote it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.understanding.spelling import Spelling

CONTENT = Path(__file__).parent.parent / "content"
LONG = 6  # letters of a word whose slips are seen through though it is in no frame
LONGEST_RUN = 6  # words known together

APOSTROPHES = re.compile(r"['’‘`´ʼ＇]")
YEAR_OF_TWO = re.compile(r"(?<!\w)(?:2k|['’‘])([0-4]\d)(?!['’\w])")  # 2k19, '19
HALF_OF_DAY = re.compile(r"(?<![^\W\d_])([ap])\.? ?m\b\.?(?!\w)")  # p.m., p m, 8p.m
HALF_LETTER = re.compile(r"(?<=\d)([ap])(?![\w.])")  # 7a, 9p
HOURS_H = re.compile(r"(?<=\d) ?h ?(?=[0-5]\d\b)")  # 19h30
CLOCKS_APART = re.compile(r"(?<=\d:\d\d)-(?=\d)")  # 9:00-17:00
ORDINAL = re.compile(r"(?<=\d) ?(?:st|nd|rd|th)\b")
ARROW = re.compile(r"-+>|=+>|→|➡️?|⇒|>>")
SHORTENED = re.compile(r"(?<![\w/])(?=\S*\d)[a-z0-9/]{2,5}(?![\w/])")
DIGIT = re.compile(r"\d")
GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
DRAWN_OUT = re.compile(r"(.)\1{2,}")
TOKEN = re.compile(r"\d+(?:[.:/-]\d+)*O?|[^\W\d_]+(?:-[^\W\d_]+)*|[,.:;!?@&/()+<>%$€£#–—-]")
ABOUT = "ish"
TIMED = re.compile(r"\d+W|NOON|MIDNIGHT|LUNCH|EVENING|MORNING|AFTERNOON")
SPANNED = re.compile(r"[DM]\d")
MARKS = {"&": "AND", "+": "AND", "@": "AT", ";": ",", "#": "number", "–": "-", "—": "-", "(": ",", ")": ",", ":": ","}


Piece = tuple[str, str, str]  # a sign, what was typed, and what was meant


@dataclass(frozen=True)
class Signs:
    """`text`: the signs, one space between them; `starts`: where each begins; `words`: what was typed for each;
    `meant`: the same, spelled right."""

    text: str
    starts: tuple[int, ...] = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    meant: tuple[str, ...] = field(repr=False)

    def between(self, start: int, end: int) -> Signs:
        """The part from `start` to `end`, both at the edges of signs."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        starts = tuple(at - start for at in self.starts[first:last])
        return Signs(self.text[start:end].strip(), starts, self.words[first:last], self.meant[first:last])

    def replaced(self, spans: Collection[tuple[int, int, str]]) -> Signs:
        """The same with another sign, or none, where each span (start, end, sign) was; spans lie at edges of signs."""
        if not spans:
            return self
        pieces = []
        for start, (sign, word, meant) in zip(self.starts, self.pieces(), strict=True):
            inside = next((span for span in spans if span[0] <= start < span[1]), None)
            if inside is None:
                pieces.append((sign, word, meant))
            elif start == inside[0] and inside[2]:
                pieces.append((inside[2], word, meant))
        return joined(pieces)

    def pieces(self) -> Iterator[Piece]:
        edges = (*self.starts[1:], len(self.text) + 1)[: len(self.starts)]
        for start, end, word, meant in zip(self.starts, edges, self.words, self.meant, strict=True):
            yield self.text[start : end - 1], word, meant

    @property
    def typed(self) -> str:
        """The words behind the signs."""
        return " ".join(self.words)


def signs(text: str, language: str = "en") -> Signs:
    """The message in signs; marks and pictures that say nothing are left out."""
    return signed(tokens(text, language), language)


def signed(typed: list[str], language: str) -> Signs:
    """The same from its tokens."""
    return joined(_signed(typed, load(language)))


def spelled(typed: list[str], language: str) -> list[str]:
    """All words of a message's tokens, spelled right."""
    lexicon = load(language)
    return [lexicon.meant(word) for token in typed for word in lexicon.parted(token) if word[0].isalnum()]


def joined(pieces: Iterable[Piece]) -> Signs:
    """Signs with what was typed and meant for each, in one line."""
    texts, words, corrected, starts, length = [], [], [], [], 0
    for sign, typed, meant in pieces:
        texts.append(sign)
        words.append(typed)
        corrected.append(meant)
        starts.append(length)
        length += len(sign) + 1
    return Signs(" ".join(texts), tuple(starts), tuple(words), tuple(corrected))


def tokens(text: str, language: str = "en") -> list[str]:
    """Words, numbers and marks in small letters; numbers with what joins them are one: "8:30", "7/17", "2019-08-01"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = "".join(str(unicodedata.decimal(sign, sign)) for sign in folded) if not folded.isascii() else folded
    folded = ARROW.sub(" to ", APOSTROPHES.sub("", YEAR_OF_TWO.sub(r"20\1", folded)))
    if not DIGIT.search(folded):
        return TOKEN.findall(HALF_OF_DAY.sub(r"\1m ", folded))
    folded = SHORTENED.sub(lambda word: shorthand(language).get(word[0], word[0]), CLOCKS_APART.sub(" - ", folded))
    folded = HALF_LETTER.sub(r"\1m", ORDINAL.sub("O", HOURS_H.sub(":", HALF_OF_DAY.sub(r"\1m ", folded))))
    return TOKEN.findall(GLUED.sub(" ", folded.replace("O", "\0")).replace(" \0", "O").replace("\0", "O"))


def _signed(typed: list[str], lexicon: Lexicon) -> Iterator[Piece]:
    """Each sign with the words it stands for, as typed and as meant; the longest known run first."""
    said = [part for token in typed for part in lexicon.parted(token)]
    meant, at = [lexicon.meant(word) for word in said], 0
    while at < len(said):
        longest = LONGEST_RUN if meant[at] in lexicon.leading else 1
        for size in range(min(longest, len(said) - at), 0, -1):
            run = lexicon.run(meant[at : at + size])
            if run in lexicon.known or size == 1:
                break
        found = lexicon.known.get(run, MARKS.get(run, run)).split()
        for n, sign in enumerate(found):
            words = slice(at + n, at + (n + 1 if n + 1 < len(found) else size))
            yield sign, " ".join(said[words]), " ".join(meant[words])
        at += size


@dataclass(frozen=True)
class Lexicon:
    """`known`: words and runs of words with their signs, "" for those that say nothing; `words`: every word in a run
    or a bag; `leading`: the first word of each
    run; `each_week`: days said in the plural; `leading_in`: words before what somebody wishes to be told;
    `henceforth`: runs of words about what shall be; `telling`: how it begins where somebody tells what is good;
    `indefinite`: words before a thing that is not there yet;
    `leading_part`: words before a part of the day as a time to be asked."""

    known: dict[str, str]
    words: frozenset[str]
    leading: frozenset[str]
    spelling: Spelling
    each_week: frozenset[str]
    small: frozenset[str]
    past: frozenset[str]
    leading_in: frozenset[str]
    henceforth: tuple[str, ...]
    telling: tuple[str, ...]
    indefinite: frozenset[str]
    leading_part: frozenset[str]

    def parted(self, token: str) -> list[str]:
        """Words joined by a hyphen are several, and it means "to" between days and between months; "sevenish" is two
        words, too."""
        if token.endswith(ABOUT) and TIMED.fullmatch(self.known.get(token.removesuffix(ABOUT), "")):
            return [token.removesuffix(ABOUT), ABOUT]
        words = token.split("-") if token[0].isalpha() else [token]
        spans = len(words) == 2 and all(SPANNED.match(self.known.get(word, "")) for word in words)
        return [words[0], "-", words[1]] if spans else words

    def run(self, words: list[str]) -> str:
        """Several words together, known as they are or without the small ones between them ("the best time")."""
        run = " ".join(words)
        if run in self.known or len(words) < 3 or self.small.isdisjoint(words[1:-1]):
            return run
        return " ".join([words[0], *(word for word in words[1:-1] if word not in self.small), words[-1]])

    def meant(self, word: str) -> str:
        """The word spelled right, as far as one slip goes."""
        if not word.isalpha() or word in self.words:
            return word
        if short := next((short for short in shortened(word) if short in self.words), None):
            return short
        meanings = self.spelling.meanings(word)
        found = sorted(meanings & self.known.keys() or meanings)
        same = len({self.known.get(each, each) for each in found}) == 1
        return found[0] if same else word


def shortened(word: str) -> Iterator[str]:
    """A word of which letters were held down: "heyyy"."""
    if DRAWN_OUT.search(word):
        yield from (DRAWN_OUT.sub(letters, word) for letters in (r"\1\1", r"\1"))


@cache
def shorthand(language: str) -> dict[str, str]:
    words = tomllib.loads((CONTENT / language / "words.toml").read_text("utf-8"))
    table: dict[str, str] = words["shorthand"]
    return table


@cache
def load(language: str) -> Lexicon:
    """The words of a language, read once."""
    data, dates, talk = (
        tomllib.loads((CONTENT / language / name).read_text("utf-8"))
        for name in ("words.toml", "dates.toml", "talk.toml")
    )
    known = dict(_known(data | {"numbers": data["numbers"] | dates["numbers"]})) | dict(_dated(dates))
    known |= dict(_paired(known, dates["pairs"]))
    ordinary = (CONTENT / language / "ordinary.txt").read_text("utf-8").split() + dates["ordinary"].split()
    single = {word for run in known for word in run.split() if word.isalpha()} | set(_talked(talk))
    return Lexicon(
        known,
        frozenset(single),
        frozenset(run.partition(" ")[0] for run in known if " " in run),
        Spelling(single, set(ordinary) - single),
        frozenset(data["each_week"]),
        frozenset(data["small"]),
        frozenset(data["past"]),
        frozenset(data["leading_in"]),
        tuple(data["henceforth"]),
        tuple(data["telling"]),
        frozenset(data["indefinite"]),
        frozenset(data["leading_part"]),
    )


def _talked(talk: dict[str, Any]) -> Iterator[str]:
    """All words in the bags of talk."""
    for bag in talk["bag"]:
        yield from (word for word in " ".join([*bag["needs"], bag.get("may", "")]).split() if len(word) >= LONG)


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


def _dated(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((word, sign) for sign, words in data["signs"].items() for word in words)
    yield from ((word, sign) for sign, day in data["holidays"].items() for word in day["words"])
    yield from data["runs"].items()


def _paired(known: dict[str, str], pairs: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Words that say something else before such signs."""
    for before, (said, signs) in pairs.items():
        after = ((word, sign) for word, sign in known.items() if word.isalpha() and re.fullmatch(signs, sign))
        yield from ((f"{before} {word}", f"{said} {sign}") for word, sign in after)
