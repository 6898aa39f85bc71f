"""A chat as HTML, one item for each message, or for each album."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bot.playground.calls import Json
from bot.playground.markup import Html, icon, tag, together
from bot.playground.people import Chat, words_of
from bot.playground.words import Device, at, link, rich

NAMES = {
    "animation": "a moving picture",
    "photo": "a picture",
    "voice": "a voice note",
    "video": "a video",
    "video_note": "a round video",
    "audio": "a sound",
    "sticker": "a sticker",
    "document": "a file",
    "venue": "a place",
    "location": "a place",
}
NOT_EDITED = ("sticker", "location", "venue")


def items(chat: Chat, name: str, device: Device) -> Iterator[Json]:
    """{"id", "html"} for each, oldest first; the first of a day carries its heading. `name` is the bot's."""
    last = ""
    whole = [chat.seen(number) for number in chat.messages]
    for _, group in groupby(whole, key=lambda message: message.get("media_group_id") or message["message_id"]):
        parts = list(group)
        head = parts[0]
        day = device.day(head["date"])
        heading = tag("h2", day, class_="day") if day != last else None
        yield {"id": head["message_id"], "html": together(heading, drawn(chat, parts, name, device))}
        last = day


def drawn(chat: Chat, parts: list[Json], name: str, device: Device) -> Html:
    """The item, or that it cannot be shown: no message ever breaks the page."""
    try:
        return item(chat, parts, name, device)
    except (LookupError, TypeError, ValueError, OverflowError, OSError):
        number = parts[0]["message_id"]
        bubble = tag("div", "This message cannot be shown here.", class_="bubble")
        return tag("article", bubble, class_="item", tabindex="-1", data_id=number, data_ids=json.dumps([number]))


def item(chat: Chat, parts: list[Json], name: str, device: Device) -> Html:
    head = parts[0]
    worded = next((part for part in parts if words_of(part)), head)
    own, clock = not head["from"]["is_bot"], device.clock(head["date"])
    bubble = tag(
        "div",
        quote(chat, head, name),
        media(parts),
        words(worded, device),
        meta(chat, parts, device),
        class_="bubble",
    )
    more = tag("button", icon("more"), class_="more round", aria_label=f"Actions, {clock}", aria_haspopup="true")
    return tag(
        "article",
        tag("div", bubble, reactions(parts, name), keys(head), class_="stack"),
        more,
        class_=f"item {'own' if own else 'bot'}",
        aria_label=f"{'You' if own else name}, {clock}",
        tabindex="-1",
        data_id=head["message_id"],
        data_ids=json.dumps([part["message_id"] for part in parts]),
        data_brief=brief(head),
        data_edit=worded["message_id"] if own and not any(kind in head for kind in NOT_EDITED) else None,
        data_text=words_of(worded),
        data_yours=next((one["emoji"] for one in of(parts, "yours")), None),
        data_faded=head["message_id"] in chat.faded,
    )


def words(message: Json, device: Device) -> Html | None:
    text = words_of(message)
    entities = message.get("entities") or message.get("caption_entities") or []
    return tag("div", rich(text, entities, device), class_="words", dir="auto") if text else None


def meta(chat: Chat, parts: list[Json], device: Device) -> Html:
    """The small line: how it came, whether it was edited, and when."""
    head = parts[0]
    clock = device.clock(head["date"])
    return tag(
        "div",
        icon("muted", "came silently") if head.get("disable_notification") else None,
        icon("lock", "not to be passed on") if head.get("protect_content") else None,
        tag("span", "too old for the bot") if head["message_id"] in chat.faded else None,
        tag("span", "edited") if any(is_edited(part) for part in parts) else None,
        tag("time", clock, datetime=at(head["date"]).isoformat(), title=f"{device.day(head['date'])}, {clock}"),
        class_="meta",
    )


def is_edited(message: Json) -> bool:
    """As Telegram's apps have it: a bot that changes only its buttons has not edited."""
    changed = not message["from"]["is_bot"] or words_of(message) != message["first"]
    return "edit_date" in message and changed


def quote(chat: Chat, message: Json, name: str) -> Html | None:
    """The message it answers."""
    original = message.get("reply_to_message")
    if not original:
        return tag("div", "a deleted message", class_="quote") if chat.replies[message["message_id"]] else None
    who = name if original["from"]["is_bot"] else "You"
    return tag(
        "button",
        tag("strong", who),
        tag("span", brief(original), dir="auto"),
        class_="quote",
        data_key="quote",
        data_find=original["message_id"],
    )


def kind_of(message: Json) -> str:
    return next((kind for kind in NAMES if kind in message), "")


