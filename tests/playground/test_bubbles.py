"""Messages as HTML: every entity, every kind of file, and nothing that breaks the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.api import BotApi
from bot.playground.bubbles import items, keyboard
from bot.playground.people import Person
from bot.playground.words import Device, rich
from scheduler.clock import Clock

HALF_PAST = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
KATHMANDU = Device.of("Asia/Kathmandu", "en", HALF_PAST)
KINDS = ["bold", "italic", "underline", "spoiler", "code", "pre", "blockquote", "url", "bot_command", "mention", "new"]


def entity(kind: str, offset: int, length: int, **more: object) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length} | more


def words(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html))


@pytest.fixture
def chat(clock: Clock) -> Person:
    return BotApi("1:test", clock.now).person(7)


def drawn(person: Person) -> str:
    return "".join(item["html"] for item in items(person.room, "Glimmers", KATHMANDU))


def test_entities_lie_within_each_other_and_count_utf_16_units() -> None:
    html = rich("😀 bold and it", [entity("bold", 3, 11), entity("italic", 12, 2)], KATHMANDU)
    assert html == "😀 <strong>bold and <em>it</em></strong>"


def test_blocks_take_the_line_breaks_around_them() -> None:
    assert rich("a\nb\nc", [entity("blockquote", 2, 1)], KATHMANDU) == "a<blockquote>b</blockquote>c"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("t", "14:15"),
        ("T", "14:15:00"),
        ("wDt", "Tuesday, 24 November 2026, 14:15"),
        ("d", "24.11.26"),
        ("r", "in 30 minutes"),
        ("", "half past"),
    ],
)
def test_a_moment_is_shown_as_the_device_has_it(form: str, shown: str) -> None:
    device = replace(KATHMANDU, now=datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    moment = entity("date_time", 3, 9, unix_time=int(HALF_PAST.timestamp()), date_time_format=form)
    assert words(rich("at half past", [moment], device)) == f"at {shown}"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"])
def test_a_link_leads_only_to_the_web(url: str) -> None:
    html = rich("press", [entity("text_link", 0, 5, url=url)], KATHMANDU)
    assert words(html) == "press" and "<a" not in html


def test_links_and_commands_are_found_in_plain_words() -> None:
    html = rich("see https://example.org/a, /help_now and 8/10 or and/or", [], KATHMANDU)
    assert 'href="https://example.org/a"' in html and 'data-say="/help_now"' in html
    assert html.count("<button") == 1


@given(
    st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=40),
    st.lists(st.builds(entity, st.sampled_from(KINDS), st.integers(-2, 45), st.integers(-2, 45)), max_size=5),
)
def test_no_entities_lose_a_word_or_let_html_through(text: str, entities: list[dict[str, Any]]) -> None:
    html = rich(text, entities, KATHMANDU)
    assert "<script" not in html.replace("&lt;", "")
    seen = words(html)
    assert [c for c in seen if not c.isspace()] == [c for c in text if not c.isspace()]


def test_what_people_write_stays_words(chat: Person) -> None:
    chat.say("<script>alert(1)</script>")
    chat.send("document", name='"><img src=x onerror=alert(1)>.json', content=b"{}")
    html = drawn(chat)
    assert "<script>" not in html and "<img" not in html


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "video_note", "sticker", "document", "audio", "animation"])
def test_every_kind_is_drawn(chat: Person, kind: str) -> None:
    chat.send(kind, caption="a caption")
    assert f"files/{kind}-1" in drawn(chat) and "a caption" in drawn(chat)


def test_a_message_that_cannot_be_drawn_says_so_and_the_others_stay(chat: Person) -> None:
    chat.say("before")
    chat.say("odd", entities=[entity("date_time", 0, 3)])
    chat.say("after", poll={"question": "?"})
    html = drawn(chat)
    assert "before" in html and "cannot be shown here" in html and "after" in html


def test_an_answer_to_what_is_gone_says_so(chat: Person) -> None:
    first = chat.say("first")["message_id"]
    chat.say("second", reply_to=first)
    chat.delete(first)
    assert "a deleted message" in drawn(chat)


def test_the_newest_keyboard_stands_in_for_words(chat: Person) -> None:
    chat.say("/start")
    for markup in ({"keyboard": [["Yes"], [{"text": "Here", "request_location": True}]]}, {"remove_keyboard": True}):
        sent = chat.api.write(chat.room, chat.api.me, {"text": "Where?"})
        chat.room.aside[sent["message_id"]]["keyboard"] = markup
        shown = keyboard(chat.room)
        assert ('data-say="Yes"' in shown and "data-locate" in shown) == ("keyboard" in markup)
