"""Every refusal in Telegram's own words, and nothing done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReactionTypeCustomEmoji,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, TelegramError

from bot.playground.api import BotApi
from bot.playground.people import Person
from tests.playground.conftest import TOKEN, bot_for

pytestmark = pytest.mark.anyio

SAID, SENT, PICTURE = 1, 2, 3  # message ids: Ada's first, and two of the bot's
PHOTO, VOICE = "photo-1", "voice-2"  # file ids: what the bot sent, and what Ada did


def buttons(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Keep", callback_data=data)]])


def html(text: str) -> Callable[[Bot], Awaitable[object]]:
    return lambda bot: bot.send_message(7, text, parse_mode="HTML")


REFUSED: list[tuple[str, Callable[[Bot], Awaitable[object]]]] = [
    ("message text is empty", lambda bot: bot.send_message(7, " \n\u200b ")),
    ("message text is empty", lambda bot: bot.send_message(7, "<b> </b>", parse_mode="HTML")),
    ("message is too long", lambda bot: bot.send_message(7, "😀" * 2048 + "!")),
    ("message is too long", lambda bot: bot.edit_message_text("x" * 4097, 7, SENT)),
    ("message caption is too long", lambda bot: bot.send_document(7, b"{}", caption="x" * 1025)),
    ("chat not found", lambda bot: bot.send_message(12345, "Hello")),
    ("chat not found", lambda bot: bot.send_message(9, "Hello")),
    ("chat not found", lambda bot: bot.send_message("@somebody", "Hello")),
    ("message is not modified", lambda bot: bot.edit_message_text("Hello", 7, SENT, reply_markup=buttons("a"))),
    ("message is not modified", lambda bot: bot.edit_message_reply_markup(7, SENT, reply_markup=buttons("a"))),
    ("message can't be edited", lambda bot: bot.edit_message_text("Hello", 7, SAID)),
    ("message to edit not found", lambda bot: bot.edit_message_text("Hello", 7, 99)),
    ("message identifier is not specified", lambda bot: bot.edit_message_text("Hello", 7)),
    ("there is no text in the message to edit", lambda bot: bot.edit_message_text("Hello", 7, PICTURE)),
    ("message to delete not found", lambda bot: bot.delete_message(7, 99)),
    ("message to react not found", lambda bot: bot.set_message_reaction(7, 99, "❤")),
    ("message to be replied not found", lambda bot: bot.send_message(7, "x", reply_parameters=ReplyParameters(99))),
    ("BUTTON_DATA_INVALID", lambda bot: bot.send_message(7, "x", reply_markup=buttons("é" * 33))),
    ("BUTTON_DATA_INVALID", lambda bot: bot.send_message(7, "x", reply_markup=buttons(""))),
    ("REACTION_INVALID", lambda bot: bot.set_message_reaction(7, SAID, [ReactionTypeEmoji("✨")])),
    ("REACTION_INVALID", lambda bot: bot.set_message_reaction(7, SAID, [ReactionTypeCustomEmoji("1")])),
    ("REACTIONS_TOO_MANY", lambda bot: bot.set_message_reaction(7, SAID, ["❤", "🙏"])),
    ("query is too old", lambda bot: bot.answer_callback_query("99")),
    ("file must be non-empty", lambda bot: bot.send_document(7, b"")),
    ("wrong file identifier/HTTP URL specified", lambda bot: bot.send_photo(7, "no-such-file")),
    ("can't use file of type VoiceNote as Photo", lambda bot: bot.send_photo(7, VOICE)),
    ("can't use file of type Photo as Document", lambda bot: bot.send_document(7, PHOTO)),
    ("can't use file of type VoiceNote as VideoNote", lambda bot: bot.send_video_note(7, VOICE)),
    ("can't use file of type Photo as Sticker", lambda bot: bot.send_sticker(7, PHOTO)),
    ("message caption is too long", lambda bot: bot.send_voice(7, VOICE, caption="x" * 1025)),
    ("there are no messages to send", lambda bot: bot.send_media_group(7, [InputMediaPhoto(PHOTO)])),
    ("too many messages to send as an album", lambda bot: bot.send_media_group(7, [InputMediaPhoto(PHOTO)] * 11)),
    (
        "document can't be mixed with other media types",
        lambda bot: bot.send_media_group(7, [InputMediaPhoto(PHOTO), InputMediaDocument(b"{}")]),
    ),
    (
        "audio can't be mixed with other media types",
        lambda bot: bot.send_media_group(7, [InputMediaAudio(b"a"), InputMediaDocument(b"{}")]),
    ),
    (
        "wrong file identifier/HTTP URL specified",
        lambda bot: bot.send_media_group(7, [InputMediaPhoto(PHOTO), InputMediaPhoto("no-such-file")]),
    ),
    (
        "can't use file of type VoiceNote as Video",
        lambda bot: bot.send_media_group(7, [InputMediaPhoto(PHOTO), InputMediaVideo(VOICE)]),
    ),
    (
        "message caption is too long",
        lambda bot: bot.send_media_group(7, [InputMediaPhoto(PHOTO), InputMediaPhoto(PHOTO, caption="x" * 1025)]),
    ),
    (
        "message to be replied not found",
        lambda bot: bot.send_media_group(7, [InputMediaPhoto(PHOTO)] * 2, reply_parameters=ReplyParameters(99)),
    ),
    ("wrong location specified", lambda bot: bot.send_location(7, 91.0, 0.0)),
    ("wrong location specified", lambda bot: bot.send_venue(7, 1.0, 181.0, "Nowhere", "There")),
    ("there is no caption in the message to edit", lambda bot: bot.edit_message_caption(7, SENT, caption="x")),
    ("message is not modified", lambda bot: bot.edit_message_caption(7, PICTURE)),
    ("message caption is too long", lambda bot: bot.edit_message_caption(7, PICTURE, caption="x" * 1025)),
    ("wrong file_id or the file is temporarily unavailable", lambda bot: bot.get_file("no-such-file")),
    ("invalid limit specified", lambda bot: bot.get_updates(limit=101)),
    ("can't parse entities: Can't find end tag corresponding to start tag \"b\"", html("one <b>two")),
    ('can\'t parse entities: Unsupported start tag "h1" at byte offset 3', html("é <h1>two</h1>")),
    ('can\'t parse entities: Unsupported start tag "" at byte offset 2', html("1 < 2")),
    ("can't parse entities: Unexpected end tag at byte offset 0", html("</b>")),
    ('can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"', html("<b>x</i>")),
    ("can't parse entities: Unclosed start tag at byte offset 0", html("<b x")),
]


@pytest.fixture
async def chat(bot: Bot, api: BotApi, ada: Person) -> Person:
    api.person(9)  # never wrote
    await bot.send_message(7, "Hello", reply_markup=buttons("a"))
    await bot.send_photo(7, b"\x89PNG")
    ada.send("voice")
    return ada


@pytest.mark.parametrize(("words", "ask"), REFUSED, ids=[f"{n} {words}" for n, (words, _) in enumerate(REFUSED)])
async def test_telegram_says_no(
    bot: Bot, api: BotApi, chat: Person, words: str, ask: Callable[[Bot], Awaitable[object]]
) -> None:
    before = chat.chat
    with pytest.raises(BadRequest):
        await ask(bot)
    call = api.calls[-1]
    assert (call.status, call.took) == (400, False)
    assert call.description.startswith(f"Bad Request: {words}")
    assert chat.chat == before


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 7}, "message text is empty"),
        ("sendDocument", {"chat_id": 7}, "there is no document in the request"),
        ("sendVideoNote", {"chat_id": 7}, "there is no video_note in the request"),
        ("sendLocation", {"chat_id": 7, "latitude": 1.0}, "longitude is empty"),
        ("sendMediaGroup", {"chat_id": 7, "media": {}}, 'field "media" must be of type Array of InputMediaAudio'),
        ("answerCallbackQuery", {}, 'parameter "callback_query_id" is required'),
        ("setMessageReaction", {"chat_id": 7, "message_id": "one"}, 'field "message_id" must be of type Integer'),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": "{"}, 'field "reply_markup" must be of type'),
        ("setMyCommands", {"commands": {}}, 'field "commands" must be of type Array of BotCommand'),
    ],
)
async def test_a_call_that_does_not_fit_the_schema_is_refused_in_json_and_in_a_form(
    url: str, chat: Person, method: str, params: dict[str, Any], words: str
) -> None:
    assert chat
    form = {name: value if isinstance(value, str | int | float) else "{}" for name, value in params.items()}
    async with aiohttp.ClientSession() as web:
        for body in ({"json": params}, {"data": form}):
            async with web.post(f"{url}/bot{TOKEN}/{method}", **body) as response:
                assert response.status == 400
                assert (await response.json())["description"].startswith(f"Bad Request: {words}")


async def test_markup_does_not_count_towards_the_length(bot: Bot, ada: Person) -> None:
    await bot.send_message(7, f"<b>{'x' * 4095}</b>&lt;", parse_mode="HTML")
    assert ada.chat[-1]["text"] == "x" * 4095 + "<"
    assert (await bot.send_message(7, " &nbsp; ", parse_mode="HTML")).text == "&nbsp;"


async def test_a_method_not_rehearsed_says_so_and_stands_in_the_log(bot: Bot, api: BotApi, ada: Person) -> None:
    assert ada
    with pytest.raises(TelegramError, match=r"^Not Implemented: sendDice is not rehearsed here$"):
        await bot.send_dice(7)
    assert (api.calls[-1].method, api.calls[-1].status) == ("sendDice", 501)


async def test_a_misspelt_parameter_is_a_problem_in_the_log_and_ignored(bot: Bot, api: BotApi, ada: Person) -> None:
    assert ada
    await bot.send_message(7, "Hello", api_kwargs={"disable_notificatoin": True})
    assert (api.calls[-1].took, api.calls[-1].problems) == (True, ["unknown: disable_notificatoin"])
    markup = {"inline_keyboard": [[{"text": "Keep", "callbak_data": "keep"}]]}
    await bot.send_message(7, "Hello", reply_markup=InlineKeyboardMarkup.de_json(markup, bot))
    assert api.calls[-1].problems == ["unknown: reply_markup.inline_keyboard.callbak_data"]


async def test_the_log_holds_each_call_in_its_types(bot: Bot, api: BotApi, ada: Person) -> None:
    assert ada
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.send_message(7, "Hello")
    commands, sent = api.calls[-2:]
    assert commands.params == {"commands": [{"command": "help", "description": "Help"}]}
    assert (sent.method, sent.params, sent.status, sent.took) == (
        "sendMessage",
        {"chat_id": 7, "text": "Hello"},
        200,
        True,
    )


async def test_wrong_tokens_and_unknown_methods(bot: Bot, url: str) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendGlimmer")
    for token, words in (("1:other", "Unauthorized"), ("test", "Not Found")):
        with pytest.raises(InvalidToken):
            async with bot_for(token, url):
                pass
        async with aiohttp.ClientSession() as web, web.get(f"{url}/bot{token}/getMe") as response:
            assert (await response.json())["description"] == words
