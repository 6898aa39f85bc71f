"""What became of everything said and everything due: counted in the database and in the Bot API's log of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.playground.calls import Call
from storage import glimmers, people
from tests.faults.harness import Message, Trial

T = TypeVar("T")

IN_WORDS = 3
UNKNOWN = ("500", "502", "timeout", "reset")


class Outcome:
    """What became of all that was said, and of every nudge due since the run began. Nudges are named by their ids.

    `again`: answers given once more, because nobody knew if they had arrived. `tried`: nudges being tried at a kill.
    `unknown`: nudges whose try met a fault that hides its end.
    """

    def __init__(self, trial: Trial) -> None:
        self._trial, self._calls = trial, list(trial.api.calls)
        kept = kept_by(trial)
        self._answers = answers_to(trial.said, self._calls)
        self.lost = [one for one, said in trial.said.items() if (one, said.words) not in kept]
        self.twice = [one for one, _ in kept if one not in trial.said] + doubles(one for one, _ in kept)
        self.silent = [one for one in trial.said if one not in self._answers]
        self.disorder = disorder([one for one, _ in kept]) + disorder(list(self._answers))
        self.again = [one for one, calls in self._answers.items() if doubles(call.method for call in calls)]

        self._due, self._asked = trial.due, questions(self._calls)
        self.asked_twice = [nudge for nudge, calls in self._asked.items() if len(calls) > 1]
        self.missing = self._due.keys() - self._asked.keys()
        self.tried = {nudge for kill in trial.kills for nudge in kill.trying}
        self.unknown = {nudge for call in self._calls if call.fault in UNKNOWN and (nudge := nudge_of(call))}
        self.most_at_once = max((len(kill.trying & self.missing) for kill in trial.kills), default=0)

    def check(self) -> None:
        """Nothing lost, nothing twice, no silence; missing are only nudges whose end nobody could know."""
        for name in ("lost", "twice", "silent", "disorder", "asked_twice"):
            assert not getattr(self, name), f"{name}: {getattr(self, name)}"
        assert self.missing <= self.tried | self.unknown, f"missing without reason: {self.missing}"

    def table(self) -> str:
        return "\n".join(f"  {name:<48}{value}" for name, value in (self._messages() | self._nudges()).items())

    def _messages(self) -> dict[str, object]:
        said, answers = self._trial.said, self._answers
        return {
            "messages sent": len(said),
            "kept exactly once": len(said) - len(self.lost) - len(self.twice),
            "lost / kept twice": f"{len(self.lost)} / {len(self.twice)}",
            "answered / in wrong order": f"{len(answers)} / {len(self.disorder)}",
            "answered once more": len(self.again),
            "people with words to exactly their first three": first_in_words(self._trial, answers),
            "answered after": spread([(calls[0].at - said[one].at).total_seconds() for one, calls in answers.items()]),
            **restarts(self._trial, self._calls),
        }

    def _nudges(self) -> dict[str, object]:
        late = [
            (self._asked[nudge][0].at - at).total_seconds() for nudge, at in self._due.items() if nudge in self._asked
        ]
        return {
            "nudges due": len(self._due),
            "asked once / twice": f"{len(self._asked) - len(self.asked_twice)} / {len(self.asked_twice)}",
            "asked after": spread(late),
            "tried when killed / of these missing": f"{len(self.tried)} / {len(self.tried & self.missing)}",
            "most missing at one kill": self.most_at_once,
            "unknown by a fault / of these missing": f"{len(self.unknown)} / {len(self.unknown & self.missing)}",
            "missing / without reason": f"{len(self.missing)} / {len(self.missing - self.tried - self.unknown)}",
        }


def kept_by(trial: Trial) -> list[tuple[Message, str]]:
    """All glimmers of all people, in the order people see them."""
    with trial.store() as store, store.read() as tx:
        everyone = people.load(tx, [person.user["id"] for person in trial.people])
        kept = [one for person in everyone.values() for one in glimmers.every(tx, person)]
    return [((glimmer.person_id, glimmer.message_id), glimmer.text) for glimmer in kept]


def answers_to(said: Iterable[Message], calls: Sequence[Call]) -> dict[Message, list[Call]]:
    """The calls that answered each message, in the order in which the messages were first answered."""
    answers: dict[Message, list[Call]] = {}
    known = set(said)
    for call in calls:
        number = call.params.get("message_id") or call.params.get("reply_parameters", {}).get("message_id")
        if call.took and (message := (call.params.get("chat_id"), number)) in known:
            answers.setdefault(message, []).append(call)
    return answers


def questions(calls: Sequence[Call]) -> dict[str, list[Call]]:
    """The calls that asked each nudge."""
    asked: dict[str, list[Call]] = {}
    for call in calls:
        if call.took and (nudge := nudge_of(call)):
            asked.setdefault(nudge, []).append(call)
    return asked


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
    return {
        "kills / killed before it asked for updates": f"{len(after)} / {len(after) - len(lived)}",
        "from kill to getUpdates": spread(lived),
    }


def doubles(things: Iterable[T]) -> list[T]:
    return [thing for thing, n in Counter(things).items() if n > 1]


def spread(seconds: Sequence[float]) -> str:
    """Middle and end: "0.1 s, at most 2.3 s"."""
    return f"{sorted(seconds)[len(seconds) // 2]:.1f} s, at most {max(seconds):.1f} s" if seconds else "-"
