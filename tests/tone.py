"""The tone linter's rules, over messages as (key, words) pairs. What they are for: docs/content.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

Messages = Mapping[str, str]

BANNED = re.compile(
    r"\b(?:must|should|streaks?|missed|failed|remember to|proud of you|heal(?:s|ed|ing)?|cures?|rewir(?:e|es|ing)"
    r"|just(?! now)|only)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE, LONGEST_MESSAGE = 25, 45  # words
LONG_ENOUGH_TO_GRADE = 12  # words
FILE_GRADE, MESSAGE_GRADE = 6.0, 8.0  # Flesch-Kincaid, in years of school

MAY_BE_LONG = ("care", "safety", "consent", "about", "privacy", "why", "help")
NEVER_LOUD = ("care", "hard")
NOT_PROSE = {"menu"}  # a list of commands

NOT_WORDS = re.compile(r"\{\w*\}|https?://\S+|\w+\.(?:com|org)\b|/\w+|\d[\d:.]*(?:am|pm)?")
NAMES = {"telegram", "glimmers", "utc", "ai"}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
SPOKEN_APART = re.compile(r"(i(?=[ao](?!u))|i(?=et)|u(?=a)|[aeiou](?=ing\b))")
SILENT_E = re.compile(
    r"(?<=[^aeiouyl])e\b|(?<=[aeiouy]l)e\b|(?<=[^aeiouytd])ed\b|(?<=[^aeiouyscgzhx])es\b"
    r"|(?<=[^aeiouy])e(?=(?:ly|ful|less|ment|thing|times?|body|one|where)\b)"
)
SENTENCE = re.compile(r"[^.!?\n]+")


def read_replies(file: Path) -> Messages:
    """A gettext file's texts by key; the forms of a plural as `key[0]`, `key[1]`, …"""
    with file.open("rb") as opened:
        return {key: words for key, words in _texts(opened.read().decode()) if key not in NOT_PROSE}


def read_prompts(file: Path) -> Messages:
    """The prompts' texts by id."""
    return {prompt["id"]: prompt["text"] for prompt in tomllib.loads(file.read_text("utf-8"))["prompts"]}


def _texts(po: str) -> Iterator[tuple[str, str]]:
    for message in filter(lambda message: message.id, read_po(po.splitlines(keepends=True))):
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            yield from ((f"{message.id[0]}[{form}]", words) for form, words in enumerate(message.string or ()))


def area(key: str) -> str:
    return key.split(".")[0]


def words(text: str) -> list[str]:
    """The words that count: no names, numbers, links, {placeholders} or /commands."""
    return [word for word in WORD.findall(NOT_WORDS.sub(" ", text)) if word.lower() not in NAMES]


def sentences(text: str) -> list[list[str]]:
    return [found for part in SENTENCE.findall(NOT_WORDS.sub(" ", text)) if (found := words(part))]


def banned(text: str) -> set[str]:
    return {found.lower() for found in BANNED.findall(text)}


def syllables(word: str) -> int:
    """By the spelling: groups of vowels, without a silent e; near enough for a grade."""
    spelled = SILENT_E.sub("", word.lower().replace("qu", "k"))
    return max(1, len(VOWELS.findall(SPOKEN_APART.sub(r"\1-", spelled))))


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade of texts taken together."""
    spoken = [sentence for text in texts for sentence in sentences(text)]
    count = sum(map(len, spoken))
    sounds = sum(syllables(word) for sentence in spoken for word in sentence)
    return 0.39 * count / len(spoken) + 11.8 * sounds / count - 15.59


def likeness(one: str, other: str) -> float:
    """The share of words two texts have in common, 0 to 1 (Jaccard)."""
    ours, theirs = ({word.lower() for word in words(text)} for text in (one, other))
    return len(ours & theirs) / len(ours | theirs)
