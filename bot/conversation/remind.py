"""/reminders, one message changed in place: the list, adding, the hour, the days, removing, and Undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from bot.conversation.plan import as_button, changed, from_button, new_reminders, rules_of
from bot.conversation.questions import EVERY_DAY
from bot.conversation.say import Button, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import IN_MENUS, State, Step
from bot.conversation.times import MOST_REMINDERS, ask_half, ask_times, clocks, coming, too_many
from scheduler.recurrence import Rule
from storage.records import Reminder

NEW = "new"  # in a button, where another one carries a reminder's id
QUARTERS = (0, 15, 30, 45)
SETS_OF_DAYS = (frozenset(range(7)), frozenset(range(5)), frozenset({5, 6}))


def listed(s: Situation) -> Answer:
    """Every reminder is a button; pressing it shows what can be done with it."""
    if not s.reminders:
        return ask_times(s)
    if s.consented.paused:
        rows: Rows = [[(s.words("button.resume"), "resume")], [(s.words("button.settings"), "settings")]]
        return Answer((answer(s, s.words("remind.paused"), rows),), state=s.state.past(*IN_MENUS))
    words = s.words("remind.list", next=coming(s, s.consented, s.reminders))
    rows = [
        *[[(named(s, reminder), f"rem:{reminder.id}")] for reminder in s.reminders],
        [(s.words("button.add"), "add"), (s.words("button.pause"), "pause")],
        [(s.words("button.settings"), "settings")],
    ]
    return Answer((answer(s, words, rows),), state=s.state.past(*IN_MENUS))


def named(s: Situation, reminder: Reminder) -> str:
    """ "08:30 every day"."""
    rule = Rule.from_json(reminder.rule)
    return s.words("remind.named", times=clocks(s, rule.times), days=s.voice.days(rule.days))


def by_id(s: Situation, wanted: str | None) -> Reminder | None:
    return next((reminder for reminder in s.reminders if reminder.id == wanted), None)


def carried(s: Situation) -> tuple[Reminder | None, str]:
    """The reminder a button is about, and what else the button carries."""
    wanted, _, rest = s.heard.arg.partition(".")
    return by_id(s, wanted), rest


def shown(s: Situation) -> Answer:
    """One reminder, and what can be done with it."""
    reminder, _ = carried(s)
    if reminder is None:
        return listed(s)
    words = s.words("remind.one", named=named(s, reminder), next=coming(s, s.consented, [reminder]))
    return Answer((answer(s, words, doing(s, reminder)),), state=s.state.past(*IN_MENUS))


def doing(s: Situation, reminder: Reminder) -> Rows:
    return [
        [(s.words("button.retime"), f"hours:{reminder.id}"), (s.words("button.days"), f"days:{reminder.id}")],
        [(s.words("button.remove"), f"drop:{reminder.id}"), (s.words("button.list"), "list")],
    ]


def ask_hour(s: Situation) -> Answer:
    """Any hour to press; a time may be typed as well."""
    reminder, _ = carried(s)
    if reminder is None and s.heard.arg != NEW:
        return listed(s)
    which = reminder.id if reminder else NEW
    words = s.words("remind.retime", named=named(s, reminder)) if reminder else s.words("remind.hour")
    hours = [(s.voice.hour(hour), f"hour:{which}.{hour:02}") for hour in range(24)]
    back = (s.words("button.back.one"), f"rem:{which}" if reminder else "add")
    say = answer(s, words, [*in_rows(hours, 6 if len(hours[0][0]) == 2 else 4), [back]])
    return Answer((say,), state=asking_when(s, reminder))


def asking_when(s: Situation, reminder: Reminder | None) -> State:
    """Meanwhile a time may be typed."""
    return s.state.asking(Step.RETIME, reminder.id) if reminder else s.state.asking(Step.TIMES)


def ask_minute(s: Situation) -> Answer:
    """A quarter of the hour pressed; then it is set."""
    reminder, hour = carried(s)
    if reminder is None and not s.heard.arg.startswith(NEW):
        return listed(s)
    which = reminder.id if reminder else NEW
    times = [time(int(hour), minute) for minute in QUARTERS]
    days = Rule.from_json(reminder.rule).days if reminder else EVERY_DAY
    about = reminder.id if reminder else ""
    buttons = [(s.voice.time_of_day(at), as_button([at], days, about)) for at in times]
    rows = [*in_rows(buttons, 2), [(s.words("button.back.one"), f"hours:{which}")]]
    return Answer((answer(s, s.words("remind.minute"), rows),), state=asking_when(s, reminder))


def ask_days(s: Situation) -> Answer:
    """The days of one reminder, each a button."""
    reminder, _ = carried(s)
    return listed(s) if reminder is None else Answer((answer(s, *days_screen(s, reminder)),))


def days_screen(s: Situation, reminder: Reminder) -> tuple[str, Rows]:
    """ "At 08:30 on weekdays. Next: …", a button for each day, for the usual sets of days, and the way back."""
    days = Rule.from_json(reminder.rule).days
    words = s.words("remind.days", named=named(s, reminder), next=coming(s, s.consented, [reminder]))
    each = [(marked(s.voice.weekday(day), day in days), day_button(reminder, days ^ {day})) for day in range(7)]
    sets = [(s.voice.days(some), day_button(reminder, some)) for some in SETS_OF_DAYS if some != days]
    return words, [*in_rows(each, 4), sets, [(s.words("button.done"), f"rem:{reminder.id}")]]


def day_button(reminder: Reminder, days: frozenset[int]) -> str:
    return f"day:{reminder.id}.{sum(1 << day for day in days)}"


def marked(label: str, on: bool) -> str:
    """With a tick where it is chosen."""
    return f"✓ {label}" if on else label


def in_rows(buttons: Sequence[Button], wide: int) -> Rows:
    return [buttons[n : n + wide] for n in range(0, len(buttons), wide)]


def days_pressed(s: Situation) -> Answer:
    """The new days at once; the screen stays, so that several can be changed. One day is always left."""
    old, bits = carried(s)
    if old is None:
        return listed(s)
    days = frozenset(day for day in range(7) if int(bits) >> day & 1)
    if not days:
        words, rows = days_screen(s, old)
        return Answer((answer(s, f"{s.words('remind.days.one')}\n\n{words}", rows),))
    new = replace(old, rule=Rule(Rule.from_json(old.rule).times, days).as_json())
    result = changed(s, replaced(s, old, [new]))
    words, rows = days_screen(s, new)
    return replace(result, says=(answer(s, words, [*rows[:-1], [*rows[-1], undo_button(s, result)]]),))


def retimed(s: Situation) -> Answer:
    """The new time for the reminder that was asked about; its days stay unless days were said."""
    times, days = rules_of(s.heard)
    plan, old = s.heard.schedule, by_id(s, s.state.about)
    if old is None or plan is None:
        return listed(replace(s, state=s.state.past(Step.RETIME)))
    if not plan.days_said:
        days = Rule.from_json(old.rule).days
    if plan.unsure:
        return ask_half(s, days, old.id)
    return moved(s, old, times, days)


def time_pressed(s: Situation) -> Answer:
    """The new time of the reminder the button names."""
    old, at = carried(s)
    return moved(s, old, *from_button(at)) if old else listed(s)


def moved(s: Situation, old: Reminder, times: Sequence[time], days: frozenset[int]) -> Answer:
    """At the first of these times instead; the others are reminders of their own."""
    first, *more = [Rule((at,), days).as_json() for at in times]
    new = replace(old, rule=first)
    reminders = replaced(s, old, [new, *new_reminders(s, more)])
    return too_many(s) if len(reminders) > MOST_REMINDERS else rules_set(s, "remind.changed", reminders, new)


def replaced(s: Situation, old: Reminder, new: Sequence[Reminder]) -> list[Reminder]:
    return [one for reminder in s.reminders for one in (new if reminder.id == old.id else [reminder])]


def dropped(s: Situation) -> Answer:
    reminder, _ = carried(s)
    if reminder is None:
        return listed(s)
    return rules_set(s, "remind.removed", replaced(s, reminder, []), reminder)


def rules_set(s: Situation, key: str, reminders: list[Reminder], about: Reminder) -> Answer:
    """Set, and echoed with what comes next and Undo."""
    result = changed(s, reminders)
    assert result.state
    words = s.words(key, named=named(s, about), next=coming(s, s.consented, reminders))
    rows: Rows = [[undo_button(s, result), (s.words("button.list"), "list")]]
    return replace(result, says=(answer(s, words, rows),), state=result.state.asking(Step.IDLE))


def undo_button(s: Situation, result: Answer) -> Button:
    assert result.state
    return s.words("button.undo"), f"back:{result.state.stamp}"


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
