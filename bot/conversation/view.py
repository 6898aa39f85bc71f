"""What part of which answer is wanted: a page of what a question about the past asks for, or of what lies beside it.

A button carries where its page begins, and after a dot how it differs from the question: "all" that fit and no pick of
them, "any" time, or the number of a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.conversation.events import words_of
from bot.conversation.situation import Heard, Situation
from bot.conversation.values import replace
from bot.understanding.meaning import Recall

PAGE = 5
MOST_LET_GO = 20  # at once
CARRIED = re.compile(r"\d{1,5}(?:\.(?:all|any|[1-9]\d{5}))?", re.ASCII)
FORGETTING = ("delete", "press choose", "press letall")


@dataclass(frozen=True)
class View:
    """`offset`: where the page begins. `forgets`: what is found may be let go. `mode`: how it differs, as carried."""

    recall: Recall
    offset: int = 0
    mode: str = ""
    forgets: bool = False


def view_of(heard: Heard) -> View | None:
    """What is wanted to be seen; None where the question is not known any more."""
    if heard.recall is None:
        return None
    forgets = heard.name in FORGETTING
    offset, _, mode = heard.arg.partition(".") if heard.name in ("press recall", "press choose") else ("", "", "")
    recall = turned(heard.recall, mode)
    if forgets and recall.pick not in ("first", "last"):
        recall = replace(recall, pick=None, limit=None)
    return View(recall, int(offset or 0), mode, forgets)


def turned(recall: Recall, mode: str) -> Recall:
    match mode:
        case "":
            return recall
        case "all":
            return replace(recall, pick=None, limit=None)
        case "any":
            return Recall(about=recall.about)
    day = date.fromordinal(int(mode))
    return Recall(day, day)


def shown(view: View, total: int) -> int:
    """How many of those that fit are handed back, page by page."""
    most = view.recall.limit or (1 if view.recall.pick in ("first", "last") else total)
    return min(total, most)


def asked_on(s: Situation) -> date:
    """The day the question was asked: "today" stays that day, however late its pages are turned."""
    asked = words_of(s.event)
    return (asked.at if asked else s.now).astimezone(s.zone).date()
