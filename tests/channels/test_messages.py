"""What people say, edit and press: one raw update of each kind, and what it means."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.conversation.events import Edited, Event, Media, Message, Pressed, Said
from tests.channels.examples import (
    ANNA,
    AT,
    CHANNEL,
    DATE,
    FILE,
    GROUP,
    OURS,
    PLACE,
    PRIVATE,
    SIZE,
    US,
    heard,
    message,
)

OUR_QUESTION = Message(4, AT, "What's one glimmer today?", from_bot=True)


def said(**content: Any) -> Event | None:
    return heard(message=message(**content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "the light"}, Message(5, AT, "the light")),
        ({"text": "/start abc", "entities": []}, Message(5, AT, "/start abc")),
        ({"text": "soup", "reply_to_message": OURS}, Message(5, AT, "soup", reply_to=OUR_QUESTION)),
        (
            {
                "text": "soup",
                "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "B"},
            },
            Message(5, AT, "soup", forwarded=True),
        ),
        (
            {
                "photo": [SIZE | FILE, FILE | {"file_id": "large", "width": 90, "height": 90}],
                "caption": "sea",
            },
            Message(5, AT, "sea", media=(Media("photo", "large"),)),
        ),
        (
            {"photo": [SIZE | FILE], "media_group_id": "album"},
            Message(5, AT, media=(Media("photo", "f"),), album="album"),
        ),
    ],
)
def test_a_private_message_is_said(content: dict[str, Any], expected: Message) -> None:
    assert said(**content) == Said(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"voice": FILE | {"duration": 3}}, Media("voice", "f")),
        ({"video": FILE | SIZE | {"duration": 3, "file_name": "a.mp4"}}, Media("video", "f", "a.mp4")),
        ({"video_note": FILE | {"length": 9, "duration": 3}}, Media("video_note", "f")),
        ({"audio": FILE | {"duration": 3, "file_name": "a.mp3"}}, Media("audio", "f", "a.mp3")),
        (
            {"animation": FILE | SIZE | {"duration": 3}, "document": FILE | {"file_name": "a.gif"}},
            Media("animation", "f"),
        ),
        (
            {"live_photo": FILE | SIZE | {"file_id": "film", "duration": 3}, "photo": [FILE | SIZE]},
            Media("photo", "f"),
        ),
        (
            {"sticker": FILE | SIZE | {"is_animated": False, "is_video": False, "type": "regular", "emoji": "🌿"}},
            Media("sticker", "f", "🌿"),
        ),
        ({"document": FILE | {"file_name": "a.pdf"}}, Media("document", "f", "a.pdf")),
        (
            {"document": FILE | {"file_name": "a.jpg", "mime_type": "image/jpeg"}},
            Media("document", "f", "a.jpg", mime="image/jpeg"),
        ),
        ({"location": PLACE}, Media("location", lat=38.7, lon=-9.1)),
        (
            {"venue": {"location": PLACE, "title": "Home", "address": "A 1"}, "location": PLACE},
            Media("venue", name="Home", lat=38.7, lon=-9.1, address="A 1"),
        ),
        ({"contact": {"phone_number": "1", "first_name": "Bo"}}, Media("contact", name="Bo")),
        ({"dice": {"value": 3, "emoji": "🎲"}}, Media("dice", name="🎲")),
        ({"story": {"chat": CHANNEL, "id": 1}}, Media("story")),
        ({"hologram": {"made_of": "light"}}, Media("hologram")),
        ({"has_media_spoiler": True}, Media("unknown")),
    ],
)
def test_something_without_words_is_said_too(content: dict[str, Any], expected: Media) -> None:
    assert said(**content) == Said(Message(5, AT, media=(expected,)))


def test_a_poll_is_named_by_its_question() -> None:
    poll = {
        "id": "1",
        "question": "Tea?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    assert said(poll=poll) == Said(Message(5, AT, media=(Media("poll", name="Tea?"),)))


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": OURS},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
        {"migrate_from_chat_id": -5},
        {"text": "hello", "from": US},
        {"text": "hello", "from": US | {"id": 9}},
    ],
)
def test_nobody_waits_for_an_answer_to_a_pin_a_timer_or_a_bot(content: dict[str, Any]) -> None:
    assert said(**content) is None


def edited(**content: Any) -> Event | None:
    return heard(edited_message=message(edit_date=DATE + 60, **content))


def test_an_edit_keeps_the_time_of_the_message() -> None:
    assert edited(text="the last light") == Edited(Message(5, AT, "the last light"))


def test_the_moves_of_a_live_location_are_no_edits() -> None:
    assert edited(location=PLACE | {"live_period": 900}) is None


def pressed(**query: Any) -> Event | None:
    query = {"id": "1", "from": ANNA, "chat_instance": "c", "data": "yes"} | query
    return heard(callback_query=query)


def test_a_press_brings_its_message_and_what_that_answered() -> None:
    buttons = {
        "inline_keyboard": [
            [{"text": "Yes", "callback_data": "yes"}, {"text": "More", "url": "https://example.org"}],
            [{"text": "No", "callback_data": "no"}],
        ]
    }
    answered = message(photo=[FILE | SIZE], caption="sea")
    under = OURS | {"reply_markup": buttons, "reply_to_message": answered}
    assert pressed(message=under) == Pressed(
        "yes",
        Message(
            4,
            AT,
            "What's one glimmer today?",
            from_bot=True,
            buttons=("yes", "no"),
            reply_to=Message(5, AT, "sea", media=(Media("photo", "f"),)),
        ),
    )


def test_a_press_under_a_message_telegram_no_longer_gives() -> None:
    gone = Message(4, datetime(1970, 1, 1, tzinfo=UTC), readable=False)
    assert pressed(message={"message_id": 4, "date": 0, "chat": PRIVATE}) == Pressed("yes", gone)
    assert pressed() == Pressed("yes", None)


def test_a_press_in_a_group_is_nothing() -> None:
    assert pressed(message=OURS | {"chat": GROUP}) is None
