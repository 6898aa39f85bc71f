"""What became of everything said and everything due: counted in the database and in the Bot API's log of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.conversation.events import Due
from bot.playground.calls import Call
from bot.turn import fallen_due
from scheduler.plan import planned
from storage import glimmers, people, reminders
from tests.faults.harness import Message, Trial

T = TypeVar("T")

IN_WORDS = 3
UNKNOWN = ("500", "502", "timeout", "reset")


@dataclass(frozen=True)
class Outcome:
    """Nudges are named by their ids; `unknown` are those whose try had an end nobody could know.

    `most_at_once`: nudges missing for one kill. `again`: replies said once more, because nobody knew if they arrived.
    """

    lost: list[Message]
    twice: list[Message]
    silent: list[Message]
    disorder: list[Message]
    asked_twice: list[str]
    missing: set[str]
    unknown: set[str]
    most_at_once: int
    again: int
    table: str

    def check(self) -> None:
        """Nothing lost, nothing twice, no silence; missing are only nudges whose end nobody could know."""
        for name in ("lost", "twice", "silent", "disorder", "asked_twice"):
            assert not getattr(self, name), f"{name}: {getattr(self, name)}"
        assert self.missing <= self.unknown, f"missing without reason: {self.missing - self.unknown}"


def outcome(trial: Trial) -> Outcome:
    """Everything said, and every nudge due since the run began."""
    calls = list(trial.api.calls)
    kept, due = kept_by(trial), nudges_due(trial)
    answers = answers_to(trial.said, calls)
    asked = [(nudge, call) for call in calls if call.took and (nudge := nudge_of(call)) in due]
    times = Counter(nudge for nudge, _ in asked)
    lost = [one for one, said in trial.said.items() if (one, said.words) not in kept]
    twice = [one for one, _ in kept if one not in trial.said] + doubles(one for one, _ in kept)
    silent = [one for one in trial.said if one not in answers]
    out_of_order = disorder([one for one, _ in kept]) + disorder(list(answers))
    missing = due.keys() - times.keys()
    tried = {nudge for kill in trial.kills for nudge in kill.trying}
    unknown = {nudge for call in calls if call.fault in UNKNOWN and (nudge := nudge_of(call))} | tried
    again = sum(len(doubles(call.method for call in some)) for some in answers.values())
    most_at_once = max((len(kill.trying & missing) for kill in trial.kills), default=0)
    rows: dict[str, object] = {
        "messages sent": len(trial.said),
        "kept exactly once": len(trial.said) - len(lost) - len(twice),
        "lost / kept twice": f"{len(lost)} / {len(twice)}",
        "answered": len(answers),
        "out of order": len(out_of_order),
        "the same answer again": again,
        "people whose first three were answered in words": first_in_words(trial, answers),
        "answered after": spread([(answers[one][0].at - trial.said[one].at).total_seconds() for one in answers]),
        "nudges due": len(due),
        "asked once / twice": f"{sum(n == 1 for n in times.values())} / {sum(n > 1 for n in times.values())}",
        "asked after": spread([(call.at - due[nudge]).total_seconds() for nudge, call in asked]),
        "missing": len(missing),
        "of these tried when killed": len(missing & tried),
        "of these with an unknown end": len(missing & unknown - tried),
        "nudges tried when killed / with an unknown end": f"{len(tried)} / {len(unknown - tried)}",
        "most missing at one kill": most_at_once,
        "kills": len(trial.kills),
        **restarts(trial, calls),
    }
    table = "\n".join(f"  {name:<50}{value}" for name, value in rows.items())
    twice_asked = [nudge for nudge, n in times.items() if n > 1]
    return Outcome(lost, twice, silent, out_of_order, twice_asked, missing, unknown, most_at_once, again, table)


def kept_by(trial: Trial) -> list[tuple[Message, str]]:
    """All glimmers of all people, in the order people see them."""
    with trial.store() as store, store.read() as tx:
        everyone = people.load(tx, [person.user["id"] for person in trial.people])
        kept = [one for person in everyone.values() for one in glimmers.every(tx, person)]
    return [((glimmer.person_id, glimmer.message_id), glimmer.text) for glimmer in kept]


def nudges_due(trial: Trial) -> dict[str, datetime]:
    """The id that each nudge has to have, and when it was due: all that people asked for, and no more."""
    with trial.store() as store, store.read() as tx:
        everyone = people.load(tx, [person.user["id"] for person in trial.people])
        rules = [rule for some in reminders.of_people(tx, everyone).values() for rule in some]
    plans = [planned(rule, trial.start, everyone[rule.person_id].zone) for rule in rules]
    assert {(plan.person_id, plan.next_at) for plan in plans} == trial.asked_for
    events = [fallen_due(plan).event for plan in plans]
    return {event.nudge_id: event.at for event in events if isinstance(event, Due)}


def answers_to(said: Iterable[Message], calls: Sequence[Call]) -> dict[Message, list[Call]]:
    """The calls that answered each message, in the order in which the messages were first answered."""
    answers: dict[Message, list[Call]] = {}
    known = set(said)
    for call in calls:
        number = call.params.get("message_id") or call.params.get("reply_parameters", {}).get("message_id")
        if call.took and (message := (call.params.get("chat_id"), number)) in known:
            answers.setdefault(message, []).append(call)
    return answers


def nudge_of(call: Call) -> str | None:
    """The nudge that a call asks, by the data of its buttons."""
    rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
    data = (button["callback_data"] for row in rows for button in row if call.method == "sendMessage")
    return next((arg for verb, _, arg in (one.partition(":") for one in data) if verb == "later"), None)


def disorder(messages: Sequence[Message]) -> list[Message]:
    """Messages that come after a later one of the same person."""
    newest: dict[int, int] = {}
    late = []
    for person, number in messages:
        if number < newest.setdefault(person, number):
            late.append((person, number))
        newest[person] = max(newest[person], number)
    return late


def first_in_words(trial: Trial, answers: dict[Message, list[Call]]) -> int:
    """How many people had words to their first three messages, and to no other."""
    in_words = {one for one, some in answers.items() if any(call.method == "sendMessage" for call in some)}
    mine = [[one for one in trial.said if one[0] == person.user["id"]] for person in trial.people]
    return sum({one for one in some if one in in_words} == set(some[:IN_WORDS]) for some in mine)


def restarts(trial: Trial, calls: Sequence[Call]) -> dict[str, object]:
    """How long after each kill the bot asked for updates again, where it lived so long."""
    polls = [call.at for call in calls if call.method == "getUpdates"]
    ends = [kill.at for kill in trial.kills[1:]] + [trial.api.now()]
    after = [
        next((poll - kill.at for poll in polls if kill.at < poll < end), None)
        for kill, end in zip(trial.kills, ends, strict=False)
    ]
    lived = [gap.total_seconds() for gap in after if gap]
    return {"from kill to the first getUpdates": spread(lived), "killed before that": len(after) - len(lived)}


def doubles(things: Iterable[T]) -> list[T]:
    return [thing for thing, n in Counter(things).items() if n > 1]


def spread(seconds: Sequence[float]) -> str:
    """Middle and end: "0.1 s, at most 2.3 s"."""
    return f"{sorted(seconds)[len(seconds) // 2]:.1f} s, at most {max(seconds):.1f} s" if seconds else "-"
