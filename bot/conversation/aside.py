"""A small question after a kept glimmer: now and then, one tap, never required, on no hard day and beside no other
question. What is answered is a mark on that glimmer. And, three times in all, a word that there is no rush.

`State.asides`: how many were kept ("n", up to the first question) and how many will be before something comes again
("rest"), when the newest came ("at"), the kind asked last ("kind") and when ("asked"), and of each kind how often it
went by without an answer ("passed").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.conversation import noting
from bot.conversation.events import Message, Said
from bot.conversation.pages import help_rows
from bot.conversation.prompts import draw
from bot.conversation.say import Button, Rows, answer, clipped, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.state import State, Step
from bot.conversation.toolkit import tool
from bot.conversation.values import replace
from storage.records import Glimmer

FIRST, APART = 6, 3  # with which glimmer the first one comes; at most one in so many
SOON = timedelta(minutes=10)  # a second message within it is left in peace
PASSED = 2  # times in a row, and a kind is not asked any more
OPEN = timedelta(hours=1)
CHOICES = {
    "felt": ("lighter", "same", "heavier"),
    "body": ("chest", "shoulders", "face", "hands", "outside"),
    "name": ("own",),
    "said": ("good", "enough", "own", "more"),
    "kind": ("calm", "connection", "joy", "safe", "beauty"),
}
SAFETY = ("safe", "safer", "minute", "untrue", "less")  # sentences to say, of feeling safe: graded, none has to be true
TURNS = ("more", "less")
TOPIC = {"body": "body"}  # a kind that goes with a topic they may have left out
LONGEST = {"name": 60, "said": 200}
SLOW = (7, 30, 90)  # days after their yes


def beside(s: Situation, state: State, message: Message, says: Sequence[Say]) -> tuple[tuple[Say, ...], State]:
    """What comes beside the heart on a glimmer, if this is the moment for it."""
    may = is_free(s, state, says) and not is_soon(s)
    state = counted(s, state)
    if not may or state.asides["rest"] > 0:
        return (), state
    return told_slow(s, state) or asked(s, state, message) or ((), state)


def is_free(s: Situation, state: State, says: Sequence[Say]) -> bool:
    """Nothing else is said or open, and nobody wants it quiet."""
    alone = all(say.method == "setMessageReaction" for say in says)
    resting = state.is_quiet(s.now) or state.in_recess(s.now) or s.consented.paused
    return alone and not resting and isinstance(s.event, Said) and state.step in (Step.IDLE, Step.PROMPT)


def is_soon(s: Situation) -> bool:
    before = s.state.asides.get("at")
    return before is not None and abs(s.now - datetime.fromisoformat(before)) < SOON


def counted(s: Situation, state: State) -> State:
    """One more is kept."""
    n, rest = state.asides.get("n", 0), state.asides.get("rest", 0)
    return noticed(s, with_(state, n=min(n + 1, FIRST), rest=max(rest - 1, 0)))


def noticed(s: Situation, state: State) -> State:
    """Something to keep came now."""
    return with_(state, at=s.now.isoformat())


def with_(state: State, **values: Any) -> State:
    return replace(state, asides={**state.asides, **values})


def told_slow(s: Situation, state: State) -> tuple[tuple[Say, ...], State] | None:
    """After some days, weeks, months, once each: there is no rush. Of several that are due the last alone."""
    days = (s.now - s.consented.consented_at).days
    due = [f"slow.{n}" for n in SLOW if n <= days]
    if not due or due[-1] in state.told:
        return None
    told = (*state.told, *(one for one in due if one not in state.told))
    return (send(s, s.words(due[-1])),), with_(replace(state, told=told), rest=APART)


def asked(s: Situation, state: State, message: Message) -> tuple[tuple[Say, ...], State] | None:
    """One of the kinds that are not left out, and not the same twice. Until it is answered it counts as passed."""
    here = [kind for kind in kinds_on(state) if TOPIC.get(kind) not in s.preferences.off]
    others = [kind for kind in here if kind != state.asides.get("kind")] or here
    if not others or state.asides["n"] < FIRST:
        return None
    kind = others[draw((*s.seed, "aside"), len(others))]
    passed = state.asides.get("passed", {})
    passed = {**passed, kind: passed.get(kind, 0) + 1}
    after = with_(state, rest=APART, kind=kind, asked=s.now.isoformat(), passed=passed)
    return (send(s, s.words(f"aside.{kind}"), choices(s, kind, CHOICES[kind], message.id)),), after


def kinds_on(state: State) -> list[str]:
    passed = state.asides.get("passed", {})
    return [kind for kind in CHOICES if passed.get(kind, 0) < PASSED]


def choices(s: Situation, kind: str, offered: Sequence[str], number: int) -> Rows:
    """A button each; sentences stand one below the other. The last one is the way past."""
    each = [button(s, kind, one, number) for one in offered]
    wide = 1 if kind == "said" else 3
    past = (s.words("button.aside.nowords" if kind == "said" else "button.skip"), carrying(number, kind, "skip"))
    return [*(each[n : n + wide] for n in range(0, len(each), wide)), [past]]


def button(s: Situation, kind: str, choice: str, number: int) -> Button:
    return s.words(f"button.{kind}.{choice}"), carrying(number, kind, choice)


def carrying(number: int, kind: str, choice: str) -> str:
    return f"aside:{number}.{kind}.{choice}"


# --- what is answered


def pressed(s: Situation) -> Answer:
    """One of the choices, or past it."""
    number, kind, choice = s.heard.arg.split(".")
    if choice == "skip":
        return skipped(s, kind)
    if not s.found.glimmers:
        return Answer((answer(s, s.words("replay.gone"), help_rows(s)),))
    if choice in TURNS:
        return turned(s, choice, int(number))
    if choice == "own":
        asking = noting.ask(s, f"{kind}.{number}", s.words(f"note.ask.{kind}"))
        return replace(asking, state=answered(asking.state or s.state, kind))
    if choice == "undo":
        return unmarked(s, s.found.glimmers[0], kind)
    return chosen(s, s.found.glimmers[0], kind, choice)


def skipped(s: Situation, kind: str) -> Answer:
    """Fine. The second time in a row this question is left out from then on, and that is said."""
    left_out = kind not in kinds_on(s.state)
    words = s.words("aside.rests" if left_out else "skip.past")
    return Answer((answer(s, words, help_rows(s)),), state=no_longer_open(s.state))


def turned(s: Situation, choice: str, number: int) -> Answer:
    """Other sentences, in place."""
    safe = choice == "more"
    rows = choices(s, "said", SAFETY if safe else CHOICES["said"], number)
    return Answer((answer(s, s.words("aside.said.safe" if safe else "aside.said"), [*rows, *help_rows(s)]),))


def chosen(s: Situation, glimmer: Glimmer, kind: str, choice: str) -> Answer:
    """Noted on the glimmer; "not true today" is a good answer and marks nothing."""
    state = answered(s.state, kind)
    if choice == "untrue":
        return Answer((answer(s, s.words("aside.untrue"), help_rows(s)),), state=state)
    value = s.words(f"button.said.{choice}") if kind == "said" else choice
    known = s.words(f"aside.{kind}.said", words=value) if kind == "said" else noted(s, kind, choice)
    doors: Rows = [[tool(s, "toolkit"), (s.words("button.hard"), "hard")]] if choice == "heavier" else []
    rows = [*doors, [undo(s, glimmer, kind)], *help_rows(s)]
    return Answer((answer(s, known, rows),), state=state, amended=(marked(glimmer, kind, value),))


def noted(s: Situation, kind: str, choice: str) -> str:
    told = s.words("aside.noted", what=s.words(f"mark.{kind}.{choice}"))
    return f"{told} {s.words(f'aside.{choice}')}" if choice in ("heavier", "outside") else told


def told(s: Situation) -> Answer:
    """Their own name for it, or their own words to say."""
    kind = (s.state.about or "name").partition(".")[0]
    state = s.state.asking(Step.IDLE)
    if not s.found.glimmers:
        return Answer((answer(s, s.words("replay.gone"), help_rows(s)),), state=state)
    glimmer, words = s.found.glimmers[0], clipped(s.heard.arg, LONGEST[kind])
    say = answer(s, s.words(f"aside.{kind}.said", words=words), [[undo(s, glimmer, kind)], *help_rows(s)])
    return Answer((say,), state=state, amended=(marked(glimmer, kind, words),))


def undo(s: Situation, glimmer: Glimmer, kind: str) -> Button:
    return s.words("button.undo"), carrying(glimmer.message_id, kind, "undo")


def marked(glimmer: Glimmer, kind: str, value: str) -> Glimmer:
    return replace(glimmer, marks={**glimmer.marks, kind: value})


def unmarked(s: Situation, glimmer: Glimmer, kind: str) -> Answer:
    """As it was, without what they said of it; the glimmer stays."""
    marks = {name: value for name, value in glimmer.marks.items() if name != kind}
    say = answer(s, s.words("aside.undone"), help_rows(s))
    return Answer((say,), amended=(replace(glimmer, marks=marks),))


def answered(state: State, kind: str) -> State:
    """Of this kind none was passed by."""
    return no_longer_open(with_(state, passed={**state.asides.get("passed", {}), kind: 0}))


def no_longer_open(state: State) -> State:
    return replace(state, asides={name: value for name, value in state.asides.items() if name != "asked"})


def is_open(state: State, now: datetime) -> bool:
    """Whether one was asked lately, so that a typed "no" may be a way past it."""
    asked_at = state.asides.get("asked")
    return asked_at is not None and now - datetime.fromisoformat(asked_at) < OPEN


def all_on(state: State) -> State:
    """All kinds may be asked again."""
    return with_(state, passed={})


def all_off(state: State) -> State:
    return with_(state, passed=dict.fromkeys(CHOICES, PASSED))
