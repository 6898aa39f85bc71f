"""Reads whether words are about harm, before anything else is read.

A grammar (`content/en/care.toml` for plain words, `care_veiled.toml` for what is said between the lines) is matched
over words, not letters: every word it knows has one private character, spelling slips of its key words share it, and a
pattern is a regular expression over those. So the patterns stay short, are read in linear time, and see through case,
look-alike letters and spacing. Where no pattern fits, the weights of the words decide (`leaning.py`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from bot.understanding.care_patterns import APOSTROPHES, END, MASK, Compiler, Pattern, Patterns, plain
from bot.understanding.dictionary import dictionary
from bot.understanding.leaning import Leaning, leaning

CONTENT = Path(__file__).parent.parent / "content" / "en"
PLAIN, VEILED, LEANING = CONTENT / "care.toml", CONTENT / "care_veiled.toml", CONTENT / "care_weights.txt"

OTHER = "x"  # a word the grammar does not know
LONGEST = 8192  # a message is at most 4,096 characters, but one of them may unfold to eighteen
LONGEST_PART = 12  # letters of a word
SHORTEST_RUN, LONGEST_RUN = 5, 40  # letters of words typed as one ("endmy")
LETTERS = "abcdefghijklmnopqrstuvwxyz*"  # a star stands for a letter somebody blotted out

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
SPACED_LETTERS = re.compile(r"(?<!\w)([^\W\d_])\1* (?:(\w)\2* )*([^\W\d_])\3*(?!\w)")
TOKEN = re.compile(r"\n[\n ]*|[\w*]+")
LOOK_ON = 3  # words after a phrase that may still say whose it is
MANY = re.compile(r"[89]|\d{2,3}")  # tablets, where taking them is no longer a dose


class Level(Enum):
    """How plainly the words speak of harm; ABUSE is harm done by somebody, FRIEND is harm to somebody else."""

    DIRECT = "direct"
    ABUSE = "abuse"
    UNCLEAR = "unclear"
    FRIEND = "friend"


def care_level(text: str) -> Level | None:
    """The level of the words, None for ordinary ones."""
    grammar, known = load_grammar(), dict[str, str]()
    readings = dict.fromkeys(grammar.coded(words, known) for words in _readings(text))
    found = [_level(grammar, coded) for coded in _fresh(readings)]
    levels = {level for level, _ in found}
    if None in levels and load_leaning().leans(*(own for level, own in found if level is None)):
        levels.add(Level.UNCLEAR)
    return next((level for level in Level if level in levels), None)


def _fresh(readings: Iterable[str]) -> Iterator[str]:
    """The first reading, and of each other one the sentences that none before has, with those beside them."""
    seen: set[str] = set()
    for reading in readings:
        sentences = reading.strip(END).split(END)
        new = [sentence not in seen for sentence in sentences]
        near = (any(new[max(0, n - 1) : n + 2]) for n in range(len(new)))
        for is_near, run in groupby(zip(near, sentences, strict=True), key=itemgetter(0)):
            if is_near:
                yield END + END.join(sentence for _, sentence in run) + END
        seen.update(sentences)


def _level(grammar: Grammar, coded: str) -> tuple[Level | None, str]:
    """What the patterns say, and the speaker's own words."""
    patterns = grammar.patterns.of(coded)
    own, others = patterns["friend"].subn(MASK, patterns["idiom"].subn(MASK, coded)[0])
    own, denials = patterns["denied"].subn(MASK, own)
    direct, of_others = _whose(grammar, patterns["direct"], own)
    if direct or (others and patterns["shared"].search(own)):
        return Level.DIRECT, own
    abuse, abuse_of_others = _whose(grammar, patterns["abuse"], own)
    if abuse:
        return Level.ABUSE, own
    unclear, veiled_of_others = _whose(grammar, patterns["unclear"], own)
    if denials or unclear:
        return Level.UNCLEAR, own
    if others or of_others or abuse_of_others or veiled_of_others or grammar.speaks_of_others(own):
        return Level.FRIEND, own
    return None, own


def coded_own(text: str) -> str:
    """The words of the text as the grammar sees them when idioms, others' words and denials are taken out."""
    grammar = load_grammar()
    coded = grammar.coded(next(_readings(text)))
    patterns = grammar.patterns.of(coded)
    for name in ("idiom", "friend", "denied"):
        coded, _ = patterns[name].subn(MASK, coded)
    return coded


def _whose(grammar: Grammar, pattern: Pattern, own: str) -> tuple[bool, bool]:
    """Whether the pattern is found in the speaker's words, and whether in what is told of somebody else."""
    of_others = False
    for found in pattern.finditer(own):
        said = found[0] + own[found.end() : found.end() + LOOK_ON].partition(END)[0]
        if grammar.speaker.search(said) or not grammar.other_before.search(own, 0, found.start()):
            return True, of_others
        of_others = True
    return False, of_others


def _readings(text: str) -> Iterator[str]:
    """The words of the text, read in each way it may be meant.

    A new line may end a sentence or break it; punctuation may part words or join them ("kill-myself", "su.icide").
    """
    lines = _fold(text)
    for folded in dict.fromkeys(BLANK.sub(" ", each) for each in (lines, lines.replace("\n", ". "))):
        yield _words(folded)
        joined = INSIDE_A_WORD.sub("", STAND_IN.sub(lambda sign: STAND_INS[sign[0]], folded))
        if joined != folded:
            yield _words(joined)


def _fold(text: str) -> str:
    if text.isascii():
        return APOSTROPHES.sub("", text).casefold()[:LONGEST]
    text = APOSTROPHES.sub("", text).translate(load_grammar().signs)
    text = INVISIBLE.sub("", unicodedata.normalize("NFKD", text).casefold())
    return text[:LONGEST].translate(LOOK_ALIKES)


