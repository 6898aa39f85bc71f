"""The words a person wishes to be told: "remind me to stretch two minutes at 10" has "stretch two minutes" and a time.

They are given exactly as they were written. Where they only name what the bot asks for anyway, there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.understanding.meaning import When
from bot.understanding.signs import load, signs
from bot.understanding.when import PART_SIGNS, read_when, when_of

VERBS = {"REMIND", "NUDGE"}
GLIMMERS = {"GLIMMER", "NUDGE"}  # what it asks for without being told …
GOOD = {"THING", "KEPT", "FEELING", "NICE"}  # … and so these, where nothing else is named
TIME_SIGNS = [
    *PART_SIGNS,
    *"AT ON IN EVERY BETWEEN FROM TODAY TOMORROW DAYAFTERTOMORROW THIS NEXT ONCE TWICE THRICE HOURLY WEEKLY".split(),
    *"FORTNIGHTLY MONTHLY NOON MIDNIGHT HALF QUARTER".split(),
]
# A time after the words; "stretch two minutes" has none.
BEGINS = re.compile(rf"(?!\d+W? (?:MINUTE|HOUR)\b)(?:\d|[DM]\d|(?:{'|'.join(TIME_SIGNS)})\b)")
LONGEST = 300  # letters


def own_words(text: str, now: datetime, language: str = "en") -> tuple[str, When] | None:
    """What is to be said, and when; `now` is the local wall time. None where no words of their own are named."""
    words = text.split()
    said = [signs(word, language).text.split() for word in words]
    for head, tail in parted(words, said, load(language).leading_in):
        if head and not of_time(head, now, language):
            continue
        for n in range(1, len(tail) + 1):
            if n == len(tail) or of_time(tail[n:], now, language):
                return with_time(" ".join(tail[:n]), [*head, *tail[n:]], now, language)
    return None


def parted(
    words: Sequence[str], said: Sequence[Sequence[str]], leading_in: frozenset[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What stands between "remind me" and "to", or a colon, and what follows that."""
    verb = next((n for n, one in enumerate(said) if VERBS.intersection(one)), len(words))
    begin = verb + 1 + (said[verb + 1 : verb + 2] == [["ME"]])
    for n in range(begin, len(words)):
        if words[n].casefold() in leading_in:
            yield words[begin:n], words[n + 1 :]
        elif words[n].endswith(":"):
            yield [*words[begin:n], words[n][:-1]], words[n + 1 :]


def of_time(words: Sequence[str], now: datetime, language: str) -> bool:
    """Whether these words are a time and nothing else."""
    said = signs(" ".join(words), language).text
    return BEGINS.match(said) is not None and when_of(said, now) is not None


def with_time(own: str, timed: Sequence[str], now: datetime, language: str) -> tuple[str, When] | None:
    own = own.strip(" ,.;:-")
    known = signs(own, language).text.split()
    is_asked_anyway = GLIMMERS.intersection(known) or (GOOD.intersection(known) and all(map(str.isupper, known)))
    if not own or len(own) > LONGEST or is_asked_anyway:
        return None
    when, _ = read_when(signs(" ".join(timed), language).text, now) if timed else (None, "")
    return own, when or When()
