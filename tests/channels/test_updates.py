"""Reactions, blocks, groups, channels, garbage, and whom an update is about."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.updates import Unreadable, read, sender
from bot.conversation.events import Blocked, Elsewhere, Event, Reacted, Unblocked
from tests.channels.examples import ANNA, BOT, CHANNEL, DATE, GROUP, OURS, PRIVATE, US, heard, message, update

RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
STATUS_FIELDS: dict[str, dict[str, Any]] = {
    "kicked": {"until_date": 0},
    "administrator": dict.fromkeys(RIGHTS, False),
}


def reacted(*emoji: dict[str, str], **content: Any) -> Event | None:
    reaction = {"chat": PRIVATE, "message_id": 4, "date": DATE, "user": ANNA, "old_reaction": []}
    return heard(message_reaction=reaction | {"new_reaction": list(emoji)} | content)


def test_a_reaction_is_put_or_taken_away() -> None:
    heart = {"type": "emoji", "emoji": "❤"}
    custom = {"type": "custom_emoji", "custom_emoji_id": "1"}
    assert reacted(heart, custom) == Reacted(4, ("❤", "custom_emoji"))
    assert reacted() == Reacted(4, ())
    assert reacted(heart, chat=GROUP) is None


def member(chat: dict[str, Any], status: str) -> Event | None:
    old = {"user": US, "status": "left"}
    new = {"user": US, "status": status} | STATUS_FIELDS.get(status, {})
    change = {"chat": chat, "from": ANNA, "date": DATE, "old_chat_member": old, "new_chat_member": new}
    return heard(my_chat_member=change)


@pytest.mark.parametrize(
    ("chat", "status", "expected"),
    [
        (PRIVATE, "kicked", Blocked()),
        (PRIVATE, "member", Unblocked()),
        (GROUP, "member", Elsewhere(speakable=True)),
        (GROUP, "administrator", Elsewhere(speakable=True)),
        (GROUP, "left", None),
        (GROUP, "kicked", None),
        (CHANNEL, "administrator", Elsewhere(speakable=False)),
        (CHANNEL, "left", None),
    ],
)
def test_what_may_happen_to_the_bot_itself(chat: dict[str, Any], status: str, expected: Event | None) -> None:
    assert member(chat, status) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"message": message(chat=GROUP, text="/start@glimmers_bot")}, Elsewhere(speakable=True)),
        ({"message": message(chat=GROUP, new_chat_members=[US])}, None),
        ({"message": message(chat=GROUP, left_chat_member=US)}, None),
        ({"message": message(chat=GROUP, text="hi", **{"from": US})}, None),
        ({"edited_message": message(chat=GROUP, text="hi")}, None),
        (
            {"channel_post": {"message_id": 5, "date": DATE, "chat": CHANNEL, "text": "News"}},
            Elsewhere(False),
        ),
        ({"channel_post": {"message_id": 5, "date": DATE, "chat": CHANNEL, "pinned_message": OURS}}, None),
        ({"inline_query": {"id": "1", "from": ANNA, "query": "", "offset": ""}}, None),
        ({"brought_by_a_dove": {"twig": True}}, None),
        ({}, None),
    ],
)
def test_what_does_not_happen_between_two(raw: dict[str, Any], expected: Event | None) -> None:
    assert heard(**raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": 1, "message": "my secret"},
        {"update_id": 1, "message": {"text": "my secret"}},
        {"update_id": 1, "message": message(text="my secret", date="noon")},
    ],
)
def test_what_cannot_be_parsed_is_unreadable_and_says_nothing(raw: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as caught:
        read(raw, BOT)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"message": message(text="a")}, 7),
        ({"edited_message": message(chat=GROUP, text="a")}, -100),
        ({"callback_query": {"id": "1", "from": ANNA, "message": OURS | {"chat": GROUP}}}, -100),
        ({"callback_query": {"id": "1", "from": ANNA}}, 7),
        ({"my_chat_member": {"chat": CHANNEL, "from": ANNA}}, -200),
        ({"message_reaction": {"chat": PRIVATE, "user": ANNA}}, 7),
        ({"poll_answer": {"poll_id": "1", "user": ANNA}}, 7),
        ({"poll": {"id": "1"}}, None),
        ({}, None),
    ],
)
def test_the_sender_is_the_chat_or_else_the_person(raw: dict[str, Any], expected: int | None) -> None:
    assert sender(update(**raw)) == expected


known = st.sampled_from(["update_id", "message", "callback_query", "chat", "from", "user", "id"])
names = known | st.text(max_size=3)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_the_sender_of_anything_is_a_number_or_nobody(value: object) -> None:
    assert type(sender(value)) in (int, type(None))


@given(st.dictionaries(names, json_values, max_size=4))
def test_anything_is_read_or_unreadable(value: dict[str, Any]) -> None:
    with suppress(Unreadable):
        read(value, BOT)


TEXTS = st.one_of(st.text(), st.sampled_from(["/start", "", " "]), st.integers(), st.none())
SENDERS = st.sampled_from([ANNA, ANNA | {"is_bot": True}, {"id": 5}, {}])
CHATS = st.sampled_from([PRIVATE, GROUP, CHANNEL, {"id": 5}, {}])
BESIDE = st.sampled_from([{}, {}, {"media_group_id": "9"}, {"via_bot": US}, {"entities": []}])


@given(TEXTS, SENDERS, CHATS, st.integers(1, 2**33) | st.text(max_size=2), BESIDE)
def test_plain_words_are_read_as_telegrams_library_reads_them(
    text: object, sender: dict[str, Any], chat: dict[str, Any], date: object, beside: dict[str, Any]
) -> None:
    said = {"message_id": 4, "from": sender, "chat": chat, "date": date, "text": text} | beside
    assert outcome(said) == outcome(said | {"effect_id": "1"})  # with an effect, PTB reads it


def outcome(said: dict[str, Any]) -> object:
    try:
        return read({"update_id": 1, "message": said}, BOT)
    except Unreadable:
        return Unreadable
