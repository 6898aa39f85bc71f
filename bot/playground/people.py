"""A chat with the bot, and the person's side of it: what they do there, and what they see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.playground.calls import Json
from bot.playground.checks import TYPES

if TYPE_CHECKING:
    from bot.playground.api import BotApi

FILE = {"duration": 1, "width": 100, "height": 100, "length": 100, "mime_type": "application/octet-stream"}
FILE |= {"type": "regular", "is_animated": False, "is_video": False}


@dataclass
class Chat:
    """`about` is Telegram's Chat; `status` the bot's own in it: new, member, kicked or left.

    `aside` holds, by message, what no update tells: the bot's reactions, the bytes of its files, its keyboards.
    """

    about: Json
    status: str
    messages: dict[int, Json] = field(default_factory=dict)
    replies: dict[int, int] = field(default_factory=dict)
    aside: defaultdict[int, Json] = field(default_factory=lambda: defaultdict(lambda: {"reactions": []}))

    def view(self, number: int) -> Json:
        """The message as it now stands, with the one it answers; Telegram's stub for one no longer there."""
        stub = {"message_id": number, "chat": self.about, "date": 0}
        original = self.messages.get(self.replies.get(number, 0))
        return self.messages.get(number, stub) | ({"reply_to_message": original} if original else {})


def attachment(kind: str, file_id: str, name: str, content: bytes) -> Json:
    """A file's part of a message, with the fields Telegram gives its kind."""
    fields = TYPES["PhotoSize" if kind == "photo" else kind.title().replace("_", "")]["fields"]
    known = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content)}
    about = {name: value for name, value in (known | FILE).items() if name in fields}
    return {kind: [about] if kind == "photo" else about}


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
            return [self.room.view(number) | self.room.aside[number] for number in self.room.messages]

    def say(self, text: str, reply_to: int | None = None, **extra: Any) -> Json:
        return self._tell({"text": text} | extra, reply_to)

    def send(self, kind: str, caption: str = "", album: str = "", content: bytes = b"...", **extra: Any) -> Json:
        """Send a photo, voice, video, video_note, sticker, document, audio or animation."""
        words = {name: word for name, word in (("caption", caption), ("media_group_id", album)) if word}
        return self._tell(self.api.keep(kind, f"{kind}.bin", content) | words | extra)

    def locate(self, lat: float, lon: float) -> Json:
        return self._tell({"location": {"latitude": lat, "longitude": lon}})

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
            del self.room.messages[message_id]

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
        change = {"message_id": message_id, "user": self.user, "old_reaction": [], "new_reaction": new}
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
