"""`python -m bot understand`: JSON lines in, what each means out. Nothing is stored, and nothing else is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.understanding.understand import understand


def understood(lines: Iterable[str]) -> Iterator[str]:
    """For each {"id", "text", "now", "tz"} one {"id", "intent", "slots"}; {"id", "error"} where a line is not one.

    `now` is the wall time in `tz`, without an offset.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(answer(line), ensure_ascii=False)


def answer(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError:
        return {"id": None, "error": "this line is no JSON"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "this line is no JSON object"}
    try:
        return {"id": asked.get("id"), **meaning(asked)}
    except (KeyError, TypeError, ValueError, OSError) as error:
        return {"id": asked.get("id"), "error": f"{type(error).__name__}: {error}"}


def meaning(asked: dict[str, Any]) -> dict[str, Any]:
    zone = ZoneInfo(asked["tz"])
    now = datetime.fromisoformat(asked["now"]).replace(tzinfo=zone)
    return understand(str(asked["text"]), now, asked["tz"]).as_json()
