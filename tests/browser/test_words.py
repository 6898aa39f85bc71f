"""Plain words in the page: a reminder set, a question about the past, a message that may be meant in two ways.

With SCREENSHOTS=folder in the environment each of them leaves a picture there, to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, expect

from tests.browser.chat import DESKTOP, PHONE, Chat, page_of_bot

pytestmark = pytest.mark.browser

ROOMS = [
    pytest.param(DESKTOP | {"color_scheme": "light"}, id="desktop"),
    pytest.param(PHONE | {"color_scheme": "dark"}, id="phone"),
]


@pytest.fixture(params=ROOMS)
def chat(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Chat]:
    with page_of_bot(browser, tmp_path, **request.param) as chat:
        chat.begin()
        yield chat


def test_a_reminder_in_words_is_told_back_and_can_be_undone(chat: Chat, request: pytest.FixtureRequest) -> None:
    chat.say("weekdays at 7.30 and noon, not fridays")
    expect(chat.last).to_contain_text("I'll ask at 07:30 and 12:00 on Mon, Tue, Wed and Thu. Next: today 12:00")
    chat.shoot(f"words-set-{request.node.callspec.id}")
    chat.press("Undo")
    expect(chat.last).to_contain_text("It is as it was before. Next: tomorrow 08:30")


def test_a_question_about_the_past_is_turned_page_by_page_in_place(chat: Chat, request: pytest.FixtureRequest) -> None:
    seen = ("my dog asleep on my feet", "the dogs chased gulls", "dog hair in the sun", "our dog met a goat")
    chat.say(*seen, "a dog in a basket", "dogs again", "blue pool, no one in it")
    chat.say("anything with my dog?")
    expect(chat.last).to_contain_text("6 of the 7 you kept")
    chat.shoot(f"words-asked-{request.node.callspec.id}")
    many = chat.items.count()
    chat.press("More")
    expect(chat.last).to_contain_text("the dogs chased gulls")
    expect(chat.items).to_have_count(many)
    chat.shoot(f"words-asked-page-two-{request.node.callspec.id}")


def test_a_message_in_doubt_is_kept_and_the_other_reading_is_one_button(
    chat: Chat, request: pytest.FixtureRequest
) -> None:
    chat.say("kids asleep at 8, quiet")
    expect(chat.own("kids asleep").locator(".reactions")).to_have_text("❤️")
    chat.say("thursdays are mine, around lunch, if you like")
    expect(chat.own("thursdays are mine").locator(".reactions")).to_have_text("❤️")
    chat.shoot(f"words-doubt-{request.node.callspec.id}")
    chat.press("Yes, set it")
    chat.shoot(f"words-doubt-set-{request.node.callspec.id}")


def test_times_of_all_kinds_stand_in_one_list(chat: Chat, request: pytest.FixtureRequest) -> None:
    chat.say("remind me in the evenings")
    expect(chat.last).to_contain_text("I'll ask in the evening (18:30 to 21:00) every day. Next: today")
    chat.say("remind me to stretch, two slow minutes, every other day at 10am", "a weekly letter")
    expect(chat.last).to_contain_text("Your week comes in a letter, at 17:00 on Sun")
    chat.shoot(f"words-kinds-{request.node.callspec.id}")
    chat.say("/reminders")
    expect(chat.last).to_contain_text("Press a time to change it.")
    chat.shoot(f"words-list-{request.node.callspec.id}")
