"""Templates over words, as `content/en/care.toml` explains them, turned into patterns over word characters.

Every word a template names has one private character, so a text is a string of those and is read in linear time.
A template is tried only where a word stands that it may begin with, in a text that has all the words it needs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from bot.understanding.shortlist import Needs, Shortlist

END = "\n"  # a sentence's edge
MASK = ","  # words already explained
Key = TypeVar("Key", bound=Hashable)
FIRST_CODE = 0xE000  # Unicode's private use area

APOSTROPHES = re.compile(r"['’‘`´ʼ＇]")
REPEATED = re.compile(r"([^\W\d_])\1+")
WORD = re.compile(r"[\w']+")
PIECE = re.compile(r"\{\w+\}|[\[\]()|~…/^$]|[\w']+")
CLOSING = {"[": ("]", ")?"), "(": (")", ")")}
GAPS = {"…": f"[^{END}]{{0,5}}", "/": r"[\s\S]{0,12}"}  # within a sentence; beyond its edge


def plain(text: str) -> str:
    """Repeated letters are read once, in the grammar and in what people type."""
    return REPEATED.sub(r"\1", APOSTROPHES.sub("", text))


@dataclass(frozen=True)
class Part:
    """A piece of a template: its regular expression, the characters it may begin with, whether it may be empty.

    `needs`: a text without one of each of these sets does not match.
    """

    regex: str
    first: frozenset[str] = frozenset()
    empty: bool = True
    needs: Needs = ()

    def then(self, other: Part) -> Part:
        first = self.first | other.first if self.empty else self.first
        return Part(self.regex + other.regex, first, self.empty and other.empty, self.needs + other.needs)


class Alternatives:
    """A regular expression that is compiled when it is first tried: most are not for a long time."""

    def __init__(self, regex: str) -> None:
        self.match = partial(self._compile_and_match, regex)

    def _compile_and_match(self, regex: str, text: str, at: int) -> re.Match[str] | None:
        self.match = re.compile(regex).match  # type: ignore[assignment]
        return self.match(text, at)


Way = tuple[str, frozenset[str], Alternatives]  # the pattern's name, what it may begin with, and its templates


@dataclass(frozen=True)
class Pattern:
    """Any of some templates; `starts`: what may match in one text, by where it may begin."""

    starts: Mapping[str, Sequence[Alternatives]]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches from left to right, none inside another."""
        if not self.starts:
            return
        done = 0
        for at, character in enumerate(text):
            if at >= done and character in self.starts:
                for pattern in self.starts[character]:
                    if found := pattern.match(text, at):
                        done = max(found.end(), at + 1)
                        yield found
                        break

    def search(self, text: str) -> re.Match[str] | None:
        return next(self.finditer(text), None)

    def subn(self, by: str, text: str) -> tuple[str, int]:
        """The text with every match replaced, and how many there were."""
        pieces, done = [], 0
        for found in self.finditer(text):
            pieces.append(text[done : found.start()] + by)
            done = found.end()
        return "".join(pieces) + text[done:], len(pieces)


NOTHING = Pattern({})


@dataclass(frozen=True)
class Patterns:
    """Patterns by name: their templates, apart by the characters they may begin with and by what they need."""

    ways: Shortlist[Way]

    def of(self, text: str) -> Mapping[str, Pattern]:
        """Those that this text, or what is left of it, can match."""
        said = set(text)
        starts: dict[str, dict[str, list[Alternatives]]] = defaultdict(lambda: defaultdict(list))
        for name, first, templates in self.ways.of(said):
            for character in first & said:
                starts[name][character].append(templates)
        return defaultdict(lambda: NOTHING, {name: Pattern(found) for name, found in starts.items()})


