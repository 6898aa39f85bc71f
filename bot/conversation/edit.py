"""A change of reminders that is made, and told in one line with what comes next and Undo; alone or in one breath."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.conversation.carried import to_move
from bot.conversation.naming import rules_named
from bot.conversation.plan import changed, distinct, next_moments, own_words
from bot.conversation.questions import skip_row
from bot.conversation.recess import ahead, span
from bot.conversation.say import Button, Moments, Rows, answer, moment
from bot.conversation.situation import Answer, Situation
from bot.conversation.state import Step
from bot.conversation.values import replace
from scheduler.budget import MOST, MOST_PROMPTS, most_a_day, too_near
from scheduler.grace import NIGHT
from scheduler.plan import meets
from scheduler.rule import Rule
from storage.records import Kind, Person, Reminder

MOST_REMINDERS = 12
MOST_IN_A_BUTTON = 64  # bytes


@dataclass(frozen=True)
class Edit:
    """All reminders as they are to be, and how that is told, but for what comes next.

    `about`: those whose next moments are told, None for all of them. `sets`: times were named, so that a pause ends.
    `complete`: the next moments are told already. `rows`: more buttons below it.
    """

    reminders: Sequence[Reminder]
    told: tuple[str, ...]
    about: Sequence[Reminder] | None = None
    sets: bool = False
    complete: bool = False
    rows: Rows = ()


def made(s: Situation, found: Edit | Answer) -> Answer:
    """Done and told, unless there is something to ask or to say first."""
    return found if isinstance(found, Answer) else echo(s, found)


def echo(s: Situation, edit: Edit) -> Answer:
    """Set, and told with what comes next and Undo. Who asks for times while paused is asked again."""
    edit = replace(edit, reminders=list(distinct(edit.reminders)))
    if why := too_much(s, edit.reminders):
        return refused(s, why, edit.reminders)
    person = replace(s.consented, paused=False) if edit.sets and not edit.complete else s.consented
    result = changed(s, edit.reminders, person)
    next_ = coming(s, person, edit.reminders if edit.about is None else edit.about)
    told = [*edit.told, *([] if edit.complete else [s.words("next", next=next_)])]
    return echoed(s, result, [" ".join(told), *(besides(s, edit) if edit.sets else [])], next_, edit)


def too_much(s: Situation, reminders: Sequence[Reminder]) -> str:
    """Why these cannot be set, by the key of its words; nothing where it was as much before."""
    before = reasons(s.reminders)
    return next((why for why in reasons(reminders) if why not in before), "")


def reasons(reminders: Sequence[Reminder]) -> list[str]:
    """What speaks against so many reminders."""
    rules = [Rule.from_json(one.rule) for one in reminders]
    prompts = [rule for rule, one in zip(rules, reminders, strict=True) if one.kind is Kind.PROMPT]
    told = {
        "times.many": len(reminders) > MOST_REMINDERS,
        "times.most": most_a_day(prompts) > MOST_PROMPTS,
        "times.full": most_a_day(rules) > MOST,
        "times.close": too_near(rules),
    }
    return [why for why, holds in told.items() if holds]


def refused(s: Situation, why: str, wanted: Sequence[Reminder]) -> Answer:
    """Said kindly; nothing is changed. What is too near to one that is there may take its place."""
    rows: Rows = [[(s.words("button.list"), "list")]] if s.reminders else []
    if why == "times.close" and (own := own_words(s)):
        asking = replace(s.state.asking(Step.TIMES, s.state.about if s.state.own else None), own=own)
        return Answer((answer(s, s.words(why), [*rows, skip_row(s, Step.TIMES)]),), state=asking)
    found = too_near_to(s, wanted) if why == "times.close" else None
    if found is None:
        return Answer((answer(s, s.words(why), rows),), state=s.state.asking(Step.IDLE))
    old, new = found
    words = s.words("times.close.to", old=rules_named(s, [Rule.from_json(old.rule)]))
    label = s.words("button.instead", new=rules_named(s, new))
    return Answer((answer(s, words, [[(label, to_move(new, old.id))], *rows]),), state=s.state.asking(Step.IDLE))


def too_near_to(s: Situation, wanted: Sequence[Reminder]) -> tuple[Reminder, list[Rule]] | None:
    """The one reminder that what is new is too near to, and the rules that would be there instead."""
    known = {one.id for one in s.reminders}
    new = [Rule.from_json(one.rule) for one in wanted if one.id not in known]
    near = [one for one in s.reminders if any(too_near([Rule.from_json(one.rule), rule]) for rule in new)]
    is_plain = len(near) == 1 and near[0].kind is Kind.PROMPT and not too_near(new)
    return (near[0], new) if is_plain and len(to_move(new, near[0].id)) <= MOST_IN_A_BUTTON else None


def echoed(s: Situation, result: Answer, told: Sequence[str], moments: Moments, edit: Edit) -> Answer:
    """What was done, said with Undo; the question about the place comes with new times in the welcome."""
    assert result.person and result.state
    if edit.sets and result.person.zone is None and s.state.step in (Step.FIRST, Step.ZONE):
        rows: Rows = [[undo_button(s, result)], skip_row(s, Step.ZONE)]
        return told_as(s, result, told, rows, moments, Step.ZONE)
    placeless = [[(s.words("button.place"), "other")]] if result.person.zone is None else []
    rows = [*edit.rows, [undo_button(s, result), (s.words("button.list"), "list")], *placeless]
    return told_as(s, result, told, rows, moments, Step.IDLE)


def told_as(s: Situation, result: Answer, told: Sequence[str], rows: Rows, moments: Moments, step: Step) -> Answer:
    assert result.state
    say = answer(s, "\n\n".join(told), rows, moments)
    return replace(result, says=(say,), state=result.state.asking(step))


def undo_button(s: Situation, result: Answer) -> Button:
    assert result.state
    return s.words("button.undo"), f"back:{result.state.stamp}"


def besides(s: Situation, edit: Edit) -> Iterator[str]:
    """What else is to be said with new times: the first time, after a pause, and where no place is known."""
    if not s.reminders and not s.state.is_quiet(s.now):
        yield s.words("times.first")
    if s.reminders and s.consented.paused:
        yield s.words("times.again")
    if recess := ahead(s):
        yield s.words("pause.until", span=span(s, recess))
    quiet = s.preferences.quiet
    if quiet and quiet != NIGHT and any(meets(one, quiet) for one in edit.about or ()):
        yield s.words("quiethours.named")
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
