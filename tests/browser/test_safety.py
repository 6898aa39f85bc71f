"""Words about harm in the page, as wide as a phone: what is said first, and what is one tap away.

With SCREENSHOTS=folder in the environment each of them leaves a picture there, to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, expect

from tests.browser.chat import PHONE, Chat, page_of_bot

pytestmark = pytest.mark.browser

SCHEMES = [pytest.param(PHONE | {"color_scheme": scheme}, id=scheme) for scheme in ("light", "dark")]


@pytest.fixture(params=SCHEMES)
def chat(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Chat]:
    with page_of_bot(browser, tmp_path, **request.param) as chat:
        chat.begin()
        yield chat


def test_direct_words_and_what_makes_it_easier_to_reach_a_person(chat: Chat, request: pytest.FixtureRequest) -> None:
    shot = request.node.callspec.id
    chat.say("i want to die")
    expect(chat.items.nth(-2)).to_contain_text("Thank you for telling me")
    expect(chat.last).to_contain_text("what makes it hard?")
    chat.shoot(f"safety-direct-{shot}")
    chat.press("Worried what happens")
    expect(chat.last).to_contain_text("You decide what you say")
    chat.press("Tell someone I trust")
    expect(chat.last).to_contain_text("Can you call me, or come over?")
    chat.shoot(f"safety-easier-{shot}")


@pytest.mark.parametrize(
    ("words", "met", "name"),
    [
        ("so tired of everything", "Is it tired-heavy", "unclear"),
        ("he hits me", "not your fault", "abuse"),
        ("my friend wants to die", "ask them straight out", "friend"),
        ("/safety", "Nobody watches this chat", "checked"),
    ],
)
def test_the_other_levels(chat: Chat, request: pytest.FixtureRequest, words: str, met: str, name: str) -> None:
    chat.say(words)
    expect(chat.last).to_contain_text(met)
    chat.shoot(f"safety-{name}-{request.node.callspec.params['chat']['color_scheme']}")


def test_the_numbers_of_a_country_before_any_yes(browser: Browser, tmp_path: Path) -> None:
    with page_of_bot(browser, tmp_path, **PHONE, color_scheme="light") as chat:
        chat.say("/help_now")
        chat.press("Numbers where I am")
        chat.press("Europe")
        chat.shoot("safety-country")
        chat.press("United Kingdom")
        expect(chat.last).to_contain_text("Samaritans: 116 123, 24/7")
        chat.shoot("safety-country-chosen")
