"""One call of the Bot API and how it ends. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, NamedTuple

Json = dict[str, Any]
UNANSWERED = ("timeout", "reset", "lost")  # faults after which no answer ever comes


class Upload(NamedTuple):
    """A file that came with a call."""

    name: str
    content: bytes


class Refusal(Exception):
    """Telegram's answer when it does not do what was asked."""

    def __init__(self, code: int, why: str = "", **parameters: int) -> None:
        description = HTTPStatus(code).phrase + (f": {why}" if why else "")
        super().__init__(description)
        self.answer: Json = {"ok": False, "error_code": code, "description": description}
        self.answer |= {"parameters": parameters} if parameters else {}


@dataclass
class Call:
    """A line of the call log: `took` if it took effect; `problems` are what Telegram ignores without a word.

    `status` is None while no answer has left; after the faults in `UNANSWERED` none ever does.
    """

    method: str
    params: Json
    at: datetime
    status: int | None = None
    description: str = ""
    problems: list[str] = field(default_factory=list)
    took: bool = False
    fault: str = ""
    answer: Json = field(default_factory=dict, repr=False)

    def end(self, answer: Json) -> None:
        """Answer it, unless its fault is that no answer comes."""
        self.answer = answer
        if self.fault not in UNANSWERED:
            self.status, self.description = answer.get("error_code", 200), answer.get("description", "")
