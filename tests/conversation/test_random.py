"""Ten thousand conversations nobody would write: any acts in any order, in any weather, and the bot dying meanwhile.

What has to hold is in `watch.py`. Hypothesis draws the storms; whoever a promise was broken to is looked at alone, with
as few acts as still break it, and their conversation is told.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.conversation.rules import FOR_GUESTS, FOR_OTHERS, FOR_PEOPLE
from bot.conversation.state import Step
from tests.conversation.scripts import script, weather
from tests.conversation.storm import FIRST_ID, Figures, blown, shrunk

TOGETHER = 200
STORMS = 50
SEEDS = st.integers(0, 2**32)
# A storm is no smaller for a smaller seed: `shrunk` makes it small.
CALM = settings(deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@given(SEEDS)
@settings(CALM, max_examples=1)
def test_a_hundred_conversations(seed: int) -> None:
    blow(seed, Figures(), together=100)


@pytest.mark.slow
def test_ten_thousand_conversations(capsys: pytest.CaptureFixture[str]) -> None:
    figures = Figures()

    @given(SEEDS)
    @settings(CALM, max_examples=STORMS)
    def storms(seed: int) -> None:
        blow(seed, figures)

    storms()
    with capsys.disabled():
        print(f"\n{told(figures)}")
    assert figures.people >= TOGETHER * STORMS
    assert set(Step) <= figures.steps.keys()


def blow(seed: int, figures: Figures, together: int = TOGETHER) -> None:
    under = weather(seed, [FIRST_ID + n for n in range(together)])
    failures = blown([script(seed, n) for n in range(together)], under, figures)
    if failures:
        found, calmer = shrunk(failures[0], under)
        kinds = Counter(failure.promise for failure in failures)
        raise AssertionError(f"{dict(kinds)}\n{found}\n{calmer}\nstorm {seed}")


def told(figures: Figures) -> str:
    """What the storms were made of, and what they never reached."""
    tables = {"person": FOR_PEOPLE, "guest": FOR_GUESTS, "other": FOR_OTHERS}
    every = {(who, rule) for who, rules in tables.items() for rules_ in rules.values() for rule in rules_}
    missed = sorted(f"{who}: {rule.heard} {rule.step or ''}".strip() for who, rule in every - figures.rules.keys())
    return "\n".join(
        [
            f"conversations {figures.people}, events {figures.events.total()}, calls {figures.calls}, "
            f"deaths {figures.deaths}",
            f"events by kind {dict(figures.events.most_common())}",
            f"steps { ({str(step): times for step, times in figures.steps.most_common()}) }",
            f"rules never reached {missed}",
        ]
    )
