"""Reminders changed in words: "move my evening one to 21:15", "not on Sundays", "half an hour later"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.conversation import nearest, schedule, stop
from bot.conversation.bounds import ask_bounds
from bot.conversation.edit import Edit, coming, echo, made
from bot.conversation.naming import clocks, rules_named
from bot.conversation.plan import new_reminders, starting
from bot.conversation.remind import listed, shown
from bot.conversation.say import Button, Rows, answer, send
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.times import ask_half, ask_times, each, timed
from bot.conversation.values import replace
from bot.conversation.which import ONE_DAY, Target, ask_which, meant, names_several, replied, target
from bot.understanding.meaning import Change, When
from scheduler.rule import ALL_DAYS, WEEK, WHOLE_DAY, Rule, Window, minutes_of, time_at
from storage.records import Reminder


def wished(s: Situation) -> Answer:
    return made(s, edit(s))


def edit(s: Situation) -> Edit | Answer:
    """What was wished, of the reminders that are meant; asked back where that, or the time, is open."""
    change = s.heard.change or Change()
    if not s.reminders:
        return ask_times(s, s.words("change.none"))
    if change.which in ONE_DAY:
        return one_day(s, change)
    found = targets(s, change)
    if not found:
        return ask_which(s, meant(s.reminders, ""), "which.none")
    if len(found) > 1 and not means_all(change, found):
        return ask_which(s, found, "which.change")
    return applied(s, change, found)


def targets(s: Situation, change: Change) -> list[Target]:
    """Where none is named, the one whose time is being asked for."""
    about = next((one for one in s.reminders if one.id == s.state.about), None)
    if not change.which and about and s.state.step is Step.RETIME:
        return [target(about)]
    return meant(s.reminders, change.which, change.other_which)


def means_all(change: Change, found: Sequence[Target]) -> bool:
    """Whether a change of several may be meant, without asking which."""
    if change.which:
        return names_several(change.which)
    days = change.exclude_days or change.add_days or (not change.times and (change.days or change.interval_days))
    often = change.per_day or change.window or change.window_start or change.window_end
    return bool(days or often or len(change.parts) > 1 or len(change.times) == len(found))


def pressed(s: Situation) -> Answer:
    """One of those that were asked about, or all of them."""
    if s.heard.stop is None and s.heard.change is None:
        return Answer((send(s, s.words("again")),))
    found = named_by(s, s.heard.arg)
    if not found:
        return listed(s)
    return made(s, stop.without(s, found) if s.heard.stop else applied(s, s.heard.change or Change(), found))


def picked(s: Situation) -> Answer:
    """One of the times that were offered, for the reminders that are meant."""
    which, _, number = s.heard.arg.partition(".")
    change, found = s.heard.change, named_by(s, which)
    if change is None:
        return Answer((send(s, s.words("again")),))
    choices = offers(s, change, found)[1] if found else []
    if len(choices) <= int(number):
        return listed(s)
    rules = choices[int(number)]
    told = s.words("remind.changed", named=rules_named(s, rules))
    return echo(s, Edit(all_rewritten(s, [Rewrite(one, tuple(apart(rules))) for one in found]), (told,)))


def named_by(s: Situation, arg: str) -> list[Target]:
    """Those of the reminders meant that a button names; the one it names, where none was meant."""
    change, wish = s.heard.change, s.heard.stop
    named = targets(s, change) if change else meant(s.reminders, wish.which, wish.other_which) if wish else []
    return [one for one in named or map(target, s.reminders) if arg in ("all", one.reminder.id)]


def applied(s: Situation, change: Change, found: Sequence[Target]) -> Edit | Answer:
    """To these reminders; what is left open is asked back, what cannot be held is said."""
    if change == Change(change.which, change.other_which):
        return shown(replace(s, heard=replace(s.heard, arg=found[0].reminder.id))) if len(found) == 1 else listed(s)
    if change.window_start or change.window_end:
        return ask_bounds(s, change, found)
    key, choices = offers(s, change, found)
    if key == "times.which" and s.state.step is Step.RETIME and len(found) == 1 and found[0].is_whole:
        return ask_half(s, choices, found[0].reminder.id)
    return offered(s, found, key, choices) if key else rewritten(s, change, found)


def offers(s: Situation, change: Change, found: Sequence[Target]) -> tuple[str, list[list[Rule]]]:
    """What is to be asked back, and what may be meant or comes near; nothing where all of it is plain."""
    if not (change.times or change.parts or change.per_day or change.window or change.interval_days):
        return "", []
    when = as_when(change, found)
    if not nearest.holds(when):
        return schedule.why_near(when), nearest.choices(s, when)
    return ("times.which", nearest.readings(s, when)) if change.other else ("", [])


def as_when(change: Change, found: Sequence[Target]) -> When:
    """The new times, on the days that were said, or those they have."""
    days = change.days or frozenset().union(*(one.days for one in found))
    is_new = change.parts or change.per_day or change.window
    return When(
        times=change.times or (() if is_new else found[0].rule.times),
        other=change.other,
        days=days,
        days_said=bool(change.days) or days != ALL_DAYS,
        interval_days=change.interval_days or max((one.rule.every for one in found), default=1),
        parts=change.parts,
        per_day=change.per_day,
        window=change.window or window_now(change, found),
    )


def window_now(change: Change, found: Sequence[Target]) -> Window | None:
    """Of one that is drawn, its own window, where only how often it is to be was said."""
    return found[0].rule.window if len(found) == 1 and not change.times and not change.parts else None


def offered(s: Situation, found: Sequence[Target], key: str, choices: Sequence[Sequence[Rule]]) -> Answer:
    """Each to press; under a reply to the request, where it is understood once more."""
    which = found[0].reminder.id if len(found) == 1 else "all"
    rows: Rows = [[(rules_named(s, rules), f"pick:{which}.{n}")] for n, rules in enumerate(choices)]
    return Answer((replied(s, s.words(key), [*rows, [(s.words("button.skip"), "skip:idle")]]),))


@dataclass(frozen=True)
class Rewrite:
    """A reminder's rules after a change: none if it is to go."""

    target: Target
    rules: tuple[Rule, ...]

    @property
    def is_new(self) -> bool:
        return self.rules != (self.target.meant,)


