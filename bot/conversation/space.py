"""Room for glimmers: something small, placed after what they do anyway. It becomes a reminder in their own words."""

from __future__ import annotations

from datetime import time

from bot.conversation import noting
from bot.conversation.carried import bits_of, to_set
from bot.conversation.pages import help_rows
from bot.conversation.questions import PRESETS, skip_row
from bot.conversation.say import Rows, answer, clipped
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.toolkit import tool
from bot.understanding.own_words import LONGEST
from scheduler.budget import too_near
from scheduler.plan import is_once
from scheduler.rule import ALL_DAYS, Rule
from storage.records import Kind

INVITATIONS = ("stretch", "air", "hello", "own")
TIMES = {
    "coffee": (time(8), time(10), time(15), time(11), time(7)),
    "work": (time(16, 30), time(17, 30), time(18, 30), time(19, 30)),
    "bed": (time(20, 30), time(21, 30), time(22, 30), time(23)),
    "own": (*PRESETS, time(10), time(17)),
}
OFFERED = 3
SATURDAY = frozenset({5})
SHOWN = 3
NAME, WHAT, AFTER, QUOTE = 40, 160, 80, 120  # letters
HELLO = "hello:"  # before what is invited, where it is a hello: once a week is plenty


def space(s: Situation) -> Answer:
    """What shall have a place? What has one already is shown."""
    mine = [one for one in s.reminders if one.kind is Kind.WORDS and not is_once(one)][:SHOWN]
    here = [s.words("space.here", words=clipped(one.words, QUOTE)) for one in mine]
    each = [(s.words(f"button.space.{one}"), f"space:{one}") for one in INVITATIONS]
    list_ = [(s.words("button.list"), "list")] if mine else []
    rows: Rows = [each[:2], each[2:], [*list_, tool(s, "enough")], *help_rows(s)]
    words = "\n\n".join([s.words("space"), *(["\n".join(here)] if here else [])])
    return Answer((answer(s, words, rows),), state=s.state.past(Step.NOTE))


def invited(s: Situation) -> Answer:
    """One of them. Whom to greet, or what else, is asked first; a name can be left out."""
    match s.heard.arg:
        case "own":
            return noting.ask(s, "invite", s.words("note.ask.invite"))
        case "hello":
            nobody: Rows = [[(s.words("button.space.noname"), "space:someone")]]
            return noting.ask(s, "greet", s.words("note.ask.greet"), nobody)
        case "someone":
            return ask_after(s, HELLO + s.words("space.hello.someone"))
    return ask_after(s, s.words(f"space.{s.heard.arg}"))


def named(s: Situation) -> Answer:
    """Whom they would like to greet."""
    return ask_after(s, HELLO + s.words("space.hello.name", name=clipped(s.heard.arg, NAME)))


def wished(s: Situation) -> Answer:
    """What else they would like to make room for."""
    return ask_after(s, clipped(s.heard.arg, WHAT))


def ask_after(s: Situation, what: str) -> Answer:
    """After what they do anyway? A button, or typed."""
    each = [(s.words(f"button.after.{one}"), f"after:{one}") for one in TIMES if one != "own"]
    words = s.words("space.after", what=what.removeprefix(HELLO), ask=s.words("note.ask.after"))
    return noting.ask(s, f"after.{what}", words, [each])


def placed(s: Situation) -> Answer:
    """After one of the usual things; or shown anew, where it is no longer known what was meant."""
    return ask_when(s, s.words(f"space.after.{s.heard.arg}"), s.heard.arg) if what_asked(s) else space(s)


def placed_own(s: Situation) -> Answer:
    """After something else that they typed."""
    return ask_when(s, clipped(s.heard.arg, AFTER), "own")


def what_asked(s: Situation) -> str:
    about, _, what = (s.state.about or "").partition(".")
    return what if s.state.step is Step.NOTE and about == "after" else ""


def free(s: Situation, usual: str, days: frozenset[int]) -> list[Rule]:
    """The usual times that leave an hour to what else comes then."""
    others = [Rule.from_json(one.rule) for one in s.reminders]
    rules = [Rule((at,), days) for at in TIMES[usual]]
    fitting = [rule for rule in rules if not any(too_near([other, rule]) for other in others)]
    return sorted((fitting or rules)[:OFFERED], key=lambda rule: rule.times)


def ask_when(s: Situation, after: str, usual: str) -> Answer:
    """When is that, about? From here on it is any reminder in their own words."""
    said = what_asked(s)
    what, days = said.removeprefix(HELLO), SATURDAY if said.startswith(HELLO) else ALL_DAYS
    own = clipped(s.words("space.own", after=after[:1].upper() + after[1:], what=what), LONGEST)
    each = [(s.voice.time_of_day(rule.times[0]), to_set([rule])) for rule in free(s, usual, days)]
    words = s.words("space.when.week" if days == SATURDAY else "space.when", words=own)
    about = str(bits_of(days)) if days == SATURDAY else None
    state = s.state.asking(Step.TIMES, about, own=own)
    return Answer((answer(s, words, [each, skip_row(s, Step.TIMES), *help_rows(s)]),), state=state)
