"""What Telegram checks of a call before doing it, read from `botapi.json`, its Bot API as data."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from bot.playground.calls import Json, Refusal, Upload

SCHEMA: Json = json.loads(Path(__file__).with_name("botapi.json").read_text("utf-8"))
TYPES: Json = SCHEMA["types"]
METHODS = {name.lower(): name for name in SCHEMA["methods"]}  # Telegram takes them in any case
PLAIN: dict[str, tuple[type, ...]] = {"String": (str,), "Integer": (int,), "Float": (int, float)}
PLAIN |= {"Boolean": (bool,), "True": (bool,), "InputFile": (Upload,)}
EMPTY, BUTTON = "message text is empty", "BUTTON_DATA_INVALID"
MISSING = {"chat_id": "chat_id is empty", "text": EMPTY, "message_id": "message identifier is not specified"}
MISSING |= {"latitude": "latitude is empty", "longitude": "longitude is empty"}
TOO_SHORT = {"text": EMPTY, "callback_data": BUTTON, "media": "there are no messages to send"}
TOO_LONG = {"text": "message is too long", "caption": "message caption is too long", "callback_data": BUTTON}
TOO_LONG |= {"media": "too many messages to send as an album"}
TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "span"}
TAGS |= {"tg-spoiler", "tg-emoji", "tg-time"}
TOKEN = re.compile(r"<(/?)([^\s>]*)[^>]*(>?)|&(?:#\d+|#x[\da-f]+|lt|gt|amp|quot);?", re.IGNORECASE)
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202e\ufeff \n\r\t"


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(text: str, mode: str | None) -> str:
    """The words as people see them: no HTML (entities are not built), trimmed, "" where nothing shows."""
    if mode and mode.lower() != "html":
        raise Refusal(501, f"parse_mode {mode} is not rehearsed here")
    opened: list[str] = []
    plain = TOKEN.sub(partial(_read_token, opened), text) if mode else text
    if opened:
        why = f'Can\'t find end tag corresponding to start tag "{opened[-1]}"'
        raise Refusal(400, f"can't parse entities: {why}")
    return plain.strip() if plain.strip(INVISIBLE) else ""


def _read_token(opened: list[str], token: re.Match[str]) -> str:
    if token[2] is None:
        return html.unescape(token[0])
    end, tag = bool(token[1]), token[2].lower()
    at = f"at byte offset {len(token.string[: token.start()].encode())}"
    complaint = ""
    if end and not opened:
        complaint = f"Unexpected end tag {at}"
    elif not end and tag not in TAGS:
        complaint = f'Unsupported start tag "{tag}" {at}'
    elif not token[3]:
        complaint = f"Unclosed {'end' if end else 'start'} tag {at}"
    elif end and tag not in ("", opened[-1]):
        complaint = f'Unmatched end tag {at}, expected "</{opened[-1]}>", found "</{tag}>"'
    if complaint:
        raise Refusal(400, f"can't parse entities: {complaint}")
    if end:
        opened.pop()
    else:
        opened.append(tag)
    return ""


def decode(method: str, raw: Json) -> Json:
    """The parameters in their types; what cannot be read stays a string, for `check` to refuse."""
    specs, params = SCHEMA["methods"].get(method, {}).get("params", {}), dict(raw)
    for name, value in raw.items():
        types = specs.get(name, {}).get("types", ["String"])
        if isinstance(value, str) and "InputFile" in types:
            params[name] = raw.get(value.removeprefix("attach://"), value)
        elif isinstance(value, str) and types != ["String"]:
            with suppress(ValueError):
                params[name] = json.loads(value)
    return params


def check(values: Json, specs: Json, problems: list[str], owner: str = "") -> None:
    """Refuse what Telegram refuses of these parameters or fields; note what it would silently ignore."""
    unknown = (name for name, value in values.items() if name not in specs and not isinstance(value, Upload))
    problems += [f"unknown: {owner}{name}" for name in unknown]
    for name, spec in specs.items():
        if name in values:
            _check_type(values[name], spec["types"], problems, owner + name)
            _check_size(values[name], spec, name, values.get("parse_mode"))
        elif spec.get("required"):
            no_file = f"there is no {name} in the request" if "InputFile" in spec["types"] else None
            raise Refusal(400, no_file or MISSING.get(name, f'parameter "{owner}{name}" is required'))


def _check_type(value: Any, types: list[str], problems: list[str], name: str) -> None:
    kind = next((kind for kind in _kinds(types) if _looks_like(value, kind)), None)
    if kind is None:
        raise Refusal(400, f'field "{name}" must be of type {" or ".join(types)}')
    if isinstance(value, dict):
        check(value, TYPES[kind]["fields"], problems, f"{name}.")
    for item in value if isinstance(value, list) else ():
        _check_type(item, [kind.removeprefix("Array of ") for kind in types], problems, name)


def _kinds(types: list[str]) -> Iterator[str]:
    for kind in types:
        union = TYPES.get(kind, {}).get("one_of")
        yield from _kinds(union) if union else [kind]


def _looks_like(value: Any, kind: str) -> bool:
    if kind.startswith("Array of ") or kind in PLAIN:
        return type(value) in PLAIN.get(kind, (list,))
    required = [(name, spec) for name, spec in TYPES[kind]["fields"].items() if spec.get("required")]
    fits = (name in value and value[name] == spec.get("const", value[name]) for name, spec in required)
    return isinstance(value, dict) and all(fits)


def _check_size(value: Any, spec: Json, name: str, mode: str | None) -> None:
    if "enum" in spec and value.replace("\ufe0f", "") not in spec["enum"]:
        raise Refusal(400, "REACTION_INVALID" if name == "emoji" else f"invalid {name} specified")
    limits = spec.get("len") or spec.get("items") or spec.get("range")
    if limits:
        seen = visible(value, mode) if spec.get("parsed") else value
        size = len(seen) if isinstance(seen, list) else seen
        if isinstance(seen, str):
            size = len(seen.encode()) if limits[2] == "bytes" else units(seen)
        if not limits[0] <= size <= limits[1]:
            wording = TOO_SHORT if size < limits[0] else TOO_LONG
            raise Refusal(400, wording.get(name, f"invalid {name} specified"))
