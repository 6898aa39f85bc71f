"""Which of the reminders is meant: "the morning one", "the second", "8:30", "the weekend ones"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.conversation.events import Pressed, Said
from bot.conversation.naming import rules_named
from bot.conversation.parts import HOURS, is_within
from bot.conversation.plan import in_order
from bot.conversation.say import Button, Rows, answer, send
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.values import replace
from scheduler.plan import is_once
from scheduler.rule import DAYS, Rule
from storage.records import Reminder

NAMES_OF_DAYS = {day: frozenset({n}) for n, day in enumerate(DAYS)}
NAMES_OF_DAYS |= {"weekdays": frozenset(range(5)), "weekend": frozenset({5, 6})}
ONE_DAY = {"today": 0, "tonight": 0, "tomorrow": 1}  # days from now


@dataclass(frozen=True)
class Target:
    """A reminder, or some of its days."""

    reminder: Reminder
    days: frozenset[int]

    @property
    def rule(self) -> Rule:
        return Rule.from_json(self.reminder.rule)

    @property
    def meant(self) -> Rule:
        """Its rule on the days that are meant."""
        return replace(self.rule, days=self.days)

    @property
    def is_whole(self) -> bool:
        return self.days == self.rule.days


def target(reminder: Reminder) -> Target:
    return Target(reminder, Rule.from_json(reminder.rule).days)


def meant(reminders: Sequence[Reminder], name: str, other: str = "") -> list[Target]:
    """All that a name fits, in order; `other` is the time in the other half of the day. "" and "all" mean those that
    come again and again; the others, if there are no such."""
    known = [target(reminder) for reminder in in_order(reminders)]
    if name in ("", "all"):
        return [one for one in known if not is_once(one.reminder)] or known
    if name in ("first", "last"):
        return known[:1] if name == "first" else known[-1:]
    if name.isdecimal():
        return known[int(name) - 1 : int(name)] if name != "0" else []
    if name in HOURS:
        return fitting(known, lambda one: name == one.rule.part or is_within(one.rule.begins, name))
    if days := days_named(name):
        return on_days(known, days)
    return fitting(known, lambda one: f"{one.rule.begins:%H:%M}" in (name, other))


def names_several(name: str) -> bool:
    """Whether more than one is meant, if more than one fits."""
    return name in ("all", "weekdays", "weekend") or "," in name


def fitting(known: Sequence[Target], fits: Callable[[Target], bool]) -> list[Target]:
    return [one for one in known if fits(one)]


def days_named(name: str) -> frozenset[int]:
    """ "mon,thu", "weekend"; none of them for anything else."""
    return frozenset().union(*(NAMES_OF_DAYS.get(part, frozenset()) for part in name.split(",")))


def on_days(known: Sequence[Target], days: frozenset[int]) -> list[Target]:
    """Those of these days alone; if there are none, these days of others."""
    narrow = fitting(known, lambda one: one.days <= days)
    return narrow or [Target(one.reminder, one.days & days) for one in known if one.days & days]


def ask_which(s: Situation, found: Sequence[Target], key: str, everything: Sequence[Button] = ()) -> Answer:
    """A button for each; under a reply to the request, where it is understood once more."""
    rows: Rows = [
        *[[(rules_named(s, [one.meant]), f"which:{one.reminder.id}")] for one in found],
        *[[button] for button in everything],
        [(s.words("button.skip"), "skip:idle")],
    ]
    return Answer((replied(s, s.words(key), rows),))


def replied(s: Situation, words: str, rows: Rows) -> Say:
    """As a reply to the words it is about; in place where a button was pressed."""
    if isinstance(s.event, Said):
        return send(s, words, rows, reply_to=s.event.message.id)
    assert isinstance(s.event, Pressed)
    return answer(s, words, rows)
