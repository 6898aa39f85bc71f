"""Five, four, three, two, one: grounding in five short turns, by the senses or by looking around alone. Words typed on
the way are a part of it, and are not kept."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import enough_button, person_row, ways_on

FIRST = 5
OPEN = timedelta(minutes=30)


def ground(s: Situation) -> Answer:
    """By the senses, or without the body."""
    ways = [[(s.words("button.ground.senses"), "ground:senses.5"), (s.words("button.ground.look"), "ground:look.5")]]
    return Answer((answer(s, s.words("ground"), [*ways, [enough_button(s)], person_row(s)]),))


def turn(s: Situation) -> Answer:
    """One of the five, or the end of it."""
    way, _, n = s.heard.arg.partition(".")
    return shown(s, way, int(n))


def shown(s: Situation, way: str, n: int) -> Answer:
    if n == 0:
        end = answer(s, s.words("ground.end"), ways_on(s, (s.words("button.again"), f"ground:{way}.{FIRST}")))
        return Answer((end,), state=s.state.past(Step.GROUND))
    rows: Rows = [[(s.words("button.next"), f"ground:{way}.{n - 1}"), (s.words("button.stop"), "stop")], person_row(s)]
    state = s.state.asking(Step.GROUND, f"{way}.{n}", until=s.now + OPEN)
    return Answer((answer(s, s.words(f"ground.{way}.{n}"), rows),), state=state)


def told(s: Situation) -> Answer:
    """They typed what they found: on to the next."""
    way, _, n = (s.state.about or f"senses.{FIRST}").partition(".")
    return shown(s, way, int(n) - 1)
