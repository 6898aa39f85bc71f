"""The methods that behave. They take checked parameters, and return or refuse as Telegram does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.playground.calls import Json, Refusal, Upload
from bot.playground.checks import visible
from bot.playground.people import Chat

if TYPE_CHECKING:
    from bot.playground.api import BotApi

CLOSED = {
    ("private", "new"): (400, "chat not found"),
    ("private", "kicked"): (403, "bot was blocked by the user"),
    ("group", "kicked"): (403, "bot was kicked from the group chat"),
    ("group", "left"): (403, "bot is not a member of the group chat"),
}
SAME = "specified new message content and reply markup are exactly the same as a current content and reply markup"
PROFILE = {"Commands": "commands", "Description": "description", "ShortDescription": "short_description"}


def _chat(api: BotApi, params: Json) -> Chat:
    if "chat_id" not in params:
        raise Refusal(400, "chat_id is empty")
    chat = api.chats.get(params["chat_id"])
    if chat is None:
        raise Refusal(400, "chat not found")
    if reason := CLOSED.get((chat.about["type"], chat.status)):
        raise Refusal(*reason)
    return chat


def _message(api: BotApi, params: Json, purpose: str) -> tuple[Chat, Json]:
    chat = _chat(api, params)
    if "message_id" not in params:
        raise Refusal(400, "message identifier is not specified")
    if params["message_id"] not in chat.messages:
        raise Refusal(400, f"message to {purpose} not found")
    return chat, chat.messages[params["message_id"]]


def _words(params: Json, name: str, entities: str) -> Json:
    found = {name: visible(params.get(name, ""), params.get("parse_mode")), entities: params.get(entities)}
    return {name: value for name, value in found.items() if value}


def _buttons(params: Json) -> Json:
    markup = params.get("reply_markup", {})
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}


def _send(api: BotApi, params: Json, content: Json, aside: Json | None = None) -> Json:
    chat, reply = _chat(api, params), params.get("reply_parameters", {})
    if reply and reply["message_id"] not in chat.messages and not reply.get("allow_sending_without_reply"):
        raise Refusal(400, "message to be replied not found")
    message = api.write(chat, api.me, content | _buttons(params), reply.get("message_id"))
    keyboard = {} if _buttons(params) else {"keyboard": params.get("reply_markup")}
    chat.aside[message["message_id"]] |= keyboard | (aside or {})
    return message


def _send_file(kind: str, api: BotApi, params: Json) -> Json:
    given = params[kind]
    name, content = given if isinstance(given, Upload) else (given, api.files.get(given))
    if not content:
        raise Refusal(400, "file must be non-empty" if content == b"" else "wrong remote file identifier specified")
    words = _words(params, "caption", "caption_entities")
    return _send(api, params, api.keep(kind, name, content) | words, {"content": content})


def _edit(api: BotApi, params: Json, words: Json) -> Json:
    chat, old = _message(api, params, "edit")
    if old["from"] != api.me:
        raise Refusal(400, "message can't be edited")
    if words and "text" not in old:
        raise Refusal(400, "there is no text in the message to edit")
    replaced = ("reply_markup", "entities") if words else ("reply_markup",)
    new = {name: value for name, value in old.items() if name not in replaced} | words | _buttons(params)
    if new == old:
        raise Refusal(400, f"message is not modified: {SAME} of the message")
    chat.messages[old["message_id"]] = new | {"edit_date": api.time()}
    return chat.view(old["message_id"])


def _delete(api: BotApi, params: Json) -> bool:
    chat, message = _message(api, params, "delete")
    return bool(chat.messages.pop(message["message_id"]))


def _react(api: BotApi, params: Json) -> bool:
    chat, message = _message(api, params, "react")
    reactions = params.get("reaction", [])
    if len(reactions) > 1 or any(reaction["type"] != "emoji" for reaction in reactions):
        raise Refusal(400, "REACTIONS_TOO_MANY" if len(reactions) > 1 else "REACTION_INVALID")
    chat.aside[message["message_id"]]["reactions"] = reactions
    return True


def _answer_press(api: BotApi, params: Json) -> bool:
    pressed = api.presses.pop(params["callback_query_id"], None)
    if pressed is None or api.now() > pressed + timedelta(minutes=1):
        raise Refusal(400, "query is too old and response timeout expired or query ID is invalid")
    return True


def _get_file(api: BotApi, params: Json) -> Json:
    file_id, content = params["file_id"], api.files.get(params["file_id"])
    if content is None:
        raise Refusal(400, "wrong file_id or the file is temporarily unavailable")
    about = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}
    return about | {"file_path": f"files/{file_id}"}


def _describe(name: str, api: BotApi, params: Json) -> Any:
    """get… or set… what the bot shows of itself, kept for each language and scope."""
    field, for_whom = PROFILE[name[5:]], {key: params[key] for key in ("scope", "language_code") if key in params}
    shown = api.profile.setdefault(json.dumps(for_whom), {"commands": [], "description": "", "short_description": ""})
    if name.startswith("set"):
        shown[field] = params.get(field, "")
        return True
    return shown[field] if field == "commands" else {field: shown[field]}


REHEARSED: dict[str, Callable[[BotApi, Json], Any]] = {
    "getMe": lambda api, _: api.me,
    "sendMessage": lambda api, params: _send(api, params, _words(params, "text", "entities")),
    "sendDocument": partial(_send_file, "document"),
    "sendPhoto": partial(_send_file, "photo"),
    "sendChatAction": lambda api, params: bool(_chat(api, params)),
    "editMessageText": lambda api, params: _edit(api, params, _words(params, "text", "entities")),
    "editMessageReplyMarkup": lambda api, params: _edit(api, params, {}),
    "setMessageReaction": _react,
    "answerCallbackQuery": _answer_press,
    "deleteMessage": _delete,
    "leaveChat": lambda api, params: api.move_bot(_chat(api, params), api.me, "left"),
    "getFile": _get_file,
    "setWebhook": lambda api, params: api.updates.hook(params),
    "deleteWebhook": lambda api, params: api.updates.hook(params),
    "getWebhookInfo": lambda api, _: {
        "url": api.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": api.waiting,
    },
    **{f"{verb}My{name}": partial(_describe, f"{verb}My{name}") for verb in ("set", "get") for name in PROFILE},
}
