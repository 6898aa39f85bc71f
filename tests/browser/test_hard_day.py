"""A hard day in the page, as wide as a phone, from the first words to "enough"; and breathing at its real pace.

With SCREENSHOTS=folder in the environment each step leaves a picture there, to be looked at.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, expect

from bot.conversation.breathe import IN, OUT, ROUNDS
from tests.browser.chat import PHONE, Chat, page_of_bot

pytestmark = pytest.mark.browser

SCHEMES = [pytest.param(PHONE | {"color_scheme": scheme}, id=scheme) for scheme in ("light", "dark")]
SLACK = 2.5  # seconds; a beat may come a little late on a busy machine, never early


@pytest.fixture(params=SCHEMES)
def chat(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Chat]:
    with page_of_bot(browser, tmp_path, **request.param) as chat:
        chat.begin()
        yield chat


def test_a_whole_hard_day(chat: Chat, request: pytest.FixtureRequest) -> None:
    shot = request.node.callspec.id
    chat.say("rain on the tent roof")
    chat.say("everything is too much")
    expect(chat.last).to_contain_text("A hard day, then.")
    chat.shoot(f"hard-1-door-{shot}")
    for n, (label, heard) in enumerate(
        [
            ("One tiny step", "Low and small"),
            ("A glass of water", "Half a glass counts."),
            ("Did it", "That counts."),
            ("Toolkit", "Pick one, or none."),
            ("Something I kept", "rain on the tent roof"),
            ("Stay with it", "rain on the tent roof"),
            ("Toolkit", "Pick one, or none."),
            ("Ground", "Five small turns"),
            ("Looking around", "Five things of one colour"),
            ("Stop", "as good a place as any"),
            ("Enough", "It can rest here."),
        ],
        2,
    ):
        chat.press(label)
        expect(chat.last).to_contain_text(heard)
        chat.shoot(f"hard-{n}-{label.lower().replace(' ', '-')}-{shot}")


def test_breathing_keeps_its_pace(browser: Browser, tmp_path: Path) -> None:
    """Without the clock being wound: in for four seconds, out for six, three times."""
    with page_of_bot(browser, tmp_path, **PHONE, color_scheme="light") as chat:
        chat.begin()
        chat.say("help me breathe")
        chat.press("Start")
        begins, planned = time.monotonic(), 0.0
        for n in range(1, ROUNDS + 1):
            for heard, lasts in (("In, gently", IN), ("and out", OUT)):
                expect(chat.last).to_contain_text(heard, timeout=(OUT + SLACK) * 1000)
                expect(chat.last).to_contain_text(f"{n} of {ROUNDS}", timeout=SLACK * 1000)
                passed = time.monotonic() - begins
                print(f"{passed:5.1f} s (planned {planned:4.1f}): {heard}, {n} of {ROUNDS}")
                assert planned - 0.5 <= passed <= planned + SLACK
                if n == 2 and heard == "and out":
                    chat.shoot("breathing")
                planned += lasts
        expect(chat.last).to_contain_text("However it went", timeout=(OUT + SLACK) * 1000)
        chat.shoot("breathing-over")
