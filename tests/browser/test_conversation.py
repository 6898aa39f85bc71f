"""The page as people use it: a first conversation, pictures, time, two people, the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, expect

from tests.browser.chat import PHONE, Chat, page_of_bot, png

pytestmark = pytest.mark.browser


@pytest.fixture
def chat(browser: Browser, tmp_path: Path) -> Iterator[Chat]:
    with page_of_bot(browser, tmp_path) as chat:
        yield chat


def test_a_first_conversation(chat: Chat) -> None:
    chat.page.get_by_role("button", name="Start", exact=True).click()
    chat.settle()
    chat.page.locator(".keys button").first.click()
    chat.settle()
    chat.say("Lisbon", "8:30", "steam on the window")
    own = chat.own("steam on the window")
    expect(own.locator(".reactions")).to_have_text("❤️")
    chat.field.press("ArrowUp")
    expect(chat.field).to_have_value("steam on the window")
    chat.say("steam on the kitchen window")
    expect(chat.own("kitchen").locator(".meta")).to_contain_text("edited")
    chat.say("/glimmers")
    expect(chat.last).to_contain_text("steam on the kitchen window")
    chat.press("Undo")
    chat.say("/glimmers")
    expect(chat.last).not_to_contain_text("steam on the kitchen window")


def test_two_pictures_are_one_album_with_one_caption(chat: Chat) -> None:
    chat.begin()
    chat.attach("Photo or video", ("a.png", png(200, 120, 40)), ("b.png", png(40, 120, 200)), caption="our walk")
    album = chat.own("our walk")
    expect(album.locator(".media img")).to_have_count(2)
    expect(album.locator(".reactions")).to_contain_text("❤️")
    parts = [message for message in chat.session.guests[7].person.chat if "photo" in message]
    assert [message.get("caption") for message in parts] == ["our walk", None]
    assert len({message["media_group_id"] for message in parts}) == 1
    loaded = "images => images.every(image => image.complete && image.naturalWidth > 0)"
    assert album.locator("img").evaluate_all(loaded)


def test_each_person_has_a_chat_of_their_own(chat: Chat) -> None:
    chat.begin()
    chat.say("mine alone")
    chat.panel("Someone else")
    expect(chat.items).to_have_count(0)
    expect(chat.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    chat.say("/start")
    chat.panel("You")
    expect(chat.own("mine alone")).to_be_visible()


def test_the_clock_is_wound_to_the_next_nudge(chat: Chat) -> None:
    chat.begin()
    chat.panel("To the next nudge")
    expect(chat.page.locator("#now")).to_have_text("Tuesday, 24 November 2026, 08:30")
    expect(chat.last.locator("time")).to_have_text("08:30")
    expect(chat.page.locator(".day").last).to_have_text("Tuesday, 24 November")
    asked = chat.page.locator(".bot").count()
    chat.panel("+ 1 week")
    expect(chat.page.locator("#now")).to_have_text("Tuesday, 1 December 2026, 08:30")
    assert chat.page.locator(".bot").count() == asked + 4, "and less often, as nothing came back"


def test_whoever_blocked_the_bot_can_let_it_speak_again(chat: Chat) -> None:
    chat.begin()
    chat.panel("Block the bot")
    expect(chat.field).to_be_hidden()
    chat.page.locator("footer").get_by_role("button", name="Unblock").click()
    chat.settle()
    chat.say("here again")
    expect(chat.own("here again").locator(".reactions")).to_be_visible()


def test_the_keyboard_is_enough(chat: Chat) -> None:
    keyboard = chat.page.keyboard
    chat.field.focus()
    keyboard.type("/start")
    keyboard.press("Enter")
    chat.settle()
    chat.page.locator("#log").focus()
    for _ in range(20):
        keyboard.press("Tab")
        if chat.page.evaluate("document.activeElement.closest('.keys') !== null"):
            break
    keyboard.press("Enter")
    chat.settle()
    assert chat.page.evaluate("document.activeElement !== document.body")
    chat.field.focus()
    keyboard.type("a robin")
    keyboard.press("Enter")
    chat.settle()
    keyboard.type("/gli")
    keyboard.press("ArrowUp")
    expect(chat.page.locator("#commands button").last).to_be_focused()
    keyboard.press("Enter")
    chat.settle()
    expect(chat.field).to_be_focused()
    expect(chat.page.locator(".own").last).to_have_text(re.compile("/glimmers"))
    chat.last.locator(".more").focus()
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("Enter")
    chat.settle()
    expect(chat.last.get_by_role("button", name=re.compile("take it back"))).to_be_visible()


def test_a_reply_shows_what_it_answers_and_leads_there(chat: Chat) -> None:
    chat.begin()
    asked = chat.last.locator(".words").inner_text()
    chat.do(chat.last, "Reply")
    chat.say("an answer")
    answer = chat.own("an answer")
    answer.locator(".quote").click()
    expect(chat.page.locator(".bot:focus .words")).to_have_text(asked, use_inner_text=True)


def test_reactions_and_deletions(chat: Chat) -> None:
    chat.begin()
    chat.do(chat.last, "❤️")
    expect(chat.last.get_by_role("button", name="take it back")).to_be_visible()
    chat.last.get_by_role("button", name="take it back").click()
    chat.settle()
    expect(chat.last.locator(".reactions")).to_have_count(0)
    before = chat.items.count()
    chat.do(chat.last, "Delete")
    expect(chat.items).to_have_count(before - 1)


def test_right_to_left_words_run_right_to_left(chat: Chat) -> None:
    chat.begin()
    chat.say("שלום, אור חם במטבח")
    words = chat.page.locator(".own .words", has_text="אור חם")
    assert words.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_what_people_write_is_never_a_part_of_the_page(chat: Chat) -> None:
    chat.begin()
    chat.say("<img src=x onerror=alert(1)> & <b>bold</b>", "x" * 4096)
    expect(chat.own("<img src=x onerror=alert(1)> & <b>bold</b>")).to_be_visible()
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert chat.page.evaluate(fits)


def test_a_deep_link_starts_with_its_code(browser: Browser, tmp_path: Path) -> None:
    with page_of_bot(browser, tmp_path, path="/?start=CODE_1") as chat:
        chat.page.get_by_role("button", name="Start", exact=True).click()
        chat.settle()
        expect(chat.items.first).to_contain_text("/start CODE_1")


def test_starting_over_forgets_everything(chat: Chat) -> None:
    chat.begin()
    chat.page.get_by_role("button", name="Start over").click()
    chat.page.get_by_role("button", name="Press again").click()
    chat.settle()
    expect(chat.items).to_have_count(0)
    chat.say("/start")
    expect(chat.last.locator(".keys")).to_be_visible()


def test_bad_weather_is_told_in_the_log_and_ends_on_demand(chat: Chat) -> None:
    chat.begin()
    chat.page.get_by_label("How").select_option("lost")
    chat.panel("Next call")
    chat.say("/help")
    calls = chat.page.locator("#calls li")
    expect(calls.filter(has_text="no answer")).to_have_count(1)
    twice = [item.locator(".words").inner_text() for item in (chat.items.nth(-2), chat.last)]
    assert twice[0] == twice[1]


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, tmp_path: Path) -> None:
    with page_of_bot(browser, tmp_path, **PHONE) as chat:
        chat.begin()
        chat.say("a" * 300, "a robin\non the fence")
        chat.attach("Photo or video", *((f"{n}.png", png(20 * n, 90, 90)) for n in range(7)), caption="many")
        fits = "[document.documentElement, document.querySelector('#log')].every(one => one.scrollWidth <= innerWidth)"
        assert chat.page.evaluate(fits)
        chat.page.get_by_role("button", name="Rehearsal panel").click()
        assert chat.page.evaluate(fits)