def rewritten(s: Situation, change: Change, found: Sequence[Target]) -> Edit | Answer:
    """All of it written anew; said so where nothing would be different."""
    rewrites = [one for one in rewrites_of(s, change, found) if one.is_new]
    if not rewrites:
        next_ = coming(s, s.consented, s.reminders)
        words = f"{s.words('change.same')} {s.words('next', next=next_)}"
        return Answer((answer(s, words, [[(s.words("button.list"), "list")]], next_),))
    return Edit(all_rewritten(s, rewrites), tuple(told(s, rewrites)))


def all_rewritten(s: Situation, rewrites: Sequence[Rewrite]) -> list[Reminder]:
    reminders = list(s.reminders)
    for n, one in enumerate(rewrites):
        reminders = replaced(replace(s, seed=(*s.seed, n)), reminders, one)
    return reminders


def rewrites_of(s: Situation, change: Change, found: Sequence[Target]) -> Iterator[Rewrite]:
    """As many times as there are reminders are one for each; else each gets all of them."""
    one_each = len(found) > 1 and len(change.times) == len(found)
    for n, one in enumerate(found):
        times = change.times[n : n + 1] if one_each else change.times
        yield Rewrite(one, tuple(rules_after(s, one, replace(change, times=times))))


def rules_after(s: Situation, one: Target, change: Change) -> list[Rule]:
    rule = one.rule
    if rule.on:
        return [once_after(rule, change)]
    days = ((change.days or one.days) | change.add_days) - change.exclude_days
    if not days:
        return []
    every = replace(rule, days=days)
    if change.interval_days:
        every = starting(s, with_interval(s, every, change.interval_days))
    if change.times:
        every = timed(every, change.times)
    elif change.parts or change.per_day or change.window:
        wished = nearest.rules_of(s, as_when(change, [one]))
        return [replace(new, days=days, every=every.every, since=every.since) for new in wished]
    return [shifted(one_time, change.shift_minutes or 0) for one_time in apart([every])]


def with_interval(s: Situation, rule: Rule, interval: int) -> Rule:
    weekly = interval == WEEK
    return replace(
        rule,
        every=1 if weekly else interval,
        since=None if weekly or interval == 1 else s.now.astimezone(s.zone).date(),
    )


def apart(rules: Sequence[Rule]) -> list[Rule]:
    """A rule for each time."""
    return [one for rule in rules for one in each(rule)]


def shifted(rule: Rule, minutes: int) -> Rule:
    """So much later; over midnight its days move on, too."""
    if not minutes:
        return rule
    if rule.window:
        begin, end = (time_at(minutes_of(at) + minutes) for at in rule.window)
        return replace(rule, window=(begin, end), part="")
    minute = minutes_of(rule.times[0]) + minutes
    days = frozenset((day + minute // WHOLE_DAY) % 7 for day in rule.days)
    return replace(rule, times=(time_at(minute),), days=days)


def once_after(rule: Rule, change: Change) -> Rule:
    """At another time of its day, or so much earlier or later; the rest does not fit what is asked once."""
    assert rule.on
    at = datetime.combine(rule.on, change.times[0] if change.times else rule.times[0])
    moved = at + timedelta(minutes=change.shift_minutes or 0)
    return Rule.once(moved.date(), moved.time(), rule.in_utc and not change.times)


def replaced(s: Situation, reminders: Sequence[Reminder], one: Rewrite) -> list[Reminder]:
    """With the new rules in its place; the days that were not meant stay as they are, as a reminder of their own."""
    old, rule = one.target.reminder, one.target.rule
    kept = [] if one.target.is_whole else [replace(rule, days=rule.days - one.target.days)]
    rules = [each.as_json() for each in (*one.rules, *kept)]
    new = [*(replace(old, rule=rule) for rule in rules[:1]), *new_reminders(s, rules[1:])]
    return [each for reminder in reminders for each in (new if reminder.id == old.id else [reminder])]


def told(s: Situation, rewrites: Sequence[Rewrite]) -> Iterator[str]:
    """ "Changed: 21:15 every day. Removed: 09:00 on Sun." """
    if changed := [rule for one in rewrites for rule in one.rules]:
        yield s.words("remind.changed", named=rules_named(s, changed))
    gone = [one.target for one in rewrites if not one.rules]
    if gone:
        yield s.words("remind.removed", named=stop.named_targets(s, gone))


def one_day(s: Situation, change: Change) -> Answer:
    """A change for one day alone: a question then, once, is all there is."""
    day = s.now.astimezone(s.zone).date() + timedelta(days=ONE_DAY[change.which])
    rows: Rows = [[once_button(s, day, at)] for at in (*change.times, *change.other)]
    return Answer((replied(s, s.words("change.oneday"), [*rows, [(s.words("button.skip"), "skip:idle")]]),))


def once_button(s: Situation, day: date, at: time) -> Button:
    when = f"{s.voice.day(day, s.now.astimezone(s.zone).date())} {clocks(s, [at])}"
    return s.words("button.once", when=when), f"once:{day.toordinal()}.{at:%H%M}"
