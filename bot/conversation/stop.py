"""Reminders ended in words: "stop the morning one". All of them at once is a pause, from which they come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation.edit import Edit, made
from bot.conversation.naming import rules_named
from bot.conversation.pause import pause
from bot.conversation.say import answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.values import replace
from bot.conversation.which import ONE_DAY, Target, ask_which, meant, names_several
from bot.understanding.meaning import Pause, Stop
from storage.records import Reminder


def wished(s: Situation) -> Answer:
    wish = s.heard.stop or Stop()
    if s.reminders and wish.which == "all":
        return pause(replace(s, heard=replace(s.heard, pause=None)))
    return made(s, edit(s))


def edit(s: Situation) -> Edit | Answer:
    """Without those that are named; in one breath with something else, without all of them."""
    wish = s.heard.stop or Stop()
    if not s.reminders:
        return Answer((answer(s, s.words("pause.notimes")),))
    if wish.which in ONE_DAY:
        return day_off(s, ONE_DAY[wish.which])
    found = meant(s.reminders, wish.which, wish.other_which)
    if not found:
        return ask_which(s, meant(s.reminders, ""), "which.none")
    if len(found) > 1 and not names_several(wish.which):
        return ask_which(s, found, "which.stop", [(s.words("button.all"), "which:all")])
    return without(s, found)


def day_off(s: Situation, ahead: int) -> Answer:
    """One day without questions is a pause."""
    day = s.now.astimezone(s.zone).date() + timedelta(days=ahead)
    wish = Pause(start=day if ahead else None, until=day + timedelta(days=1))
    return pause(replace(s, heard=replace(s.heard, pause=wish)))


def without(s: Situation, found: Sequence[Target]) -> Edit:
    gone = {one.reminder.id: one for one in found}
    left = [left_of(gone[one.id]) if one.id in gone else one for one in s.reminders]
    told = s.words("remind.removed", named=named_targets(s, found))
    return Edit([one for one in left if one], (told,))


def left_of(one: Target) -> Reminder | None:
    """The reminder on its other days."""
    if one.is_whole:
        return None
    return replace(one.reminder, rule=replace(one.rule, days=one.rule.days - one.days).as_json())


def named_targets(s: Situation, found: Sequence[Target]) -> str:
    """ "08:30 and 21:00 on Sun": as far as they are meant."""
    return rules_named(s, [one.meant for one in found])
