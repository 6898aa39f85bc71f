"""Whole messages that are commands in plain words."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"
LONGEST = 60


def phrase(text: str, language: str = "en") -> str | None:
    """What a message asks for when it is nothing more than a known phrase; None otherwise."""
    return phrases(language).get(plain(text)) if len(text) <= LONGEST else None


def plain(text: str) -> str:
    """Lower case, one space between words, straight apostrophes, no marks at the ends; marks alone stay."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    words = " ".join(folded.split())
    return words.strip(".,!?… ") or words


@cache
def phrases(language: str) -> dict[str, str]:
    table = tomllib.loads((CONTENT / language / "phrases.toml").read_text("utf-8"))
    return {plain(words): intent for intent, lines in table.items() for words in lines}
