"""Does asking less where nothing comes back lose answers? `python -m benchmarks.rhythm [people]`.

Twelve weeks of people who answer as published studies say (care/evidence.md, sections 2.8 and 6.2), driven by the real
`scheduler.rhythm` and `scheduler.recurrence`: the same people for every way of asking, in three worlds, so that backing
off cannot win by assumption. Figures are means of a person with 95 % intervals over the seeds, and ratios to a fixed
daily hour. What no study gives is marked own below.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from scheduler.grace import NIGHT, is_quiet
from scheduler.recurrence import Course, moments
from scheduler.rhythm import Rhythm, Turn, better_hour
from scheduler.rule import Rule, Window, minutes_of

ZONE = ZoneInfo("Europe/Lisbon")
BEGIN = datetime(2026, 2, 2, 5, tzinfo=UTC)  # the spring change lies within
DAYS = 84
SEEDS = 5
HOURS = (8.5, 12.5, 17.5, 18.5, 19.5, 20.5)  # at which people are within reach [32]
DEFAULT = time(8, 30)
CHOSEN_RIGHT = 0.75  # choose an hour that suits them; the others any (own)
SHIFTS = 0.25  # whose good hour changes half-way (own)
LISTENING = (2.2, 2.8)  # Beta of answering at first, volunteers (own)
FAR, GOOD = 0.58, 0.87  # of that, at a bad and at a good hour: with the sensors of [38] +36 to 40 % over any hour
SPREAD = 2.5  # hours
IRREGULAR = 0.58 / 0.86  # at any hour of the day instead of always the same one [29]
WEARS, IRREGULAR_WEARS = 0.02 / 0.86, 0.01 / 0.58  # of the rate, a week [29]
WAKING = 12.0  # hours of the random one; a window lies between the two by its width (own)
DELAY = 20.0  # minutes to an answer at a good hour, median of a lognormal (own)
SPONTANEOUS = 0.04  # chance a day of something told unasked (own)
ACCEPTS = 0.7  # a better hour that is offered (own)


@dataclass(frozen=True)
class World:
    """`tires`: what each question in silence takes from listening; `mutes`: the chance that it is the last."""

    name: str
    tires: float
    mutes: float


# So that a fixed hour fares as in the table of section 6.2: 7.5, 11.8 and 20.9 answered, .67, .25 and none muted.
WORLDS = (World("strong fatigue", 0.16, 0.015), World("mild fatigue", 0.15, 0.0052), World("no fatigue", 0.0, 0.0))
RESTED = 0.88  # of the tiredness is left after a day without a question (own)


@dataclass(frozen=True)
class Someone:
    """`hour`: when they are within reach, and `later` from half-way on; `chosen`: what they chose."""

    seed: str
    listening: float
    hour: float
    later: float
    chosen: float

    def good_hour(self, day: int) -> float:
        return self.later if day >= DAYS // 2 else self.hour


@dataclass
class Outcome:
    asked: int = 0
    answered: int = 0
    muted: bool = False
    late_asked: int = 0
    late_answered: int = 0
    wrong: int = 0  # asked outside the window, or in quiet hours

    @property
    def ignored(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Policy:
    """`rule`: when they are asked; `hours`: how wide that is; `backs_off`, `suggests`: what of the rhythm is used."""

    name: str
    rule: Callable[[Someone], Rule]
    hours: float = 0.0
    backs_off: bool = False
    suggests: bool = False


def near(chosen: float) -> Window:
    begin = max(8.0, min(20.0, chosen - 1))
    return at_hour(begin), at_hour(begin + 2 if begin + 2 < 22 else 21.98)


def at_hour(hour: float) -> time:
    return time(int(hour), int(hour % 1 * 60))


POLICIES = (
    Policy("fixed hour", lambda _: Rule((DEFAULT,))),
    Policy("random window", lambda _: Rule(window=(time(9), time(21))), WAKING),
    Policy("chosen window", lambda one: Rule(window=near(one.chosen)), 2.0),
    Policy("chosen, backing off", lambda one: Rule(window=near(one.chosen)), 2.0, backs_off=True),
    Policy("chosen hour, backing off, suggesting", lambda one: Rule((at_hour(one.chosen),)), 0.0, True, True),
)


def people(seed: int, many: int) -> Iterator[Someone]:
    draw = Random(seed)
    for n in range(many):
        hour = draw.choice(HOURS)
        later = draw.choice(HOURS) if draw.random() < SHIFTS else hour
        chosen = hour if draw.random() < CHOSEN_RIGHT else draw.choice(HOURS)
        yield Someone(f"{seed}.{n}", draw.betavariate(*LISTENING), hour, later, chosen)


@dataclass
class Life:
    """One person under one way of asking, in one world."""

    one: Someone
    policy: Policy
    world: World
    draw: Random
    rhythm: Rhythm = Rhythm()  # noqa: RUF009 a frozen value
    tired: float = 0.0
    found: Outcome = field(default_factory=Outcome)

    def live(self) -> Outcome:
        rule = self.policy.rule(self.one)
        after, last = BEGIN, BEGIN + timedelta(days=DAYS)
        day_before = BEGIN.date()
        while not self.found.muted:
            course = Course(ZONE, quiet=NIGHT, seed=self.one.seed)
            moment = next(moments(rule, after, course))
            if moment.at >= last:
                break
            for _ in range((moment.day - day_before).days):
                self.between_days()
            day_before, after = moment.day, moment.at
            rule = self.fall_due(rule, moment.at, moment.day)
        return self.found

    def between_days(self) -> None:
        self.tired *= RESTED
        if self.draw.random() < SPONTANEOUS * self.one.listening:
            self.rhythm = self.rhythm.alive()

    def fall_due(self, rule: Rule, at: datetime, day: date) -> Rule:
        turn = self.rhythm.turn(day) if self.policy.backs_off else Turn.ASK
        if turn is Turn.LET_GO:
            return rule
        self.rhythm = self.rhythm.asked(day)
        wall = at.astimezone(ZONE)
        self.found.wrong += outside(rule, wall)
        if turn is Turn.FAREWELL:
            return rule
        n = (day - BEGIN.date()).days
        answered = self.draw.random() < self.chance(wall, n)
        self.count(answered, n)
        if answered:
            return self.answer(rule, wall, n, day)
        self.tired += self.world.tires
        self.found.muted = self.draw.random() < self.world.mutes
        return rule

    def chance(self, wall: datetime, n: int) -> float:
        apart = abs(wall.hour + wall.minute / 60 - self.one.good_hour(n))
        timely = FAR + (GOOD - FAR) * math.exp(-((min(apart, 24 - apart) / SPREAD) ** 2))
        width = self.policy.hours / WAKING
        regular = 1 - (1 - IRREGULAR) * width
        worn = max(0.3, 1 - (WEARS + (IRREGULAR_WEARS - WEARS) * width) * n / 7)
        return min(0.98, self.one.listening * timely * regular * worn * math.exp(-self.tired))

    def count(self, answered: bool, n: int) -> None:
        self.found.asked += 1
        self.found.answered += answered
        if n >= DAYS - 21:
            self.found.late_asked += 1
            self.found.late_answered += answered

    def answer(self, rule: Rule, wall: datetime, n: int, day: date) -> Rule:
        self.tired /= 2
        self.rhythm = self.rhythm.alive()
        if not self.policy.suggests:
            return rule
        asked = minutes_of(rule.times[0])
        self.rhythm = self.rhythm.answered(asked, minutes_of(self.answered_at(wall, n).time()))
        minute = better_hour(self.rhythm, asked, day)
        if minute is None:
            return rule
        self.rhythm = self.rhythm.suggested(day)
        at = time(minute // 60, minute % 60)
        return replace(rule, times=(at,)) if self.draw.random() < ACCEPTS else rule

    def answered_at(self, wall: datetime, n: int) -> datetime:
        """Soon at a good hour; at a bad one when the good one comes, if that is still on the day."""
        soon = wall + timedelta(minutes=self.draw.lognormvariate(math.log(DELAY), 1))
        good = self.one.good_hour(n) * 60 + self.draw.gauss(0, 25)
        waits = timedelta(minutes=good - (wall.hour * 60 + wall.minute))
        return wall + waits if waits > timedelta(hours=1.5) else soon


def outside(rule: Rule, wall: datetime) -> bool:
    at = wall.time().replace(second=0)
    if rule.window:
        begin, end = rule.window
        return not begin <= at <= end or is_quiet(wall, ZONE)
    return at != rule.times[0] or is_quiet(wall, ZONE)


Figures = dict[str, float]


def figures(seed: int, many: int, policy: Policy, world: World) -> Figures:
    """Means of a person."""
    lives = [Life(one, policy, world, Random(f"{one.seed} {world.name}")).live() for one in people(seed, many)]
    asked, late = sum(one.asked for one in lives), sum(one.late_asked for one in lives)
    return {
        "answered": sum(one.answered for one in lives) / many,
        "rate": sum(one.answered for one in lives) / asked,
        "ignored": sum(one.ignored for one in lives) / many,
        "muted": sum(one.muted for one in lives) / many,
        "late rate": sum(one.late_answered for one in lives) / max(1, late),
        "wrong": float(sum(one.wrong for one in lives)),
    }


def interval(values: list[float]) -> str:
    """Mean and half the width of the 95 % interval, by Student's t for five."""
    half = 2.776 * statistics.stdev(values) / math.sqrt(len(values))
    return f"{statistics.mean(values):7.2f} ±{half:5.2f}"