@dataclass(frozen=True)
class Compiler:
    """Turns templates into patterns; `lexicon` gathers the words they name, each with its character."""

    words: dict[str, list[str]]
    spellings: dict[str, list[str]]
    lexicon: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)

    def patterns(self, templates: dict[str, list[str]]) -> Patterns:
        """Any of the templates, by name; those that begin and need alike are one regular expression."""
        return Patterns(Shortlist(way for name, each in templates.items() for way in self._ways(name, each)))

    def _ways(self, name: str, templates: list[str]) -> Iterator[tuple[Way, Needs]]:
        for (first, needs), alike in grouped(map(self.part, templates), lambda part: (part.first, part.needs)):
            yield (name, first, Alternatives(alike)), needs

    def part(self, template: str) -> Part:
        return self._sequence(iter(PIECE.findall(template)))

    def _sequence(self, pieces: Iterator[str], closing: str = "") -> Part:
        """What stands up to the closing bracket, or to the end."""
        ways = [Part("")]
        for piece in pieces:
            if piece == closing:
                break
            if piece == "|":
                ways.append(Part(""))
            else:
                ways[-1] = ways[-1].then(self._piece(piece, pieces))
        return _any(ways)

    def _piece(self, piece: str, rest: Iterator[str]) -> Part:
        if piece in CLOSING:
            closing, mark = CLOSING[piece]
            inner = self._sequence(rest, closing)
            optional = mark == ")?"
            needs = () if optional else inner.needs
            return Part(f"(?:{inner.regex}{mark}", inner.first, inner.empty or optional, needs)
        if piece == "^":
            return Part(END, frozenset(END), empty=False)
        if piece == "$":
            return Part(f"(?={END})", frozenset(END), empty=False)
        if piece in GAPS:
            return Part(GAPS[piece])
        if piece == "~":
            return Part(self.gap("speaker", 3))
        return self.any_of(piece[1:-1]) if piece.startswith("{") else self._word(piece)

    def any_of(self, name: str) -> Part:
        """Any entry of a list of words."""
        if name not in self.parts:
            self.parts[name] = _any([self.part(entry) for entry in self.words[name]])
        return self.parts[name]

    def gap(self, without: str, longest: int) -> str:
        """Up to so many words of a sentence, none of them in the list."""
        return f"[^{END}{MASK}{''.join(map(self.code, self.words[without]))}]{{0,{longest}}}"

    def _word(self, word: str) -> Part:
        spelled = (spelling.split() for spelling in (word, *self.spellings.get(word, [])))
        ways = [Part("".join(codes), first, empty=False, needs=(first,)) for codes, first in map(self._codes, spelled)]
        return _any(ways)

    def _codes(self, words: Iterable[str]) -> tuple[list[str], frozenset[str]]:
        codes = list(map(self.code, words))
        return codes, frozenset(codes[0])

    def code(self, word: str) -> str:
        return self.lexicon.setdefault(plain(word), chr(FIRST_CODE + len(self.lexicon)))

    def turned(self, words: dict[str, list[str]]) -> dict[int, str]:
        """A table that reads each word of a list as the word the list stands under."""
        return {ord(self.code(word)): self.code(own) for own, others in words.items() for word in others}


def _any(ways: list[Part]) -> Part:
    """One of the ways; single characters are one class, which is read fastest."""
    if len(ways) == 1:
        return ways[0]
    singles = "".join(way.regex for way in ways if len(way.regex) == 1)
    longer = [way.regex for way in ways if len(way.regex) != 1]
    regex = "(?:" + "|".join(([f"[{singles}]"] if singles else []) + longer) + ")"
    needs = [min(way.needs, key=len, default=frozenset[str]()) for way in ways]
    any_need = (frozenset().union(*needs),) if all(needs) else ()
    return Part(regex, frozenset().union(*(way.first for way in ways)), any(way.empty for way in ways), any_need)


def grouped(parts: Iterable[Part], by: Callable[[Part], Key]) -> Iterator[tuple[Key, str]]:
    """What parts have in common, and a regular expression for any of those that do."""
    alike: dict[Key, list[str]] = defaultdict(list)
    for part in parts:
        alike[by(part)].append(part.regex)
    return ((key, "|".join(regexes)) for key, regexes in alike.items())
