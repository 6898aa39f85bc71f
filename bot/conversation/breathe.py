"""Slow breaths, or something outside the body instead; twenty slow seconds."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.guided import Beat, guided
from bot.conversation.say import Rows, answer, pressed_message
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import enough_button, person_row, ways_on

IN, OUT, ROUNDS = 4, 6, 3  # seconds; about six breaths a minute, and no holding
LOOKED = 10
QUIET = 10


def breathe(s: Situation) -> Answer:
    """How it goes, to be begun by a tap: eyes open, or with something outside oneself."""
    begins = [[(s.words("button.begin.breath"), "begin:breath")], [(s.words("button.begin.outside"), "begin:outside")]]
    return Answer((answer(s, s.words("breathe"), [*begins, [enough_button(s)], person_row(s)]),))


def pause20(s: Situation) -> Answer:
    """Twenty slow seconds, to be begun by a tap."""
    rows: Rows = [[(s.words("button.begin.pause"), "begin:pause")], [enough_button(s)]]
    return Answer((answer(s, s.words("pause20"), rows),))


def begun(s: Situation) -> Answer:
    """At its pace, in the pressed message; under one that cannot be changed any more it is offered anew."""
    if pressed_message(s) is None:
        return pause20(s) if s.heard.arg == "pause" else breathe(s)
    return BEGINNING[s.heard.arg](s)


def breath(s: Situation) -> Answer:
    beats = []
    for n in range(1, ROUNDS + 1):
        beats += [
            Beat(s.words("breathe.in", n=n, rounds=ROUNDS), IN),
            Beat(s.words("breathe.out", n=n, rounds=ROUNDS), OUT),
        ]
    again = (s.words("button.again"), "begin:breath")
    return guided(s, beats, s.words("breathe.end"), ways_on(s, again))


def outside(s: Situation) -> Answer:
    beats = [Beat(s.words(f"outside.{n}"), LOOKED) for n in (1, 2, 3)]
    return guided(s, beats, s.words("breathe.end"), ways_on(s, (s.words("button.again"), "begin:outside")))


def pause(s: Situation) -> Answer:
    """Twenty seconds, and how it is then; nothing is a fine answer."""
    beats = [Beat(s.words("pause20.1"), QUIET), Beat(s.words("pause20.2"), QUIET)]
    rows: Rows = [[(s.words("button.pause.some"), "pausesome")], [(s.words("button.pause.none"), "go:enough")]]
    return guided(s, beats, s.words("pause20.end"), rows)


def stopped(s: Situation) -> Answer:
    """Stopped at any moment; what was to come has not left."""
    return Answer((answer(s, s.words("guided.stopped"), ways_on(s)),), state=s.state.past(Step.GROUND))


def something(s: Situation) -> Answer:
    """They noticed something: it can be told."""
    return Answer((answer(s, s.words("pause20.tell")),))


BEGINNING: dict[str, Callable[[Situation], Answer]] = {"breath": breath, "outside": outside, "pause": pause}
