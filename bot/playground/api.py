"""The Bot API's state and its call log. Times come from the injected clock; all of it lives in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import count

from bot.playground.calls import Call, Json, Refusal
from bot.playground.checks import METHODS, SCHEMA, check, decode
from bot.playground.faults import Faults
from bot.playground.methods import REHEARSED
from bot.playground.people import Chat, Person, attachment, words_of
from bot.playground.updates import Updates


class BotApi:
    """What one bot's token reaches: for the bot by `call`, for people by `person` and `group`."""

    def __init__(self, token: str, now: Callable[[], datetime], seed: int = 0) -> None:
        self.token, self.now = token, now
        self.updates: Updates = Updates(now)
        self.lock, self.push = self.updates.lock, self.updates.push
        self.faults = Faults(seed)
        self.calls: list[Call] = []
        self.on_call: Callable[[], None] = lambda: None
        self.chats: dict[int | str, Chat] = {}
        self.files: dict[str, bytes] = {}
        self.attachments: dict[str, Json] = {}
        self.presses: dict[str, datetime] = {}
        self.profile: dict[str, Json] = {}
        bot_id = int(token.partition(":")[0])
        self.me: Json = {"id": bot_id, "is_bot": True, "first_name": "Glimmers", "username": "glimmers_bot"}
        self.next_id = count(1).__next__

    @property
    def waiting(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.updates.waiting())

    def time(self) -> int:
        return int(self.now().timestamp())

    def person(self, user_id: int, first_name: str = "Ada", **about: str) -> Person:
        """A person and their private chat, which the bot cannot find before they said something in it."""
        room = {"id": user_id, "type": "private", "first_name": first_name}
        user = {"id": user_id, "is_bot": False, "first_name": first_name, **about}
        return Person(self, user, self.chats.setdefault(user_id, Chat(room, "new")))

    def group(self, chat_id: int, title: str, by: Person | None = None) -> Person:
        """Add the bot to a new group; returns the one who did, in that group."""
        user = (by or self.person(user_id=1)).user
        chat = self.chats[chat_id] = Chat({"id": chat_id, "type": "group", "title": title}, "left")
        self.move_bot(chat, user, "member")
        self.push({"message": self.write(chat, user, {"new_chat_members": [self.me]})})
        return Person(self, user, chat)

    def move_bot(self, chat: Chat, by: Json, status: str) -> bool:
        """Change the bot's place in a chat, and tell it."""
        with self.lock:
            old, new = ({"user": self.me, "status": s, "until_date": 0} for s in (chat.status, status))
            chat.status = status
            change = {"chat": chat.about, "from": by, "old_chat_member": old, "new_chat_member": new}
            self.push({"my_chat_member": change | {"date": self.time()}})
        return True

    def write(self, chat: Chat, sender: Json, content: Json, reply_to: int | None = None) -> Json:
        """Put a message into a chat."""
        with self.lock:
            number = self.next_id()
            message = {"message_id": number, "from": sender, "chat": chat.about, "date": self.time()}
            chat.messages[number], chat.replies[number] = message | content, reply_to or 0
            chat.aside[number]["first"] = words_of(content)
            return chat.view(number)

    def keep(self, kind: str, name: str, content: bytes) -> Json:
        """Keep a file for getFile and to be sent again; returns its part of a message."""
        with self.lock:
            file_id = f"{kind}-{len(self.files) + 1}"
            self.files[file_id] = content
            self.attachments[file_id] = attachment(kind, file_id, name, content)
            return self.attachments[file_id]

    async def call(self, method: str, raw: Json) -> Call:
        """Check, do and log one call; a fault has the last word."""
        method = METHODS.get(method.lower(), method)
        call = Call(method, decode(method, raw), self.now())
        self.calls.append(call)
        call.fault, takes = self.faults.meet(method)
        try:
            if method not in SCHEMA["methods"]:
                raise Refusal(404, "method not found")
            check(call.params, SCHEMA["methods"][method]["params"], call.problems)
            result = await self._do(method, call.params) if takes else None
            call.took = takes
            self._mark(call.params, result)
            call.end({"ok": True, "result": result})
        except Refusal as refusal:
            call.end(refusal.answer)
        if call.fault == "429":
            call.end(Refusal(429, "retry after 1", retry_after=1).answer)
        elif call.fault in ("500", "502"):
            call.end(Refusal(int(call.fault)).answer)
        self.on_call()
        return call

    def _mark(self, params: Json, result: object) -> None:
        """Note what a sent message does not tell of itself: that it came silently, that it may not be passed on."""
        manner = {name: True for name in ("disable_notification", "protect_content") if params.get(name)}
        for message in result if isinstance(result, list) else [result]:
            if manner and isinstance(message, dict) and message.get("chat", {}).get("id") in self.chats:
                self.chats[message["chat"]["id"]].aside[message["message_id"]] |= manner

    async def _do(self, method: str, params: Json) -> object:
        if method == "getUpdates":
            return await self.updates.poll(params)
        if method not in REHEARSED:
            raise Refusal(501, f"{method} is not rehearsed here")
        with self.lock:
            return REHEARSED[method](self, params)
