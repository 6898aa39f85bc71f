"""A message before it is read: in signs, without manners, with what else its words say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.understanding.dates import month_first
from bot.understanding.manners import without_manners
from bot.understanding.meaning import Recall
from bot.understanding.reader import Reader
from bot.understanding.recalling import recall_of, tells
from bot.understanding.signs import Signs, load, signed, spelled, tokens

LONGEST = 240  # letters of a request; what is longer tells of something
MOST_SIGNS = 28
CHANGING = re.compile(r"\b(?:CHANGE|MOVE|INSTEAD|INSTEADLY)\b")
BETWEEN_DAYS = re.compile(
    r"(?<!FROM D\d )(?<=D\d )(?:TO|UNTIL|-)(?= D\d(?!\d))"
    r"|(?<=\d )-(?= (?:\d\d?O? (?:OF )?M\d|M\d+ \d))|(?<=[\dO] )-(?= \d\d?O?(?: OF)? M\d)"
)
ANSWERED = re.compile(r"\?\W*\d+\W*$")  # a question with its number
NUMBERED = re.compile(
    r"\bNUDGE (?P<n>[1-9]|1[0-2])(?= (?:(?:NOON|MIDNIGHT|(?:HALF PAST )?\d\S*(?: [AP]M)?) INSTEADLY"
    r"|(?:\d+W?|HALF|QUARTER|COUPLE) (?:MINUTE|HOUR)|HALFHOUR|HOUR|BACK|EARLIER|LATER)\b)"
)
MOST_BETWEEN = 3  # words between "a" and its noun, and the first of them


@dataclass(frozen=True)
class Heard:
    """A message in signs: whole and without manners, with its words as typed and spelled right, and how it is read."""

    text: str
    typed: list[str]
    words: list[str]
    said: Signs
    core: Signs
    read: Reader
    zone: str
    language: str

    @property
    def is_question(self) -> bool:
        return self.text.rstrip(" !.").endswith("?")

    @cached_property
    def is_to_come(self) -> bool:
        line = f" {' '.join(self.words)} "
        return any(f" {run} " in line for run in load(self.language).henceforth)

    @cached_property
    def names_a_new_one(self) -> bool:
        """Whether it is about a reminder that is not there yet: "an evening nudge"."""
        lexicon = load(self.language)
        nouns = [at for at, word in enumerate(self.words) if lexicon.known.get(word) == "NUDGE"]
        before = (self.words[max(0, at - MOST_BETWEEN) : at] for at in nouns)
        return CHANGING.search(self.core.text) is None and any(map(lexicon.indefinite.intersection, before))

    @cached_property
    def is_telling(self) -> bool:
        return ANSWERED.search(self.text) is not None or (not self.is_question and tells(self.said, self.language))

    def past(self, said: Signs) -> Recall | None:
        if self.is_to_come or self.is_telling:
            return None
        return recall_of(said, self.read.now.date(), month_first(self.zone), self.is_question, self.language)


def hear(text: str, now: datetime, zone: str, language: str = "en") -> Heard | None:
    """The message in signs; None for one that is too long to want anything."""
    typed = tokens(text, language) if len(text) <= LONGEST else None
    said = with_spans(with_numbers(signed(typed, language))) if typed is not None else None
    if typed is None or said is None or len(said.words) > MOST_SIGNS:
        return None
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    utc, lexicon = now.astimezone(UTC).replace(tzinfo=None), load(language)
    read = Reader(local, lexicon.each_week, lexicon.past, utc, lexicon.leading_part, month_first(zone))
    core = without_manners(said, language)
    return Heard(text, typed, spelled(typed, language), said, core, read, zone, language)


def with_numbers(said: Signs) -> Signs:
    """The same with "second reminder" for "reminder 2", where a time or an amount follows that is not its hour."""
    spans = [
        span
        for found in NUMBERED.finditer(said.text)
        for span in ((found.start(), found.start("n"), f"{found['n']}O"), (*found.span("n"), "NUDGE"))
    ]
    return said.replaced(spans)


def with_spans(said: Signs) -> Signs:
    """The same with "through" between days that are a span: "mon to thu", but "move monday to thursday"."""
    if CHANGING.search(said.text):
        return said
    return said.replaced([(found.start(), found.end(), "THROUGH") for found in BETWEEN_DAYS.finditer(said.text)])
