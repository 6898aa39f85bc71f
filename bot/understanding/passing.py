"""What is asked for in passing: in one clause of a message that talks of other things, too.

"ohh can you ask me again in forty minutes, the kids are screaming". A clause asks only if it has a word of asking,
tells of nothing that happened, and looks like a request to the model of `guess.py`; a frame that holds in it says what
for, wherever in the clause it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.guess import guessed
from bot.understanding.manners import clauses, without_manners
from bot.understanding.meaning import Meaning
from bot.understanding.reader import Reader
from bot.understanding.requests import requests, with_named
from bot.understanding.signs import Signs, load

ASKING = (
    "REMIND NUDGE ASK MESSAGE TRY CHANGE MOVE MAKE SET STOP PAUSE SNOOZE SKIP CANWE DELETE START NO DONT WANT GIVE"
    " SEARCH SHOW INSTEADLY INSTEAD FEWER NOTNEEDED EARLIER LATER TIMEZONE ENOUGH BREAK OFF WEEKLY"
).split()
BEGINS = re.compile(rf"(?<!\S)(?:{'|'.join(ASKING)})(?!\S)")
WHY = re.compile(r" (?:PAST (?=[a-z])|WHEN|WHILE|while|because|cos|since|as|AND (?=I\b)|SO (?=I)).*")
AT_MOST = 0.1  # how likely the clause is a glimmer
SETS = {"set_reminder", "change_reminder"}  # said alike
ASKED = SETS | {"stop_reminder", "pause", "snooze", "timezone", "list_reminders"}


def asked_in_passing(said: Signs, read: Reader, language: str) -> Meaning | None:
    """What the first clause that asks for something asks for, of several."""
    parts = [part for part in clauses(said, language) if part.text]
    asking = (part for part in parts if len(parts) > 1 and asks(part, language))
    asked = next(filter(None, (asked_in(part, read, language) for part in asking)), None)
    return with_named(asked, parts, read) if asked else None


def asks(clause: Signs, language: str) -> bool:
    """Whether it has a word of asking, and tells of nothing that happened."""
    return has_word_of_asking(clause) and load(language).past.isdisjoint(" ".join(clause.meant).split())


def has_word_of_asking(said: Signs) -> bool:
    return BEGINS.search(said.text) is not None


def asked_in(clause: Signs, read: Reader, language: str) -> Meaning | None:
    guess = guessed(clause, clause.typed.split(), language)
    if guess.intent not in ASKED or guess.moment > AT_MOST:
        return None
    return next((asked for asked in readings(clause, read, language) if agree(asked.intent, guess.intent)), None)


def readings(clause: Signs, read: Reader, language: str) -> Iterator[Meaning]:
    """What the frames make of it, from its beginning or from a word of asking on, with and without a reason."""
    starts = dict.fromkeys([0, *(found.start() for found in BEGINS.finditer(clause.text))])
    for start in starts:
        piece = clause.between(start, len(clause.text) + 1)
        why = WHY.search(piece.text)
        for part in (piece, piece.between(0, why.start() + 1)) if why else (piece,):
            asked = next(requests(without_manners(part, language), read, language), None)
            if asked:
                yield asked[0]


def agree(one: str, other: str) -> bool:
    return one == other or {one, other} <= SETS
