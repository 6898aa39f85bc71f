"""Hours outside of which nothing shall be asked: "nothing before 9". Which times that means is said, and asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.edit import Edit, echo
from bot.conversation.naming import all_named, clocks, rules_named
from bot.conversation.say import Rows, answer, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.times import timed
from bot.conversation.values import replace
from bot.conversation.which import Target, meant, replied
from bot.understanding.meaning import Change
from scheduler.rule import Rule, most_within
from storage.records import Reminder


def lies_outside(at: time, change: Change) -> bool:
    return inside(at, change) != at


def inside(at: time, change: Change) -> time:
    """The time itself, or the bound that is nearest."""
    if change.window_start and at < change.window_start:
        return change.window_start
    return change.window_end if change.window_end and at > change.window_end else at


def outside(found: Sequence[Target], change: Change) -> list[Reminder]:
    """What comes again and again at a time that would be out of bounds."""
    return [
        one.reminder
        for one in found
        if not one.rule.on and any(lies_outside(at, change) for at in one.rule.window or one.rule.times)
    ]


def ask_bounds(s: Situation, change: Change, found: Sequence[Target]) -> Answer:
    """Shall what lies outside go, or move?"""
    out = outside(found, change)
    if not out:
        return Answer((answer(s, s.words("bounds.kept"), [[(s.words("button.list"), "list")]]),))
    rules = [Rule.from_json(at_bound(one, change).rule) for one in out]
    to = sorted({rule.begins for rule in rules})
    label = rules_named(s, rules) if any(rule.window for rule in rules) else clocks(s, to)
    rows: Rows = [
        [(s.words("button.moveto", times=label), "bound:move")],
        [(s.words("button.remove"), "bound:go")],
        [(s.words("button.leave"), "skip:idle")],
    ]
    return Answer((replied(s, s.voice.count("bounds.ask", len(out), named=all_named(s, out)), rows),))


def pressed(s: Situation) -> Answer:
    """They go, or move to the bound."""
    change = s.heard.change
    if change is None:
        return Answer((send(s, s.words("again")),))
    out = outside(meant(s.reminders, change.which, change.other_which), change)
    if not out:
        return ask_bounds(s, change, ())
    ids = {one.id for one in out}
    if s.heard.arg == "go":
        left = [one for one in s.reminders if one.id not in ids]
        return echo(s, Edit(left, (s.words("remind.removed", named=all_named(s, out)),)))
    moved = {one.id: at_bound(one, change) for one in out}
    told = s.words("remind.changed", named=all_named(s, moved.values()))
    return echo(s, Edit([moved.get(one.id, one) for one in s.reminders], (told,)))


def at_bound(reminder: Reminder, change: Change) -> Reminder:
    rule = Rule.from_json(reminder.rule)
    if rule.window is None:
        return replace(reminder, rule=timed(rule, (inside(rule.times[0], change),)).as_json())
    begin, end = (inside(at, change) for at in rule.window)
    if begin == end:
        return replace(reminder, rule=timed(rule, (begin,)).as_json())
    count = min(rule.count, most_within((begin, end)))
    return replace(reminder, rule=replace(rule, window=(begin, end), count=count, part="").as_json())
