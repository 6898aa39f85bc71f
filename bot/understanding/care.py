"""Reads whether words are about harm, before anything else is read.

A small grammar (`content/en/care.toml`) is matched over words, not letters: every word the grammar knows has one
private character, spelling slips of its key words share it, and a pattern is a regular expression over those.
So the patterns stay short, are read in linear time, and see through case, look-alike letters and spacing.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path

CARE_WORDS = Path(__file__).parent.parent / "content" / "en" / "care.toml"

END = "\n"  # a sentence's edge
MASK = ","  # words already explained
OTHER = "x"  # a word the grammar does not know
LONGEST = 8192  # a message is at most 4,096 characters, but one of them may unfold to eighteen
FIRST_CODE = 0xE000  # Unicode's private use area
LETTERS = "abcdefghijklmnopqrstuvwxyz*"  # a star stands for a letter somebody blotted out

APOSTROPHES = re.compile(r"['’‘`´ʼ＇]")
LAUGHTER = re.compile("[😂🤣😆😅💀]")
INVISIBLE = re.compile(
    "[\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+"
)
LOOK_ALIKES = str.maketrans(
    {
        pair[0]: pair[1]
        for pair in (
            "аa вb гr дd еe зe иu іi кk мm нh оo пn рp сc тt уy хx шw ьb яr ѕs јj һh ԁd ԛq ԝw ӏl єe "
            "αa βb γy εe ηn ιi κk νv οo ρp σo ςs τt υu χx ωw ıi łl øo đd ħh ŧt ƒf ɑa ɡg ɩi ɪi"
        ).split()
    }
)
STAND_INS = {"@": "a", "$": "s", "!": "i", "|": "l"}
DIGITS = str.maketrans({"0": "o", "1": "i", "2": "to", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"})
ONE_IS_L = DIGITS | {ord("1"): "l"}

BLANK = re.compile(r"\s")
STAND_IN = re.compile(r"[@$!|](?=\w)")
ELLIPSIS = re.compile(r"\.{2,}")
SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)")
INSIDE_A_WORD = re.compile(r"(?<=[\w*])[^\w\s*]+(?=[\w*])")
NOT_A_WORD = re.compile(r" ?(?:[^\w\n* ]+|_+) ?")
SPACED_LETTERS = re.compile(r"(?<!\w)[^\W\d_](?: \w)* [^\W\d_](?!\w)")
REPEATED = re.compile(r"([^\W\d_])\1+")
TOKEN = re.compile(r"\n[\n ]*|[\w*]+")
MANY = re.compile(r"[89]|\d{2,3}")  # tablets, where taking them is no longer a dose
WORD = re.compile(r"[\w']+")
PIECE = re.compile(r"\{\w+\}|[\[\]()|~^$]|[\w']+")


class Level(Enum):
    """How plainly the words speak of harm; FRIEND is harm to somebody else."""

    DIRECT = "direct"
    UNCLEAR = "unclear"
    FRIEND = "friend"


def care_level(text: str) -> Level | None:
    """The level of the words, None for ordinary ones."""
    found = {_level(words) for words in _readings(text)}
    return next((level for level in Level if level in found), None)


def _level(words: str) -> Level | None:
    grammar = load_grammar()
    coded = END + "".join(grammar.code(word) for word in TOKEN.findall(words)) + END
    own, others = grammar.friend.subn(MASK, grammar.idiom.sub(MASK, coded))
    own, denials = grammar.denied.subn(MASK, own)
    if grammar.direct.search(own) or (others and grammar.shared.search(own)):
        return Level.DIRECT
    if denials or grammar.unclear.search(own):
        return Level.UNCLEAR
    return Level.FRIEND if others else None


def _readings(text: str) -> Iterator[str]:
    """The words of the text, read in each way it may be meant.

    A new line may end a sentence or break it; punctuation may part words or join them ("kill-myself", "su.icide").
    """
    for folded in dict.fromkeys((_fold(text), _fold(text.replace("\n", ". ")))):
        yield _words(folded)
        joined = INSIDE_A_WORD.sub("", STAND_IN.sub(lambda sign: STAND_INS[sign[0]], folded))
        if joined != folded:
            yield _words(joined)


def _fold(text: str) -> str:
    if text.isascii():
        return BLANK.sub(" ", APOSTROPHES.sub("", text).casefold()[:LONGEST])
    text = LAUGHTER.sub(" lol ", APOSTROPHES.sub("", text))
    text = INVISIBLE.sub("", unicodedata.normalize("NFKD", text).casefold())
    return BLANK.sub(" ", text[:LONGEST].translate(LOOK_ALIKES))


def _words(folded: str) -> str:
    text = SENTENCE_END.sub(END, ELLIPSIS.sub(" ", folded))
    text = NOT_A_WORD.sub(" ", text)
    text = SPACED_LETTERS.sub(lambda run: run[0].replace(" ", ""), text)
    return _plain(text)


def _plain(text: str) -> str:
    """Repeated letters are read once, in the grammar and in what people type."""
    return REPEATED.sub(r"\1", APOSTROPHES.sub("", text))


@dataclass(frozen=True)
class Grammar:
    """`lexicon` gives a word its character; `squashed` finds phrases typed as one word; the rest are patterns."""

    lexicon: dict[str, str]
    squashed: re.Pattern[str]
    idiom: re.Pattern[str]
    friend: re.Pattern[str]
    shared: re.Pattern[str]
    denied: re.Pattern[str]
    direct: re.Pattern[str]
    unclear: re.Pattern[str]

    def code(self, word: str) -> str:
        if word.startswith(END):
            return END
        if word.isalpha() or word in self.lexicon:
            return self._known(word)
        if word.isdigit():
            return self.lexicon["dozens" if MANY.fullmatch(word) else "few"]
        spellings = (_plain(word.strip("*").translate(digits)) for digits in (DIGITS, ONE_IS_L))
        return next((code for code in map(self._known, spellings) if code != OTHER), OTHER)

    def _known(self, word: str) -> str:
        return self.lexicon.get(word) or (self.lexicon["suicide"] if self.squashed.search(word) else OTHER)


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """The care words, read and compiled once."""
    data = tomllib.loads(CARE_WORDS.read_text(encoding="utf-8"))
    compiler = _Compiler(words=data["words"], spellings=data["spellings"])
    patterns = {name: compiler.pattern(templates) for name, templates in data["patterns"].items()}
    ordinary = set(map(_plain, data["ordinary"].split()))
    slips = {
        slip: code
        for word in data["slips"]
        for slip in _slips(word)
        if (code := compiler.lexicon.get(_plain(word))) and slip not in ordinary
    }
    squashed = re.compile("|".join(map(_plain, data["squashed"])))
    return Grammar(lexicon=slips | compiler.lexicon, squashed=squashed, **patterns)


def _slips(word: str) -> Iterable[str]:
    """What one slip of the finger makes of a word: a letter lost, swapped, wrong or too many; never the first alone."""
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    swapped = [word[1] + word[0] + word[2:]] + [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    lost = [a + b[1:] for a, b in cuts if b]
    wrong = [a + letter + b[1:] for a, b in cuts if b for letter in LETTERS]
    extra = [a + letter + b for a, b in cuts for letter in LETTERS]
    return map(_plain, [*swapped, *lost, *wrong, *extra])


@dataclass(frozen=True)
class _Compiler:
    """Turns the templates of `care.toml` (explained there) into regular expressions over word characters."""

    words: dict[str, list[str]]
    spellings: dict[str, list[str]]
    lexicon: dict[str, str] = field(default_factory=dict)

    def pattern(self, templates: list[str]) -> re.Pattern[str]:
        """Any of the templates; those that begin with the same list share it, which halves the reading time."""
        tails: dict[str, list[str]] = defaultdict(list)
        for template in templates:
            head, _, tail = template.partition(" ") if template.startswith("{") else (template, "", "")
            tails[head].append(self._regex(tail))
        return re.compile("|".join(f"{self._regex(head)}(?:{'|'.join(rest)})" for head, rest in tails.items()))

    def _regex(self, template: str) -> str:
        return "".join(map(self._piece, PIECE.findall(template)))

    def _piece(self, piece: str) -> str:
        if piece in "[(":
            return "(?:"
        marks = {"]": ")?", ")": ")", "|": "|", "^": END, "$": f"(?={END})"}
        if piece in marks:
            return marks[piece]
        if piece == "~":
            return f"[^{END}{MASK}{''.join(map(self._code, self.words['speaker']))}]{{0,3}}"
        return self._either(self.words[piece[1:-1]] if piece.startswith("{") else [piece])

    def _either(self, entries: list[str]) -> str:
        parts = [part for entry in entries for part in self._spelled(entry)]
        singles = "".join(part for part in parts if len(part) == 1)
        longer = [part for part in parts if len(part) > 1]
        return "(?:" + "|".join(([f"[{singles}]"] if singles else []) + longer) + ")"

    def _spelled(self, entry: str) -> list[str]:
        if not WORD.fullmatch(entry):
            return [self._regex(entry)]
        return ["".join(map(self._code, spelling.split())) for spelling in (entry, *self.spellings.get(entry, []))]

    def _code(self, word: str) -> str:
        return self.lexicon.setdefault(_plain(word), chr(FIRST_CODE + len(self.lexicon)))
