"""Draws `docs/conversation.md` from the rule table: which question follows which, and who answers what.

python -m tools.draw_conversation
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.conversation.respond import AT_ONCE
from bot.conversation.rule import Rule
from bot.conversation.rules import ANYONE, GUESTS, PEOPLE
from bot.conversation.state import Step

FILE = Path(__file__).parents[1] / "docs" / "conversation.md"
GUEST, ANY = "guest", "any"
NAMES = {
    Step.IDLE: "nothing asked",
    Step.FIRST: "a first glimmer?",
    Step.ZONE: "where do you live?",
    Step.TIMES: "when may I ask?",
    Step.RETIME: "which time instead?",
    Step.ERASE: "erase everything?",
    Step.PROMPT: "one glimmer today?",
    Step.QUIET: "which quiet hours?",
    Step.COUNTRY: "whose help lines?",
    Step.FORGET: "let these go?",
    Step.WORDS: "what to say?",
    Step.NOTE: "write it down?",
    Step.GROUND: "what is around you?",
}
HEAD = """\
# The conversation

Drawn from the rule table in `bot/conversation/rules.py` by `python -m tools.draw_conversation`; a test fails when it
is not up to date. A conversation stands at one question at most. What is heard (`bot/conversation/hear.py`) decides
which rule answers; the first that fits does. Care words are heard before everything else, at every question, and
whatever is no answer is a command, a phrase or a glimmer: each is answered, and the question stays open.

"""


def drawn() -> str:
    """The whole document."""
    return HEAD + diagram() + "\n## Who answers what\n\n" + table()


def diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    {GUEST} : no yes yet", f"    {ANY} : whatever is asked"]
    lines += [f"    {step.value} : {name}" for step, name in NAMES.items()]
    lines += [f"    [*] --> {GUEST}", *edges(), "```"]
    return "\n".join(lines) + "\n"


def edges() -> Iterator[str]:
    """One arrow from each question to each that may follow, with what is heard on it."""
    heard: dict[tuple[str, str], list[str]] = {}
    for source, rule in [*((GUEST, rule) for rule in GUESTS), *((place(rule), rule) for rule in PEOPLE)]:
        for step in rule.to:
            heard.setdefault((source, step.value), []).append(rule.heard)
    for (source, target), names in heard.items():
        if (source, target) == (ANY, Step.IDLE.value):
            yield f"    {source} --> {target} : answered, skipped or left"
        elif source != target:
            yield f"    {source} --> {target} : {label(names)}"
    yield from (f"    {step.value} --> {Step.IDLE.value} : anything else" for step in AT_ONCE)
    yield f"    {ANY} --> {GUEST} : erased"


def place(rule: Rule) -> str:
    return rule.step.value if rule.step else ANY


def label(names: Iterable[str]) -> str:
    """What is said, as words; buttons that say the same are not told apart, and others are "a button"."""
    words = [name.removeprefix("link ").replace("_", " ") for name in names if not name.startswith("press ")]
    pressed = {name.removeprefix("press ") for name in names if name.startswith("press ")}
    return ", ".join(dict.fromkeys([*words, *(["a button"] if pressed - set(words) else [])]))


def spoken(heard: str) -> str:
    """ "[yes]" for a button, "yes" for words."""
    return f"[{heard.removeprefix('press ')}]" if heard.startswith("press ") else heard


def table() -> str:
    head = "| heard | while | answered by | may ask next |\n| --- | --- | --- | --- |\n"
    people = [rule for rule in PEOPLE if rule not in ANYONE]
    guests = [rule for rule in GUESTS if rule not in ANYONE]
    return "\n".join(
        f"### {title}\n\n{head}" + "".join(map(row, rules))
        for title, rules in (("Anyone", ANYONE), ("Before a yes", guests), ("After it", people))
    )


def row(rule: Rule) -> str:
    step = NAMES[rule.step] if rule.step else ""
    answer = f"`{rule.answer.__module__.rpartition('.')[2]}.{rule.answer.__name__}`"
    return f"| {spoken(rule.heard)} | {step} | {answer} | {following(rule.to)} |\n"


def following(steps: Iterable[Step]) -> str:
    return ", ".join(NAMES[step] for step in steps)


if __name__ == "__main__":
    FILE.write_text(drawn(), "utf-8")
