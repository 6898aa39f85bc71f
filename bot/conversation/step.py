"""One tiny step, done at any size; half of it counts, later is fine, and so is none."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import noting
from bot.conversation.pools import REMEMBERED, from_pool
from bot.conversation.prompts import Prompt, load_pools
from bot.conversation.say import COPY, Rows, answer, below, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import State, Step
from bot.conversation.toolkit import IN_TOOLS, enough_button, person_row, tool, ways_on
from bot.conversation.values import replace

OFFERED = {"water": "steps-01", "window": "steps-02", "reply": "steps-03"}  # what anybody knows, a tap away
ANY, OWN = "any", "own"
OPEN = timedelta(hours=1)  # how long "did it", typed, is about a step
QUOTE = 120


def step(s: Situation) -> Answer:
    """Choose one, let one be drawn, or name one."""
    known = [(s.words(f"button.tiny.{name}"), f"tiny:{name}") for name, id_ in OFFERED.items() if one_of(s, id_)]
    breaths = [] if "body" in s.preferences.off else [(s.words("button.tiny.breaths"), "go:breathe")]
    each = [*known, *breaths]
    drawn = [(s.words("button.tiny.any"), f"tiny:{ANY}"), (s.words("button.tiny.own"), f"tiny:{OWN}")]
    rows = [each[:2], each[2:], drawn, [tool(s, "toolkit"), enough_button(s)], person_row(s)]
    words = s.words("step.choose.quiet" if s.state.is_quiet(s.now) else "step.choose")
    say = answer(s, words, [row for row in rows if row])
    return Answer((say,), state=s.state.past(*IN_TOOLS))


def one_of(s: Situation, id_: str) -> Prompt | None:
    """A step of the pool, unless they left out what it touches."""
    pool = load_pools(s.voice.language)["steps"]
    return next((one for one in pool if one.id == id_ and not s.preferences.off & one.needs), None)


def tiny(s: Situation) -> Answer:
    """The one that was chosen, or one that is drawn."""
    if s.heard.arg == OWN:
        return noting.ask(s, "tiny", s.words("note.ask.tiny"))
    chosen = one_of(s, OFFERED.get(s.heard.arg, ""))
    if chosen is None:
        return shown(s, *from_pool(s, "steps"))
    drawn = (*(one for one in s.state.drawn if one != chosen.id), chosen.id)[-REMEMBERED:]
    return shown(s, chosen, replace(s.state, drawn=drawn))


def shown(s: Situation, one: Prompt, state: State) -> Answer:
    """Low and small; what is to be sent to somebody can be copied."""
    copies: Rows = [[(s.words("button.copy"), f"{COPY}{one.draft}")]] if one.draft else []
    draft = f"\n\n“{one.draft}”" if one.draft else ""
    say = answer(s, f"{s.words('step')}\n\n{one.text}{draft}", [*replies(s), *copies, *ends(s)])
    return Answer((say,), state=open_for_reply(s, state.past(*IN_TOOLS)))


def told(s: Situation) -> Answer:
    """Their own smallest one; it is not stored."""
    say = answer(s, s.words("step.own", words=clipped(s.heard.arg, QUOTE)), [*replies(s), *ends(s)])
    return Answer((say,), state=open_for_reply(s, s.state.past(Step.NOTE)))


def replies(s: Situation) -> Rows:
    """Done or half done reads the same."""
    return [
        [(s.words("button.did"), "did"), (s.words("button.half"), "did")],
        [(s.words("button.step.later"), "steplater"), (s.words("button.step.other"), f"tiny:{ANY}")],
    ]


def ends(s: Situation) -> Rows:
    return [[tool(s, "toolkit"), enough_button(s)], person_row(s)]


def open_for_reply(s: Situation, state: State) -> State:
    """From now on "did it", typed, is about this step for a while."""
    return replace(state, step_until=s.now + OPEN)


def did(s: Situation) -> Answer:
    """Any size of it counts."""
    rows = ways_on(s, (s.words("button.step.another"), f"tiny:{ANY}"))
    return Answer((below(s, s.words("step.did"), rows),), state=replace(s.state, step_until=None))


def not_now(s: Situation) -> Answer:
    """Steps keep."""
    say = below(s, s.words("step.later"), [[tool(s, "step"), enough_button(s)], person_row(s)])
    return Answer((say,), state=replace(s.state, step_until=None))
