"""/reminders: the list, adding, changing, removing, and Undo."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.plan import changed, rules_of
from bot.conversation.say import Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.times import ask_half, ask_times, coming
from scheduler.recurrence import Rule
from storage.records import Reminder


def listed(s: Situation) -> Answer:
    """Every reminder is a button; pressing it shows what can be done with it."""
    if not s.reminders:
        return ask_times(s)
    person = s.consented
    if person.paused:
        return Answer((answer(s, s.words("remind.paused"), [[(s.words("button.resume"), "resume")]]),))
    words = s.words("remind.list", next=coming(s, person, s.reminders))
    rows: Rows = [[(named(s, reminder), f"rem:{reminder.id}")] for reminder in s.reminders]
    return Answer((answer(s, words, [*rows, [(s.words("button.add"), "add"), (s.words("button.pause"), "pause")]]),))


def named(s: Situation, reminder: Reminder) -> str:
    """ "08:30 every day"."""
    times = s.house.voice.list(reminder.rule["times"])
    return s.words("remind.named", times=times, days=s.house.voice.days(Rule.from_json(reminder.rule).days))


def chosen(s: Situation) -> Reminder | None:
    return next((reminder for reminder in s.reminders if reminder.id == s.heard.arg), None)


def shown(s: Situation) -> Answer:
    reminder = chosen(s)
    if reminder is None:
        return listed(s)
    rows: Rows = [
        [
            (s.words("button.retime"), f"retime:{reminder.id}"),
            (s.words("button.remove"), f"drop:{reminder.id}"),
        ],
        [(s.words("button.list"), "list")],
    ]
    return Answer((answer(s, s.words("remind.one", named=named(s, reminder)), rows),))


def ask_new_time(s: Situation) -> Answer:
    reminder = chosen(s)
    if reminder is None:
        return listed(s)
    ask = answer(s, s.words("remind.retime", named=named(s, reminder)), [[(s.words("button.skip"), "skip")]])
    return Answer((ask,), state=s.state.asking(Step.RETIME, reminder.id))


def retimed(s: Situation) -> Answer:
    """The new time for the reminder that was asked about; its days stay unless days were said."""
    times, days = rules_of(s.heard)
    plan = s.heard.schedule
    old = next((reminder for reminder in s.reminders if reminder.id == s.state.about), None)
    if old is None:
        return replace(listed(s), state=s.state.asking(Step.IDLE))
    if plan and not plan.days_said:
        days = Rule.from_json(old.rule).days
    if plan and plan.unsure:
        return ask_half(s, days)
    new = replace(old, rule=Rule(times, days).as_json())
    others = [new if reminder.id == old.id else reminder for reminder in s.reminders]
    return rules_set(s, "remind.changed", others, new)


def dropped(s: Situation) -> Answer:
    reminder = chosen(s)
    if reminder is None:
        return listed(s)
    return rules_set(s, "remind.removed", [other for other in s.reminders if other.id != reminder.id], reminder)


def rules_set(s: Situation, key: str, reminders: list[Reminder], about: Reminder) -> Answer:
    """Set, and echoed with what comes next and Undo."""
    result = changed(s, reminders)
    assert result.state
    words = s.words(key, named=named(s, about), next=coming(s, s.consented, reminders))
    rows: Rows = [[(s.words("button.undo"), f"back:{result.state.stamp}"), (s.words("button.list"), "list")]]
    return replace(result, says=(answer(s, words, rows),), state=result.state.asking(Step.IDLE))


def undone(s: Situation) -> Answer:
    """The rules as they were before the last change, if nothing changed since."""
    if s.heard.arg != s.state.stamp:
        return Answer((answer(s, s.words("remind.since"), [[(s.words("button.list"), "list")]]),))
    before = [Reminder(kept["id"], s.chat_id, kept["rule"]) for kept in s.state.before]
    result = changed(s, before)
    words = s.words("remind.undone", next=coming(s, s.consented, before))
    assert result.state
    say = answer(s, words, [[(s.words("button.list"), "list")]])
    return replace(result, says=(say,), state=replace(result.state, last=""))