def brief(message: Json) -> str:
    return words_of(message)[:200] or NAMES.get(kind_of(message), "a message")


def media(parts: list[Json]) -> Html | None:
    tiles = [found for part in parts if (found := tile(part))]
    if not tiles:
        return None
    many = " many lots" if len(tiles) > 4 else " many" if len(tiles) > 1 else ""
    return tag("div", *tiles, class_=f"media{many} {kind_of(parts[0])}")


def tile(message: Json) -> Html | None:
    """What a message carries beside words; nothing for kinds this page does not know."""
    kind = kind_of(message)
    if not kind:
        return None
    thing, label = message[kind], NAMES[kind]
    if kind == "photo":
        source = address(max(thing, key=lambda size: size.get("width", 0) * size.get("height", 0)))
        return tag("a", tag("img", src=source, alt=label), href=source, target="_blank", rel="noopener noreferrer")
    if kind in ("venue", "location"):
        return place(thing)
    if kind == "sticker" and thing.get("emoji"):
        return tag("span", thing["emoji"], class_="face-only")
    if kind == "sticker" or thing.get("mime_type") == "image/gif":
        return tag("img", src=address(thing), alt=label)
    if kind == "document":
        return document(thing)
    sounds = kind in ("voice", "audio")
    return tag("audio" if sounds else "video", src=address(thing), controls=True, preload="metadata", aria_label=label)


def address(thing: Json) -> str:
    return f"files/{thing['file_id']}"


def document(thing: Json) -> Html:
    name, size = thing.get("file_name") or "file", thing.get("file_size", 0)
    told = f"{size} bytes" if size < 1024 else f"{round(size / 1024)} KB"
    save = tag("a", name, href=address(thing), download=name)
    look = tag("button", "View", data_view=address(thing), data_name=name, aria_label=f"View {name}")
    return tag("div", icon("file"), tag("div", save, tag("small", told)), look if name.endswith(".json") else None)


def place(thing: Json) -> Html:
    spot = thing.get("location", thing)
    numbers = f"{spot['latitude']:.3f}, {spot['longitude']:.3f}"
    title, where = thing.get("title") or "A place", thing.get("address") or numbers
    return tag("div", icon("pin"), tag("div", title, tag("small", where)))


def keys(message: Json) -> Html | None:
    """The bot's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    drawn = [
        tag("div", *(key(message, button, f"key-{y}-{x}") for x, button in enumerate(row)))
        for y, row in enumerate(rows)
    ]
    return tag("div", *drawn, class_="keys") if drawn else None


def key(message: Json, button: Json, name: str) -> Html:
    if "url" in button:
        return link(button["url"], button["text"])
    if copied := button.get("copy_text"):
        return tag("button", button["text"], data_copy=copied["text"], data_key=name, dir="auto")
    press = json.dumps({"message": message["message_id"], "data": button.get("callback_data")})
    usable = "callback_data" in button
    return tag("button", button["text"], data_press=press, data_key=name, disabled=not usable, dir="auto")


def keyboard(chat: Chat) -> Html:
    """The bot's keyboard, which stands in for the person's own words; the newest one counts."""
    shown: Json = {}
    for number, message in chat.messages.items():
        if message["from"]["is_bot"]:
            shown = chat.aside[number].get("keyboard") or shown
        elif shown.get("one_time_keyboard"):
            shown = {}
    return together(*(tag("div", *map(big_key, row)) for row in shown.get("keyboard", [])))


def big_key(button: Json | str) -> Html:
    about = {"text": button} if isinstance(button, str) else button
    locates = bool(about.get("request_location"))
    return tag("button", about["text"], data_locate=locates, data_say=None if locates else about["text"], dir="auto")


def reactions(parts: list[Json], name: str) -> Html | None:
    """The bot's hearts, and yours, which a press takes back."""
    theirs = [
        tag("span", emoji(one), role="img", aria_label=f"{emoji(one)} from {name}") for one in of(parts, "reactions")
    ]
    yours = [
        tag("button", emoji(one), data_unreact=True, data_key="yours", aria_label=f"Your {emoji(one)}: take it back")
        for one in of(parts, "yours")
    ]
    return tag("div", *theirs, *yours, class_="reactions") if theirs or yours else None


def of(parts: list[Json], what: str) -> list[Any]:
    return [one for part in parts for one in part.get(what, [])]


def emoji(reaction: Json) -> str:
    """In colours: some, such as ❤, are also letters of old."""
    sign = str(reaction.get("emoji", "❔"))
    return f"{sign}\ufe0f" if len(sign) == 1 and sign < "\uffff" else sign
