"""Telegram's raw updates become events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import telegram
from telegram import CallbackQuery, ChatMemberUpdated, MessageReactionUpdated, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageType

from bot.conversation.events import (
    Blocked,
    Edited,
    Elsewhere,
    Event,
    Media,
    Message,
    Pressed,
    Reacted,
    Said,
    Unblocked,
)

# What can be sent beside words, with the field that names it. The first found counts: an animation comes with
# a document, a live photo with a photo, a venue with a location.
MEDIA = {
    "animation": "file_name",
    "photo": "",
    "live_photo": "",
    "voice": "",
    "video": "file_name",
    "video_note": "",
    "audio": "file_name",
    "sticker": "emoji",
    "document": "file_name",
    "venue": "title",
    "location": "",
    "contact": "first_name",
    "poll": "question",
    "dice": "emoji",
    "story": "",
    "game": "title",
    "checklist": "title",
    "giveaway": "",
    "giveaway_winners": "",
    "invoice": "title",
    "paid_media": "",
    "passport_data": "",
}
# Message types that stand beside others and say nothing of what a message is.
ENVELOPE = {
    "business_connection_id",
    "effect_id",
    "reply_to_story",
    "sender_boost_count",
    "sender_business_bot",
    "suggested_post_info",
    "text",
}
SERVICE = ({kind.value for kind in MessageType} | {"migrate_from_chat_id"}) - MEDIA.keys() - ENVELOPE
PRESENT = {
    ChatMemberStatus.OWNER,
    ChatMemberStatus.ADMINISTRATOR,
    ChatMemberStatus.MEMBER,
    ChatMemberStatus.RESTRICTED,
}
PLAIN = {"message_id", "from", "chat", "date", "text"}
SENDER = (("chat", "id"), ("message", "chat", "id"), ("from", "id"), ("user", "id"))


class Unreadable(Exception):
    """An update that is not as Telegram describes it. The text holds nothing of it."""


def sender(update: object) -> int | None:
    """Whom an update is about, for ordering: the person in a private chat, else the chat.

    Takes any JSON value; None where it names nobody.
    """
    for part in update.values() if isinstance(update, dict) else ():
        for path in SENDER:
            number = _dig(part, path)
            if type(number) is int:
                return number
    return None


def read(update: dict[str, Any], bot_id: int) -> Event | None:
    """The event an update tells of; None if nobody waits for an answer. Raises Unreadable."""
    try:
        return _plain_text(update) or _event(Update.de_json(update, None), bot_id)
    except Exception as error:
        raise Unreadable(type(error).__name__) from None


def _plain_text(update: dict[str, Any]) -> Said | None:
    """The update that comes most by far: words in private, and nothing beside them.

    PTB's way gives the same and costs 60 µs, a quarter of a whole turn; a test holds the two together.
    """
    message = update.get("message")
    if len(update) != 2 or not isinstance(message, dict) or message.keys() != PLAIN:
        return None
    if message["chat"]["type"] != ChatType.PRIVATE or message["from"]["is_bot"] is not False:
        return None
    number, date, text = message["message_id"], message["date"], message["text"]
    if not (type(number) is int and type(date) is int and isinstance(text, str) and text):
        return None
    return Said(Message(number, datetime.fromtimestamp(date, UTC), whole(text)))


def _event(update: Update, bot_id: int) -> Event | None:
    if update.message:
        return _said(update.message, bot_id)
    if update.edited_message:
        return _edited(update.edited_message, bot_id)
    if update.callback_query:
        return _pressed(update.callback_query, bot_id)
    if update.message_reaction:
        return _reacted(update.message_reaction)
    if update.my_chat_member:
        return _member(update.my_chat_member)
    if update.channel_post and not _is_service(update.channel_post):
        return Elsewhere(speakable=False)
    return None


def _said(message: telegram.Message, bot_id: int) -> Said | Elsewhere | None:
    if not _is_person(message.from_user) or _is_service(message):
        return None
    if message.chat.type != ChatType.PRIVATE:
        return Elsewhere(speakable=True)
    return Said(_message(message, bot_id))


def _edited(message: telegram.Message, bot_id: int) -> Edited | None:
    moved = message.location is not None  # a shared live location reports its every move as an edit
    if message.chat.type != ChatType.PRIVATE or not _is_person(message.from_user) or moved:
        return None
    return Edited(_message(message, bot_id))


def _pressed(query: CallbackQuery, bot_id: int) -> Pressed | None:
    message = query.message
    if not _is_person(query.from_user) or (message and message.chat.type != ChatType.PRIVATE):
        return None
    return Pressed(query.data or "", _message(message, bot_id) if message else None)


def _reacted(reaction: MessageReactionUpdated) -> Reacted | None:
    if reaction.chat.type != ChatType.PRIVATE or not _is_person(reaction.user):
        return None
    emoji = tuple(str(getattr(one, "emoji", one.type)) for one in reaction.new_reaction)
    return Reacted(reaction.message_id, emoji)


def _member(change: ChatMemberUpdated) -> Blocked | Unblocked | Elsewhere | None:
    status = change.new_chat_member.status
    if change.chat.type != ChatType.PRIVATE:
        return Elsewhere(speakable=change.chat.type != ChatType.CHANNEL) if status in PRESENT else None
    if status == ChatMemberStatus.BANNED:
        return Blocked()
    return Unblocked() if status == ChatMemberStatus.MEMBER else None


def _message(message: telegram.MaybeInaccessibleMessage, bot_id: int) -> Message:
    # PTB makes a Message even of what is inaccessible under a press, so the type alone does not tell.
    if not isinstance(message, telegram.Message) or not message.is_accessible:
        return Message(message.message_id, message.date, readable=False)
    return Message(
        id=message.message_id,
        at=message.date,
        text=_words(message),
        media=_media(message),
        album=message.media_group_id,
        reply_to=_message(message.reply_to_message, bot_id) if message.reply_to_message else None,
        from_bot=message.from_user is not None and message.from_user.id == bot_id,
        forwarded=message.forward_origin is not None,
        buttons=_buttons(message),
    )


def _words(message: telegram.Message) -> str:
    return whole(message.text or message.caption or "")


def whole(text: str) -> str:
    """Without halves of characters: JSON can carry them, and nothing can be said with them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _media(message: telegram.Message) -> tuple[Media, ...]:
    """Without text there is always something, be it of a kind this version does not know."""
    if message.text:
        return ()
    for kind, name in MEDIA.items():
        if thing := getattr(message, kind):
            return (_medium(kind, _largest(thing) if kind == "photo" else thing, name),)
    return (Media(next(iter(message.api_kwargs), "unknown")),)


def _medium(kind: str, thing: Any, name: str) -> Media:
    place = thing.location if kind == "venue" else thing
    return Media(
        kind=kind,
        file_id=getattr(thing, "file_id", None),
        name=getattr(thing, name, None) if name else None,
        lat=getattr(place, "latitude", None),
        lon=getattr(place, "longitude", None),
        mime=thing.mime_type if kind == "document" else None,
        address=thing.address if kind == "venue" else None,
    )


def _largest(sizes: tuple[telegram.PhotoSize, ...]) -> telegram.PhotoSize:
    return max(sizes, key=lambda size: size.width * size.height)


def _buttons(message: telegram.Message) -> tuple[str, ...]:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return tuple(str(button.callback_data) for row in rows for button in row if button.callback_data)


def _is_service(message: telegram.Message) -> bool:
    """Whether Telegram itself wrote it: a pin, a timer, someone who joined."""
    has_content = _words(message) or any(getattr(message, kind) for kind in MEDIA)
    return not has_content and any(getattr(message, kind) for kind in SERVICE)


def _is_person(user: User | None) -> bool:
    return user is not None and not user.is_bot


def _dig(value: object, path: tuple[str, ...]) -> object:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value
