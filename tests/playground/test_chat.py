"""What people do and bots answer, seen from both sides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from bot.playground.api import BotApi
from bot.playground.people import Person
from scheduler.clock import Clock

pytestmark = pytest.mark.anyio

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Keep", callback_data="keep")]])
PNG = b"\x89PNG and so on"


async def last(bot: Bot) -> Any:
    """The newest update; older ones are forgotten."""
    return (await bot.get_updates(offset=-1))[0]


async def test_a_press_brings_the_message_as_it_stands_with_the_one_it_answers(bot: Bot, ada: Person) -> None:
    note = ada.say("the light in the kitchen")
    asked = await bot.send_message(
        7, "Keep it?", reply_markup=BUTTONS, reply_parameters=ReplyParameters(note["message_id"])
    )
    ada.edit(note["message_id"], "the light in the hall")
    await bot.edit_message_text("Shall I keep it?", 7, asked.message_id, reply_markup=BUTTONS)
    query_id = ada.press(asked.message_id, "keep")
    query = (await last(bot)).callback_query
    assert (query.id, query.data, query.message.text) == (query_id, "keep", "Shall I keep it?")
    assert query.message.reply_to_message.text == "the light in the hall"
    assert query.message.reply_markup == BUTTONS
    assert await bot.answer_callback_query(query_id)


async def test_a_message_the_person_deleted_is_no_longer_told(bot: Bot, ada: Person) -> None:
    asked = await bot.send_message(7, "Keep it?", reply_parameters=ReplyParameters(1), reply_markup=BUTTONS)
    ada.delete(1)
    ada.press(asked.message_id, "keep")
    assert (await last(bot)).callback_query.message.reply_to_message is None
    ada.delete(asked.message_id)
    ada.press(asked.message_id, "keep")
    assert not (await last(bot)).callback_query.message.is_accessible


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "video_note", "sticker", "document", "audio", "animation"])
async def test_every_kind_of_file_can_be_fetched(bot: Bot, ada: Person, kind: str) -> None:
    ada.send(kind, caption="a caption", content=kind.encode())
    message = (await last(bot)).message
    attachment = message.effective_attachment
    file = await (attachment[-1] if kind == "photo" else attachment).get_file()
    assert bytes(await file.download_as_bytearray()) == kind.encode()
    assert message.caption == "a caption"


async def test_an_album_is_several_messages_with_one_caption(bot: Bot, ada: Person) -> None:
    ada.send("photo", caption="our walk", album="a1")
    ada.send("video", album="a1")
    walk = [update.message for update in await bot.get_updates(offset=-2)]
    assert [(m.media_group_id, m.caption) for m in walk if m] == [("a1", "our walk"), ("a1", None)]


async def test_places_times_and_extras_come_as_given(bot: Bot, ada: Person, clock: Clock) -> None:
    clock.wind(timedelta(days=400))
    earliest = clock.now().replace(microsecond=0)
    ada.locate(38.7, -9.1)
    ada.say("seen by someone else", forward_origin={"type": "hidden_user", "sender_user_name": "B", "date": 1})
    place, forward = (update.message for update in await bot.get_updates(offset=-2))
    assert place and forward and place.location and forward.forward_origin
    assert (place.location.latitude, place.location.longitude) == (38.7, -9.1)
    assert earliest <= place.date <= clock.now()


async def test_the_person_sees_edits_reactions_and_files(bot: Bot, ada: Person) -> None:
    sent = await bot.send_message(7, "Hello", reply_markup=BUTTONS)
    await bot.edit_message_reply_markup(7, sent.message_id)
    await bot.set_message_reaction(7, 1, [ReactionTypeEmoji("❤️")])
    await bot.send_document(7, InputFile(b"{}", filename="glimmers.json"), caption="yours")
    picture = await bot.send_photo(7, PNG)
    await bot.send_photo(7, picture.photo[-1].file_id)
    await bot.delete_message(7, picture.message_id)
    start, hello, export, again = ada.chat
    assert [reaction["emoji"] for reaction in start["reactions"]] == ["❤️"]
    assert "reply_markup" not in hello and hello["reactions"] == []
    assert (export["document"]["file_name"], export["content"], export["caption"]) == ("glimmers.json", b"{}", "yours")
    assert again["content"] == PNG


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "video_note", "sticker", "document", "audio", "animation"])
async def test_what_a_person_sent_can_be_sent_again_by_its_file_id(bot: Bot, ada: Person, kind: str) -> None:
    told = ada.send(kind, content=kind.encode(), name="walk.jpg")[kind]
    file_id = (told[-1] if kind == "photo" else told)["file_id"]
    again = await getattr(bot, f"send_{kind}")(7, file_id, reply_parameters=ReplyParameters(1))
    assert ada.chat[-1][kind] == told and ada.chat[-1]["content"] == kind.encode()
    assert again.reply_to_message.message_id == 1
    if kind == "document":
        assert told["mime_type"] == "image/jpeg"


async def test_an_album_is_sent_as_several_messages_and_its_first_carries_the_reactions(bot: Bot, ada: Person) -> None:
    old = ada.send("photo", content=PNG)["photo"][-1]["file_id"]
    album: list[InputMediaPhoto | InputMediaVideo] = [
        InputMediaPhoto(old, caption="then"),
        InputMediaVideo(b"new", caption="<b>now</b>", parse_mode="HTML"),
    ]
    sent = await bot.send_media_group(7, album)
    assert len({one.media_group_id for one in sent}) == 1 and sent[0].media_group_id
    assert [one.caption for one in sent] == ["then", "now"]
    assert [message["content"] for message in ada.chat[-2:]] == [PNG, b"new"]
    await bot.set_message_reaction(7, sent[1].message_id, "❤")
    assert [len(message["reactions"]) for message in ada.chat[-2:]] == [1, 0]


async def test_places_can_be_sent_and_captions_edited(bot: Bot, ada: Person) -> None:
    place = await bot.send_location(7, 38.7, -9.1)
    home = await bot.send_venue(7, 38.7, -9.1, "Home", "A 1")
    assert place.location and home.venue and home.location == home.venue.location == place.location
    picture = await bot.send_photo(7, PNG, caption="one", reply_markup=BUTTONS)
    await bot.edit_message_caption(7, picture.message_id, caption="two")
    assert ada.chat[-1]["caption"] == "two" and "reply_markup" not in ada.chat[-1]
    await bot.edit_message_caption(7, picture.message_id)
    assert "caption" not in ada.chat[-1]
    visit = ada.visit(38.7, -9.1, "Home", "A 1")
    assert visit["venue"] == ada.chat[2]["venue"]


async def test_whoever_blocked_is_out_of_reach_until_they_come_back(bot: Bot, ada: Person) -> None:
    ada.block()
    assert (await last(bot)).my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(7, "Hello")
    ada.say("back")
    returned, back = await bot.get_updates(offset=-2)
    assert returned.my_chat_member and returned.my_chat_member.new_chat_member.status == "member"
    assert back.message and (await bot.send_message(7, "Hello")).text == "Hello"


async def test_a_group_can_be_answered_and_left(bot: Bot, api: BotApi, ada: Person) -> None:
    family = api.group(-5, "Family", by=ada)
    added = (await bot.get_updates(offset=-2))[0].my_chat_member
    assert added and (added.new_chat_member.status, added.from_user.id) == ("member", 7)
    await bot.send_message(-5, "I work in private.")
    assert await bot.leave_chat(-5)
    before = api.waiting
    family.say("anyone?")
    assert api.waiting == before
    with pytest.raises(Forbidden, match=r"^Forbidden: bot is not a member of the group chat$"):
        await bot.send_message(-5, "Hello")
    family.block()
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was kicked from the group chat$"):
        await bot.send_message(-5, "Hello")


async def test_commands_and_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("help", "Ajuda")], language_code="pt")
    await bot.set_my_description("Small good moments.")
    await bot.set_my_short_description("Glimmers.")
    assert [command.description for command in await bot.get_my_commands(language_code="pt")] == ["Ajuda"]
    assert [command.description for command in await bot.get_my_commands()] == ["Help"]
    assert (await bot.get_my_description()).description == "Small good moments."
    assert (await bot.get_my_short_description(language_code="pt")).short_description == ""


async def test_a_query_can_be_answered_once_and_soon(bot: Bot, ada: Person, clock: Clock) -> None:
    pressed, later = ada.press(1, "keep"), ada.press(1, "keep")
    assert await bot.answer_callback_query(pressed)
    clock.wind(timedelta(minutes=5))
    for query_id in (pressed, later):
        with pytest.raises(BadRequest, match=r"(?i)query is too old and response timeout expired or"):
            await bot.answer_callback_query(query_id)


async def test_a_reply_to_nothing_is_sent_where_the_bot_allowed_it(bot: Bot, ada: Person) -> None:
    assert ada.chat
    allowed = ReplyParameters(99, allow_sending_without_reply=True)
    sent: Message = await bot.send_message(7, "Hello", reply_parameters=allowed)
    assert sent.reply_to_message is None
