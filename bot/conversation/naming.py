"""Reminders in words: "08:30 every day", "twice between 10:00 and 18:00 on weekdays", "once, Fri 15 May 09:00"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from bot.conversation.situation import Situation
from bot.conversation.values import replace
from scheduler.rule import ALL_DAYS, WEEK, Rule
from storage.records import Kind, Reminder

QUOTE = 40


def clocks(s: Situation, times: Iterable[time]) -> str:
    """ "08:00 and 21:30"."""
    return s.voice.list([s.voice.time_of_day(at) for at in times])


def named(s: Situation, reminder: Reminder) -> str:
    """What it is, and when."""
    words = rules_named(s, [Rule.from_json(reminder.rule)])
    if reminder.kind is Kind.WORDS:
        return s.words("rule.words", words=quoted(reminder.words), named=words)
    return s.words("rule.letter", named=words) if reminder.kind is Kind.LETTER else words


def quoted(words: str) -> str:
    """Their own words, as far as they fit on a button."""
    first = words.splitlines()[0] if words else ""
    return first if len(first) <= QUOTE else f"{first[: QUOTE - 1].rstrip()}…"


def all_named(s: Situation, reminders: Iterable[Reminder]) -> str:
    """Questions at times of the same days together; all others one by one."""
    here = list(reminders)
    prompts = [Rule.from_json(one.rule) for one in here if one.kind is Kind.PROMPT]
    others = [named(s, one) for one in here if one.kind is not Kind.PROMPT]
    return s.voice.list([*each_named(s, prompts), *others])


def rules_named(s: Situation, rules: Iterable[Rule]) -> str:
    """ "08:30 and 21:00 every day, and once, Fri 15 May 09:00"."""
    return s.voice.list(each_named(s, rules))


def when_asked(s: Situation, rules: Iterable[Rule]) -> str:
    """The same within a sentence: "at 08:30 every day and in the evening on Sun"."""
    return s.voice.list([s.words("rule.at", named=one) if is_time else one for one, is_time in parted(s, rules)])


def each_named(s: Situation, rules: Iterable[Rule]) -> list[str]:
    return [words for words, _ in parted(s, rules)]


def parted(s: Situation, rules: Iterable[Rule]) -> list[tuple[str, bool]]:
    """Each in words, and whether that begins with a time on the clock; times of the same days are told together."""
    known = sorted(dict.fromkeys(rules), key=lambda rule: (rule.on or date.min, rule.begins))
    together: dict[Rule, set[time]] = {}
    for rule in known:
        if rule.times and not rule.on:
            together.setdefault(replace(rule, times=(time(),)), set()).update(rule.times)
    sets = [replace(rule, times=tuple(sorted(times))) for rule, times in together.items()]
    timed = [(s.words("remind.named", times=clocks(s, rule.times), days=days(s, rule)), True) for rule in sets]
    drawn = [(windowed(s, rule), False) for rule in known if rule.window]
    once = [(s.words("remind.once", when=when(s, rule)), False) for rule in known if rule.on]
    return [*timed, *drawn, *once]


def windowed(s: Situation, rule: Rule) -> str:
    """ "in the evening (18:30 to 21:00) every day", "twice between 10:00 and 18:00 on weekdays"."""
    assert rule.window
    begin, end = (s.voice.time_of_day(at) for at in rule.window)
    if rule.part:
        return s.words(f"rule.part.{rule.part}", begin=begin, end=end, days=days(s, rule))
    return counted(s, "rule.window", rule.count, begin=begin, end=end, days=days(s, rule))


def counted(s: Situation, key: str, n: int, **values: object) -> str:
    """In the words for two, which has some of its own: "twice", "every other"."""
    return s.words(f"{key}.2", **values) if n == 2 else s.voice.count(key, n, **values)


def days(s: Situation, rule: Rule) -> str:
    """ "every day", "on Mon and Thu", "every other day", "every 3 weeks on Sun"."""
    if rule.every == 1:
        return s.voice.days(rule.days)
    if rule.every % WEEK == 0:
        return counted(s, "rule.weeks", rule.every // WEEK, days=s.voice.days(rule.days))
    every = counted(s, "rule.days", rule.every)
    return every if rule.days == ALL_DAYS else s.words("rule.days.some", every=every, days=s.voice.days(rule.days))


def when(s: Situation, rule: Rule) -> str:
    """ "Fri 15 May 09:00": the one time as it was named, or as it is on their clock."""
    assert rule.on
    wall = datetime.combine(rule.on, rule.times[0], UTC)
    shown = wall.astimezone(s.zone) if rule.in_utc else wall
    day = s.voice.day(shown.date(), s.now.astimezone(s.zone).date())
    return f"{day} {s.voice.time_of_day(shown.time())}"
