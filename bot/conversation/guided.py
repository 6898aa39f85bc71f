"""Something said bit by bit: one message that is changed at its pace. Any word or press stops what has not left yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.toolkit import person_row
from bot.conversation.values import replace

LATE = timedelta(seconds=6)  # a beat that could not leave in time is left out
LAST = timedelta(hours=1)


@dataclass(frozen=True)
class Beat:
    """Words, and for how many seconds they stand."""

    words: str
    seconds: int


def guided(s: Situation, beats: Sequence[Beat], end: str, end_rows: Rows) -> Answer:
    """The pressed message becomes each beat in turn, and at last its end; [Stop] is there throughout."""
    rows: Rows = [[(s.words("button.stop"), "stop")], person_row(s)]
    says, at = [], s.now
    for n, beat in enumerate(beats):
        say = answer(s, beat.words, rows)
        says.append(timed(say, at, LATE) if n else say)
        at += timedelta(seconds=beat.seconds)
    says.append(timed(answer(s, end, end_rows), at, LAST))
    return Answer(tuple(says), state=replace(s.state, guided_until=at))


def timed(say: Say, at: datetime, grace: timedelta) -> Say:
    return replace(say, not_before=at, expires_at=at + grace, instead=None)
