"""Fear is real, and it can be crossed: what it does is noticed without a score, and it may have a name."""

from __future__ import annotations

from bot.conversation import noting
from bot.conversation.say import Button, Rows, answer, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import IN_TOOLS, enough_button, person_row, tool, ways_on

SIGNS = ("tense", "breath", "doubt")  # each a bit of what its button carries
NONE = "none"
FEELINGS = ("scared", "sad", "tired", "angry", "numb")
QUOTE = 120


def fear(s: Situation) -> Answer:
    """It makes sense. What it does may be ticked, unless they left out what is about the body."""
    asks = "body" not in s.preferences.off
    words = [s.words("fear"), *([s.words("fear.notice")] if asks else [])]
    rows = [*(boxes(s, 0) if asks else []), *onward(s)]
    return Answer((answer(s, "\n\n".join(words), rows),), state=s.state.past(*IN_TOOLS))


def noticed(s: Situation) -> Answer:
    """What they ticked so far; none of it is as fine."""
    if s.heard.arg == NONE:
        return Answer((answer(s, f"{s.words('fear')}\n\n{s.words('fear.none')}", onward(s)),))
    ticked = int(s.heard.arg)
    here = [s.words(f"button.fear.{sign}").lower() for n, sign in enumerate(SIGNS) if ticked >> n & 1]
    told = s.words("fear.noticed", what=s.voice.list(here)) if here else s.words("fear.notice")
    return Answer((answer(s, f"{s.words('fear')}\n\n{told}", [*boxes(s, ticked), *onward(s)]),))


def boxes(s: Situation, ticked: int) -> Rows:
    each = [box(s, n, ticked) for n in range(len(SIGNS))]
    return [each[:2], [each[2], (s.words("button.fear.none"), f"notice:{NONE}")]]


def box(s: Situation, n: int, ticked: int) -> Button:
    """Pressed, it is ticked, or no longer."""
    label = s.words(f"button.fear.{SIGNS[n]}")
    return f"✓ {label}" if ticked >> n & 1 else label, f"notice:{ticked ^ 1 << n}"


def onward(s: Situation) -> Rows:
    ways = [(s.words("button.fear.words"), "saying:fear"), (s.words("button.fear.name"), "go:feelings")]
    return [ways, [(s.words("button.still"), "still")], *ways_on(s)]


# --- naming it


def feelings(s: Situation) -> Answer:
    """A name for it, from a few or in their own word; none of it is stored."""
    each = [(s.words(f"button.feeling.{one}"), f"feeling:{one}") for one in FEELINGS]
    own = (s.words("button.feeling.own"), "feeling:own")
    rows = [each[:3], [*each[3:], own], [tool(s, "toolkit"), enough_button(s)], person_row(s)]
    return Answer((answer(s, s.words("feelings"), rows),), state=s.state.past(*IN_TOOLS))


def named(s: Situation) -> Answer:
    """It can be here."""
    if s.heard.arg == "own":
        return noting.ask(s, "feeling", s.words("note.ask.feeling"))
    return here(s, s.words(f"button.feeling.{s.heard.arg}"))


def told(s: Situation) -> Answer:
    """In their own word."""
    return here(s, clipped(s.heard.arg, QUOTE))


def here(s: Situation, name: str) -> Answer:
    words = s.words("feeling.here", name=name)
    say = answer(s, words, ways_on(s, tool(s, "sentences"), tool(s, "step")))
    return Answer((say,), state=s.state.past(Step.NOTE))