def _words(folded: str) -> str:
    text = SENTENCE_END.sub(END, ELLIPSIS.sub(" ", folded))
    text = NOT_A_WORD.sub(" ", text)
    text = SPACED_LETTERS.sub(lambda run: run[0].replace(" ", ""), text)
    return plain(text)


@dataclass(frozen=True)
class Grammar:
    """`lexicon` gives a word its character; `whole` are words that are right as they are; `squashed` finds phrases
    typed as one word; the rest are patterns.

    `turned` makes the words about somebody else the speaker's own ("she wants" is "i want"): by subject, by object.
    """

    lexicon: dict[str, str]
    whole: frozenset[str]
    parts: dict[str, str]
    signs: dict[int, str]
    squashed: re.Pattern[str]
    turned: tuple[dict[int, str], dict[int, str]]
    speaker: re.Pattern[str]
    other_before: re.Pattern[str]
    fillers: Patterns
    patterns: Patterns

    def coded(self, words: str, known: dict[str, str] | None = None) -> str:
        """The words as characters; `known` remembers them from one reading of a message to the next."""
        said, known = TOKEN.findall(words), {} if known is None else known
        known |= {word: self.code(word) for word in set(said) - known.keys()}
        coded = END + "".join(known[word] for word in said) + END
        return self.fillers.of(coded)["filler"].subn("", coded)[0]

    def code(self, word: str) -> str:
        if word.startswith(END):
            return END
        if word.isalpha() or word in self.lexicon:
            return self._known(word)
        if word.isdigit():
            return self.lexicon["dozens" if MANY.fullmatch(word) else "few"]
        spellings = (plain(word.strip("*").translate(digits)) for digits in (DIGITS, ONE_IS_L))
        return next((code for code in map(self._known, spellings) if code != OTHER), OTHER)

    def _known(self, word: str) -> str:
        return self.lexicon.get(word) or self._run_together(word)

    def _run_together(self, word: str) -> str:
        if not SHORTEST_RUN <= len(word) <= LONGEST_RUN or word in self.whole:
            return OTHER
        return self.lexicon["suicide"] if self.squashed.search(word) else self._parted(word)

    def _parted(self, word: str) -> str:
        """The words that were typed as one, if each of them is known ("icantdothis"); "wanto" is want and to."""
        ends: dict[int, str] = {0: ""}
        for start in range(len(word)):
            before = ends.get(start, ends.get(start + 1) if start else None)
            if before is None:
                continue
            for end in range(start + 1, min(start + LONGEST_PART, len(word)) + 1):
                if end not in ends and (code := self.parts.get(word[start:end])):
                    ends[end] = before + code
        return ends.get(len(word), OTHER)

    def speaks_of_others(self, own: str) -> bool:
        subject, obj = (own.translate(turned) for turned in self.turned)
        if subject != own:
            patterns = self.patterns.of(subject)
            if any(patterns[name].search(subject) for name in ("direct", "abuse", "unclear")):
                return True
        patterns = self.patterns.of(obj)
        return obj != own and any(patterns[name].search(obj) for name in ("direct", "abuse"))


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """The care words, read and compiled once."""
    said, veiled = (tomllib.loads(path.read_text(encoding="utf-8")) for path in (PLAIN, VEILED))
    words, spellings = (_joined(said[name], veiled[name]) for name in ("words", "spellings"))
    compiler = Compiler(words=words, spellings=spellings)
    templates = {
        name: said["patterns"].get(name, []) + [t for family in veiled.get(name, {}).values() for t in family]
        for name in ("filler", "idiom", "friend", "shared", "denied", "direct", "abuse", "unclear")
    }
    fillers = compiler.patterns({"filler": templates.pop("filler")})
    patterns = compiler.patterns(templates)
    turned = (compiler.turned(veiled["turned"]["subject"]), compiler.turned(veiled["turned"]["object"]))
    ordinary = set(map(plain, said["ordinary"].split()))
    slips = {
        slip: code
        for word in said["slips"]
        for slip in _slips(word)
        if (code := compiler.lexicon.get(plain(word))) and slip not in ordinary
    }
    squashed = re.compile("|".join(map(plain, said["squashed"])))
    return Grammar(
        lexicon=slips | compiler.lexicon,
        whole=frozenset(plain("\n".join(dictionary("en"))).split()),
        parts={word: code for word, code in compiler.lexicon.items() if len(word) > 1 or word in "ia"},
        signs={ord(sign): f" {word} " for sign, word in veiled["signs"].items()},
        squashed=squashed,
        turned=turned,
        speaker=re.compile(compiler.any_of("own_words").regex),
        other_before=re.compile(compiler.any_of("other_subject").regex + compiler.gap("reset", 6) + r"\Z"),
        fillers=fillers,
        patterns=patterns,
    )


@lru_cache(maxsize=1)
def load_leaning() -> Leaning:
    """The weights of the words, read once."""
    lexicon = load_grammar().lexicon | {"/": END}
    return leaning(LEANING.read_text(encoding="utf-8").splitlines(), lexicon)


def _joined(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [*one.get(name, []), *other.get(name, [])] for name in one | other}


def _slips(word: str) -> Iterable[str]:
    """What one slip of the finger makes of a word: a letter lost, swapped, wrong or too many; never the first alone."""
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    swapped = [word[1] + word[0] + word[2:]] + [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    lost = [a + b[1:] for a, b in cuts if b]
    wrong = [a + letter + b[1:] for a, b in cuts if b for letter in LETTERS]
    extra = [a + letter + b for a, b in cuts for letter in LETTERS]
    return map(plain, [*swapped, *lost, *wrong, *extra])