COLUMNS = ("answered", "rate", "ignored", "muted", "late rate")


def marks(world: World, base: Figures, ours: Figures) -> None:
    """What the last way of asking, which is how the bot asks, has to reach against a fixed hour."""
    ignored, answered = ours["ignored"] / base["ignored"], ours["answered"] / base["answered"]
    least = 1.0 if world.tires else 0.85
    print(
        f"  ignored {ignored - 1:+.0%}{' (asked: -40 %)' if world.tires else ''}, answered {answered - 1:+.0%}"
        f" (asked: {least - 1:+.0%}), muted {ours['muted']:.2f} (asked: at most {base['muted']:.2f})"
    )


def main(many: int) -> None:
    print(f"{many} people, {DAYS} days, {SEEDS} seeds; a person's mean ± 95 %; × is the ratio to a fixed hour")
    wrong = 0.0
    for world in WORLDS:
        print(
            f"\n{world.name:38}" + "".join(f"{name:>16}" for name in COLUMNS) + f"{'× answered':>12}{'× ignored':>11}"
        )
        base: Figures = {}
        for policy in POLICIES:
            runs = [figures(seed, many, policy, world) for seed in range(SEEDS)]
            means = {name: statistics.mean(run[name] for run in runs) for name in runs[0]}
            base = base or means
            ratios = f"{means['answered'] / base['answered']:12.2f}{means['ignored'] / base['ignored']:11.2f}"
            print(
                f"{policy.name:38}"
                + "".join(f"{interval([run[name] for run in runs]):>16}" for name in COLUMNS)
                + ratios
            )
            wrong += means["wrong"]
        marks(world, base, means)
    print(f"\nasked outside the window or in quiet hours: {wrong:.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
