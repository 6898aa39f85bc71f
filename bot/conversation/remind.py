"""/reminders, one message changed in place: the list, adding, the hour, the days, removing, and Undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.conversation.carried import bits_of, days_of, read, to_move, to_set
from bot.conversation.edit import Edit, coming, echo, undo_button
from bot.conversation.naming import named, rules_named, when, when_asked
from bot.conversation.plan import as_before, changed, course_of, in_order, new_reminders
from bot.conversation.recess import ahead, span
from bot.conversation.say import Button, Moments, Rows, answer
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import IN_MENUS, State, Step
from bot.conversation.times import ask_half, ask_times, each, halves, timed
from bot.conversation.values import replace
from scheduler.plan import is_once
from scheduler.recurrence import next_moment
from scheduler.rule import Rule
from storage.records import Kind, Reminder

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
    next_, recess = coming(s, s.consented, s.reminders), ahead(s)
    words = s.words("remind.list", next=next_)
    if recess:
        words = f"{s.words('pause.until', span=span(s, recess))} {words}"
    rows = [
        *[[(labelled(s, reminder), f"rem:{reminder.id}")] for reminder in in_order(s.reminders)],
        [(s.words("button.add"), "add"), (s.words("button.mywords"), "mywords")],
        *([] if has_letter(s) else [[(s.words("button.letter"), "letter")]]),
        [(s.words("button.pause"), "pause")],
        [*([(s.words("button.resume"), "resume")] if recess else []), (s.words("button.settings"), "settings")],
    ]
    return Answer((answer(s, words, rows, next_),), state=s.state.past(*IN_MENUS))


def has_letter(s: Situation) -> bool:
    return any(one.kind is Kind.LETTER for one in s.reminders)


def labelled(s: Situation, reminder: Reminder) -> str:
    """ "08:30 every day", "Once: Fri 15 May 09:00"."""
    rule = Rule.from_json(reminder.rule)
    is_plain = rule.on and reminder.kind is Kind.PROMPT
    label = s.words("button.once", when=when(s, rule)) if is_plain else named(s, reminder)
    return label[:1].upper() + label[1:]


def by_id(s: Situation, wanted: str | None) -> Reminder | None:
    return next((reminder for reminder in s.reminders if reminder.id == wanted), None)


def carried(s: Situation) -> tuple[Reminder | None, str]:
    """The reminder a button is about, and what else the button carries."""
    wanted, _, rest = s.heard.arg.partition(".")
    return by_id(s, wanted), rest


def repeating(s: Situation) -> tuple[Reminder | None, str]:
    """The same, where its times or days can be changed: one that is asked once only can be removed."""
    reminder, rest = carried(s)
    return None if reminder and is_once(reminder) else reminder, rest


def shown(s: Situation) -> Answer:
    """One reminder, and what can be done with it."""
    reminder, _ = carried(s)
    return shown_of(s, reminder) if reminder else listed(s)


def shown_of(s: Situation, reminder: Reminder) -> Answer:
    next_ = coming(s, s.consented, [reminder])
    say = answer(s, in_full(s, reminder, next_), doing(s, reminder), next_)
    return Answer((say,), state=s.state.past(*IN_MENUS))


def in_full(s: Situation, reminder: Reminder, next_: Moments) -> str:
    """What it does, and when next."""
    rule = Rule.from_json(reminder.rule)
    when_ = when_asked(s, [rule])
    match reminder.kind:
        case Kind.WORDS:
            return s.words("remind.one.words", words=reminder.words, when=when_, next=next_)
        case Kind.LETTER:
            return s.words("remind.one.letter", when=when_, next=next_)
    return s.words("remind.one.once" if rule.on else "remind.one", named=when_, next=next_)


def doing(s: Situation, reminder: Reminder) -> Rows:
    change = [(s.words("button.retime"), f"hours:{reminder.id}"), (s.words("button.days"), f"days:{reminder.id}")]
    remove = [(s.words("button.remove"), f"drop:{reminder.id}"), (s.words("button.list"), "list")]
    return [remove] if is_once(reminder) else [change, remove]


def ask_hour(s: Situation) -> Answer:
    """Any hour to press; a time may be typed as well."""
    reminder, _ = repeating(s)
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
    reminder, hour = repeating(s)
    if reminder is None and not s.heard.arg.startswith(NEW):
        return listed(s)
    which = reminder.id if reminder else NEW
    times = [time(int(hour), minute) for minute in QUARTERS]
    now = Rule.from_json(reminder.rule) if reminder else Rule((time(),))
    rules = [timed(now, (at,)) for at in times]
    buttons = [
        (s.voice.time_of_day(at), to_move([rule], reminder.id) if reminder else to_set([rule]))
        for at, rule in zip(times, rules, strict=True)
    ]
    rows = [*in_rows(buttons, 2), [(s.words("button.back.one"), f"hours:{which}")]]
    return Answer((answer(s, s.words("remind.minute"), rows),), state=asking_when(s, reminder))


def ask_days(s: Situation) -> Answer:
    """The days of one reminder, each a button."""
    reminder, _ = repeating(s)
    return listed(s) if reminder is None else Answer((answer(s, *days_screen(s, reminder)),))


def days_screen(s: Situation, reminder: Reminder) -> tuple[str, Rows, Moments]:
    """ "At 08:30 on weekdays. Next: …", a button for each day, for the usual sets of days, and the way back."""
    days = Rule.from_json(reminder.rule).days
    next_ = coming(s, s.consented, [reminder])
    words = s.words("remind.days", named=when_asked(s, [Rule.from_json(reminder.rule)]), next=next_)
    each = [(marked(s.voice.weekday(day), day in days), day_button(reminder, days ^ {day})) for day in range(7)]
    sets = [(s.voice.days(some), day_button(reminder, some)) for some in SETS_OF_DAYS if some != days]
    return words, [*in_rows(each, 4), sets, [(s.words("button.done"), f"rem:{reminder.id}")]], next_


def day_button(reminder: Reminder, days: frozenset[int]) -> str:
    return f"day:{reminder.id}.{bits_of(days)}"


def marked(label: str, on: bool) -> str:
    """With a tick where it is chosen."""
    return f"✓ {label}" if on else label


def in_rows(buttons: Sequence[Button], wide: int) -> Rows:
    return [buttons[n : n + wide] for n in range(0, len(buttons), wide)]


def days_pressed(s: Situation) -> Answer:
    """The new days at once; the screen stays, so that several can be changed. One day is always left."""
    old, bits = repeating(s)
    if old is None:
        return listed(s)
    days = days_of(int(bits))
    if not days:
        words, rows, next_ = days_screen(s, old)
        return Answer((answer(s, f"{s.words('remind.days.one')}\n\n{words}", rows, next_),))
    new = replace(old, rule=replace(Rule.from_json(old.rule), days=days).as_json())
    result = changed(s, replaced(s, old, [new]))
    words, rows, next_ = days_screen(s, new)
    return replace(result, says=(answer(s, words, [*rows[:-1], [*rows[-1], undo_button(s, result)]], next_),))


def retimed(s: Situation) -> Answer:
    """The new time for the reminder that was asked about; its days stay unless days were said."""
    plan, old = s.heard.schedule, by_id(s, s.state.about)
    if old is None or plan is None or is_once(old):
        return listed(replace(s, state=s.state.past(Step.RETIME)))
    now = Rule.from_json(old.rule)
    rule = replace(now, days=plan.days) if plan.days_said else now
    if plan.unsure:
        return ask_half(s, halves(plan, rule), old.id)
    return moved(s, old, [timed(rule, plan.times)])


def time_pressed(s: Situation) -> Answer:
    """The new time of the reminder the button names."""
    old, at = repeating(s)
    if old is None:
        return listed(s)
    now, new = Rule.from_json(old.rule), [read(one) for one in at.split("-")]
    return moved(s, old, [replace(rule, every=now.every, since=now.since) for rule in new])


def moved(s: Situation, old: Reminder, rules: Sequence[Rule]) -> Answer:
    """At the first of these times instead; the others are reminders of their own."""
    first, *more = [one.as_json() for rule in rules for one in each(rule)]
    reminders = replaced(s, old, [replace(old, rule=first), *new_reminders(s, more)])
    return echo(s, Edit(reminders, (s.words("remind.changed", named=rules_named(s, rules)),)))


def once_instead(s: Situation) -> Answer:
    """A time set for every day: at its next moment, and not again."""
    old, _ = repeating(s)
    rule = Rule.from_json(old.rule) if old else None
    first = next_moment(rule, s.state.asks_from(s.now), course_of(s.consented, s.state)) if rule else None
    if old is None or rule is None or first is None or not rule.times:
        return listed(s)
    new = replace(old, rule=Rule.once(first.day, rule.times[0]).as_json())
    key = "once.set.words" if old.words else "once.set"
    told = s.words(key, next=coming(s, s.consented, [new]), words=old.words)
    return echo(s, Edit(replaced(s, old, [new]), (told,), [new], complete=True))


def replaced(s: Situation, old: Reminder, new: Sequence[Reminder]) -> list[Reminder]:
    return [one for reminder in s.reminders for one in (new if reminder.id == old.id else [reminder])]


def dropped(s: Situation) -> Answer:
    reminder, _ = carried(s)
    if reminder is None:
        return listed(s)
    return echo(s, Edit(replaced(s, reminder, []), (s.words("remind.removed", named=named(s, reminder)),)))


def undone(s: Situation) -> Answer:
    """The rules as they were before the last change, if nothing changed since."""
    if s.heard.arg != s.state.stamp:
        return Answer((answer(s, s.words("remind.since"), [[(s.words("button.list"), "list")]]),))
    result = changed(s, as_before(s))
    assert result.state and result.reminders is not None
    next_ = coming(s, s.consented, result.reminders)
    say = answer(s, s.words("remind.undone", next=next_), [[(s.words("button.list"), "list")]], next_)
    return replace(result, says=(say,), state=replace(result.state, last=""))
