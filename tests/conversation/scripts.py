"""Scripts for a storm: what each person does in each round, and how the clock and the bot's life go meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from bot.settings import Access
from tests.conversation.acts import Act

ROUNDS = 9
STARTS = [datetime(2026, 5, 14, 10, 30, tzinfo=UTC), datetime(2026, 3, 27, 7, 0, tzinfo=UTC)]
STARTS += [datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 12, 31, 21, 45, tzinfo=UTC)]
CODES = ("CODE-1", "CODE-2", "CODE-3")
BEGUN = ("/start", "yes", "Lisbon", "8:30")
# What is said at once in the first round, how often of a hundred, and what is pressed or said then.
OPENINGS: list[tuple[int, tuple[str, ...], tuple[str, ...]]] = [
    (8, (), ()),
    (4, ("/start CODE-1",), ()),
    (8, ("/start", "yes"), ()),
    (5, ("/start", "yes", "Lisbon"), ()),
    (3, ("/start", "yes", "skip", "skip", "skip"), ()),
    (3, ("/start", "yes", "steam on the window"), ()),
    (4, BEGUN, ("/settings", "press quiet")),
    (4, BEGUN, ("/settings", "press lines")),
    (4, BEGUN, ("/settings", "press topics", "press topics", "press topics")),
    (3, BEGUN, ("/settings", "press twelve", "press silent")),
    (3, BEGUN, ("/settings", "press quiet", "press quiet", "/glimmer")),
    (4, BEGUN, ("/reminders", "press rem", "press days")),
    (3, ("/start", "yes", "8:30"), ()),
    (22, BEGUN, ()),
    (6, (*BEGUN, "my cat purred", "add a time", "21:30"), ()),
    (5, (*BEGUN, "add a time"), ()),
    (6, BEGUN, ("/reminders", "press rem", "press hours")),
    (4, BEGUN, ("/reminders", "press rem", "press drop")),
    (5, (*BEGUN, "/erase"), ()),
    (6, (*BEGUN, "/glimmer"), ()),
    (4, (*BEGUN, "hard day"), ()),
    (3, (*BEGUN, "pause"), ()),
    (4, (*BEGUN, "remind me at 20:00 and 21:00"), ("stop the evening one", "press which")),
    (3, (*BEGUN, "remind me at 22:00"), ("nothing after 21:00", "press bound")),
    (3, BEGUN, ("make it twice a day", "press pick")),
    (3, (*BEGUN, "remind me at 20:00"), ("change my reminders to mornings and evenings", "press pick")),
    (3, BEGUN, ("at 20:00, soup and a candle", "press sure", "press undo")),
    (3, BEGUN, ("every other day at 9am", "press at")),
    (3, BEGUN, ("what's the capital of France?", "press keep")),
    (3, (*BEGUN, "pause till monday"), ()),
    (3, (*BEGUN, "ask me in 45 minutes"), ("/reminders",)),
    (2, (*BEGUN, "/glimmer", "later"), ()),
    (4, (*BEGUN, "i want to die"), ()),
    (4, (*BEGUN, *"abcdefgh"), ("/glimmers",)),
    (3, (*BEGUN, *"abcdefgh"), ("the last 7", "press recall")),
    (
        4,
        (*BEGUN, "rain a", "rain b", "rain c"),
        ("delete the one about rain", "press letgo", "press letall", "press letall"),
    ),
    (3, (*BEGUN, *"abcdefgh"), ("delete the last 7", "press choose", "yes")),
]
WEIGHTS = {
    "fits": 24, "presses fresh": 14, "presses": 6, "double taps": 3, "presses odd": 5, "presses gone": 2,
    "says": 3, "glimmer": 7, "phrase": 10, "way": 5, "times": 3, "wish": 6, "place": 3, "odd": 4, "cries": 3,
    "heavy": 2, "worries": 1, "idiom": 2, "commands": 10, "sends": 5, "sends album": 2, "sends other": 2,
    "shares place": 2, "edits": 4, "edits to a cry": 1, "replies": 4, "forwards": 2, "deletes": 2, "reacts": 2,
    "blocks": 2, "presses faded": 2, "groups": 0.5, "question": 5, "request": 12,
}  # fmt: skip
FATES = {"": 90, "twice": 5, "again later": 3, "late": 2}
WINDS = {"minutes": 60, "next": 22, "hours": 8, "day": 8, "week": 2}


@dataclass(frozen=True)
class Script:
    """What one person does, round by round."""

    n: int
    rounds: tuple[tuple[Act, ...], ...]

    def without(self, round_: int, at: int) -> Script:
        acts = self.rounds[round_]
        shorter = (*acts[:at], *acts[at + 1 :])
        return replace(self, rounds=(*self.rounds[:round_], shorter, *self.rounds[round_ + 1 :]))

    @property
    def size(self) -> int:
        return sum(map(len, self.rounds))


@dataclass(frozen=True)
class Weather:
    """What happens to everyone in a storm: how far the clock is wound before each round, and deaths.

    A death is the commit at which the process dies, counted from the round's beginning, and whether it still counts.
    """

    starts: datetime
    access: Access
    winds: tuple[tuple[str, int], ...]
    deaths: tuple[tuple[int, bool] | None, ...]

    def calm(self) -> Weather:
        return replace(self, deaths=tuple(None for _ in self.deaths))

    def still(self, round_: int) -> Weather:
        return replace(self, winds=(*self.winds[:round_], ("seconds", 1), *self.winds[round_ + 1 :]))


def script(seed: int, n: int) -> Script:
    draw = Random(f"script {seed} {n}")
    _, said, then = draw.choices(OPENINGS, [share for share, _, _ in OPENINGS])[0]
    opening = tuple(Act("says", 0, words) for words in said)
    led = [(act_of(words),) for words in then]
    free = [tuple(drawn(draw) for _ in range(draw.choices([1, 2, 3], [80, 14, 6])[0])) for _ in range(ROUNDS)]
    return Script(n, (opening, *led, *free)[: ROUNDS + 1])


def act_of(words: str) -> Act:
    verb = words.removeprefix("press ")
    return Act("presses", 1, verb) if verb != words else Act("says", 0, words)


def drawn(draw: Random) -> Act:
    name, fate = (draw.choices(list(shares), list(shares.values()))[0] for shares in (WEIGHTS, FATES))
    return Act(name, draw.randrange(2**32), fate=fate)


def weather(seed: int, people: list[int]) -> Weather:
    draw = Random(f"weather {seed}")
    winds = [(draw.choices(list(WINDS), list(WINDS.values()))[0], draw.randrange(1, 60)) for _ in range(ROUNDS)]
    deaths = [draw.choice([None, (draw.randrange(7), draw.random() < 0.5)]) for _ in range(ROUNDS + 1)]
    kinds = [Access("open"), Access("ids", frozenset(people[::2])), Access("invite")]
    access = draw.choices(kinds, [90, 4, 6])[0]
    return Weather(draw.choice(STARTS), access, (("seconds", 1), *winds), tuple(deaths))


def length(wind: tuple[str, int]) -> timedelta:
    kind, n = wind
    spans = {"seconds": timedelta(seconds=1), "minutes": timedelta(minutes=1), "hours": timedelta(minutes=7)}
    spans |= {"day": timedelta(minutes=48), "week": timedelta(hours=4)}
    return spans[kind] * n
