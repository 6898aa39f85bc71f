"""Ways of saying something: a message, an edit in place, a reaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.events import Message, Pressed
from bot.conversation.situation import Say, Situation
from bot.conversation.values import replace
from storage.records import Priority

KEPT = "❤"
LONGEST = 4096
COPY = "copy "

Button = tuple[str, str]
Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True)
class Moments:
    """Moments as they are told, each by its words in the person's zone, and the whole of it in words."""

    words: str
    each: tuple[tuple[str, datetime], ...] = ()

    def __str__(self) -> str:
        return self.words


NONE = Moments("")


def send(
    s: Situation,
    words: str,
    rows: Rows = (),
    moments: Moments = NONE,
    *,
    reply_to: int | None = None,
    priority: Priority = Priority.REPLY,
    silent: bool = False,
) -> Say:
    """A new message; `rows` are buttons as (label, data), `moments` those told in it, `reply_to` the person's message
    it answers."""
    params = {"chat_id": s.chat_id, "text": words, "link_preview_options": {"is_disabled": True}} | keyboard(rows)
    if dated := entities(words, moments):
        params["entities"] = dated
    if reply_to is not None:
        params |= replying(reply_to)
    if silent:
        params["disable_notification"] = True
    return Say("sendMessage", params, priority=priority)


def answer(s: Situation, words: str, rows: Rows = (), moments: Moments = NONE) -> Say:
    """The message whose button was pressed, changed in place; a new one after anything else."""
    message = pressed_message(s)
    fresh = send(s, words, rows, moments)
    if message is None:
        return fresh
    params = fresh.params | {"message_id": message.id} | {"reply_markup": {"inline_keyboard": markup(rows)}}
    return Say("editMessageText", params, instead=words)


def below(s: Situation, words: str, rows: Rows = (), moments: Moments = NONE) -> Say:
    """The answer under the question whose button was pressed, which stays; pressed twice, it stands there once."""
    message = pressed_message(s)
    if message is None or not message.text or length(message.text) + length(words) > LONGEST - 2:
        return answer(s, words, rows, moments)
    asked = message.text.removesuffix(f"\n\n{words}")
    return replace(answer(s, f"{asked}\n\n{words}", rows, moments), instead=words)


def moment(s: Situation, at: datetime, zone: ZoneInfo) -> str:
    """ "today 08:30"."""
    return f"{s.voice.day(at.astimezone(zone).date(), s.now.astimezone(zone).date())} {s.voice.clock(at, zone)}"


def entities(text: str, moments: Moments) -> list[dict[str, Any]]:
    """The moments told in a text, so that Telegram shows each by the device's clock, too, when it is touched.

    Without a format the words stay as they are: in the person's zone, which may be another than the device's.
    """
    found = [(text.rfind(told), told, at) for told, at in moments.each]
    return [
        {"type": "date_time", "offset": length(text[:place]), "length": length(told), "unix_time": int(at.timestamp())}
        for place, told, at in found
        if place >= 0
    ]


def in_place(s: Situation, say: Say, rows: Rows) -> Say:
    """What would be sent as a message, in the pressed one instead, with these buttons too."""
    message = pressed_message(s)
    if say.method != "sendMessage":
        return say
    keyboard = [*say.params.get("reply_markup", {}).get("inline_keyboard", []), *markup(rows)]
    params = say.params | {"reply_markup": {"inline_keyboard": keyboard}}
    if message is None:
        return replace(say, params=params)
    params = {name: value for name, value in params.items() if name != "reply_parameters"}
    return replace(say, method="editMessageText", params=params | {"message_id": message.id}, instead=params["text"])


def asking_too(say: Say, message_id: int, words: str, rows: Rows) -> Say:
    """What changes that message, with a question below it; nothing else, and not where it is asked already."""
    if say.method != "editMessageText" or say.params["message_id"] != message_id or say.params["text"].endswith(words):
        return say
    keyboard = [*say.params["reply_markup"]["inline_keyboard"], *markup(rows)]
    text = f"{say.params['text']}\n\n{words}"
    return replace(say, params=say.params | {"text": text, "reply_markup": {"inline_keyboard": keyboard}})


def without_buttons(s: Situation, otherwise: str) -> Say:
    """The pressed message stays as it is, without its buttons; `otherwise` is said where it cannot be reached."""
    message = pressed_message(s)
    if message is None:
        return send(s, otherwise)
    params = {"chat_id": s.chat_id, "message_id": message.id, "reply_markup": {"inline_keyboard": []}}
    return Say("editMessageReplyMarkup", params, instead=otherwise)


def pressed_message(s: Situation) -> Message | None:
    """The message whose button was pressed, if the bot may still change it."""
    message = s.event.message if isinstance(s.event, Pressed) else None
    return message if message and message.readable else None


def react(s: Situation, message_id: int, emoji: str, otherwise: str) -> Say:
    """A reaction on the person's message; `otherwise` is said where Telegram takes none."""
    params = {
        "chat_id": s.chat_id,
        "message_id": message_id,
        "reaction": [{"type": "emoji", "emoji": emoji}],
    }
    return Say("setMessageReaction", params, instead=otherwise)


def replying(message_id: int) -> dict[str, Any]:
    """As an answer to this message, where it is still there."""
    return {"reply_parameters": {"message_id": message_id, "allow_sending_without_reply": True}}


def keyboard(rows: Rows) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": markup(rows)}} if rows else {}


def markup(rows: Rows) -> list[list[dict[str, Any]]]:
    return [[button(label, data) for label, data in row] for row in rows]


def button(label: str, data: str) -> dict[str, Any]:
    """A button that is told to the bot, or, where its data begins with `COPY`, one that copies the rest."""
    if data.startswith(COPY):
        return {"text": label, "copy_text": {"text": data.removeprefix(COPY)}}
    return {"text": label, "callback_data": data}


def length(words: str) -> int:
    """As Telegram counts: UTF-16 units."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def clipped(words: str, units: int) -> str:
    """At most `units` UTF-16 units, with "…" where something was left out; never half a character."""
    if length(words) <= units:
        return words
    return words.encode("utf-16-le", "surrogatepass")[: 2 * (units - 1)].decode("utf-16-le", "ignore").rstrip() + "…"
