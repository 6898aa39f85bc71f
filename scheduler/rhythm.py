"""Backing off when nothing comes back, coming back at a sign of life, and noticing a better hour. Pure.

Waits after 3, 5, 7, 10 and 14 questions in silence: care/evidence.md, section 2.10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from statistics import median_low

from scheduler.rule import WHOLE_DAY

WAITS = ((10, 14), (7, 7), (5, 4), (3, 2))  # from so many questions in silence on: days from one to the next
FAREWELL = 14  # questions in silence, after which one more asks whether to pause
STEP = 15  # minutes that a better hour is rounded to
ENOUGH = 10  # answers to tell a better hour by
REMEMBERED = 20  # answers
LATE = 90  # minutes from question to answer, from which on another hour may be better
NEAR = 60  # minutes within which answers come at the same hour
MOSTLY = 0.7
SELDOM = timedelta(days=60)  # from one suggestion to the next
NOT_WANTED = timedelta(days=180)

Answered = tuple[int, int]  # minutes of the day: asked, and answered


class Turn(Enum):
    """What comes of a question's moment."""

    ASK = auto()
    LET_GO = auto()
    FAREWELL = auto()


@dataclass(frozen=True)
class Rhythm:
    """How it goes between a person and the questions.

    `silence`: questions asked since anything came from them; `last`: the local day of the last of these. `steady`: as
    often as they wished, whatever comes. `answers`: when they were asked and when they answered, newest last.
    `suggest_from`: the day before which no other hour is suggested.
    """

    silence: int = 0
    last: date | None = None
    steady: bool = False
    answers: tuple[Answered, ...] = ()
    suggest_from: date | None = None

    def turn(self, day: date) -> Turn:
        """Whether a question due on this local day is asked: on every nth day the first one of that day."""
        if self.steady or self.last is None:
            return Turn.ASK
        if self.silence > FAREWELL or (day - self.last).days < wait(self.silence):
            return Turn.LET_GO
        return Turn.FAREWELL if self.silence == FAREWELL else Turn.ASK

    def asked(self, day: date) -> Rhythm:
        """One more question, on this local day."""
        return replace(self, silence=self.silence + 1, last=day)

    def alive(self) -> Rhythm:
        """Something came from the person: as often as they wished again."""
        return replace(self, silence=0, last=None) if self.silence else self

    def answered(self, asked: int, answered: int) -> Rhythm:
        """An answer to a question, by minutes of the day."""
        return replace(self, answers=(*self.answers, (asked, answered))[-REMEMBERED:])

    def suggested(self, day: date) -> Rhythm:
        """Another hour was suggested: the answers to the one before count no more."""
        return replace(self, answers=(), suggest_from=day + SELDOM)

    def declined(self, day: date) -> Rhythm:
        """They would rather leave it as it is."""
        return replace(self, suggest_from=day + NOT_WANTED)


def wait(silence: int) -> int:
    """Days from one question to the next; 0 for as many a day as were wished."""
    return next((days for least, days in WAITS if silence >= least), 0)


def thins_out(silence: int) -> int | None:
    """The new wait in days, where one more question in silence makes it longer."""
    longer = wait(silence + 1)
    return longer if longer > wait(silence) else None


def better_hour(rhythm: Rhythm, at: int, day: date) -> int | None:
    """The minute of the day at which somebody asked `at` that minute usually answers instead; None where there is
    none, or it was suggested lately."""
    if rhythm.suggest_from and day < rhythm.suggest_from:
        return None
    delays = [(answered - asked) % WHOLE_DAY for asked, answered in rhythm.answers if asked == at]
    return (at + round_down(usual)) % WHOLE_DAY if (usual := usually(delays)) else None


def usually(delays: Sequence[int]) -> int | None:
    """The delay that most of them lie near, if it is long."""
    if len(delays) < ENOUGH:
        return None
    middle = median_low(delays)
    near = sum(abs(delay - middle) <= NEAR for delay in delays)
    return middle if middle >= LATE and near >= MOSTLY * len(delays) else None


def round_down(minutes: int) -> int:
    return minutes // STEP * STEP
