"""The methods that behave. They take checked parameters, and return or refuse as Telegram does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.playground.calls import Json, Refusal, Upload
from bot.playground.checks import visible
from bot.playground.people import Chat, venue

if TYPE_CHECKING:
    from bot.playground.api import BotApi

CLOSED = {
    ("private", "new"): (400, "chat not found"),
    ("private", "kicked"): (403, "bot was blocked by the user"),
    ("group", "kicked"): (403, "bot was kicked from the group chat"),
    ("group", "left"): (403, "bot is not a member of the group chat"),
}
SAME = "specified new message content and reply markup are exactly the same as a current content and reply markup"
FILES = ("photo", "document", "voice", "video", "video_note", "audio", "animation", "sticker")
CAPTIONED = {"photo", "document", "voice", "video", "audio", "animation"}
WORDED = {"text": {"text"}, "caption": CAPTIONED}
ALONE = {"document", "audio"}  # in an album only among themselves
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


def _file(kind: str, api: BotApi, given: str | Upload) -> Json:
    """An upload, or a file this bot has met before; it can only be sent again as what it is."""
    if isinstance(given, Upload):
        if not given.content:
            raise Refusal(400, "file must be non-empty")
        return api.keep(kind, given.name, given.content)
    if given not in api.files:
        raise Refusal(400, "wrong file identifier/HTTP URL specified")
    if kind not in (known := api.attachments[given]):
        raise Refusal(400, f"can't use file of type {_type(next(iter(known)))} as {_type(kind)}")
    return known


def _type(kind: str) -> str:
    """Telegram's own name for a kind of file."""
    return "VoiceNote" if kind == "voice" else kind.title().replace("_", "")


def _content(api: BotApi, part: Json) -> Json:
    """The bytes of a file's part of a message."""
    thing = next(iter(part.values()))
    return {"content": api.files[(thing[0] if isinstance(thing, list) else thing)["file_id"]]}


def _send_file(kind: str, api: BotApi, params: Json) -> Json:
    part = _file(kind, api, params[kind])
    words = _words(params, "caption", "caption_entities") if kind in CAPTIONED else {}
    return _send(api, params, part | words, _content(api, part))


def _send_album(api: BotApi, params: Json) -> list[Json]:
    """Several messages under one group id, all of them or none."""
    album = [_item(api, params, item) for item in params["media"]]
    kinds = {next(iter(part)) for part, _ in album}
    if alone := (kinds & ALONE if len(kinds) > 1 else None):
        raise Refusal(400, f"{min(alone)} can't be mixed with other media types")
    group = {"media_group_id": str(api.next_id())}
    return [_send(api, params, part | words | group, _content(api, part)) for part, words in album]


def _item(api: BotApi, params: Json, item: Json) -> tuple[Json, Json]:
    """One file of an album, and its words."""
    uploaded = params.get(item["media"].removeprefix("attach://"))
    return _file(item["type"], api, uploaded or item["media"]), _words(item, "caption", "caption_entities")


def _place(params: Json) -> Json:
    lat, lon = params["latitude"], params["longitude"]
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise Refusal(400, "wrong location specified")
    return {"location": {"latitude": lat, "longitude": lon}}


def _venue(params: Json) -> Json:
    return _place(params) | venue(params["latitude"], params["longitude"], params["title"], params["address"])


def _edit(what: str, api: BotApi, params: Json) -> Json:
    """Change a message's text, its caption, or only its buttons."""
    chat, old = _message(api, params, "edit")
    if old["from"] != api.me:
        raise Refusal(400, "message can't be edited")
    if what and not old.keys() & WORDED[what]:
        raise Refusal(400, f"there is no {what} in the message to edit")
    entities = "entities" if what == "text" else "caption_entities"
    words = _words(params, what, entities) if what else {}
    replaced = ("reply_markup", what, entities) if what else ("reply_markup",)
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
    chat.aside[_first_of_album(chat, message)]["reactions"] = reactions
    return True


def _first_of_album(chat: Chat, message: Json) -> int:
    """Which message of an album carries the reactions to any of it: the first that is still there."""
    album = message.get("media_group_id")
    together = [number for number, one in chat.messages.items() if album and one.get("media_group_id") == album]
    return min(together, default=message["message_id"])


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
    **{f"send{kind.title().replace('_', '')}": partial(_send_file, kind) for kind in FILES},
    "sendMediaGroup": _send_album,
    "sendLocation": lambda api, params: _send(api, params, _place(params)),
    "sendVenue": lambda api, params: _send(api, params, _venue(params)),
    "sendChatAction": lambda api, params: bool(_chat(api, params)),
    "editMessageText": partial(_edit, "text"),
    "editMessageCaption": partial(_edit, "caption"),
    "editMessageReplyMarkup": partial(_edit, ""),
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
