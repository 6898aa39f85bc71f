"""What a message means. A few patterns, until the grammar is there."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.understanding.meaning import Meaning, Recall

DAYS = re.compile(r"from (\d{4}-\d\d-\d\d)(?: to (\d{4}-\d\d-\d\d))?")
PATTERNS = re.compile(
    r"(?P<delete>delete )?(?:(?P<count>how many)|(?P<pick>first|last|random)(?: (?P<limit>\d+))?|everything)?"
    r"(?: ?about (?P<about>.+?))?(?: ?" + DAYS.pattern + r")?"
)


def understand(text: str, now: datetime, zone: str, language: str = "en") -> Meaning:  # noqa: ARG001 - the grammar's
    """`now`: aware, in the person's `zone`."""
    if text == "on this day":
        return Meaning("recall", Recall(pick="on_this_day"))
    if text == "yesterday":
        return Meaning("recall", Recall(date.fromordinal(now.toordinal() - 1), date.fromordinal(now.toordinal() - 1)))
    found = PATTERNS.fullmatch(text)
    if not found or not text:
        return Meaning("glimmer")
    start, end = (date.fromisoformat(day) if day else None for day in found.groups()[-2:])
    pick = "count" if found["count"] else found["pick"]
    recall = Recall(start, end or start, found["about"], pick, int(found["limit"]) if found["limit"] else None)
    return Meaning("delete" if found["delete"] else "recall", recall)
