"""A whole first week in the page, on a desktop and on a phone, by day and by night.

With SCREENSHOTS=folder in the environment each scene leaves a picture there, to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, expect

from tests.browser.chat import DESKTOP, PHONE, Chat, page_of_bot, picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOMS = [
    pytest.param(DESKTOP, "light", id="desktop-light"),
    pytest.param(DESKTOP, "dark", id="desktop-dark"),
    pytest.param(PHONE, "light", id="phone-light"),
    pytest.param(PHONE, "dark", id="phone-dark"),
]
NEXT = "To the next nudge"
RIVER, EVENING = picture((250, 214, 165), (92, 124, 148)), picture((242, 160, 120), (70, 60, 96))

Shoot = Callable[[str], None]


@pytest.mark.parametrize(("device", "scheme"), ROOMS)
def test_a_first_week(
    browser: Browser, tmp_path: Path, device: dict[str, Any], scheme: str, request: pytest.FixtureRequest
) -> None:
    with page_of_bot(browser, tmp_path, **device, color_scheme=scheme) as chat:
        scenes = iter(range(1, 100))

        def shoot(name: str) -> None:
            chat.shoot(f"{request.node.callspec.id}-{next(scenes):02}-{name}")

        for day in (monday, tuesday, wednesday, thursday, friday, saturday, sunday):
            day(chat, shoot)


def monday(chat: Chat, shoot: Shoot) -> None:
    """Hello; a first glimmer; a place and a time; the first question, answered."""
    shoot("hello")
    chat.page.get_by_role("button", name="Start", exact=True).click()
    chat.settle()
    shoot("consent")
    chat.press("Yes, keep them")
    chat.say("the smell of rain on the way to the bus")
    expect(chat.own("the smell of rain").locator(".reactions")).to_contain_text("❤")
    chat.say("Lisbon")
    expect(chat.last).to_contain_text("Lisbon, Portugal. It's 10:28 there, right?")
    shoot("when")
    chat.press("20:30")
    expect(chat.last).to_contain_text("I'll ask at 20:30 every day. Next: today 20:30")
    turn_to_next(chat)
    shoot("asked")
    chat.say("soup, and nobody in a hurry")
    expect(chat.own("soup").locator(".reactions")).to_contain_text("❤")


def tuesday(chat: Chat, shoot: Shoot) -> None:
    """The second question, answered with two pictures; Monday's words, changed."""
    turn_to_next(chat)
    chat.attach("Photo or video", ("river.png", RIVER), ("evening.png", EVENING), caption="the river, going home")
    expect(chat.own("the river").locator(".media img")).to_have_count(2)
    shoot("album")
    chat.do(chat.own("soup"), "Edit")
    chat.say("leek soup, and nobody in a hurry")
    expect(chat.own("leek soup").locator(".meta")).to_contain_text("edited")


def wednesday(chat: Chat, _shoot: Shoot) -> None:
    """Nothing today is a full answer."""
    turn_to_next(chat)
    chat.press("Not today")
    expect(chat.last).to_contain_text("Nothing today is a full answer.")


def thursday(chat: Chat, shoot: Shoot) -> None:
    """Later, and an hour later an answer."""
    turn_to_next(chat)
    chat.press("Later")
    expect(chat.last).to_contain_text("I'll ask again at 21:30.")
    turn_to_next(chat)
    chat.say("the cat waited behind the door")
    expect(chat.own("the cat").locator(".reactions")).to_contain_text("❤")
    shoot("later")


def friday(chat: Chat, shoot: Shoot) -> None:
    """Settings; another hour by buttons; something kept, and let go again."""
    chat.panel("+ 1 day")
    chat.close_panel()
    chat.say("/settings")
    shoot("settings")
    chat.press("Topics")
    chat.press("✓ Body")
    shoot("topics")
    chat.press("Settings")
    chat.press("Sound off")
    expect(chat.last).to_contain_text("not about body")
    expect(chat.last).to_contain_text("Sound: off")
    chat.press("My times")
    for label in ("20:30 every day", "Time", "19", "19:15"):
        chat.press(label)
    expect(chat.last).to_contain_text("Changed: 19:15 every day")
    shoot("changed")
    chat.say("sent by mistake")
    chat.say("undo")
    expect(chat.last).to_contain_text("Let go: “sent by mistake”")
    shoot("undone")


def saturday(chat: Chat, _shoot: Shoot) -> None:
    """The bot is blocked and says nothing; spoken to again, it is there, and has forgotten nothing."""
    chat.panel("Block the bot")
    before = chat.items.count()
    chat.panel("+ 1 day")
    assert chat.items.count() == before
    chat.panel("Unblock the bot")
    chat.close_panel()
    chat.say("coming home to a warm kitchen")
    expect(chat.own("warm kitchen").locator(".reactions")).to_contain_text("❤")


def sunday(chat: Chat, shoot: Shoot) -> None:
    """Telegram asks to be left alone, ten times; nothing is lost, and the week is there to be read."""
    turn_to_next(chat)
    expect(chat.last.get_by_role("img", name="came silently")).to_be_visible()
    chat.panel("Ten times 429")
    chat.close_panel()
    for words in ("bells, far away", "the first orange of the year", "a letter with a drawing"):
        chat.say(words)
    for words in ("bells", "first orange", "a letter"):
        expect(chat.own(words).locator(".reactions")).to_contain_text("❤")
    chat.say("/glimmers")
    expect(chat.last).to_contain_text("You kept 8 glimmers.")
    shoot("glimmers")
    chat.press("Older")
    expect(chat.last).to_contain_text("leek soup, and nobody in a hurry")
    expect(chat.last).to_contain_text("the smell of rain on the way to the bus")
    shoot("older")


def turn_to_next(chat: Chat) -> None:
    chat.panel(NEXT)
    chat.close_panel()
    expect(chat.last.get_by_role("button", name="Not today")).to_be_visible()
