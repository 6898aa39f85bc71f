"""A chat with the bot, and the person's side of it: what they do there, and what they see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from mimetypes import guess_type
from typing import TYPE_CHECKING, Any

from bot.playground.calls import Json
from bot.playground.checks import TYPES

if TYPE_CHECKING:
    from bot.playground.api import BotApi

FILE: Json = {"duration": 1, "width": 100, "height": 100, "length": 100}
FILE |= {"type": "regular", "is_animated": False, "is_video": False}
TYPE_OF = {"voice": "audio/ogg", "audio": "audio/mpeg", "video": "video/mp4", "animation": "video/mp4"}


@dataclass
class Chat:
    """`about` is Telegram's Chat; `status` the bot's own in it: new, member, kicked or left.

    `aside` holds, by message, what no update tells: reactions, the bytes of the bot's files, its keyboards, its first
    words. `faded` are messages that Telegram holds to be too old to show to the bot.
    """

    about: Json
    status: str
    messages: dict[int, Json] = field(default_factory=dict)
    replies: dict[int, int] = field(default_factory=dict)
    aside: defaultdict[int, Json] = field(default_factory=lambda: defaultdict(lambda: {"reactions": []}))

    faded: set[int] = field(default_factory=set)

    def view(self, number: int) -> Json:
        """The message as a bot is told of it; Telegram's stub for one that is gone or faded."""
        if number not in self.messages or number in self.faded:
            return {"message_id": number, "chat": self.about, "date": 0}
        return self._answering(number, self.messages.keys() - self.faded)

    def seen(self, number: int) -> Json:
        """The message as the person sees it, with all that lies beside it."""
        return self._answering(number, self.messages.keys()) | self.aside[number]

    def _answering(self, number: int, there: Set[int]) -> Json:
        original = self.replies.get(number, 0)
        reply = {"reply_to_message": self.messages[original]} if original in there else {}
        return self.messages[number] | reply


def words_of(message: Json) -> str:
    """Its text or its caption."""
    return str(message.get("text") or message.get("caption") or "")


def attachment(kind: str, file_id: str, name: str, content: bytes) -> Json:
    """A file's part of a message, with the fields Telegram gives its kind."""
    fields = TYPES["PhotoSize" if kind == "photo" else kind.title().replace("_", "")]["fields"]
    known = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content)}
    known["mime_type"] = TYPE_OF.get(kind) or guess_type(name)[0] or "application/octet-stream"
    about = {name: value for name, value in (known | FILE).items() if name in fields}
    return {kind: [about] if kind == "photo" else about}


def venue(lat: float, lon: float, title: str, address: str) -> Json:
    """A place with a name; Telegram tells it as a location, too."""
    spot = {"latitude": lat, "longitude": lon}
    return {"venue": {"location": spot, "title": title, "address": address}, "location": spot}


@dataclass(frozen=True)
class Person:
    """One person in one chat. Every method may be called from any thread."""

    api: BotApi
    user: Json
    room: Chat

    @property
    def chat(self) -> list[Json]:
        """All messages as they now stand; the bot's with "reactions", "content" of files, "keyboard"."""
        with self.api.lock:
            return [self.room.seen(number) for number in self.room.messages]

    def say(self, text: str, reply_to: int | None = None, **extra: Any) -> Json:
        return self._tell({"text": text} | extra, reply_to)

    def send(
        self,
        kind: str,
        caption: str = "",
        album: str = "",
        content: bytes = b"...",
        name: str = "",
        about: Json | None = None,
        reply_to: int | None = None,
        **extra: Any,
    ) -> Json:
        """Send a photo, voice, video, video_note, sticker, document, audio or animation; `about` is told of it."""
        words = {name: word for name, word in (("caption", caption), ("media_group_id", album)) if word}
        part = self.api.keep(kind, name or f"{kind}.bin", content)
        for one in part[kind] if kind == "photo" else [part[kind]]:
            one |= about or {}
        return self._tell(part | words | extra, reply_to)

    def locate(self, lat: float, lon: float, reply_to: int | None = None) -> Json:
        return self._tell({"location": {"latitude": lat, "longitude": lon}}, reply_to)

    def visit(self, lat: float, lon: float, title: str, address: str) -> Json:
        """Share a place that has a name."""
        return self._tell(venue(lat, lon, title, address))

    def edit(self, message_id: int, text: str) -> Json:
        with self.api.lock:
            old = self.room.messages[message_id]
            new = {"text" if "text" in old else "caption": text, "edit_date": self.api.time()}
            self.room.messages[message_id] = old | new
            self.api.push({"edited_message": self.room.view(message_id)})
            return self.room.view(message_id)

    def delete(self, message_id: int) -> None:
        """Delete a message; bots are not told."""
        with self.api.lock:
            self.room.messages.pop(message_id, None)

    def fade(self, message_id: int) -> None:
        """From now on the message is too old for the bot to see; the person still does."""
        with self.api.lock:
            self.room.faded.add(message_id)

    def press(self, message_id: int, data: str) -> str:
        """Press a button; returns the callback query's id."""
        with self.api.lock:
            query_id, message = str(self.api.next_id()), self.room.view(message_id)
            self.api.presses[query_id] = self.api.now()
            query = {"id": query_id, "from": self.user, "message": message, "chat_instance": "1", "data": data}
            self.api.push({"callback_query": query})
            return query_id

    def react(self, message_id: int, emoji: str | None) -> None:
        """Put a reaction on a message, or take it away."""
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        with self.api.lock:
            old = self.room.aside[message_id].get("yours", [])
            self.room.aside[message_id]["yours"] = new
            change = {"message_id": message_id, "user": self.user, "old_reaction": old, "new_reaction": new}
            self.api.push({"message_reaction": change | {"chat": self.room.about, "date": self.api.time()}})

    def block(self) -> None:
        """Block the bot; in a group, remove it."""
        self.api.move_bot(self.room, self.user, "kicked")

    def unblock(self) -> None:
        self.api.move_bot(self.room, self.user, "member")

    def _tell(self, content: Json, reply_to: int | None = None) -> Json:
        with self.api.lock:
            if self.room.about["type"] == "private" and self.room.status == "kicked":
                self.unblock()
            self.room.status = "member" if self.room.status == "new" else self.room.status
            message = self.api.write(self.room, self.user, content, reply_to)
            if self.room.status == "member":
                self.api.push({"message": message})
            return message
