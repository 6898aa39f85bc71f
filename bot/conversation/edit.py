"""A change of reminders that is made, and told in one line with what comes next and Undo; alone or in one breath."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.conversation.plan import Times, changed, distinct, next_moments
from bot.conversation.questions import skip_row
from bot.conversation.recess import ahead, span
from bot.conversation.say import Button, Moments, Rows, answer, moment
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from scheduler.rule import Rule
from storage.records import Person, Reminder

MOST_REMINDERS = 12


@dataclass(frozen=True)
class Edit:
    """All reminders as they are to be, and how that is told, but for what comes next.

    `about`: those whose next moments are told, None for all of them. `sets`: times were named, so that a pause ends.
    `complete`: the next moments are told already.
    """

    reminders: Sequence[Reminder]
    told: tuple[str, ...]
    about: Sequence[Reminder] | None = None
    sets: bool = False
    complete: bool = False


def made(s: Situation, found: Edit | Answer) -> Answer:
    """Done and told, unless there is something to ask or to say first."""
    return found if isinstance(found, Answer) else echo(s, found)


def echo(s: Situation, edit: Edit) -> Answer:
    """Set, and told with what comes next and Undo. Who asks for times while paused is asked again."""
    if len(list(distinct(edit.reminders))) > MOST_REMINDERS:
        return too_many(s)
    person = replace(s.consented, paused=False) if edit.sets and not edit.complete else s.consented
    result = changed(s, edit.reminders, person)
    next_ = coming(s, person, edit.reminders if edit.about is None else edit.about)
    told = [*edit.told, *([] if edit.complete else [s.words("next", next=next_)])]
    return echoed(s, result, [" ".join(told), *(besides(s) if edit.sets else [])], next_, edit.sets)


def too_many(s: Situation) -> Answer:
    return Answer((answer(s, s.words("times.many")),), state=s.state.asking(Step.IDLE))


def echoed(s: Situation, result: Answer, told: Sequence[str], moments: Moments, sets: bool) -> Answer:
    """What was done, said with Undo; the question about the place comes with new times in the welcome."""
    assert result.person and result.state
    if sets and result.person.zone is None and s.state.step in (Step.FIRST, Step.ZONE):
        rows: Rows = [[undo_button(s, result)], skip_row(s, Step.ZONE)]
        return told_as(s, result, told, rows, moments, Step.ZONE)
    placeless = [[(s.words("button.place"), "other")]] if result.person.zone is None else []
    rows = [[undo_button(s, result), (s.words("button.list"), "list")], *placeless]
    return told_as(s, result, told, rows, moments, Step.IDLE)


def told_as(s: Situation, result: Answer, told: Sequence[str], rows: Rows, moments: Moments, step: Step) -> Answer:
    assert result.state
    say = answer(s, "\n\n".join(told), rows, moments)
    return replace(result, says=(say,), state=result.state.asking(step))


def undo_button(s: Situation, result: Answer) -> Button:
    assert result.state
    return s.words("button.undo"), f"back:{result.state.stamp}"


def besides(s: Situation) -> Iterator[str]:
    """What else is to be said with new times: the first time, after a pause, and where no place is known."""
    if not s.reminders and not s.state.is_quiet(s.now):
        yield s.words("times.first")
    if s.reminders and s.consented.paused:
        yield s.words("times.again")
    if recess := ahead(s):
        yield s.words("pause.until", span=span(s, recess))
    if s.consented.zone is None:
        key = "times.utc.ask" if s.state.step in (Step.FIRST, Step.ZONE) else "times.utc"
        yield s.words(key, clock=s.voice.clock(s.now, s.zone))


def coming(s: Situation, person: Person, reminders: Collection[Reminder]) -> Moments:
    """ "today 08:30, tomorrow 08:30 and Wed 25 Nov 08:30": what is really asked next."""
    zone = ZoneInfo(person.zone or "UTC")
    told = [] if person.paused else [(moment(s, at, zone), at) for at in next_moments(s, person, reminders)]
    if not told:
        return Moments(s.words("remind.quiet" if reminders or person.paused else "remind.never"))
    return Moments(s.voice.list([words for words, _ in told]), tuple(told))


def clocks(s: Situation, times: Iterable[time]) -> str:
    """ "08:00 and 21:30"."""
    return s.voice.list([s.voice.time_of_day(at) for at in times])


def named_times(s: Situation, sets: Iterable[Times]) -> str:
    """ "07:00 on weekdays and 09:00 at weekends"."""
    return s.voice.list(
        [s.words("remind.named", times=clocks(s, times), days=s.voice.days(days)) for times, days in sets]
    )


def named(s: Situation, reminder: Reminder) -> str:
    """ "08:30 every day", "once, Fri 15 May 09:00"."""
    rule = Rule.from_json(reminder.rule)
    return s.words("remind.once", when=when(s, rule)) if rule.on else named_times(s, [(rule.times, rule.days)])


def all_named(s: Situation, reminders: Iterable[Reminder]) -> str:
    return rules_named(s, [Rule.from_json(reminder.rule) for reminder in reminders])


def rules_named(s: Situation, rules: Iterable[Rule]) -> str:
    """ "08:30 and 21:00 every day, and once, Fri 15 May 09:00": times of the same days together."""
    known = sorted(rules, key=lambda rule: (rule.on or date.min, rule.times))
    on_days: dict[frozenset[int], set[time]] = {}
    for rule in known:
        if not rule.on:
            on_days.setdefault(rule.days, set()).update(rule.times)
    sets = [(tuple(sorted(times)), days) for days, times in on_days.items()]
    once = [s.words("remind.once", when=when(s, rule)) for rule in known if rule.on]
    return s.voice.list([*(named_times(s, [one]) for one in sets), *once])


def when(s: Situation, rule: Rule) -> str:
    """ "Fri 15 May 09:00": the one time as it was named, or as it is on their clock."""
    assert rule.on
    wall = datetime.combine(rule.on, rule.times[0], UTC)
    shown = wall.astimezone(s.zone) if rule.in_utc else wall
    day = s.voice.day(shown.date(), s.now.astimezone(s.zone).date())
    return f"{day} {s.voice.time_of_day(shown.time())}"
