from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Days:
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    days: Days


def past_days(signs: str, today: date, month_first: bool) -> list[Span]:
    return []


def month_first(zone: str) -> bool:
    return zone.startswith("America/")
