"""People, chats and messages as Telegram writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.channels.updates import read
from bot.conversation.events import Event

BOT = 4242424242
AT = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
DATE = int(AT.timestamp())

ANNA = {"id": 7, "is_bot": False, "first_name": "Anna"}
US = {"id": BOT, "is_bot": True, "first_name": "Glimmers", "username": "glimmers_bot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
GROUP = {"id": -100, "type": "supergroup", "title": "Family"}
CHANNEL = {"id": -200, "type": "channel", "title": "News"}

FILE = {"file_id": "f", "file_unique_id": "u"}
SIZE = {"width": 9, "height": 9}
PLACE = {"latitude": 38.7, "longitude": -9.1}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": DATE, "from": ANNA, "chat": PRIVATE} | content


def update(**content: Any) -> dict[str, Any]:
    return {"update_id": 1} | content


def heard(**content: Any) -> Event | None:
    """What the bot makes of an update that holds this."""
    return read(update(**content), BOT)


OURS = message(message_id=4, **{"from": US}, text="What's one glimmer today?")
