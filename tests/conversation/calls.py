"""What can be read from a call."""

from __future__ import annotations

import io
import json
import zipfile

from bot.playground.calls import Call, Json, Upload

GONE = ("message to edit not found", "message to react not found")


def is_heart(call: Call) -> bool:
    """Also one for a message that was deleted since: "Kept." is said instead."""
    return call.method == "setMessageReaction" and (is_success(call) or GONE[1] in call.description)


def is_success(call: Call) -> bool:
    return call.status == 200 or "not modified" in call.description


def buttons(call: Call) -> list[Json]:
    rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def carried(call: Call) -> list[str]:
    return [button["callback_data"] for button in buttons(call) if "callback_data" in button]


def document(call: Call) -> Json:
    """The export that was sent."""
    sent: Upload = call.params["document"]
    content = sent.content
    if sent.name.endswith(".zip"):
        content = zipfile.ZipFile(io.BytesIO(content)).read("glimmers.json")
    exported: Json = json.loads(content)
    return exported


def told(call: Call) -> str:
    """A call in one line."""
    words = str(call.params.get("text") or call.params.get("caption") or call.params.get("reaction") or "")
    labels = " ".join(f"[{button['text']} → {button.get('callback_data', 'copied')}]" for button in buttons(call))
    about = f" {call.params['message_id']}" if "message_id" in call.params else ""
    ended = "" if call.status == 200 else f"  !! {call.status} {call.description}"
    return f"{call.method}{about} {words[:160]!r} {labels}{ended}"
