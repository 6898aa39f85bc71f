"""Writing a batch of answers: all that changed and all that will be said, in a few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation.hear import CRIES
from bot.conversation.situation import Answer, Say, Situation
from bot.conversation.values import replace
from storage import glimmers, invites, notes, nudges, outbox, people, reminders
from storage.ids import new_id
from storage.records import Letter, Person, Reminder
from storage.store import Tx

AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)  # not "now": a clock that is set back must not hold answers back


@dataclass(frozen=True)
class Turn:
    """One event with its answer, on its way into the database."""

    situation: Situation
    answer: Answer

    @property
    def person_after(self) -> Person | None:
        """The person as this turn leaves them; None where nobody is there."""
        person, state = self.answer.person or self.situation.person, self.answer.state
        return replace(person, state=state.as_json()) if person and state else person

    @property
    def is_blocked(self) -> bool:
        return bool(self.answer.person and self.answer.person.away)


def save(tx: Tx, turns: Sequence[Turn], now: datetime) -> None:
    """Write everything that follows from these turns; the caller's transaction makes it one."""
    keys = save_people(tx, turns, now)
    glimmers.keep(tx, [glimmer for turn in turns for glimmer in turn.answer.kept], keys)
    glimmers.amend(tx, [glimmer for turn in turns for glimmer in turn.answer.amended], keys)
    glimmers.forget(tx, [forgotten for turn in turns for forgotten in turn.answer.forgotten])
    notes.add(tx, [note for turn in turns for note in turn.answer.noted], keys)
    notes.drop(tx, [gone for turn in turns for gone in turn.answer.unnoted])
    save_reminders(tx, turns, keys)
    save_outbox(tx, turns, now)


def save_people(tx: Tx, turns: Sequence[Turn], now: datetime) -> dict[int, bytes]:
    """Newcomers, changes, farewells; returns everyone's key."""
    erased = [turn.situation.chat_id for turn in turns if turn.answer.erased]
    if erased:
        people.erase(tx, erased)
    held = [(turn.answer.invitation, turn.situation.chat_id) for turn in turns if turn.answer.invitation]
    for code, person_id in held:
        invites.hold(tx, code, person_id)
    staying = [(turn.situation.person, turn.person_after) for turn in turns if not turn.answer.erased]
    newcomers = [after for before, after in staying if after and before is None]
    welcomed = people.welcome(tx, newcomers) if newcomers else {}
    for person_id in welcomed:
        invites.use(tx, person_id, now)
    people.update(tx, [after for before, after in staying if before and after and after != before])
    keys = {before.id: before.key for before, _ in staying if before}
    return keys | {person.id: person.key for person in welcomed.values()}


def save_reminders(tx: Tx, turns: Sequence[Turn], keys: Mapping[int, bytes]) -> None:
    """The difference between each person's reminders before and after."""
    new: list[Reminder] = []
    changed: list[Reminder] = []
    gone: list[str] = []
    for turn in turns:
        if turn.answer.reminders is None or turn.answer.erased:
            continue
        before = {reminder.id: reminder for reminder in turn.situation.reminders}
        after = {reminder.id: reminder for reminder in turn.answer.reminders}
        new += [reminder for reminder in after.values() if reminder.id not in before]
        changed += [after[same] for same in before.keys() & after.keys() if after[same] != before[same]]
        gone += before.keys() - after.keys()
    reminders.add(tx, new, keys)
    reminders.update(tx, changed)
    reminders.drop(tx, gone)


def save_outbox(tx: Tx, turns: Sequence[Turn], now: datetime) -> None:
    """Letters in order, those to words about harm first. A nudge whose moment was used before is let go with its
    letter."""
    asked = [turn.answer.asked for turn in turns if turn.answer.asked]
    free = nudges.write(tx, asked) if asked else set()
    let_go = {nudge.id for nudge in asked} - free
    cancelled = [nudge_id for turn in turns for nudge_id in turn.answer.cancelled if nudge_id]
    outbox.cancel(tx, cancelled)
    outbox.stop(tx, [turn.situation.chat_id for turn in turns if turn.answer.stops], AT_ONCE)
    for turn in turns:
        if turn.is_blocked:
            outbox.drop_for(tx, turn.situation.chat_id)
    in_order = sorted(turns, key=lambda turn: turn.situation.heard.name not in CRIES)
    letters = [letter(turn.situation, say, n, now) for turn in in_order for n, say in enumerate(turn.answer.says)]
    outbox.put(tx, [one for one in letters if one.nudge_id not in let_go])


def letter(s: Situation, say: Say, n: int, now: datetime) -> Letter:
    recipe = {"method": say.method, "params": say.params, "make": say.make, "instead": say.instead}
    return Letter(
        id=new_id(now, *s.seed, n),
        person_id=s.chat_id,
        priority=say.priority,
        recipe={part: value for part, value in recipe.items() if value is not None},
        not_before=say.not_before or AT_ONCE,
        expires_at=say.expires_at,
        nudge_id=say.nudge_id,
    )
